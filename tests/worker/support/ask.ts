// The one way in which tests ask the Worker over HTTP: every answer is one that the API's description tells of.

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import type { Env } from "../../../worker/src/env.ts";
import worker from "../../../worker/src/index.ts";
import { checkAnswer } from "../../openapi/check.ts";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  json: any;
}

export type WorkerRequest = Parameters<typeof worker.fetch>[0];
type AnyRequest = Request | WorkerRequest;
/** As the Worker's fetch handler, for tests that have something else in its place. */
type Handler = (request: WorkerRequest, env: Env, context: ExecutionContext) => Promise<Response>;

/** The response as it begins, and what to await once it was read. For tests that do not read all of it. */
export async function begin(request: AnyRequest, env: Env, handler: Handler = worker.fetch) {
  const context = createExecutionContext();
  const response = await handler(request as unknown as WorkerRequest, env, context);
  return { response, finished: () => waitOnExecutionContext(context) };
}

/** Asks, and waits until nothing of the request is left to do. */
export async function ask(request: AnyRequest, env: Env, handler?: Handler): Promise<Answer> {
  const { response, finished } = await begin(request, env, handler);
  const { status, headers } = response;
  const text = new TextDecoder().decode(await response.arrayBuffer());
  await finished();
  const { pathname, search } = new URL(request.url);
  checkAnswer({ method: request.method, path: `${pathname}${search}`, status, headers, text });
  const isJson = /^application\/([\w-]+\+)?json\b/.test(headers.get("content-type") ?? "");
  return { status, headers, text, json: isJson && text !== "" ? JSON.parse(text) : undefined };
}
