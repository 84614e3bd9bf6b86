// "Worth knowing": what stands out without being asked for. It is looked for when somebody scrolls there.

import { useRef } from "react";
import { limits } from "~schema";
import type { Insights } from "../../api/insights.ts";
import { formatCount, formatTime } from "../../format.ts";
import { InsightCard } from "../../insights/insight.tsx";
import { isTooLittle, rangeText } from "../../insights/numbers.ts";
import { Notice } from "../../ui/notice.tsx";
import { Answer, Panel } from "../../ui/panel.tsx";
import { Empty } from "../../ui/states.tsx";
import { useNear } from "../../ui/use_near.ts";
import type { Change } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { zoneOf } from "../../view/zone.ts";
import { narrowed } from "../panels/filters.ts";
import { useInsights } from "./query.ts";

const HEIGHT = 320;

function comparedWith({ meta }: Insights): string {
  const range = rangeText(meta);
  const weeks = meta.baseline.length;
  return weeks === 0
    ? `${range}, in ${meta.timezone}.`
    : `${range}, in ${meta.timezone}, compared with the same days of ${formatCount(weeks)} earlier times.`;
}

function Nothing({ data }: { data: Insights }) {
  const { warnings } = data.meta;
  if (!isTooLittle(warnings)) {
    return (
      <Empty title="Nothing out of the ordinary">
        <p>Counts and shares are what the earlier weeks let expect.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Too little data yet">
      <p>
        What is usual can be told from {formatCount(limits.insight_windows_min)} earlier weeks on. Until then
        nothing is called unusual.
      </p>
    </Empty>
  );
}

function Found({ data, change }: { data: Insights; change: Change }) {
  const { warnings, baseline, timezone, generated_at } = data.meta;
  return (
    <>
      {data.data.length === 0 ? (
        <Nothing data={data} />
      ) : (
        <ul className="insights">
          {data.data.map((insight) => (
            <li key={insight.id}>
              <InsightCard
                insight={insight}
                looked={{ now: data.meta, baseline }}
                timezone={timezone}
                subject={(label) => {
                  const { dimension, value } = insight;
                  if (dimension === null || value === null) return label;
                  return (
                    <button
                      type="button"
                      className="subject"
                      title="Show only these"
                      onClick={() =>
                        change(({ filters }) => ({ filters: narrowed(filters, dimension, value) }))
                      }
                    >
                      {label}
                      <span className="unseen">: show only these</span>
                    </button>
                  );
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {warnings
        .filter(({ code }) => data.data.length > 0 || !isTooLittle([{ code }]))
        .map(({ code, detail }) => (
          <Notice key={code}>{detail}</Notice>
        ))}
      <p className="insights-note">
        {comparedWith(data)} Counted at {formatTime(generated_at, "time", timezone)}.
      </p>
    </>
  );
}

/** `ready`: the page has its own answers, which come first. */
export default function InsightsPanel({
  view,
  change,
  ready,
}: {
  view: View;
  change: Change;
  ready: boolean;
}) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  const looking = near && ready;
  const query = useInsights(view, looking);
  const isAsked = query.data !== undefined || query.isError || looking;
  return (
    <div ref={place} id="worth-knowing" className={isAsked ? undefined : "no-print"}>
      <Panel
        title="Worth knowing"
        about={`What stands out in the last ${limits.insight_days_default} whole days under these filters, whatever the range above.`}
        className="insights-panel"
      >
        {isAsked ? (
          <Answer
            query={query}
            height={HEIGHT}
            part="insights"
            timezone={zoneOf(view)}
            loading={<div className="skeleton insights-loading" />}
          >
            {(data) => <Found data={data} change={change} />}
          </Answer>
        ) : (
          <div className="insights-loading" />
        )}
      </Panel>
    </div>
  );
}
