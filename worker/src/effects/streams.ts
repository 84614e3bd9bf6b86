// stream.read and stream.write: the rest of a request's body, and a response's body in pieces.

import type { Bytes } from "../core.ts";
import { readUpTo } from "../request.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

export async function streamRead({ at_most }: { at_most: number }, { reader }: Performer): Promise<Reply> {
  if (reader === undefined) return ok("", "end");
  const { bytes, done } = await readUpTo(reader, at_most);
  return ok(bytes, done ? "end" : "more");
}

export async function streamWrite(_: object, { writer }: Performer, body: Bytes): Promise<Reply> {
  if (writer === undefined) throw new Error("The response has not begun.");
  await writer.ready;
  await writer.write(body);
  return ok();
}
