// Files that the page hands to the browser.

import type { ExportFormat } from "../../view/query.ts";

export type TextFormat = ExportFormat;
export const textFormats: readonly TextFormat[] = ["csv", "json", "ndjson"];

/** What a menu offers: Excel takes CSV for UTF-8 only where a byte order mark begins it, which others trip over. */
export type FileKind = TextFormat | "excel";
export const formatOf = (kind: FileKind): TextFormat => (kind === "excel" ? "csv" : kind);
export const kindsOf = (formats: readonly TextFormat[]): FileKind[] =>
  formats.flatMap((format): FileKind[] => (format === "csv" ? ["csv", "excel"] : [format]));

export const kindLabels: Record<FileKind, { short: string; long: string }> = {
  csv: { short: "CSV", long: "CSV" },
  excel: { short: "Excel", long: "Excel (CSV with a byte order mark)" },
  json: { short: "JSON", long: "JSON" },
  ndjson: { short: "NDJSON", long: "NDJSON, a row a line" },
};

export const mediaTypes: Record<TextFormat, string> = {
  csv: "text/csv;charset=utf-8",
  json: "application/json",
  ndjson: "application/x-ndjson",
};

/** Long enough for every browser to have begun to save it. */
const KEPT_MS = 60_000;

export function saveBlob(blob: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** The name that a response gives its file. */
export const nameOf = (headers: Headers): string | undefined =>
  /filename="([^"/\\]+)"/.exec(headers.get("content-disposition") ?? "")?.[1];

/** The last local day of a range of which the end is excluded: RFC 3339 in the report's zone. */
function lastDay(to: string): string {
  const day = to.slice(0, 10);
  if (to.slice(11, 19) !== "00:00:00") return day;
  return new Date(Date.parse(`${day}T00:00:00Z`) - 1).toISOString().slice(0, 10);
}

/** "lead-stats_2026-11-14_2026-11-20", with what it shows where it is not all of the answer. */
export function stemOf(meta: { from: string; to: string }, slug?: string): string {
  const what = slug === undefined ? "" : `-${slug}`;
  return `lead-stats${what}_${meta.from.slice(0, 10)}_${lastDay(meta.to)}`;
}
