// kv.put: keeps bytes under a key.

import { ok, type Performer, type Reply } from "./index.ts";

export async function kvPut(effect: { key: string }, { env }: Performer, body: Uint8Array): Promise<Reply> {
  await env.KV.put(effect.key, body);
  return ok();
}
