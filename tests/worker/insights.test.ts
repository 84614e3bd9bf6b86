// GET /analytics/insights from outside: who may ask, what a request may say, what is sent to Analytics Engine, and what
// comes of it when that is in trouble. What is found is compared with a count of its own in tests/reports.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  changed,
  type FakePoint,
  gapsOf,
  manyRows,
  rangeOf,
  refusesConnection,
  rowOf,
  says,
  staysSilent,
  whole,
} from "./support/fake_ae.ts";
import { corrected as correctedAt, dropLists, keep } from "./support/misjudged.ts";
import { type Ask, Desk, hurry, now } from "./support/report_desk.ts";

const day = 86_400;
/** The last midnight in Kolkata. */
const midnight = Date.UTC(2026, 10, 20, 18, 30) / 1000;

function submissions(week: number, count: number, more: Partial<FakePoint> = {}): FakePoint[] {
  return Array.from({ length: count }, (_, n) => ({
    at: midnight - week * 7 * day - 1 - Math.floor((n * 7 * day) / count),
    project: "acme",
    event_type: "primary",
    flags: [],
    interval: 1,
    ...more,
    texts: { country: "IN", source: "google", channel: "organic", ...more.texts },
  }));
}

const newsletter = { texts: { source: "newsletter" } };
const points = [
  ...Array.from({ length: 9 }, (_, week) => submissions(week, 70)).flat(),
  ...submissions(0, 60, newsletter),
  ...Array.from({ length: 8 }, (_, week) => submissions(week + 1, 12, newsletter)).flat(),
  ...Array.from({ length: 8 }, (_, week) =>
    submissions(week + 1, 70, { project: "beta", texts: { source: "fair" } }),
  ).flat(),
];

let desk: Desk;
beforeEach(async () => {
  await dropLists();
  desk = await Desk.open(points);
});
afterEach(() => Desk.close());

/** A filter of its own keeps the cache of other tests away. */
const ask = (query = "", more: Ask = {}) =>
  desk.call(
    `/analytics/insights?${[query, `utm_content=${desk.mark}`].filter((part) => part !== "").join("&")}`,
    more,
  );

const ids = (json: { data: { id: string }[] }) => json.data.map(({ id }) => id);
const codes = (json: { meta: { warnings: { code: string }[] } }) =>
  json.meta.warnings.map(({ code }) => code);

test("says what is worth saying, each with its numbers", async () => {
  const { status, json, headers } = await ask();
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(Object.keys(json)).toEqual(["meta", "data"]);
  expect(Object.keys(json.meta)).toEqual([
    "from",
    "to",
    "timezone",
    "days",
    "hours",
    "filters",
    "baseline",
    "generated_at",
    "data_from",
    "data_through",
    "newest_submission_at",
    "sampled",
    "sample_interval_max",
    "rows_read",
    "cache",
    "warnings",
    "corrections",
  ]);
  expect(ids(json)).toEqual(expect.arrayContaining(["silence:project:beta", "rise:source:newsletter"]));
  for (const insight of json.data) {
    expect(Object.keys(insight)).toEqual([
      "id",
      "kind",
      "severity",
      "dimension",
      "value",
      "count",
      "from",
      "to",
      "strength",
      "headline",
      "explanation",
      "numbers",
    ]);
    expect(insight.headline).toMatch(/\S/);
  }
  expect(json.data[0]).toMatchObject({ id: "silence:project:beta", severity: "warning" });
});

test("asks once for each dimension and for the hours, each within the windows alone", async () => {
  await ask("days=1");
  expect(desk.analytics.sql).toHaveLength(6);
  const windows = desk.analytics.sql.slice(0, 5);
  for (const sql of windows) {
    expect(gapsOf(sql)).toHaveLength(8);
    expect(rangeOf(sql)).toEqual([midnight - 57 * day, midnight]);
    expect(sql.length).toBeLessThan(7000);
  }
  expect(rangeOf(desk.analytics.sql[5] as string)).toEqual([midnight - 28 * day, midnight]);
});

