// http.fetch: one request to another service. Where the core says so, {{NAME}} in the body becomes the secret of that
// name here, so that the core sees no secret.

import type { Bytes } from "../core.ts";
import type { Env } from "../env.ts";
import { readUpTo } from "../request.ts";
import { failed, ok, type Performer, type Reply } from "./effect.ts";
import { retryAfter } from "./retry_after.ts";

interface HttpFetch {
  method: string;
  url: string;
  content_type: string;
  timeout_ms: number;
  /** Bytes of the answer that are read; 0: its head alone. */
  at_most: number;
  with_secrets: boolean;
  headers: Record<string, string>;
}

// Only the first place counts: what follows may hold text from outside.
const withSecrets = (body: Bytes, env: Env) =>
  new TextDecoder().decode(body).replace(/\{\{([A-Z][A-Z0-9_]*)\}\}/, (_, name: string) => {
    const secret = env[name];
    if (typeof secret !== "string") throw new Error(`The Worker has no secret ${name}.`);
    return JSON.stringify(secret).slice(1, -1);
  });

/** Replies `ok <HTTP status> <retry after, s>` and the beginning of the body, or `timeout`. */
export async function httpFetch(effect: HttpFetch, { env }: Performer, body: Bytes): Promise<Reply> {
  try {
    const response = await fetch(effect.url, {
      method: effect.method,
      headers: { ...effect.headers, "content-type": effect.content_type },
      body: effect.with_secrets ? withSecrets(body, env) : body,
      redirect: "manual",
      signal: AbortSignal.timeout(effect.timeout_ms),
    });
    const word = `${response.status} ${retryAfter(response)}`;
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
    if (reader === undefined) return ok("", word);
    const { bytes, done } = await readUpTo(reader, effect.at_most);
    if (!done) void reader.cancel().catch(() => {});
    return ok(bytes.subarray(0, effect.at_most), word);
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError")
      return { status: "timeout", body: "" };
    return failed(error);
  }
}
