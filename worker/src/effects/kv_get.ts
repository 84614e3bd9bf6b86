// kv.get: the bytes under a key.

import { within } from "./deadline.ts";
import { failed, ok, type Performer, type Reply } from "./effect.ts";

export async function kvGet(
  { key, timeout_ms }: { key: string; timeout_ms: number },
  { env }: Performer,
): Promise<Reply> {
  const bytes = await within(timeout_ms, env.KV.get(key, "arrayBuffer"));
  if (bytes === "late") return failed(`No answer within ${timeout_ms} ms.`);
  return bytes === null ? ok("", "miss") : ok(new Uint8Array(bytes), "hit");
}
