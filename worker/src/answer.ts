// Answers a request: packs it, runs it through the core, and runs it once more where the core trapped.

import { problems } from "../../build/generated/schema.ts";
import { type Core, CoreReset, liveCore } from "./core.ts";
import type { Performer } from "./effects/effect.ts";
import type { Env } from "./env.ts";
import { packConfig, packRequest, readFirstPart } from "./request.ts";
import { type Input, Run } from "./run.ts";

/** Runs an operation; once more in a new instance where the core trapped and nothing would be done twice. */
export async function answer(
  input: Input,
  performer: Performer,
  core: () => Core = liveCore,
): Promise<Response> {
  for (let again = false; ; again = true) {
    const run = new Run(core(), input, performer);
    // A client that goes away must not stop a submission half-way.
    performer.waitUntil(run.finished);
    try {
      return await run.response;
    } catch (error) {
      console.error(
        JSON.stringify({
          event: "operation_failed",
          error: String(error),
          cause: String((error as Error).cause),
        }),
      );
      if (error instanceof CoreReset && run.canRepeat && !again) continue;
      return unavailable();
    }
  }
}

/** The one answer that the core cannot give. */
function unavailable(): Response {
  const { code, status, title } = problems.unavailable;
  const requestId = `req_${crypto.randomUUID().replaceAll("-", "")}`;
  const problem = {
    type: `urn:leadledger:problem:${code}`,
    title,
    status,
    detail: "The request could not be answered. Please try again in a few seconds.",
    code,
    request_id: requestId,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "retry-after": "5",
      "access-control-allow-origin": "*",
      "x-request-id": requestId,
    },
  });
}

/** Answers an HTTP request. */
export async function answerRequest(
  request: Request,
  env: Env,
  waitUntil: Performer["waitUntil"],
): Promise<Response> {
  const { bytes, rest } = await readFirstPart(request);
  const input = {
    config: packConfig(env),
    body: bytes,
    header: await packRequest(request, rest !== undefined),
  };
  return answer(input, { env, waitUntil, reader: rest, request });
}
