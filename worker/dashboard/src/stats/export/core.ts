// The C++ core in the browser: it writes the rows of an answer just as the server does. It is no part of the bundle, but
// a file of the same host that is fetched with the first export.

import type load from "../../../../../bindings/browser/leadledger_export.d.mts";
import type { LeadledgerExport } from "../../../../../bindings/browser/leadledger_export.d.mts";
import { type FileKind, formatOf, type TextFormat } from "./files.ts";

const ADDRESS: string = "/export/leadledger_export.mjs";
let loading: Promise<LeadledgerExport> | undefined;

/** Rejects where it cannot be loaded; the next call tries again. */
export function exportCore(): Promise<LeadledgerExport> {
  loading ??= (import(/* @vite-ignore */ ADDRESS) as Promise<{ default: typeof load }>).then((module) =>
    module.default(),
  );
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** `text` is what the server said; `onlyProject` the project of a key that reaches no other, after which it names files. */
export const coreName = (
  core: LeadledgerExport,
  text: string,
  format: TextFormat,
  onlyProject: string | undefined,
): string => core.exportFileName(text, format, onlyProject === undefined ? {} : { onlyProject });

export const coreFile = (
  core: LeadledgerExport,
  text: string,
  kind: FileKind,
  onlyProject: string | undefined,
): { content: BlobPart; name: string } => {
  const format = formatOf(kind);
  return {
    content: format === "json" ? text : core.exportRows(text, format, { bom: kind === "excel" }),
    name: coreName(core, text, format, onlyProject),
  };
};
