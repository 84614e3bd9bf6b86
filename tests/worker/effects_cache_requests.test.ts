// Leases between real requests, in a Worker that is not the tests' own: one request waits for what another one puts.

import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import type { Visit } from "./support/cache_worker.ts";

let key: string;
beforeEach(() => {
  key = `key ${Math.random()}`;
});
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const cacheWorker = (env as unknown as { CACHE_WORKER: Fetcher }).CACHE_WORKER;

async function visit(options: Partial<Visit>, signal?: AbortSignal): Promise<string> {
  const body = JSON.stringify({ key, wait_ms: 10_000, hold_ms: 300, ...options });
  const response = await cacheWorker.fetch("http://cache/", {
    method: "POST",
    body,
    ...(signal && { signal }),
  });
  const answer = (await response.json()) as { status: string; body: string };
  return `${answer.status} ${answer.body}`.trim();
}

test("requests wait for another request, and get its bytes", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => visit({ put: `bytes ${at}` })));
  const misses = answers.filter((answer) => answer === "ok miss");
  expect(misses).toHaveLength(1);
  const winner = answers.indexOf("ok miss");
  for (const answer of answers.filter((each) => each !== "ok miss"))
    expect(answer).toBe(`ok hit bytes ${winner}`);
  expect(await visit({})).toBe(`ok hit bytes ${winner}`);
});

test("a request that ends without an answer hands over to another request", async () => {
  const first = visit({});
  await later(100);
  const others = [visit({ put: "bytes" }), visit({ put: "bytes" })];
  expect(await first).toBe("ok miss");
  expect((await Promise.all(others)).sort()).toEqual(["ok hit bytes", "ok miss"]);
});

test("a request waits no longer than it wants to", async () => {
  const holder = visit({ hold_ms: 3000 });
  await later(100);
  expect(await Promise.race([holder, visit({ wait_ms: 200 })])).toBe("ok late");
  await holder;
});

test("a client that goes away while others wait for it holds them up for no longer than they want", async () => {
  const gone = new AbortController();
  const first = visit({ hold_ms: 60_000 }, gone.signal).catch(() => "gone");
  await later(100);
  const second = visit({ wait_ms: 1000, put: "bytes" });
  await later(100);
  gone.abort();
  expect(await first).toBe("gone");
  expect(await second).toMatch(/^ok (late|miss)$/);
});
