// One page of submissions. On narrow screens each row is a card; the headings then stand before the values.

import { Link, useLocation } from "react-router";
import type { Submission } from "../api/submissions.ts";
import { formatCount } from "../format.ts";
import { reasonText } from "../words.ts";
import { FlagBadges, Moment, TypeBadge, whoOf } from "./marks.tsx";

/** The list as it was when a submission was opened from it. */
export interface From {
  search: string;
  state: unknown;
}

function Who({ submission }: { submission: Submission }) {
  const { search, state } = useLocation();
  const who = whoOf(submission);
  const under = submission.email !== null && submission.email !== who ? submission.email : submission.company;
  return (
    <>
      <Link
        className={submission.erased_at === null ? "row-link" : "row-link erased"}
        to={`/submissions/${encodeURIComponent(submission.submission_id)}`}
        state={{ search, state } satisfies From}
        dir="auto"
      >
        {who}
      </Link>
      {under !== null && (
        <span className="under" dir="auto">
          {under}
        </span>
      )}
    </>
  );
}

function Reasons({ submission: { reasons } }: { submission: Submission }) {
  const [first, ...others] = reasons;
  if (first === undefined) return <span className="soft">–</span>;
  return (
    <>
      {reasonText(first.code)}
      {others.length > 0 && (
        <>
          {" "}
          <span className="badge more" title={others.map(({ code }) => reasonText(code)).join("\n")}>
            +{formatCount(others.length)}
            <span className="unseen"> more</span>
          </span>
        </>
      )}
    </>
  );
}

export function SubmissionTable({ rows, timezone }: { rows: Submission[]; timezone: string }) {
  return (
    <div className="table-frame">
      <table className="table cards">
        <caption className="unseen">Submissions, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Received</th>
            <th scope="col">Project</th>
            <th scope="col">Type</th>
            <th scope="col">Who</th>
            <th scope="col">Why</th>
            <th scope="col" className="numeric">
              Bot score
            </th>
            <th scope="col" className="numeric">
              Lead score
            </th>
            <th scope="col">Flags</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((submission) => (
            <tr key={submission.submission_id}>
              <td data-label="Received" className="when">
                <Moment at={submission.received_at} timezone={timezone} />
              </td>
              <td data-label="Project" className="fixed">
                {submission.project}
              </td>
              <td data-label="Type">
                <TypeBadge type={submission.event_type} />
              </td>
              <td data-label="Who" className="who">
                <Who submission={submission} />
              </td>
              <td data-label="Why" className="why">
                <Reasons submission={submission} />
              </td>
              <td data-label="Bot score" className="numeric">
                {formatCount(submission.bot_score)}
              </td>
              <td data-label="Lead score" className="numeric">
                {formatCount(submission.lead_score)}
              </td>
              <td data-label="Flags">
                <FlagBadges submission={submission} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
