// What random questions seldom meet: nothing there yet, what was never said, what is too much, what is not known.

import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bruteAnswer, type Refusal } from "./brute.ts";
import { type Point, randomPoints, textOf } from "./dataset.ts";
import { Reports, reportingTimezone } from "./harness.ts";
import { addsUp, answerOf, difference, type Report } from "./judge.ts";
import type { Question } from "./question.ts";

const reports = await Reports.start("");
afterAll(() => reports.stop());
beforeEach(() => reports.forget());

const day = 86_400;
/** 16:50 in Kolkata. */
const now = Date.UTC(2026, 10, 21, 11, 20) / 1000;

async function ask(query: string) {
  const { status, text, posts } = await reports.get(`/analytics/lead-stats${query}`, { now: now * 1000 });
  return { status, text, posts, report: JSON.parse(text) as Report };
}

const codesOf = ({ meta }: Report) => (meta.warnings as { code: string }[]).map(({ code }) => code);

function expectSame(points: Point[], question: Partial<Question>, report: Report): void {
  const plain = { range: {}, timezone: reportingTimezone, groupBy: [], filters: [], flags: {}, spelling: 0 };
  const counted = bruteAnswer(points, { ...plain, ...question }, now, "all");
  const { rows, largestInterval, ...answer } = counted as Exclude<typeof counted, Refusal>;
  expect(difference(answer, answerOf(report))).toBe("");
  expect(addsUp(report)).toBe("");
}

describe("before the first point", () => {
  it("every count is 0, and the answer says why", async () => {
    const { status, report, posts } = await ask("?group_by=country");
    expect(status).toBe(200);
    expect(posts).toBeLessThanOrEqual(2);
    expectSame([], { groupBy: ["country"] }, report);
    expect(codesOf(report)).toContain("no_data_yet");
  });
});

