// "This is a real lead": a person's word against the verdict, and taking it back.

import { useId, useRef, useState } from "react";
import { limits } from "~schema";
import { type Corrected, type SubmissionDetail, useCorrect, useUndoCorrection } from "../api/submissions.ts";
import { formatCount } from "../format.ts";
import { Dialog, DialogEnds } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { say } from "../ui/toasts.tsx";
import { eventTypeLabels } from "../words.ts";

const reportsText: Record<Corrected["reports"], string> = {
  applied: "Reports follow within about a minute.",
  pending: "Reports follow by tomorrow: their list of corrections could not be written just now.",
};

/** Takes the correction back, and says so. */
export function useUndo(id: string): () => void {
  const undo = useUndoCorrection(id);
  // Of whoever asked, nothing may be left on the page when the answer comes: its promise is answered all the same.
  const busy = useRef(false);
  return () => {
    if (busy.current) return;
    busy.current = true;
    const done = undo.mutateAsync().finally(() => {
      busy.current = false;
    });
    done.then(
      ({ event_type, reports }) =>
        say(`Undone: it is ${eventTypeLabels[event_type]} again. ${reportsText[reports]}`),
      (error: Error) => say(error.message, { bad: true }),
    );
  };
}

export function CorrectDialog({
  submission,
  onClose,
}: {
  submission: SubmissionDetail;
  onClose: () => void;
}) {
  const id = useId();
  const [note, setNote] = useState("");
  const correct = useCorrect(submission.submission_id);
  const undo = useUndo(submission.submission_id);
  const left = limits.max_note_chars - [...note].length;
  const save = () =>
    correct.mutate(note.trim(), {
      onSuccess: ({ event_type, reports }) => {
        onClose();
        say(`Moved to ${eventTypeLabels[event_type]}. ${reportsText[reports]}`, {
          action: { label: "Undo", run: undo },
        });
      },
    });
  return (
    <Dialog title="This is a real lead" busy={correct.isPending} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (left >= 0) save();
        }}
      >
        <p>
          It moves out of <strong>{eventTypeLabels[submission.event_type]}</strong> and counts as the real
          lead that it is: the first submission of the person becomes {eventTypeLabels.primary}, a later one{" "}
          {eventTypeLabels.follow_up}.
        </p>
        <ul className="points">
          <li>Reports follow within about a minute, in the bucket of the time when it was received.</li>
          <li>The first verdict and its reasons stay visible here, with your key's name and your note.</li>
          <li>You can undo it.</li>
        </ul>
        <div className="field">
          <label htmlFor={id}>Note (optional)</label>
          <textarea
            id={id}
            className="input"
            rows={3}
            placeholder="How do you know? For example: called back, wants an offer."
            value={note}
            aria-invalid={left < 0}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setNote(event.target.value)}
          />
          <p className={left < 0 ? "error" : "hint"} id={`${id}-hint`}>
            {left < 0
              ? `${formatCount(-left)} characters too long.`
              : `${formatCount(left)} characters left.`}
          </p>
        </div>
        {correct.error !== null && <Notice tone="bad">{correct.error.message}</Notice>}
        <DialogEnds>
          <button type="submit" className="button main" disabled={correct.isPending || left < 0}>
            {correct.isPending ? "Moving…" : "Move to real leads"}
          </button>
        </DialogEnds>
      </form>
    </Dialog>
  );
}
