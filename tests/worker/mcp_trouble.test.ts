// Analytics Engine in trouble, and the core too: a tool says what HTTP says.

import { afterEach, beforeEach, expect, test } from "vitest";
import { says, whole } from "./support/fake_ae.ts";
import { type Connected, callTool, connect, post } from "./support/mcp_desk.ts";
import { Desk, hurry } from "./support/report_desk.ts";

let desk: Desk;
let peer: Connected;
beforeEach(async () => {
  desk = await Desk.open();
  peer = await connect(desk);
});
afterEach(Desk.close);

const args = () => ({ days: 7, filters: { utm_content: desk.mark } });

test("a refusal of Analytics Engine: the 502 of HTTP, and not an empty result", async () => {
  desk.analytics.plays(says(403, "no"));
  const { isError, problem, structured } = await callTool(peer, "lead_stats", args());
  expect(isError).toBe(true);
  expect(structured).toBeUndefined();
  const { json } = await desk.stats("days=7&bucket=day&limit=10");
  expect(problem).toMatchObject({ status: 502, code: "analytics_unavailable", detail: json.detail });
  expect(problem.request_id).toMatch(/^req_[0-9a-f]{32}$/);
});

test("too many requests there: tried again, and then told with when to try again", async () => {
  hurry();
  desk.analytics.plays(says(429, "slow down"));
  const { isError, problem } = await callTool(peer, "lead_stats", args());
  const posts = desk.analytics.posts.length;
  expect(posts).toBeGreaterThan(1);
  const http = await desk.stats("days=7&bucket=day&limit=10");
  expect(isError).toBe(true);
  expect(problem).toMatchObject({ status: http.status, code: http.json.code, detail: http.json.detail });
  const retryAfter = http.headers.get("retry-after");
  expect(problem.retry_after_s).toBe(retryAfter === null ? undefined : Number(retryAfter));
});

test("an answer that never comes: the 504 of HTTP", async () => {
  hurry();
  desk.analytics.plays(() => new Promise<Response>(() => {}));
  const { isError, problem } = await callTool(peer, "lead_stats_summary", args());
  expect(isError).toBe(true);
  expect(problem).toMatchObject({ status: 504, code: "analytics_timeout" });
});

test("the last good answer is told to be old", async () => {
  await callTool(peer, "lead_stats", args());
  desk.after(600);
  desk.analytics.plays(says(403, "no"));
  const { isError, structured } = await callTool(peer, "lead_stats", args());
  expect(isError).toBe(false);
  expect(structured.about.freshness.cache).toBe("stale");
  expect(structured.result.meta.warnings).toMatchObject([{ code: "stale" }]);
});

test("the second request of a tool fails: the tool has failed", async () => {
  desk.analytics.plays(says(403, "no"));
  const { isError, problem } = await callTool(peer, "list_projects", { limit: 7 });
  expect(isError).toBe(true);
  expect(problem.status).toBe(502);
});

test("the same question asked twice is one statement", async () => {
  desk.analytics.plays(whole());
  await callTool(peer, "lead_stats", args());
  expect(desk.analytics.posts).toHaveLength(1);
  await callTool(peer, "lead_stats", args());
  await desk.stats("days=7&bucket=day&limit=10");
  expect(desk.analytics.posts).toHaveLength(1);
});

test("after trouble the next message is answered as ever", async () => {
  desk.analytics.plays(says(500, "x"), whole());
  hurry();
  await callTool(peer, "lead_stats", args());
  expect((await callTool(peer, "lead_stats", args())).isError).toBe(false);
  expect((await post(desk, { body: { jsonrpc: "2.0", id: 1, method: "ping" } })).status).toBe(200);
});
