// One submission: what it says, why it was judged so, and what a person can do about it.

import { ArrowLeft, Eraser, ThumbsUp, Undo2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Link, useLocation, useParams } from "react-router";
import { Problem } from "../api/http.ts";
import type { Session } from "../api/session.ts";
import { type SubmissionDetail, useSubmission } from "../api/submissions.ts";
import { formatTime } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Answer } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { eventTypeLabels } from "../words.ts";
import { CorrectDialog, useUndo } from "./correct.tsx";
import { EraseDialog } from "./erase.tsx";
import { FactPanels, PersonPanels } from "./facts.tsx";
import { History } from "./history.tsx";
import { FlagBadges, Moment, TypeBadge, whoOf } from "./marks.tsx";
import type { From } from "./table.tsx";
import { WhyPanel } from "./why.tsx";
import "../styles/admin.css";

/** A button that says why it does nothing, where it does nothing; it stays reachable for that. */
function Possible({
  can,
  whyNot,
  className = "button",
  onClick,
  children,
}: {
  can: boolean;
  whyNot: string | null;
  className?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const explained = !can && whyNot !== null;
  return (
    <span className="possible">
      <button
        type="button"
        className={className}
        aria-disabled={!can}
        aria-describedby={explained ? id : undefined}
        onClick={() => can && onClick()}
      >
        {children}
      </button>
      {explained && (
        <span className="soft small" id={id}>
          {whyNot}
        </span>
      )}
    </span>
  );
}

function Actions({ submission }: { submission: SubmissionDetail }) {
  const [open, setOpen] = useState<"correct" | "erase" | undefined>();
  const close = () => setOpen(undefined);
  return (
    <div className="actions no-print">
      {submission.lead_id !== null && (
        <Link className="button" to={`/submissions?lead_id=${encodeURIComponent(submission.lead_id)}`}>
          All of this person
        </Link>
      )}
      {(submission.can_correct || submission.lead_id === null) && (
        <Possible
          can={submission.can_correct}
          whyNot={submission.can_correct_detail}
          className="button main"
          onClick={() => setOpen("correct")}
        >
          <ThumbsUp aria-hidden size={16} />
          This is a real lead
        </Possible>
      )}
      {submission.erase !== null && (
        <button type="button" className="button danger" onClick={() => setOpen("erase")}>
          <Eraser aria-hidden size={16} />
          Erase this person
        </button>
      )}
      {open === "correct" && <CorrectDialog submission={submission} onClose={close} />}
      {open === "erase" && submission.erase !== null && (
        <EraseDialog erasure={submission.erase} onClose={close} />
      )}
    </div>
  );
}

function Whole({ submission, timezone }: { submission: SubmissionDetail; timezone: string }) {
  const undo = useUndo(submission.submission_id);
  const standing = submission.corrections.find(({ undone_at }) => undone_at === null);
  return (
    <div className="stack">
      <div className="page-head">
        <div className="title">
          <h1 dir="auto">{whoOf(submission)}</h1>
          <p className="badges">
            <TypeBadge type={submission.event_type} />
            {Object.values(submission.flags).includes(true) && <FlagBadges submission={submission} />}
            <span className="soft">
              <Moment at={submission.received_at} timezone={timezone} /> in {submission.project}
            </span>
          </p>
        </div>
        <Actions submission={submission} />
      </div>
      {submission.erased_at !== null && (
        <Notice>
          This person was erased on {formatTime(submission.erased_at, "moment", timezone)}. The row stays so
          that every count holds.
        </Notice>
      )}
      {standing !== undefined && (
        <Notice>
          The rules judged this to be {eventTypeLabels[submission.why.event_type]}; a person moved it to{" "}
          {eventTypeLabels[submission.event_type]}. Reports count it there.
        </Notice>
      )}
      <div className="columns">
        <div className="column">
          <WhyPanel submission={submission} />
          <PersonPanels submission={submission} timezone={timezone} />
          <History
            submission={submission}
            timezone={timezone}
            undo={
              standing !== undefined && (
                <Possible
                  can={submission.can_undo}
                  whyNot={submission.can_undo_detail}
                  className="button small"
                  onClick={undo}
                >
                  <Undo2 aria-hidden size={14} />
                  Undo
                </Possible>
              )
            }
          />
        </div>
        <div className="column">
          <FactPanels submission={submission} timezone={timezone} />
        </div>
      </div>
      <p className="soft small">Times in {timezone}.</p>
    </div>
  );
}

export default function SubmissionPage({ session }: { session: Session }) {
  useTitle("Submission");
  const { id = "" } = useParams();
  const from = useLocation().state as From | null;
  const query = useSubmission(id);
  const isMissing = query.error instanceof Problem && query.error.status === 404;
  return (
    <>
      <p className="no-print">
        <Link className="back" to={`/submissions${from?.search ?? ""}`} state={from?.state}>
          <ArrowLeft aria-hidden size={16} />
          {from === null ? "All submissions" : "Back to the list"}
        </Link>
      </p>
      {isMissing ? (
        <>
          <h1>No such submission</h1>
          <Empty title="There is no submission with this id that your key reaches.">
            <p>It may belong to a project of another key, or the address was cut.</p>
          </Empty>
        </>
      ) : (
        <Answer query={query}>
          {(submission) => <Whole submission={submission} timezone={session.reporting_timezone} />}
        </Answer>
      )}
    </>
  );
}
