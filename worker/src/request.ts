// Packs what the runtime knows of a request into the header the core reads. Interprets nothing.

import { limits, requestFacts } from "../../build/generated/schema.ts";
import type { Env } from "./env.ts";
import { hex } from "./hex.ts";
import { join } from "./join.ts";
import { isBotUserAgent } from "./user_agents.ts";

async function keyDigest(headers: Headers): Promise<string> {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  const key = bearer ?? headers.get("x-api-key");
  if (!key) return "";
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
}

export function facts(occasion: string) {
  return {
    occasion,
    now: Date.now(),
    random: [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()],
  };
}

export async function packRequest(request: Request, bodyIsPartial: boolean): Promise<string> {
  const headers: Record<string, string> = {};
  for (const name of requestFacts.headers) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const cf: Record<string, unknown> = {};
  for (const name of requestFacts.cf) cf[name] = request.cf?.[name];
  const needsKey = request.headers.has("authorization") || request.headers.has("x-api-key");
  return JSON.stringify({
    ...facts("http"),
    method: request.method,
    url: request.url,
    headers,
    cf,
    key_digest: needsKey ? await keyDigest(request.headers) : "",
    bot_user_agent: isBotUserAgent(headers["user-agent"] ?? ""),
    body_partial: bodyIsPartial,
  });
}

const empty = new Uint8Array();

/** The beginning of a body; `rest` reads on where it was longer. */
export interface FirstPart {
  bytes: Uint8Array;
  rest: ReadableStreamDefaultReader<Uint8Array> | undefined;
}

export async function readFirstPart(request: Request): Promise<FirstPart> {
  if (request.body === null) return { bytes: empty, rest: undefined };
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (declared <= limits.inline_body_bytes) {
    return { bytes: new Uint8Array(await request.arrayBuffer()), rest: undefined };
  }
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const { bytes, done } = await readUpTo(reader, limits.inline_body_bytes);
  return { bytes, rest: done ? undefined : reader };
}

/** Reads until at least `atLeast` bytes are there or the stream ends. */
export async function readUpTo(reader: ReadableStreamDefaultReader<Uint8Array>, atLeast: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < atLeast) {
    const { done, value } = await reader.read();
    if (done) return { bytes: join(chunks, size), done: true };
    chunks.push(value);
    size += value.length;
  }
  return { bytes: join(chunks, size), done: false };
}

function readList(name: string, text = "[]"): unknown {
  try {
    return JSON.parse(text);
  } catch {
    console.error(JSON.stringify({ event: "config_broken", name, detail: "It is not JSON." }));
    return [];
  }
}

const configs = new WeakMap<Env, Uint8Array>();

/** The deployment's configuration as the core reads it: made once an isolate. */
export function packConfig(env: Env): Uint8Array {
  let bytes = configs.get(env);
  if (bytes === undefined) {
    bytes = new TextEncoder().encode(
      JSON.stringify({
        api_keys: readList("API_KEYS", env.API_KEYS),
        webhooks: readList("WEBHOOKS", env.WEBHOOKS),
        turnstile_url: env.TURNSTILE_URL ?? "",
        reporting_timezone: env.REPORTING_TIMEZONE ?? "",
        retention_days: env.RETENTION_DAYS ?? "",
        brief_model: env.AI === undefined ? "" : (env.BRIEF_MODEL ?? ""),
      }),
    );
    configs.set(env, bytes);
  }
  return bytes;
}
