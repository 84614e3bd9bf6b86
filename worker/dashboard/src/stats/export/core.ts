// The C++ core in the browser: it writes the rows of an answer just as the server does.

import type { TextFormat } from "./files.ts";

export interface ExportCore {
  exportRows(answer: string, format: string): string;
  exportFileName(answer: string, format: string): string;
}

const ADDRESS = "/export/leadledger_browser.mjs";
let loading: Promise<ExportCore> | undefined;

/** Rejects where it cannot be loaded; the next call tries again. */
export function exportCore(): Promise<ExportCore> {
  loading ??= (import(/* @vite-ignore */ ADDRESS) as Promise<{ default: () => Promise<ExportCore> }>).then(
    (module) => module.default(),
  );
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

export const coreFile = (core: ExportCore, answer: string, format: TextFormat) => ({
  text: format === "json" ? answer : core.exportRows(answer, format),
  name: core.exportFileName(answer, format),
});
