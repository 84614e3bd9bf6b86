// The Worker: requests, queue messages and the clock go in, effects come out. What any of it means, the core decides.

import { answer, answerRequest } from "./answer.ts";
import type { Env } from "./env.ts";
import { facts, packConfig } from "./request.ts";

type Context = Pick<ExecutionContext, "waitUntil">;

async function deliver(queue: string, message: Message, env: Env, context: Context): Promise<void> {
  const body = new Uint8Array(message.body as ArrayBuffer);
  const input = {
    config: packConfig(env),
    body,
    header: JSON.stringify({ ...facts("queue"), queue, attempts: message.attempts }),
  };
  const response = await answer(input, { env, waitUntil: (promise) => context.waitUntil(promise) });
  if (response.ok) message.ack();
  else message.retry({ delaySeconds: Number(response.headers.get("retry-after") ?? 30) });
}

export default {
  async fetch(request, env, context): Promise<Response> {
    return answerRequest(request, env, (promise) => context.waitUntil(promise));
  },

  async queue(batch, env, context): Promise<void> {
    await Promise.all(batch.messages.map((message) => deliver(batch.queue, message, env, context)));
  },

  async scheduled({ cron }, env, context): Promise<void> {
    const input = {
      config: packConfig(env),
      body: new Uint8Array(),
      header: JSON.stringify({ ...facts("schedule"), cron }),
    };
    const response = await answer(input, { env, waitUntil: (promise) => context.waitUntil(promise) });
    if (!response.ok) throw new Error(`What runs at ${cron} ended with ${response.status}.`);
  },
} satisfies ExportedHandler<Env>;
