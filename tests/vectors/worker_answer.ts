// What the Worker must answer, composed from the bytes of the native build's explanation.

import { requestId } from "./wasi.ts";

const statuses: Record<string, number> = {
  malformed_body: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  unknown_project: 422,
};

export const isError = (explained: string) => explained.startsWith('{"error":');

/** The problem that the Worker makes of an error; type and title are its own, and are taken from `answer`. */
export function problemOf(explained: string, answer: string, path: string): string {
  const { type, title } = JSON.parse(answer) as { type: string; title: string };
  const [, code = "", detail, fields] =
    /^\{"error":\{"code":"(\w+)","detail":(".*"),"fields":(\[.*\])\}\}$/.exec(explained) ?? [];
  const invalid = fields === "[]" ? "" : `,"invalid_params":${fields}`;
  return (
    `{"type":"${type}","title":${JSON.stringify(title)},"status":${statuses[code]},"detail":${detail},` +
    `"instance":"${path}","code":"${code}","request_id":"${requestId}"${invalid}}`
  );
}

/** All but the submission, of which the Worker tells nobody: the verdict and the point. */
export const verdictOf = (explained: string) =>
  `${explained.slice(0, explained.lastIndexOf(',"submission":{"contact":'))}}`;

/** The effect that writes the point, from its dataset on. */
export function pointEffectOf(explained: string): string {
  const verdict = verdictOf(explained);
  return `"dataset":"lead_submissions",${verdict.slice(verdict.indexOf('"point":{"indexes":'))}`;
}
