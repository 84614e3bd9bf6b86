// kv.put: bytes kept under a key, for a while or for good, and KV that does not answer.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { TestOperation, textOf } from "./support/operations.ts";

const put = (members: object, KV: KVNamespace = env.KV) =>
  new TestOperation({ KV }).ask("kv.put", { keep_s: 0, timeout_ms: 1000, ...members }, "kept");

test.each([0, 3600])("bytes are kept for %i seconds, of which 0 are for good", async (keep_s) => {
  const key = `put/${Math.random()}`;
  expect((await put({ key, keep_s })).status).toBe("ok");
  expect(await env.KV.get(key)).toBe("kept");
  const { keys } = await env.KV.list({ prefix: key });
  const expiration = keys[0]?.expiration;
  if (keep_s === 0) expect(expiration).toBeUndefined();
  else expect(Math.abs((expiration ?? 0) - Date.now() / 1000 - keep_s)).toBeLessThan(5);
});

test("a KV that does not answer in time has failed", async () => {
  const silent = { put: () => new Promise(() => {}) } as unknown as KVNamespace;
  const reply = await put({ key: "put/silent", timeout_ms: 50 }, silent);
  expect([reply.status, textOf(reply)]).toEqual(["error", "No answer within 50 ms."]);
});

test("a KV that refuses has failed", async () => {
  const refusing = {
    put: () => Promise.reject(new Error("KV PUT failed: 429 Too Many Requests")),
  } as unknown as KVNamespace;
  const reply = await put({ key: "put/refused" }, refusing);
  expect([reply.status, textOf(reply)]).toEqual(["error", expect.stringContaining("429")]);
});
