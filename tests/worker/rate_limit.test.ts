// Too many posts are blocked and counted; a flood of rejected ones is counted but does not flood D1.

import { expect, test } from "vitest";
import { ledger, limit } from "./support/faults.ts";
import { person, robot } from "./support/people.ts";
import { freshAddress, Stage } from "./support/stage.ts";

test("beyond the limit of an address: 429 with Retry-After, counted as blocked", async () => {
  const stage = await Stage.open({}, { bindings: { POSTS_LIMIT: limit(3) } });
  const answers = [];
  for (let post = 0; post < 5; post += 1) answers.push(await stage.post(person()));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429, 429]);
  const last = answers.at(-1);
  expect(last?.json.code).toBe("rate_limited");
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await stage.rows("submissions")).map((row) => [row.event_type, row.status])).toEqual([
    ...Array(3).fill(["primary", 201]),
    ...Array(2).fill(["blocked", 429]),
  ]);
  expect(stage.points.slice(3)).toMatchObject(
    Array(2).fill({ event_type: "blocked", reason: "rate_limited" }),
  );
  expect(await stage.rows("blocked_ip_leads")).toMatchObject(Array(2).fill({ rule: "rate_limited" }));
});

test("an address is limited for each project, and no other address with it", async () => {
  const POSTS_LIMIT = limit(1);
  const [one, other] = [
    await Stage.open({}, { bindings: { POSTS_LIMIT } }),
    await Stage.open({}, { bindings: { POSTS_LIMIT } }),
  ];
  const headers = { "cf-connecting-ip": freshAddress() };
  expect((await one.post(person(), { headers })).status).toBe(201);
  expect((await other.post(person(), { headers })).status).toBe(201);
  expect((await one.post(person())).status).toBe(201);
  expect((await one.post(person(), { headers })).status).toBe(429);
});

test("who was too fast comes again with the same key, and is judged afresh", async () => {
  const stage = await Stage.open();
  const asha = person();
  const options = { headers: { "idempotency-key": "k" } };
  const fast = await stage.post(asha, { ...options, env: { POSTS_LIMIT: limit(0) } });
  expect(fast.status).toBe(429);
  const later = await stage.post(asha, options);
  expect(later.status).toBe(201);
  expect(later.headers.has("idempotency-replayed")).toBe(false);
  expect((await stage.rows("submissions")).map((row) => row.event_type)).toEqual(["blocked", "primary"]);
  expect(stage.points.map((point) => point.event_type)).toEqual(["blocked", "primary"]);
  expect((await stage.post(asha, options)).headers.get("idempotency-replayed")).toBe("true");
});

test("a trusted server is limited by the visitors it names, not by its own address", async () => {
  const POSTS_LIMIT = limit(1);
  const stage = await Stage.open({}, { bindings: { POSTS_LIMIT } });
  const post = (ip?: string) =>
    stage.post({ ...person(), ...(ip ? { visitor: { ip } } : {}) }, { key: "admin" });
  const visitor = freshAddress();
  expect((await post()).status).toBe(201);
  expect((await post()).status).toBe(201);
  expect((await post(visitor)).status).toBe(201);
  expect((await post(visitor)).status).toBe(429);
});

test("a limiter that fails lets the lead through", async () => {
  const broken = { limit: () => Promise.reject(new Error("the limiter is down")) };
  const stage = await Stage.open({}, { bindings: { POSTS_LIMIT: broken, REJECTED_ROWS_LIMIT: broken } });
  expect((await stage.post(person())).status).toBe(201);
  expect((await stage.post(person(), { headers: { "user-agent": robot } })).status).toBe(201);
  expect(stage.points.map((point) => point.event_type)).toEqual(["primary", "bot"]);
});

test("a hundred posts of a bot are a hundred points, and rows up to the limit", async () => {
  const watched = ledger();
  const stage = await Stage.open({}, { bindings: { REJECTED_ROWS_LIMIT: limit(20), DB: watched.DB } });
  const answers = [];
  for (let post = 0; post < 100; post += 1)
    answers.push(await stage.post(person(), { headers: { "user-agent": robot } }));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(stage.points).toHaveLength(100);
  expect(new Set(stage.points.map((point) => point.event_type))).toEqual(new Set(["bot"]));
  expect(await stage.rows("submissions")).toHaveLength(20);
  expect(watched.batches, "one for the settings").toHaveLength(21);
});

test("the deployment's own limiter caps the rows of rejected posts, never those of leads", async () => {
  const stage = await Stage.open();
  const rejected = { headers: { origin: "https://evil.example" } };
  for (let post = 0; post < 100; post += 1) await stage.post(person(), rejected);
  for (let post = 0; post < 25; post += 1) await stage.post(person());
  const types = (await stage.rows("submissions")).map((row) => row.event_type);
  const blocked = types.filter((type) => type === "blocked").length;
  expect(blocked).toBeGreaterThan(0);
  // Even where a minute ends in between.
  expect(blocked).toBeLessThan(100);
  expect(types.filter((type) => type === "primary")).toHaveLength(25);
  expect(stage.points).toHaveLength(125);
});
