// Erasing a person: says exactly what goes and what stays before it does so.

import { type Erasure, useErase } from "../api/submissions.ts";
import { formatCount } from "../format.ts";
import { Confirm } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { say } from "../ui/toasts.tsx";

function What({ erasure }: { erasure: Erasure }) {
  switch (erasure.what) {
    case "lead":
      return (
        <li>
          The person <code>{erasure.id}</code>, all submissions of this person in the project, and the
          rejected and test submissions there that gave the same e-mail address.
        </li>
      );
    case "email":
      return (
        <li>
          Everything that gave <strong>{erasure.id}</strong>, in every project that your key reaches: the
          persons with this address, their submissions, and rejected and test submissions.
        </li>
      );
    case "submission":
      return (
        <li>
          What this one submission says about a person. It gives no address by which others could be found.
        </li>
      );
  }
}

export function EraseDialog({ erasure, onClose }: { erasure: Erasure; onClose: () => void }) {
  const erase = useErase();
  return (
    <Confirm
      title="Erase this person?"
      action="Erase for good"
      busy={erase.isPending}
      onClose={onClose}
      onConfirm={() =>
        erase.mutate(erasure, {
          onSuccess: (done) => {
            onClose();
            const count = done.erased_submissions;
            say(count === 1 ? "Erased 1 submission." : `Erased ${formatCount(count)} submissions.`);
          },
        })
      }
    >
      <p>This is erased, and nobody can bring it back:</p>
      <ul className="points">
        <What erasure={erasure} />
        <li>
          In each of them the name, e-mail, phone, company, message, consent, address, browser, where the
          visit came from, all further fields, and the notes of corrections.
        </li>
      </ul>
      <p>
        The rows stay with their time, type, scores and the codes of their reasons, so{" "}
        <strong>every count stays as it is</strong>. Analytics Engine holds no personal data. The next
        submission of this person counts as a first one again.
      </p>
      {erase.error !== null && <Notice tone="bad">{erase.error.message}</Notice>}
    </Confirm>
  );
}
