// Analytics Engine in trouble: what is tried again, what the caller is told, and what stands in for an answer. There is
// never an empty 200, and never fewer rows than there were.

import { afterEach, beforeEach, expect, test } from "vitest";
import {
  changed,
  garbage,
  refusesConnection,
  type Scene,
  says,
  sqlToken,
  staysSilent,
  stopsAfter,
  whole,
} from "./support/fake_ae.ts";
import { Desk, hurry } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
  hurry();
});
afterEach(() => Desk.close());

const envelope = JSON.stringify({
  success: false,
  errors: [{ code: 10000, message: "Authentication error for the-account" }],
  result: null,
});
const cell = /"cell":"(\d+)"/;

type Trouble = [what: string, scene: Scene, status: number, code: string, posts: number];
const troubles: Trouble[] = [
  ["no connection", refusesConnection, 502, "analytics_unavailable", 3],
  ["silence", staysSilent, 504, "analytics_timeout", 2],
  ["a connection that breaks at once", stopsAfter(0, "breaks"), 502, "analytics_unavailable", 3],
  ["a connection that breaks in the rows", stopsAfter(900, "breaks"), 502, "analytics_unavailable", 3],
  ["a clean end before the first row", stopsAfter(30, "ends"), 502, "analytics_unavailable", 1],
  ["a clean end in the rows", stopsAfter(900, "ends"), 502, "analytics_unavailable", 1],
  ["a clean end in front of rows", changed((all) => all.replace(/,"rows".*/, "")), 502, "", 1],
  ["a clean end one byte too early", changed((all) => all.slice(0, -1)), 502, "", 1],
  ["429", says(429, "slow down"), 502, "analytics_unavailable", 3],
  ["429 that says when", says(429, "slow down", { "retry-after": "1" }), 502, "analytics_unavailable", 3],
  [
    "429 that says much later",
    says(429, "slow down", { "retry-after": "3600" }),
    502,
    "analytics_unavailable",
    1,
  ],
  ["500", says(500, "it broke"), 502, "analytics_unavailable", 3],
  ["503 that says when", says(503, "", { "retry-after": "1" }), 502, "analytics_unavailable", 3],
  ["a token that is not taken", says(401, envelope), 502, "analytics_unavailable", 1],
  ["403", says(403, envelope), 502, "analytics_unavailable", 1],
  ["404", says(404, "not found"), 502, "analytics_unavailable", 1],
  [
    "a statement that is refused",
    says(422, "Input was invalid: unknown function call: GREATEST"),
    502,
    "analytics_unavailable",
    1,
  ],
  ["a redirect", says(302, "", { location: "https://elsewhere.test/" }), 502, "analytics_unavailable", 1],
  ["204", () => new Response(null, { status: 204 }), 502, "analytics_unavailable", 1],
  ["nothing at all", says(200, ""), 502, "analytics_unavailable", 1],
  ["a page", says(200, "<!doctype html><title>Down for maintenance</title>"), 502, "", 1],
  ["an empty object", says(200, "{}"), 502, "", 1],
  ["an envelope with 200", says(200, envelope), 502, "", 1],
  ["10 MB of garbage", garbage(10_000_000), 502, "", 1],
  ["a row too few", changed((all) => all.replace(/"rows":\d+/, '"rows":99')), 502, "", 1],
  ["a row too many", changed((all) => all.replace(/"rows":\d+/, '"rows":1')), 502, "", 1],
  [
    "an exception at the end",
    changed((all) => all.replace(/\}$/, ',"exception":"Code: 241. DB::Exception: Memory limit"}')),
    502,
    "",
    1,
  ],
  ["something behind the answer", changed((all) => `${all}{}`), 502, "", 1],
  ["a cell beyond the range", changed((all) => all.replace(cell, '"cell":"7"')), 502, "", 1],
  ["a cell before the range", changed((all) => all.replace(cell, '"cell":"-1"')), 502, "", 1],
  ["a count below zero", changed((all) => all.replace(/"m_bot":"\d+"/, '"m_bot":"-5"')), 502, "", 1],
  ["a count that is none", changed((all) => all.replace(/"m_bot":"\d+"/, '"m_bot":"x"')), 502, "", 1],
  [
    "a count beyond 2^53",
    changed((all) => all.replace(/"m_n":"\d+"/, '"m_n":"9007199254740993"')),
    502,
    "",
    1,
  ],
  ["a measure that is missing", changed((all) => all.replace(/"m_hot":"\d+",/, "")), 502, "", 1],
  ["null for a count", changed((all) => all.replace(/"m_hot":"\d+"/, '"m_hot":null')), 502, "", 1],
];

test.each(troubles)("%s", async (_what, scene, status, code, posts) => {
  desk.analytics.plays(scene);
  const answer = await desk.stats("days=7");
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.has("etag")).toBe(false);
  expect(answer.json.code).toBe(code || "analytics_unavailable");
  expect(answer.json.detail).toMatch(/Analytics Engine/);
  for (const secret of [sqlToken, "the-account", "GREATEST", "DB::Exception"]) {
    expect(answer.text).not.toContain(secret);
  }
  expect(desk.analytics.posts).toHaveLength(posts);

  // Nothing of it is kept.
  desk.analytics.plays(whole());
  const after = await desk.stats("days=7");
  expect(after.status).toBe(200);
  expect(after.json.meta.cache).toBe("miss");
  expect(after.json.totals.total).toBeGreaterThan(0);
});

