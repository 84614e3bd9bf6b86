// queue.send: bytes to one of the queues.

import type { Bytes } from "../core.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

export async function queueSend(
  { binding }: { binding: string },
  { env }: Performer,
  body: Bytes,
): Promise<Reply> {
  await (env[binding] as Queue<Uint8Array>).send(body, { contentType: "bytes" });
  return ok();
}
