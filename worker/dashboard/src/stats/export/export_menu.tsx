// The export menu of a panel: its answer as a file, its chart as a picture.

import { Download, FileText, Image } from "lucide-react";
import { type RefObject, useState } from "react";
import type { LeadStats } from "../../api/stats.ts";
import { Popover } from "../../ui/popover.tsx";
import { say } from "../../ui/toasts.tsx";
import { kindLabels, kindsOf, type TextFormat, textFormats } from "./files.ts";
import { savePicture } from "./picture.ts";
import { saveAnswer } from "./save_answer.ts";

/** Runs one export at a time and says how it ended. */
export function useExport(): [busy: boolean, run: (save: () => Promise<string>) => void] {
  const [busy, setBusy] = useState(false);
  const run = (save: () => Promise<string>) => {
    setBusy(true);
    save()
      .then(
        (name) => say(`Saved ${name}.`),
        (error: unknown) =>
          say(`Nothing was saved. ${error instanceof Error ? error.message : "Please try again."}`, {
            bad: true,
          }),
      )
      .finally(() => setBusy(false));
  };
  return [busy, run];
}

export function ExportMenu({
  title,
  slug,
  answer,
  formats = textFormats,
  picture,
}: {
  title: string;
  slug: string;
  /** undefined: it is still to come. */
  answer: LeadStats | undefined;
  formats?: readonly TextFormat[] | undefined;
  /** undefined: there is no chart in sight. */
  picture: RefObject<HTMLElement | null> | undefined;
}) {
  const [busy, run] = useExport();
  return (
    <Popover
      kind="menu"
      className="button small icon"
      ariaLabel={`Export: ${title}`}
      disabled={busy || answer === undefined}
      label={<Download aria-hidden size={15} />}
    >
      {(close) =>
        answer !== undefined && (
          <>
            {kindsOf(formats).map((kind) => (
              <button
                key={kind}
                type="button"
                className="button small"
                onClick={() => {
                  close();
                  run(() => saveAnswer(answer, kind));
                }}
              >
                <FileText aria-hidden size={15} />
                {kindLabels[kind].long}
              </button>
            ))}
            {picture !== undefined && (
              <button
                type="button"
                className="button small"
                onClick={() => {
                  close();
                  run(async () => {
                    if (picture.current === null) throw new Error("The chart is not shown.");
                    return savePicture(picture.current, title, slug, answer);
                  });
                }}
              >
                <Image aria-hidden size={15} />
                PNG picture of the chart
              </button>
            )}
          </>
        )
      }
    </Popover>
  );
}
