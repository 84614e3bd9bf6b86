// What the runtime runs at a time.

import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { crons } from "../../../schema/request.json" with { type: "json" };
import type { Env } from "../../../worker/src/env.ts";
import worker from "../../../worker/src/index.ts";

/** Runs what belongs to a trigger, or to a cron that is none; fails where the invocation fails. */
export async function trigger(name: keyof typeof crons | { cron: string }, env: Env): Promise<void> {
  const context = createExecutionContext();
  const cron = typeof name === "string" ? crons[name] : name.cron;
  try {
    await worker.scheduled(createScheduledController({ cron }), env, context);
  } finally {
    await waitOnExecutionContext(context);
  }
}
