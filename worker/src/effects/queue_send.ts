// queue.send: bytes to the queue.

import { ok, type Performer, type Reply } from "./index.ts";

export async function queueSend(_effect: object, { env }: Performer, body: Uint8Array): Promise<Reply> {
  await env.LEADS_QUEUE.send(body, { contentType: "bytes" });
  return ok();
}
