// kv.get: the bytes under a key.

import { ok, type Performer, type Reply } from "./effect.ts";

export async function kvGet(effect: { key: string }, { env }: Performer): Promise<Reply> {
  const bytes = await env.KV.get(effect.key, "arrayBuffer");
  return bytes === null ? ok("", "miss") : ok(new Uint8Array(bytes), "hit");
}