describe("with points of half a year", () => {
  const points = randomPoints("edges", 5000, now - 180 * day, now, [now - 7 * day, now - day]);

  it("nothing asked is seven days of the deployment's zone", async () => {
    await reports.load(points);
    const { report } = await ask("");
    expect(report.meta).toMatchObject({ timezone: reportingTimezone, bucket: "day", group_by: [] });
    expect(report.buckets).toHaveLength(7);
    expect(codesOf(report)).toEqual([]);
    expectSame(points, {}, report);
  });

  it("a range before what is held is answered, with a warning and the time from which there can be data", async () => {
    const { report } = await ask("?from=2026-07-01&to=2026-11-20&bucket=month");
    const date = (text: string) => Date.parse(text) / 86_400_000;
    const range = { from: { date: date("2026-07-01") }, to: { date: date("2026-11-20") } };
    expectSame(points, { range, bucket: "month" }, report);
    expect(codesOf(report)).toEqual(["range_before_retention"]);
    const from = Date.parse(report.meta.data_from as string) / 1000;
    expect(Math.abs(from - (now - 90 * day))).toBeLessThanOrEqual(day);
  });

  it("as many buckets as one answer may have are compared, and their hours counted, by one statement", async () => {
    const { status, report, posts } = await ask(
      "?days=45&bucket=15min&compare=previous_week&include=hour_of_week",
    );
    expect({ status, posts }).toEqual({ status: 200, posts: 1 });
    expectSame(
      points,
      { range: { days: 45 }, bucket: "15min", compare: "previous_week", hourOfWeek: true },
      report,
    );
  });

  it("what is no longer held is not asked for", async () => {
    const { report, posts } = await ask("?days=7&compare=previous_year");
    expect(posts).toBe(1);
    expect(reports.statements.at(-1)).not.toContain(" OR ");
    expect(report.comparison).toMatchObject({ totals: { total: 0 }, change: { total: null } });
    expect(codesOf(report)).toContain("comparison_before_retention");
  });

  it("hours of the week are those of a year at most", async () => {
    const year = await ask("?from=2025-11-22&bucket=month&include=hour_of_week");
    expect(year.status).toBe(200);
    expect(year.report.hour_of_week).toHaveLength(168);
    expect(addsUp(year.report)).toBe("");
    const more = await ask("?from=2025-01-01&bucket=month&include=hour_of_week");
    expect(more).toMatchObject({ status: 400, posts: 0 });
    expect(JSON.parse(more.text).invalid_params).toMatchObject([{ name: "include" }]);
  });

  it("a running range says so where what it is compared with is whole", async () => {
    const running = await ask("?days=7&compare=previous");
    expect(codesOf(running.report)).toEqual(["running_period"]);
    const over = await ask("?from=2026-11-10&to=2026-11-12&compare=previous");
    expect(codesOf(over.report)).toEqual([]);
  });

  it("as many buckets as one answer may have are given, and more are refused without a statement", async () => {
    const most = await ask("?days=90&bucket=30min&group_by=country&limit=2");
    expect(most.status).toBe(200);
    expectSame(points, { range: { days: 90 }, bucket: "30min", groupBy: ["country"], limit: 2 }, most.report);
    const quarters = await ask("?days=90&bucket=15min");
    expect(quarters.report.buckets).toHaveLength(89 * 96 + 17 * 4);
    expectSame(points, { range: { days: 90 }, bucket: "15min" }, quarters.report);
    const more = await ask("?days=8&bucket=1min");
    expect(more).toMatchObject({ status: 400, posts: 0 });
  });

  it("more filters than a statement has room for are refused without one", async () => {
    const values = Array.from({ length: 1500 }, (_, n) => `city-${n}`).join(",");
    expect(await ask(`?city=${values}`)).toMatchObject({ status: 400, posts: 0 });
  });

  it("there is a rest from the first group on that has no room", async () => {
    const countries = new Set(points.map((point) => textOf(point, "country"))).size;
    const all = await ask(`?days=90&bucket=none&group_by=country&limit=${countries}`);
    expect(all.report.groups).toHaveLength(countries);
    expect(all.report.groups.every((group) => !group.other)).toBe(true);
    const fewer = await ask(`?days=90&bucket=none&group_by=country&limit=${countries - 1}`);
    expect(fewer.report.groups).toHaveLength(countries);
    expect(fewer.report.groups.at(-1)).toMatchObject({ key: null, other: true });
    const question = { range: { days: 90 }, bucket: "none", groupBy: ["country"] } as const;
    expectSame(points, { ...question, groupBy: ["country"], limit: countries - 1 }, fewer.report);
  });

  it("a thousand groups are shown, and the others add up", async () => {
    const { report } = await ask("?days=90&bucket=none&group_by=city,utm_campaign&limit=1000");
    expect(report.groups.length).toBeGreaterThan(500);
    expectSame(
      points,
      { range: { days: 90 }, bucket: "none", groupBy: ["city", "utm_campaign"], limit: 1000 },
      report,
    );
  });

  it("a sampled total has the margin of its points", async () => {
    const { report } = await ask("?days=30&bucket=none&timezone=UTC");
    const from = Date.UTC(2026, 9, 23) / 1000;
    const variance = points
      .filter(({ timestamp }) => timestamp >= from)
      .reduce((sum, { sample_interval: w }) => sum + w * (w - 1), 0);
    const { total } = report.meta.margin as Record<string, number>;
    expect(total).toBe(Math.ceil(1.96 * Math.sqrt(variance)));
  });
});

describe("event types of another version", () => {
  it("are not counted, and told of", async () => {
    const points = randomPoints("another version", 400, now - 3 * day, now, []);
    const others = points.filter((_, at) => at % 5 === 0);
    for (const { blobs } of others) blobs[19] = "sequel";
    await reports.load(points);
    const { report } = await ask("?days=4");
    expectSame(points, { range: { days: 4 } }, { ...report });
    expect(codesOf(report)).toEqual(["other_event_types"]);
    expect(report.totals.total).toBeGreaterThan(0);
  });
});
