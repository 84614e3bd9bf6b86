// ae.query and ae.read: one statement to Analytics Engine's SQL API, and its answer in pieces. What a status means,
// and whether to try again, the core decides.

import type { Bytes } from "../core.ts";
import { AnswerReader, type Piece } from "./answer_reader.ts";
import { within } from "./deadline.ts";
import { type Effect, ok, type Performer, type Reply, undoAtEnd } from "./effect.ts";
import { retryAfter } from "./retry_after.ts";

interface AeQuery extends Effect {
  /** How long the headers may take, and then the first piece. */
  timeout_ms: number;
  at_most: number;
}

interface AeRead {
  /** The id of the ae.query. */
  query: number;
  timeout_ms: number;
  at_most: number;
}

/** An answer that is being read. */
export interface OpenAnswer {
  reader: AnswerReader;
  close(): void;
}

/** Of an answer that is an error, so much is read. */
const ERROR_BYTES = 2048;

const nothing: Piece = { bytes: new Uint8Array(), end: true };
const timeout = (begun: number): Reply => ({ status: `timeout ${Date.now() - begun}`, body: "" });

/** Replies `ok <HTTP status> <more|end> <elapsed ms> <retry after, s>` and the first piece, or `timeout <elapsed ms>`. */
export async function aeQuery(effect: AeQuery, performer: Performer, sql: Bytes): Promise<Reply> {
  const begun = Date.now();
  const abort = new AbortController();
  let reader: AnswerReader | undefined;
  const close = () => {
    // Also where all was read: it then does nothing.
    abort.abort();
    reader?.cancel();
    performer.answers?.delete(effect.id);
    keepOpen();
  };
  const keepOpen = undoAtEnd(performer, close);
  let goesOn = false;
  try {
    const response = await within(effect.timeout_ms, send(performer, sql, abort.signal));
    if (response === "late") return timeout(begun);
    if (response.body !== null) reader = new AnswerReader(response.body as ReadableStream<Uint8Array>);
    abort.signal.throwIfAborted();
    const piece = await firstPiece(response.status, reader, effect);
    if (piece === "late") return timeout(begun);
    if (response.status !== 200) log(response.status, piece.bytes);
    goesOn = !piece.end && !abort.signal.aborted;
    if (goesOn && reader !== undefined) {
      performer.answers ??= new Map();
      performer.answers.set(effect.id, { reader, close });
    }
    const end = goesOn ? "more" : "end";
    return ok(piece.bytes, `${response.status} ${end} ${Date.now() - begun} ${retryAfter(response)}`);
  } finally {
    if (!goesOn) close();
  }
}

/** Replies `ok <more|end> <elapsed ms>` and the next piece. */
export async function aeRead({ query, timeout_ms, at_most }: AeRead, performer: Performer): Promise<Reply> {
  const begun = Date.now();
  const open = performer.answers?.get(query);
  if (open === undefined) throw new Error(`No answer to effect ${query} is being read.`);
  let goesOn = false;
  try {
    const piece = await open.reader.next(at_most, timeout_ms);
    if (piece === "late") return timeout(begun);
    goesOn = !piece.end;
    return ok(piece.bytes, `${goesOn ? "more" : "end"} ${Date.now() - begun}`);
  } finally {
    if (!goesOn) open.close();
  }
}

async function send({ env }: Performer, sql: Bytes, signal: AbortSignal): Promise<Response> {
  if (!env.AE_SQL_URL) throw new Error("The Worker has no AE_SQL_URL.");
  const headers = new Headers({ "content-type": "text/plain" });
  // A secret that was piped into Wrangler may end with a line feed.
  const token = env.AE_SQL_TOKEN?.trim();
  if (token) headers.set("authorization", `Bearer ${token}`);
  // A redirect that is followed would take the token elsewhere.
  return fetch(env.AE_SQL_URL, { method: "POST", headers, body: sql, redirect: "manual", signal });
}

/** What it said is for whoever runs the deployment; a caller is told the status. */
function log(status: number, text: Uint8Array): void {
  const detail = new TextDecoder().decode(text);
  console.warn(JSON.stringify({ event: "analytics_refused", status, detail }));
}

/** Of an error the beginning of its text will do, and none is fine: the status says enough. */
async function firstPiece(status: number, reader: AnswerReader | undefined, effect: AeQuery) {
  if (reader === undefined) return nothing;
  if (status === 200) return reader.next(effect.at_most, effect.timeout_ms);
  const piece = await reader.next(ERROR_BYTES, effect.timeout_ms).catch(() => nothing);
  return piece === "late" ? nothing : { ...piece, end: true };
}
