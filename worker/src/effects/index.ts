// The closed set of effects: what the core may ask for. Each is performed by one small file that knows nothing of what
// it is for.

import type { Bytes } from "../core.ts";
import { aeQuery, aeRead } from "./ae_query.ts";
import { aeWrite } from "./ae_write.ts";
import { aiRun } from "./ai_run.ts";
import { cacheGet, cachePut } from "./cache.ts";
import { d1Batch } from "./d1_batch.ts";
import { digest } from "./digest.ts";
import { type Effect, failed, type Performer, type Reply } from "./effect.ts";
import { hmac } from "./hmac.ts";
import { httpFetch } from "./http_fetch.ts";
import { kvGet } from "./kv_get.ts";
import { kvPut } from "./kv_put.ts";
import { mcp } from "./mcp.ts";
import { queueSend } from "./queue_send.ts";
import { rateLimit } from "./rate_limit.ts";
import { botUserAgent } from "./signal.ts";
import { streamRead, streamWrite } from "./streams.ts";
import { timerWait } from "./timer.ts";
import { zoneTransitions } from "./zone.ts";

type Perform = (effect: never, performer: Performer, body: Bytes) => Reply | Promise<Reply>;

const performers: Record<string, Perform> = {
  "ae.query": aeQuery,
  "ae.read": aeRead,
  "ae.write": aeWrite,
  "ai.run": aiRun,
  "cache.get": cacheGet,
  "cache.put": cachePut,
  "d1.batch": d1Batch,
  digest,
  hmac,
  "http.fetch": httpFetch,
  "kv.get": kvGet,
  "kv.put": kvPut,
  mcp,
  "queue.send": queueSend,
  "rate.limit": rateLimit,
  "signal.bot_user_agent": botUserAgent,
  "stream.read": streamRead,
  "stream.write": streamWrite,
  "timer.wait": timerWait,
  "zone.transitions": zoneTransitions,
};

/**
 * Effects that do something a second time when they are performed a second time. ae.read is none of them: an operation
 * that runs again begins with a new ae.query.
 */
const once = new Set(["ae.write", "queue.send", "stream.read", "stream.write"]);

export const repeatable = (effect: Effect) => !once.has(effect.effect);

const empty = new Uint8Array();

/** Never throws: what fails is a reply. */
export function perform(
  effect: Effect,
  body: Bytes | undefined,
  performer: Performer,
): Reply | Promise<Reply> {
  const run = performers[effect.effect];
  if (run === undefined) return failed(`There is no effect ${effect.effect}.`);
  try {
    const reply = run(effect as never, performer, body ?? empty);
    return reply instanceof Promise ? reply.catch(failed) : reply;
  } catch (error) {
    return failed(error);
  }
}
