// GET /analytics/lead-stats/summary: the KPIs of the last days, from two statements.

import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyText, manyRows, rangeOf, rowOf, says, steadyPoints, whole } from "./support/fake_ae.ts";
import { Desk, now } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

const at = (local: string) => `${local}:00+05:30`;

test("its parts", async () => {
  const { status, json, headers } = await desk.summary("");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(Object.keys(json)).toEqual(
    expect.arrayContaining(["meta", "totals", "rates", "change", "top", "busiest_hour"]),
  );
  expect(json.meta).toMatchObject({
    from: at("2026-11-15T00:00"),
    timezone: "Asia/Kolkata",
    generated_at: at("2026-11-21T16:10"),
    cache: "miss",
    sampled: true,
  });
  expect(Date.parse(json.meta.to)).toBeGreaterThan(now);
  expect(json.totals.total).toBeGreaterThan(0);
  expect(json).not.toHaveProperty("explain");
  expect(desk.analytics.posts).toHaveLength(2);
});

test("its totals are those of the report of the same days", async () => {
  const summary = await desk.summary("days=30");
  const stats = await desk.stats("days=30&bucket=none&group_by=country&limit=5");
  expect(summary.json.totals).toEqual(stats.json.totals);
  const plain = ({ share, total }: { share: number; total: number }) => ({ share, total });
  expect(summary.json.top.country.map(plain)).toEqual(
    stats.json.groups.map(plain).slice(0, summary.json.top.country.length),
  );
  expect(summary.json.top.country.map(({ key }: { key: string }) => key)).toEqual(
    stats.json.groups.map(({ key }: { key: { country: string } }) => key.country),
  );
});

test("change is against the days before, up to the same time of day", async () => {
  const { json } = await desk.summary("days=7");
  expect(json.previous.from).toBe(at("2026-11-08T00:00"));
  expect(Date.parse(json.previous.to)).toBeLessThanOrEqual(Date.parse(at("2026-11-15T00:00")));
  const then = desk.analytics.points.filter(
    ({ at: point }) =>
      point >= Date.parse(json.previous.from) / 1000 && point < Date.parse(json.previous.to) / 1000,
  );
  expect(json.previous.totals.total).toBe(then.reduce((all, { interval }) => all + interval, 0));
});

test("the busiest hour is one of the local clock", async () => {
  // Twenty submissions at 21:35 UTC of three days; one at noon.
  const night = Date.UTC(2026, 10, 20, 21, 35) / 1000;
  desk.analytics.points = [0, 1, 2]
    .flatMap((days) => steadyPoints(night - days * 86_400, 20, 1))
    .concat(steadyPoints(now / 1000 - 4 * 3600, 10, 1));
  expect((await desk.summary("")).json.busiest_hour.hour).toBe(3);
  expect((await desk.summary("timezone=UTC")).json.busiest_hour.hour).toBe(21);
  expect((await desk.summary("timezone=Asia/Kathmandu")).json.busiest_hour.hour).toBe(3);
});

test("nothing at all is zeros, not an error", async () => {
  desk.analytics.points = [];
  const { status, json } = await desk.summary("");
  expect(status).toBe(200);
  expect(json.totals.total).toBe(0);
  expect(json.rates).toMatchObject({ actual: 0, hot: 0, bot: 0, blocked: 0 });
  expect(json.busiest_hour).toBeNull();
  expect(json.top).toEqual({ project: [], country: [], source: [], utm_campaign: [] });
});

test.each([
  ["days=1", at("2026-11-21T00:00")],
  ["days=90", at("2026-08-24T00:00")],
  ["from=2026-11-01&to=2026-11-08", at("2026-11-01T00:00")],
  ["from=2026-11-01T00:00:00Z&to=2026-11-01T12:00:00Z", at("2026-11-01T05:30")],
  ["from=2026-11-01T00:10:07Z&to=2026-11-01T12:20:09Z&timezone=UTC", "2026-11-01T00:10:07+00:00"],
])("%s", async (query, from) => {
  const { status, json } = await desk.summary(query);
  expect(status).toBe(200);
  expect(Date.parse(json.meta.from)).toBe(Date.parse(from));
  const ranges = desk.analytics.sql.map(rangeOf);
  expect(ranges[0]?.[0]).toBe(Date.parse(json.previous.from) / 1000);
  expect(ranges[0]?.[1]).toBe(Date.parse(json.meta.to) / 1000);
  expect(ranges[1]).toEqual([Date.parse(json.meta.from) / 1000, Date.parse(json.meta.to) / 1000]);
});

test("filters hold for both statements", async () => {
  await desk.summary("country=IN&hot=true&source=~go&explain=1", { key: "admin" });
  for (const sql of desk.analytics.sql) {
    for (const part of ["blob10 = 'IN'", "double3 = 1.0", "position('go' IN lower(blob1)) > 0"]) {
      expect(sql).toContain(part);
    }
  }
});

test("Accept does not matter: a summary is JSON", async () => {
  const { headers } = await desk.summary("", { headers: { accept: "text/csv" } });
  expect(headers.get("content-type")).toMatch(/^application\/json/);
});

test("explain shows an admin both statements", async () => {
  const { json } = await desk.summary("explain=1", { key: "admin" });
  expect(json.explain.statements.map(({ sql }: { sql: string }) => sql)).toEqual(desk.analytics.sql);
});

test("more combinations than one answer holds: the lists say that they are of the largest", async () => {
  const { scene } = manyRows(20_000, (n) =>
    rowOf({
      d0: n % 2 === 0 ? "acme" : "beta",
      d1: "IN",
      d2: `source ${n % 100}`,
      d3: `campaign ${n}`,
      m_n: 1n,
      m_bot: 1n,
      m_rows: 1n,
      m_most: 1n,
    }),
  );
  const hours = rowOf({ cell: 200n, m_n: 60_000n, m_bot: 60_000n, m_rows: 60_000n, m_most: 1n });
  desk.analytics.plays((post, points) =>
    post.sql.includes(" AS cell") ? new Response(bodyText([hours])) : scene(post, points),
  );
  const { status, json } = await desk.summary("");
  expect(status).toBe(200);
  expect(json.totals.total).toBe(60_000);
  expect(json.meta.warnings).toContainEqual(expect.objectContaining({ code: "top_incomplete" }));
  expect(json.top.project.map(({ total }: { total: number }) => total)).toEqual([10_000, 10_000]);
});

test("one statement in trouble is no summary", async () => {
  desk.analytics.plays((post, points) =>
    post.sql.includes(" AS cell") ? whole()(post, points) : (says(403, "no")(post, points) as Response),
  );
  expect((await desk.summary("")).status).toBe(502);
});