test("an answer that stops half-way and stays open is a timeout, and the transfer is given up", async () => {
  desk.analytics.plays(stopsAfter(900, "stalls"));
  const { status, json } = await desk.stats("days=7");
  expect(status).toBe(504);
  expect(json.code).toBe("analytics_timeout");
  for (const { init } of desk.analytics.posts) expect(init.signal?.aborted).toBe(true);
});

const slowly: Scene = async () => {
  await new Promise((resolve) => setTimeout(resolve, 9000));
  return new Response("", { status: 500 });
};

test.each([
  ["silence", staysSilent],
  ["rows that stop", stopsAfter(900, "stalls")],
  ["slow refusals", slowly],
])("no attempt begins after 20 s: %s", async (_what, scene) => {
  const begun = Date.now();
  const begins: number[] = [];
  desk.analytics.plays((post, points) => {
    begins.push((Date.now() - begun) / 1000);
    return scene(post, points);
  });
  expect((await desk.stats("days=7")).status).toBeGreaterThanOrEqual(502);
  expect(begins[0]).toBe(0);
  expect(Math.max(...begins)).toBeLessThanOrEqual(20);
});

test.each([
  ["500", says(500, "it broke")],
  ["429 with Retry-After", says(429, "", { "retry-after": "1" })],
  ["a broken connection", refusesConnection],
  ["a connection that breaks in the rows", stopsAfter(1500, "breaks")],
])("what passes at the second attempt is an answer: %s", async (_what, scene) => {
  const expected = (await desk.stats("days=7", { key: "admin" })).json.totals;
  desk.after(301);
  desk.analytics.plays(scene, whole());
  const { status, json } = await desk.stats("days=7");
  expect(status).toBe(200);
  expect(json.totals).toEqual(expected);
  expect(json.meta.cache).toBe("miss");
  expect(desk.analytics.posts).toHaveLength(2);
});

test("explain tells how often was asked", async () => {
  desk.analytics.plays(says(500, ""), says(500, ""), whole());
  const { json } = await desk.stats("explain=1", { key: "admin" });
  expect(json.explain.statements).toMatchObject([{ attempts: 3 }]);
});

test("Retry-After is waited for", async () => {
  const begun = Date.now();
  desk.analytics.plays(says(429, "", { "retry-after": "7" }), whole());
  expect((await desk.stats()).status).toBe(200);
  expect(Date.now() - begun).toBe(7000);
});

test("a wait between two attempts is not the same for all", async () => {
  const waits = new Set<number>();
  for (let n = 0; n < 5; n += 1) {
    const begun = Date.now();
    desk.analytics.plays(says(500, ""), whole());
    await desk.stats(`city=${n}`);
    waits.add(Date.now() - begun);
  }
  expect(waits.size).toBeGreaterThan(1);
  for (const wait of waits) expect(wait).toBeGreaterThan(0);
});

test("where one of two statements fails, there is no half of a report", async () => {
  for (const failing of [0, 1]) {
    const scene: Scene = (post, points) =>
      post === desk.analytics.posts[failing] ? new Response("no", { status: 403 }) : whole()(post, points);
    desk.analytics.plays(scene);
    const { status, json } = await desk.stats(`compare=previous&group_by=country&city=${failing}`);
    expect(status).toBe(502);
    expect(json).not.toHaveProperty("totals");
    desk.analytics.plays(scene);
    expect((await desk.summary(`city=${failing}`)).status).toBe(502);
  }
});

test("a dataset without points is an empty report that says so and is not kept", async () => {
  const text = 'Input was invalid: unable to find type of column: "timestamp"';
  for (const ask of [() => desk.stats("compare=previous&group_by=country"), () => desk.summary("")]) {
    desk.analytics.plays(says(422, text));
    const { status, json } = await ask();
    expect(status).toBe(200);
    expect(json.totals.total).toBe(0);
    expect(json.meta.warnings).toContainEqual({ code: "no_data_yet", detail: expect.any(String) });
    expect(desk.analytics.posts).toHaveLength(2);
    desk.analytics.plays(whole());
    const after = await ask();
    expect(after.json.totals.total).toBeGreaterThan(0);
    expect(after.json.meta.warnings).not.toContainEqual(expect.objectContaining({ code: "no_data_yet" }));
  }
});

test("without an address of Analytics Engine it is a 502, and no token is sent anywhere", async () => {
  const { status } = await desk.stats("", { env: { AE_SQL_URL: undefined as unknown as string } });
  expect(status).toBe(502);
  expect(desk.analytics.posts).toHaveLength(0);
});

