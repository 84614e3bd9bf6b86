// queue.send: bytes to the queue.

import type { Bytes } from "../core.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

export async function queueSend(_effect: object, { env }: Performer, body: Bytes): Promise<Reply> {
  await env.LEADS_QUEUE.send(body, { contentType: "bytes" });
  return ok();
}