describe("who may ask", () => {
  test.each([
    [null, 401, "key_missing"],
    ["expired", 401, "key_unknown"],
  ])("key %s: %s %s", async (key, status, code) => {
    const answer = await ask("", { key });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(desk.analytics.posts).toHaveLength(0);
  });

  test("a key's projects are all that it hears of", async () => {
    const { json } = await ask("", { key: "acme" });
    expect(ids(json)).toContain("rise:source:newsletter");
    expect(JSON.stringify(json)).not.toMatch(/beta|fair/);
    for (const sql of desk.analytics.sql) expect(sql).toContain("index1 = 'acme'");
    const other = await ask("", { key: "beta" });
    expect(other.json.meta.cache).toBe("miss");
    expect(ids(other.json)).toContain("silence:project:beta");
    expect((await ask("", { key: "nothing" })).json.data).toEqual([]);
    expect((await ask("project=beta", { key: "acme" })).status).toBe(403);
  });

  test("explain is for admins", async () => {
    expect((await ask("explain=1")).status).toBe(403);
    const { json } = await ask("explain=1", { key: "admin" });
    expect(json.explain.statements.map(({ sql }: { sql: string }) => sql)).toEqual(desk.analytics.sql);
  });

  test("it is read only", async () => {
    const { status, headers } = await ask("", { method: "POST" });
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("what a request may say", () => {
  test.each([
    ["days=0", "days", "It is a whole number from 1 to 14."],
    ["days=15", "days", "It is a whole number from 1 to 14."],
    ["hours=5", "hours", "It is a whole number from 6 to 72."],
    ["hours=73", "hours", "It is a whole number from 6 to 72."],
    ["hours=24&days=7", "hours", "It is given alone, or days is given in its place."],
    ["hours=24&to=2026-11-20", "to", "It is given with days; hours end with the last full hour."],
    ["to=2026-11-22", "to", "It is the midnight with which the days end: today's or an earlier one."],
    [
      "to=2026-11-20T00:00:00Z",
      "to",
      "It is a local date such as 2026-11-01, at whose midnight the days end.",
    ],
    ["to=1970-01-02", "to", "The days begin in 1970 or later."],
    [
      "kind=",
      "kind",
      "It has no value. Allowed are rise, fall, silence, bot_share, blocked_share, no_hot_leads and best_hours; several come separated by commas.",
    ],
    [
      "kind=rise,rise",
      "kind",
      "Allowed are rise, fall, silence, bot_share, blocked_share, no_hot_leads and best_hours; several come separated by commas.",
    ],
    [
      "kind=Rise",
      "kind",
      "Allowed are rise, fall, silence, bot_share, blocked_share, no_hot_leads and best_hours; several come separated by commas.",
    ],
    ["limit=101", "limit", "It is a whole number from 1 to 100."],
    [
      "timezone=Mars/Olympus",
      "timezone",
      "There is no time zone Mars/Olympus. It is a name of the IANA time zone database, such as Asia/Kolkata or UTC.",
    ],
  ])("%s", async (query, name, reason) => {
    const { status, json } = await ask(query);
    expect(status).toBe(400);
    expect(json.invalid_params).toEqual([expect.objectContaining({ name, reason })]);
    expect(desk.analytics.posts).toHaveLength(0);
  });

  test.each([
    "from=2026-11-01",
    "bucket=day",
    "group_by=country",
    "compare=previous",
    "format=csv",
    "sort=bot",
    "bom=1",
    "window=7",
  ])("%s is no parameter of it", async (query) => {
    const { status, json } = await ask(query);
    expect(status).toBe(400);
    expect(json.invalid_params[0]).toMatchObject({ code: "unknown" });
    expect(json.invalid_params[0].reason).toMatch(
      /^There is no such parameter. Allowed are days, hours, to, timezone, kind, limit, explain, vpn,/,
    );
  });

  test.each(["kind=rise", "hours=24"])("%s is no parameter of lead-stats", async (query) => {
    expect((await desk.stats(query)).status).toBe(400);
    expect((await desk.summary(query)).status).toBe(400);
  });

  test("kinds and limit choose from the same counts", async () => {
    const all = await ask();
    const rises = await ask("kind=rise");
    expect(rises.json.meta.cache).toBe("hit");
    expect(rises.json.data).toEqual(all.json.data.filter(({ kind }: { kind: string }) => kind === "rise"));
    expect((await ask("limit=1")).json.data).toEqual(all.json.data.slice(0, 1));
    expect(rises.headers.get("etag")).not.toBe(all.headers.get("etag"));
    expect(desk.analytics.posts).toHaveLength(6);
  });

  test("a zone of whole hours has other windows", async () => {
    const { json } = await ask("timezone=Australia/Lord_Howe");
    expect(json.meta.from).toBe("2026-11-14T00:00:00+11:00");
    // Summer time began on the 4th of October.
    expect(json.meta.baseline.at(-1).from).toBe("2026-09-19T00:00:00+10:30");
    const hours = await ask("hours=6&timezone=Australia/Lord_Howe");
    expect(hours.json.meta).toMatchObject({
      from: "2026-11-21T15:00:00+11:00",
      to: "2026-11-21T21:00:00+11:00",
    });
  });
});

describe("kept answers", () => {
  test("who has it already gets a 304, and HEAD no body", async () => {
    const first = await ask();
    const tag = first.headers.get("etag") as string;
    const again = await ask("", { headers: { "if-none-match": tag } });
    expect([again.status, again.text]).toEqual([304, ""]);
    const head = await ask("", { method: "HEAD" });
    expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", tag]);
    expect(desk.analytics.posts).toHaveLength(6);
  });

  test("a day and 24 hours that end with it are two questions", async () => {
    desk.after(midnight + 60 - now / 1000);
    const one = await ask("days=1");
    const other = await ask("hours=24");
    expect([one.json.meta.from, one.json.meta.to]).toEqual([other.json.meta.from, other.json.meta.to]);
    expect([one.json.meta.cache, other.json.meta.cache]).toEqual(["miss", "miss"]);
  });

  test("a corrected verdict shows in every count at once", async () => {
    const robot = submissions(0, 60, { event_type: "bot", texts: { reason: "honeypot_filled" } });
    desk.analytics.points = [...points, ...robot];
    const before = await ask("kind=bot_share");
    expect(ids(before.json)).toContain("bot_share:source:google");
    const of = (json: typeof before.json) =>
      json.data.find(({ id }: { id: string }) => id === "bot_share:source:google").numbers;
    await keep(robot.slice(0, 5).map((point) => correctedAt(desk, point)));
    const after = await ask("kind=bot_share");
    expect(after.json.meta).toMatchObject({ cache: "hit", corrections: 5 });
    expect(of(after.json).count).toBe(of(before.json).count - 5);
    expect(of(after.json).submissions).toBe(of(before.json).submissions);
  });
});

describe("Analytics Engine in trouble", () => {
  beforeEach(() => hurry());
  const odd = changed((all) => all.replace(/"cell":"\d+"/, '"cell":"999"'));
  const tooMany = changed((all) => all.replace(/"m_primary":"\d+"/, '"m_primary":"99999"'));
  test.each([
    ["no connection", refusesConnection, 502, "analytics_unavailable"],
    ["silence", staysSilent, 504, "analytics_timeout"],
    ["500", says(500, "it broke"), 502, "analytics_unavailable"],
    ["403", says(403, "no"), 502, "analytics_unavailable"],
    ["a cell that nobody asked for", odd, 502, "analytics_unavailable"],
    ["counts that do not add up", tooMany, 502, "analytics_unavailable"],
  ])("%s", async (_, scene, status, code) => {
    desk.analytics.plays(scene);
    const answer = await ask();
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers.get("retry-after")).toBe("10");
  });

  test("the last good answer stands in", async () => {
    const good = await ask();
    desk.after(600);
    desk.analytics.plays(says(500, "it broke"));
    const { status, json } = await ask();
    expect(status).toBe(200);
    expect(json.meta).toMatchObject({ cache: "stale", generated_at: good.json.meta.generated_at });
    expect(codes(json)).toEqual(["stale"]);
    expect(json.data).toEqual(good.json.data);
  });

  test("before the first point nothing is said", async () => {
    desk.analytics.plays(says(422, 'Input was invalid: unable to find type of column: "timestamp"'));
    const { status, json } = await ask();
    expect(status).toBe(200);
    expect(json.data).toEqual([]);
    expect(codes(json)).toEqual(["no_data_yet", "insufficient_history"]);
  });

  test("more values than are looked at: the largest are, and the answer tells", async () => {
    const flood = manyRows(90_000, (n, sql) =>
      rowOf({
        cell: BigInt(n % 18),
        d0: `${sql.includes("blob1 AS d0") ? "source" : "x"} ${n}`,
        m_n: 1n,
        m_bot: 1n,
        m_rows: 1n,
        m_most: 1n,
        m_squares: 1n,
        m_newest: BigInt(midnight - 1),
      }),
    );
    const plain = whole();
    desk.analytics.plays((post, all) =>
      post.sql.includes("blob1 AS d0") ? flood.scene(post, all) : plain(post, all),
    );
    const { status, json } = await ask();
    expect(status).toBe(200);
    expect(codes(json)).toEqual(["top_incomplete"]);
    expect(ids(json)).toContain("silence:project:beta");
    expect(JSON.stringify(json.data)).not.toMatch(/"source \d/);
  });
});
