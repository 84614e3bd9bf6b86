// http.fetch: one request to another service. {{NAME}} in the body is put in here, so that the core sees no secret.

import type { Bytes } from "../core.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

interface HttpFetch {
  method: string;
  url: string;
  content_type: string;
  timeout_ms: number;
}

export async function httpFetch(effect: HttpFetch, { env }: Performer, body: Bytes): Promise<Reply> {
  // Only the first place counts: what follows may hold text from outside.
  const text = new TextDecoder().decode(body).replace(/\{\{([A-Z][A-Z0-9_]*)\}\}/, (_, name: string) => {
    const secret = env[name];
    if (typeof secret !== "string") throw new Error(`The Worker has no secret ${name}.`);
    return JSON.stringify(secret).slice(1, -1);
  });
  const response = await fetch(effect.url, {
    method: effect.method,
    headers: { "content-type": effect.content_type },
    body: text,
    signal: AbortSignal.timeout(effect.timeout_ms),
  });
  return ok(new Uint8Array(await response.arrayBuffer()), String(response.status));
}
