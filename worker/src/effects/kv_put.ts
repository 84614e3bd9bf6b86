// kv.put: keeps bytes under a key, for so many seconds; 0: for good.

import type { Bytes } from "../core.ts";
import { within } from "./deadline.ts";
import { failed, ok, type Performer, type Reply } from "./effect.ts";

interface KvPut {
  key: string;
  keep_s: number;
  timeout_ms: number;
}

export async function kvPut(
  { key, keep_s, timeout_ms }: KvPut,
  { env }: Performer,
  body: Bytes,
): Promise<Reply> {
  const expiry = keep_s > 0 ? { expirationTtl: keep_s } : {};
  const put = await within(timeout_ms, env.KV.put(key, body, expiry));
  return put === "late" ? failed(`No answer within ${timeout_ms} ms.`) : ok();
}
