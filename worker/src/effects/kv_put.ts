// kv.put: keeps bytes under a key.

import type { Bytes } from "../core.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

export async function kvPut(effect: { key: string }, { env }: Performer, body: Bytes): Promise<Reply> {
  await env.KV.put(effect.key, body);
  return ok();
}
