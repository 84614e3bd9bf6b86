// What people made of the verdict: each correction, with who, when and why.

import type { ReactNode } from "react";
import type { SubmissionDetail } from "../api/submissions.ts";
import { Panel } from "../ui/panel.tsx";
import { Moment, TypeBadge } from "./marks.tsx";

export function History({
  submission,
  timezone,
  undo,
}: {
  submission: SubmissionDetail;
  timezone: string;
  undo: ReactNode;
}) {
  if (submission.corrections.length === 0) return null;
  return (
    <Panel title="Corrections" actions={undo}>
      <ol className="history">
        {submission.corrections.toReversed().map((correction) => (
          <li key={correction.corrected_at} className={correction.undone_at === null ? "" : "undone"}>
            <p className="badges">
              <TypeBadge type={correction.from.event_type} />
              <span className="unseen">moved to</span>
              <span aria-hidden>→</span>
              <TypeBadge type={correction.to.event_type} />
              {correction.undone_at !== null && <span className="badge">Undone</span>}
            </p>
            <p className="soft small">
              <Moment at={correction.corrected_at} timezone={timezone} /> with the key{" "}
              <code>{correction.key_id}</code>
              {correction.undone_at !== null && (
                <>
                  ; undone <Moment at={correction.undone_at} timezone={timezone} />
                </>
              )}
            </p>
            {correction.note !== "" && (
              <p className="message" dir="auto">
                {correction.note}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
