// One brief: its text, what it stands on, and where it went.

import { Copy, Printer } from "lucide-react";
import { Link } from "react-router";
import type { Brief } from "../api/briefs.ts";
import { Deliveries } from "../deliveries/list.tsx";
import { formatTime } from "../format.ts";
import { InsightCard } from "../insights/insight.tsx";
import { PrintHead } from "../stats/print_head.tsx";
import { copy } from "../ui/copy.ts";
import { Panel } from "../ui/panel.tsx";
import { periodText, scopeText, writtenBy } from "./head.tsx";
import { BriefNumbers, statsAddress } from "./numbers.tsx";
import "../styles/admin.css";
import "../styles/told.css";

export function WholeBrief({ brief }: { brief: Brief }) {
  const { insights, timezone } = brief;
  return (
    <div className="stack brief">
      <PrintHead title={brief.title} />
      <div className="page-head">
        <div className="title">
          <h1 dir="auto">{brief.title}</h1>
          <p className="soft">
            {periodText(brief)}. {scopeText(brief)}. {writtenBy[brief.written_by] ?? brief.written_by}.
          </p>
        </div>
        <div className="actions no-print">
          <button
            type="button"
            className="button"
            onClick={() => void copy(brief.text, "The brief is copied as text.")}
          >
            <Copy aria-hidden size={16} />
            Copy as text
          </button>
          <button type="button" className="button" onClick={() => print()}>
            <Printer aria-hidden size={16} />
            Print
          </button>
          <Link className="button" to={statsAddress(brief)}>
            Lead stats of these days
          </Link>
        </div>
      </div>
      <Panel title="The brief">
        <div className="brief-text">
          {brief.sections.map(({ title, lines }, index) => (
            // Sections stand in a fixed order, and two may have one title.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <section key={index}>
              <h3 dir="auto">{title}</h3>
              <ul className="points">
                {lines.map((line, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as sections
                  <li key={place} dir="auto">
                    {line}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Panel>
      <Panel title="Its numbers" about="A value leads to the lead stats of these days.">
        <BriefNumbers brief={brief} />
      </Panel>
      {insights.data.length > 0 && (
        <Panel title="What stood out">
          <ul className="insights">
            {insights.data.map((insight) => (
              <li key={insight.id}>
                <InsightCard
                  insight={insight}
                  looked={{ now: insights.meta, baseline: insights.meta.baseline }}
                  timezone={insights.meta.timezone}
                  subject={(label) => (
                    <Link className="subject" to={statsAddress(brief, insight)}>
                      {label}
                    </Link>
                  )}
                />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {brief.brief_id !== null && (
        <Panel title="Where it went">
          {brief.deliveries.length === 0 ? (
            <p className="soft">To nobody: no channel of exactly these projects takes briefs.</p>
          ) : (
            <Deliveries deliveries={brief.deliveries} timezone={timezone} />
          )}
        </Panel>
      )}
      <p className="soft small">
        Made {formatTime(brief.generated_at, "moment", timezone)}. Times in {timezone}.
      </p>
    </div>
  );
}