test("what Analytics Engine said is in the log, as the caller is told, and the token is not", async () => {
  for (const [status, said] of [
    [422, "Input was invalid: unknown function call: GREATEST"],
    [401, envelope],
    [500, "it broke"],
  ] as const) {
    desk.logged.length = 0;
    desk.analytics.plays(says(status, said));
    const { json } = await desk.stats();
    if (status !== 500) expect(json.detail).toMatch(/log/);
    const lines = desk.logged.map((line) => JSON.parse(line));
    expect(lines.length).toBe(desk.analytics.posts.length);
    for (const line of lines) expect(line).toMatchObject({ status, detail: said });
    expect(desk.logged.join("\n")).not.toContain(sqlToken);
  }
});

test("what is fine leaves no line in the log", async () => {
  await desk.stats("compare=previous");
  await desk.stats("compare=previous");
  await desk.summary("");
  await desk.stats("days=0");
  expect(desk.logged).toEqual([]);
});

// ---- the last good answer

const failures: [string, Scene][] = [
  ["silence", staysSilent],
  ["500", says(500, "")],
  ["401", says(401, envelope)],
  ["a page", says(200, "<html>")],
  ["a clean cut-off", stopsAfter(900, "ends")],
  ["a broken connection", stopsAfter(900, "breaks")],
];

test.each(failures)("%s: the last good answer stands in and says so", async (_what, scene) => {
  const ask = "group_by=country&compare=previous";
  const good = await desk.stats(ask);
  desk.after(600);
  desk.analytics.plays(scene);
  const stale = await desk.stats(ask);
  expect(stale.status).toBe(200);
  expect(stale.headers.get("cache-status")).toMatch(/^leadledger; hit; detail=stale/);
  expect(stale.headers.get("etag")).not.toBe(good.headers.get("etag"));
  expect(stale.json.meta).toMatchObject({
    cache: "stale",
    generated_at: good.json.meta.generated_at,
    data_through: good.json.meta.data_through,
  });
  expect(stale.json.meta.warnings).toContainEqual({
    code: "stale",
    detail: expect.stringMatching(/last good/),
  });
  for (const part of ["totals", "buckets", "groups", "comparison"]) {
    expect(stale.json[part]).toEqual(good.json[part]);
  }

  // For a moment nobody finds out anew that there is no better answer.
  desk.analytics.plays(whole());
  const posts = desk.analytics.posts.length;
  expect((await desk.stats(ask)).json.meta.cache).toBe("stale");
  expect(desk.analytics.posts).toHaveLength(posts);
  desk.after(21);
  const fresh = await desk.stats(ask);
  expect(fresh.json.meta.cache).toBe("miss");
  expect(fresh.json.meta.generated_at).not.toBe(good.json.meta.generated_at);
});

test("a stale answer keeps the range that it was made for", async () => {
  const good = await desk.stats("days=2");
  desk.after(20 * 3600); // tomorrow noon
  desk.analytics.plays(says(403, ""));
  const { json } = await desk.stats("days=2");
  expect(json.meta).toMatchObject({ cache: "stale", from: good.json.meta.from, to: good.json.meta.to });
  expect(json.buckets).toEqual(good.json.buckets);
});

test("a stale file says so in Cache-Status, and so does a stale summary in its meta", async () => {
  const good = await desk.stats("format=csv");
  await desk.summary("");
  desk.after(600);
  desk.analytics.plays(says(403, ""));
  const csv = await desk.stats("format=csv");
  expect(csv.headers.get("cache-status")).toMatch(/stale/);
  expect(csv.text).toBe(good.text);
  const summary = await desk.summary("");
  expect(summary.json.meta.cache).toBe("stale");
  expect(summary.json.meta.warnings).toContainEqual(expect.objectContaining({ code: "stale" }));
});

test("after a day there is no last good answer any more", async () => {
  await desk.stats("days=7");
  desk.after(86_401);
  desk.analytics.plays(says(403, ""));
  expect((await desk.stats("days=7")).status).toBe(502);
});

test("what the caller can mend is not answered with an old report", async () => {
  await desk.stats("days=7");
  desk.after(600);
  desk.analytics.plays(says(403, ""));
  expect((await desk.stats("days=7&limit=0")).status).toBe(400);
});

test("in an outage others are answered from the cache without waiting", async () => {
  await desk.stats("days=3");
  desk.analytics.plays(says(500, ""));
  expect((await desk.stats("days=3")).json.meta.cache).toBe("hit");
  expect(desk.analytics.posts).toHaveLength(0);
});

test("many who ask in an outage are all told", async () => {
  desk.analytics.plays(says(401, ""));
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.stats("days=5")));
  expect(answers.map(({ status }) => status)).toEqual([502, 502, 502, 502, 502]);
});

test("many who ask in an outage all get the last good answer", async () => {
  const good = await desk.stats("days=5");
  desk.after(600);
  desk.analytics.plays(says(401, ""));
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.stats("days=5")));
  for (const { status, json } of answers) {
    expect(status).toBe(200);
    expect(json.meta.cache).toBe("stale");
    expect(json.totals).toEqual(good.json.totals);
  }
});
