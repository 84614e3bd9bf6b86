// A Worker of its own around cache.get and cache.put, under the product's compatibility date: the tests' own requests run
// with promises settled across requests in the old way, so they cannot tell whether waiting for another request works.

import { cacheGet, cachePut, cacheState } from "../../../worker/src/effects/cache.ts";
import { giveBack, type Performer, type Reply } from "../../../worker/src/effects/effect.ts";

/** One operation: asks, holds on to what it got for a while, and then puts, or only ends. */
export interface Visit {
  key: string;
  wait_ms: number;
  hold_ms: number;
  put?: string;
}

export default {
  async fetch(request, env, context): Promise<Response> {
    if (request.method === "GET") return Response.json(cacheState());
    const visit = (await request.json()) as Visit;
    const performer: Performer = {
      env: env as Performer["env"],
      waitUntil: (promise) => context.waitUntil(promise),
    };
    const reply: Reply = await cacheGet({ key: visit.key, lease: true, wait_ms: visit.wait_ms }, performer);
    if (reply.status === "ok miss") {
      await new Promise((resolve) => setTimeout(resolve, visit.hold_ms));
      if (visit.put !== undefined) {
        cachePut({ keep: [{ key: visit.key, keep_s: 60 }] }, performer, new TextEncoder().encode(visit.put));
      }
    }
    giveBack(performer);
    const text = typeof reply.body === "string" ? reply.body : new TextDecoder().decode(reply.body);
    return Response.json({ status: reply.status, body: text });
  },
} satisfies ExportedHandler;
