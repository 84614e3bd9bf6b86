// Weekly briefs, newest first.

import { Eye } from "lucide-react";
import { Link } from "react-router";
import { type BriefItem, useBriefs } from "../api/briefs.ts";
import type { Session } from "../api/session.ts";
import { deliveriesText } from "../deliveries/words.ts";
import { formatTime } from "../format.ts";
import { More, Pages } from "../ui/pages.tsx";
import { Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { periodText, scopeText } from "./head.tsx";
import "../styles/admin.css";
import "../styles/told.css";

function Row({ brief }: { brief: BriefItem }) {
  return (
    <tr>
      <td data-label="Brief" className="long">
        <Link className="row-link" dir="auto" to={`/briefs/${brief.brief_id}`}>
          {brief.title}
        </Link>
      </td>
      <td data-label="Days" className="when">
        {periodText(brief)}
      </td>
      <td data-label="Projects" className="long">
        {scopeText(brief)}
      </td>
      <td data-label="Written by">{brief.written_by === "model" ? "Model" : "Template"}</td>
      <td data-label="Sent">{deliveriesText(brief.deliveries) ?? <span className="soft">To nobody</span>}</td>
      <td data-label="Made" className="when">
        {formatTime(brief.generated_at, "moment", brief.timezone)}
      </td>
    </tr>
  );
}

export default function BriefsPage({ session }: { session: Session }) {
  useTitle("Briefs");
  const query = useBriefs();
  const preview = (
    <Link className="button main" to="/briefs/preview">
      <Eye aria-hidden size={16} />
      Preview a brief
    </Link>
  );
  return (
    <>
      <div className="page-head">
        <h1>Briefs</h1>
        <div className="actions no-print">{preview}</div>
      </div>
      <Panel
        title="Weekly briefs"
        about="What a week brought and what stood out, written every Monday morning and sent to the channels that take briefs."
      >
        <Pages query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title="No brief yet">
                <p>
                  The first is written on the Monday after the first week with submissions. A preview shows
                  what it would say.
                </p>
              </Empty>
            ) : (
              <div className="table-frame">
                <table className="table cards">
                  <caption className="unseen">Weekly briefs, newest first</caption>
                  <thead>
                    <tr>
                      <th scope="col">Brief</th>
                      <th scope="col">Days</th>
                      <th scope="col">Projects</th>
                      <th scope="col">Written by</th>
                      <th scope="col">Sent</th>
                      <th scope="col">Made</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((brief) => (
                      <Row key={brief.brief_id} brief={brief} />
                    ))}
                  </tbody>
                </table>
                <More query={query} />
              </div>
            )
          }
        </Pages>
      </Panel>
      {session.role === "admin" && (
        <p className="soft small no-print">
          Where briefs are sent: <Link to="/channels">channels</Link>.
        </p>
      )}
    </>
  );
}
