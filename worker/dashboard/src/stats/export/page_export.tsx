// The export menu of the page: each answer of the view as a file, and the long one that only the server can write.

import { Download, FileStack, FileText, Lightbulb, Printer } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { LeadStats } from "../../api/stats.ts";
import { Popover } from "../../ui/popover.tsx";
import { useNow } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { dimensionLabels } from "../../words.ts";
import { useExport } from "./export_menu.tsx";
import { kindLabels, kindsOf, textFormats } from "./files.ts";
import { saveAnswer } from "./save_answer.ts";

const LargeExport = lazy(() =>
  import("./large_export.tsx").then((module) => ({ default: module.LargeExport })),
);

/** The insights are looked for when somebody comes to them. */
function goToInsights() {
  const panel = document.querySelector<HTMLElement>("#worth-knowing > section");
  if (panel === null) return;
  panel.tabIndex = -1;
  panel.focus({ preventScroll: true });
  panel.scrollIntoView();
}

export function PageExport({
  view,
  stats,
  breakdown,
  countries,
}: {
  view: View;
  stats: LeadStats | undefined;
  breakdown: LeadStats | undefined;
  countries: LeadStats | undefined;
}) {
  const now = useNow();
  const [busy, run] = useExport();
  const [large, setLarge] = useState(false);
  const by = view.by.map((name) => dimensionLabels[name]).join(" and ");
  const parts = [
    { label: "Time", answer: stats },
    { label: by, answer: breakdown },
    { label: dimensionLabels.country, answer: countries },
  ].filter(({ label }, index, all) => all.findIndex((part) => part.label === label) === index);
  return (
    <div className="page-export no-print">
      <button type="button" className="button small" onClick={goToInsights}>
        <Lightbulb aria-hidden size={15} />
        Worth knowing
      </button>
      <button type="button" className="button small" onClick={() => print()}>
        <Printer aria-hidden size={15} />
        Print
      </button>
      <Popover
        className="button small"
        disabled={busy}
        label={
          <>
            <Download aria-hidden size={15} />
            Export view
          </>
        }
      >
        {(close) => (
          <div className="export-all">
            {parts.map(({ label, answer }) => (
              <fieldset key={label} disabled={answer === undefined}>
                <legend>By {label.toLowerCase().replaceAll("utm", "UTM")}</legend>
                {kindsOf(textFormats).map((kind) => (
                  <button
                    key={kind}
                    type="button"
                    className="button small"
                    title={kindLabels[kind].long}
                    onClick={() => {
                      close();
                      if (answer !== undefined) run(() => saveAnswer(answer, kind));
                    }}
                  >
                    <FileText aria-hidden size={15} />
                    {kindLabels[kind].short}
                  </button>
                ))}
              </fieldset>
            ))}
            <button
              type="button"
              className="button small"
              onClick={() => {
                close();
                setLarge(true);
              }}
            >
              <FileStack aria-hidden size={15} />
              Every {by.toLowerCase().replaceAll("utm", "UTM")} in every bucket…
            </button>
          </div>
        )}
      </Popover>
      {large && (
        <Suspense fallback={null}>
          <LargeExport view={view} now={now} onClose={() => setLarge(false)} />
        </Suspense>
      )}
    </div>
  );
}
