// digest: SHA-256 of the two texts that the body holds, split at a position.

import type { Bytes } from "../core.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

export async function digest(effect: { split: number }, _: Performer, body: Bytes): Promise<Reply> {
  const digests = await Promise.all([
    crypto.subtle.digest("SHA-256", body.subarray(0, effect.split)),
    crypto.subtle.digest("SHA-256", body.subarray(effect.split)),
  ]);
  const both = new Uint8Array(64);
  both.set(new Uint8Array(digests[0]), 0);
  both.set(new Uint8Array(digests[1]), 32);
  return ok(both);
}
