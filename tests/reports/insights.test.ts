// Insights from points made by hand, through the local engine; the numbers of each are counted here once more, point by
// point.

import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Dimension, type Point, slots, textOf } from "./dataset.ts";
import { Reports } from "./harness.ts";

const reports = await Reports.start("");
afterAll(() => reports.stop());
beforeEach(() => reports.forget());

const hour = 3600;
const day = 86_400;
/** 16:50 in Kolkata, of whose clocks none changes. */
const now = Date.UTC(2026, 10, 21, 11, 20) / 1000;
const offset = 5.5 * hour;
const midnight = Math.floor((now + offset) / day) * day - offset;
const lastHour = Math.floor((now + offset) / hour) * hour - offset;

interface Insight {
  id: string;
  kind: string;
  severity: string;
  dimension: Dimension | null;
  value: string | null;
  count: string;
  from: string;
  to: string;
  strength: number | null;
  headline: string;
  explanation: string;
  numbers: Record<string, number | null> & { baseline: number[] };
}

interface Answer {
  status: number;
  text: string;
  posts: number;
  meta: {
    from: string;
    to: string;
    baseline: { from: string; to: string }[];
    warnings: { code: string }[];
    rows_read: number;
    [name: string]: unknown;
  };
  data: Insight[];
}

type Scope = "all" | "some" | "one";
async function ask(
  query = "",
  scope: Scope = "all",
  role: "marketing" | "admin" = "marketing",
): Promise<Answer> {
  const got = await reports.get(`/analytics/insights?${query}`, { now: now * 1000, scope, role });
  return { ...got, ...(JSON.parse(got.text) as Pick<Answer, "meta" | "data">) };
}

type Fields = Partial<Record<Dimension, string>> & { hot?: boolean };

/** One submission, `daysAgo` local days before today (1: yesterday), at that time of the local day. */
function point(daysAgo: number, atHour: number, { hot, ...fields }: Fields = {}): Point {
  const blobs = Array.from({ length: 20 }, () => "");
  const all: Fields = { event_type: "primary", channel: "organic", country: "IN", ...fields };
  for (const [name, value] of Object.entries(all)) {
    const slot = slots[name as Dimension];
    if (slot >= 0) blobs[slot] = value as string;
  }
  const doubles = [0, 0, hot ? 1 : 0, ...Array.from({ length: 8 }, () => 0)];
  const timestamp = Math.round(midnight - daysAgo * day + atHour * hour);
  return { timestamp, sample_interval: 1, index1: all.project ?? "acme", blobs, doubles };
}

/** So many submissions in each of the weeks before the one that ended with the last midnight, and in that: counts[0]. */
function weekly(counts: number[], fields: Fields, atHour = 12): Point[] {
  return counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, n) => point(week * 7 + 1 + (n % 7), atHour + (n % 60) / 60, fields)),
  );
}

/** Every hour of every day alike, so that no hour is better than another. */
const steady = (perWeek: number[], fields: Fields): Point[] =>
  perWeek.flatMap((count, week) =>
    Array.from({ length: count }, (_, n) => point(week * 7 + 1 + (n % 7), (n * 5) % 24, fields)),
  );

const typeOf = (one: Point) => textOf(one, "event_type");
const isPrimary = (one: Point) => typeOf(one) === "primary";
const isAccepted = (one: Point) => isPrimary(one) || typeOf(one) === "follow_up";
const isHot = (one: Point) => one.doubles[2] === 1;
const weightOf = (points: Point[]) => points.reduce((sum, one) => sum + one.sample_interval, 0);

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Croux and Rousseeuw (1992): by how much the median distance of so few values is too small. */
const fewValues = [1, 1, 1.196, 1.495, 1.363, 1.206, 1.2, 1.14, 1.129];

/** How widely counts spread around their median: as those before did, by chance at least. */
function spreadOf(baseline: number[], interval: number): { scale: number; spread: number } {
  const expected = median(baseline);
  const distances = baseline.map((count) => Math.abs(count - expected));
  const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length;
  const robust = 1.4826 * (fewValues[baseline.length] as number) * median(distances);
  const scale = robust > 0 ? robust : 1.2533 * mean;
  const chance = Math.sqrt(Math.max(expected, interval) * interval);
  return { scale, spread: Math.sqrt(1 + Math.PI / 2 / baseline.length) * Math.max(scale, chance) };
}

/** Counts what an insight says, for the windows that the answer names. */
function recount(points: Point[], { meta }: Answer, insight: Insight): void {
  const { kind, dimension, value, numbers } = insight;
  const of = points.filter((one) => dimension === null || textOf(one, dimension) === value);
  const [from, to] = [Date.parse(insight.from) / 1000, Date.parse(insight.to) / 1000];
  const within = (list: Point[], begin: number, end: number) =>
    list.filter(({ timestamp }) => begin <= timestamp && timestamp < end);
  // The same part of each earlier window.
  const lead = from - Date.parse(meta.from) / 1000;
  const earlier = meta.baseline.map(({ from: begin }) => {
    const at = Date.parse(begin) / 1000 + lead;
    return within(of, at, at + (to - from));
  });
  const current = within(of, from, to);
  if (["rise", "fall", "silence"].includes(kind)) {
    const counted = kind === "silence" ? isAccepted : isPrimary;
    const baseline = earlier.map((list) => weightOf(list.filter(counted)));
    const x = weightOf(current.filter(counted));
    const expected = median(baseline);
    const windows = [{ from: meta.from, to: meta.to }, ...meta.baseline];
    const compared = windows.flatMap((one) =>
      within(of, Date.parse(one.from) / 1000, Date.parse(one.to) / 1000),
    );
    const interval = Math.max(1, ...compared.map(({ sample_interval }) => sample_interval));
    const { scale, spread } = spreadOf(baseline, interval);
    expect(numbers.baseline, insight.id).toEqual(baseline);
    expect(numbers.current, insight.id).toBe(x);
    expect(numbers.expected, insight.id).toBeCloseTo(expected, 1);
    expect(numbers.change === null ? null : numbers.change?.toFixed(3)).toBe(
      expected === 0 ? null : ((x - expected) / expected).toFixed(3),
    );
    expect(Math.abs((numbers.high as number) - (expected + 3.5 * spread)), insight.id).toBeLessThanOrEqual(1);
    const strength =
      kind === "silence"
        ? (Math.SQRT2 * expected) / Math.max(scale, Math.sqrt(expected * interval))
        : Math.abs(x - expected) / spread;
    // Written with one digit, never more than it is.
    const told = insight.strength as number;
    expect(told <= strength + 1e-9 && told > strength - 0.1, `${insight.id} ${told} ${strength}`).toBe(true);
  } else if (kind.endsWith("_share")) {
    const type = kind.replace("_share", "");
    const share = (list: Point[]) => weightOf(list.filter((one) => typeOf(one) === type)) / weightOf(list);
    expect(numbers.submissions).toBe(weightOf(current));
    expect(numbers.current).toBeCloseTo(share(current), 5);
    expect(numbers.baseline.length).toBe(earlier.length);
    for (const [at, list] of earlier.entries()) expect(numbers.baseline[at]).toBeCloseTo(share(list), 5);
    expect(numbers.expected).toBeCloseTo(median(earlier.map(share)), 5);
  } else if (kind === "no_hot_leads") {
    const others = within(points, from, to).filter((one) => !of.includes(one));
    const rate = weightOf(others.filter(isHot)) / weightOf(others);
    expect(numbers.submissions).toBe(weightOf(current));
    expect(numbers.leads).toBe(weightOf(current.filter(isAccepted)));
    expect(weightOf(current.filter(isHot))).toBe(0);
    expect(numbers.rate).toBeCloseTo(rate, 5);
    expect(numbers.expected).toBeCloseTo(weightOf(current) * rate, 1);
  } else {
    expect(kind).toBe("best_hours");
    const leads = within(points, midnight - 28 * day, midnight).filter(isPrimary);
    const hourOf = ({ timestamp }: Point) => Math.floor(((((timestamp + offset) % day) + day) % day) / hour);
    const inBlock = (begin: number) => leads.filter((one) => (hourOf(one) - begin + 24) % 24 < 3);
    const sums = Array.from({ length: 24 }, (_, begin) => weightOf(inBlock(begin)));
    const best = sums.indexOf(Math.max(...sums));
    expect([numbers.hour_from, numbers.hour_to]).toEqual([best, ((best + 2) % 24) + 1]);
    expect([numbers.leads, numbers.of]).toEqual([sums[best], weightOf(leads)]);
    expect(numbers.share).toBeCloseTo((sums[best] as number) / weightOf(leads), 5);
    expect([from, to]).toEqual([midnight - 28 * day, midnight]);
  }
}

async function found(points: Point[], query = "", scope: Scope = "all"): Promise<Answer> {
  const answer = await ask(query, scope);
  expect(answer.status, answer.text).toBe(200);
  for (const insight of answer.data) recount(points, answer, insight);
  return answer;
}

const ids = ({ data }: Answer) => data.map(({ id }) => id);
const codes = ({ meta }: Answer) => meta.warnings.map(({ code }) => code);
const eightWeeks = (count: number, last = count) => [last, ...Array.from({ length: 8 }, () => count)];

/** What a calm site gets, in which nothing is worth a word. */
const calm = steady([84, 80, 86, 84, 88, 82, 84, 85, 83], { project: "acme", source: "google" });

describe("each kind, from points made for it", () => {
  it("says nothing of a calm site", async () => {
    await reports.load(calm);
    const answer = await found(calm);
    expect(answer.data).toEqual([]);
    expect(codes(answer)).toEqual([]);
    expect(answer.meta).toMatchObject({
      from: "2026-11-14T00:00:00+05:30",
      to: "2026-11-21T00:00:00+05:30",
      timezone: "Asia/Kolkata",
      days: 7,
      hours: null,
      filters: [],
      sampled: false,
      sample_interval_max: 1,
      cache: "miss",
      corrections: 0,
      rows_read: calm.length,
    });
    expect(answer.meta.baseline).toHaveLength(8);
    expect(answer.meta.baseline[0]).toEqual({
      from: "2026-11-07T00:00:00+05:30",
      to: "2026-11-14T00:00:00+05:30",
    });
    expect(answer.posts).toBe(6);
    expect(reports.ledgerTouched).toBe(0);
  });

  it("a rise of a source, also of one that is new", async () => {
    const points = [
      ...calm,
      ...steady([45, 12, 11, 13, 12, 10, 14, 12, 11], { project: "acme", source: "newsletter" }),
      ...steady([30], { project: "acme", source: "podcast" }),
    ];
    await reports.load(points);
    const answer = await found(points, "kind=rise");
    expect(ids(answer)).toEqual(expect.arrayContaining(["rise:source:newsletter", "rise:source:podcast"]));
    expect(ids(answer)).not.toContain("rise:source:google");
    const of = (id: string) => answer.data.find((one) => one.id === id) as Insight;
    expect(of("rise:source:podcast").numbers).toMatchObject({ current: 30, expected: 0, change: null });
    expect(of("rise:source:newsletter")).toMatchObject({ severity: "notice", count: "primary" });
    // The strongest first.
    const strengths = answer.data.map(({ strength }) => strength as number);
    expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
  });

  it("a fall of a campaign", async () => {
    const points = [...calm, ...steady(eightWeeks(60, 12), { source: "google", utm_campaign: "spring" })];
    await reports.load(points);
    expect(ids(await found(points, "kind=fall"))).toContain("fall:utm_campaign:spring");
  });

  it("the silence of a project, for the whole week and for its last day alone", async () => {
    const silent = steady(eightWeeks(70, 0), { project: "zen", source: "fair" });
    const points = [...calm, ...silent];
    await reports.load(points);
    const answer = await found(points, "kind=silence");
    expect(ids(answer)).toEqual(["silence:project:zen"]);
    expect(answer.data[0]?.explanation).toContain("The same leads and follow-ups: source “fair”.");
    expect(answer.data[0]).toMatchObject({
      severity: "warning",
      from: "2026-11-14T00:00:00+05:30",
      numbers: { current: 0, expected: 70, silent_hours: 168 },
    });
    const week = [...Array(6).keys()].flatMap((n) =>
      Array.from({ length: 10 }, () => point(n + 2, 12, { project: "zen", source: "fair" })),
    );
    await reports.load([...points, ...week]);
    const late = await found([...points, ...week], "kind=silence");
    expect(ids(late)).toEqual(["silence:project:zen"]);
    expect(late.data[0]).toMatchObject({
      from: "2026-11-20T00:00:00+05:30",
      numbers: { current: 0, expected: 10, silent_hours: 24 },
    });
  });

  it("of each by how it was sampled itself: a flood of one project makes no other one deaf", async () => {
    const sampled = (interval: number, list: Point[]) =>
      list.map((one) => ({ ...one, sample_interval: interval }));
    const points = [
      ...calm,
      ...steady(eightWeeks(36, 0), { project: "zen", source: "fair" }),
      ...sampled(10, steady(eightWeeks(100, 300), { source: "ads" })),
      ...sampled(50, weekly([0, 0, 0, 0, 0, 40], { source: "robots", event_type: "bot" })),
    ];
    await reports.load(points);
    const answer = await found(points, "kind=silence,rise");
    expect(ids(answer)).toEqual(expect.arrayContaining(["silence:project:zen", "rise:source:ads"]));
    expect(answer.data[0]).toMatchObject({ id: "silence:project:zen", strength: 8.4 });
    expect(answer.meta).toMatchObject({ sampled: true, sample_interval_max: 50, cache: "miss" });
    const kept = await found(points, "kind=silence,rise");
    expect(kept.meta.cache).toBe("hit");
    expect(kept.data).toEqual(answer.data);
  });

  it("of one project, where others have a stray submission", async () => {
    const busy = steady(eightWeeks(60, 200), { project: "acme", source: "google" });
    const points = [...busy, point(1, 12, { project: "zen", event_type: "bot" })];
    await reports.load(points);
    const answer = await found(points, "kind=rise");
    expect(ids(answer)).toContain("rise:project:acme");
    expect(ids(answer)).not.toContain("rise");
  });

  it("shares of bots and of blocked ones", async () => {
    const points = [
      ...calm,
      ...steady([60, 4, 5, 4, 3, 4, 5, 4, 4], { source: "google", event_type: "bot" }),
      ...steady(eightWeeks(60), { source: "ads", project: "zen" }),
      ...steady([40, 3, 3, 2, 3, 3, 3, 4, 3], { source: "ads", project: "zen", event_type: "blocked" }),
    ];
    await reports.load(points);
    const answer = await found(points, "kind=bot_share,blocked_share");
    expect(ids(answer)).toEqual(
      expect.arrayContaining(["bot_share:project:acme", "blocked_share:project:zen", "bot_share:country:IN"]),
    );
    // All of them came from one country: told once.
    expect(ids(answer)).not.toContain("bot_share");
    const blocked = answer.data.find(({ id }) => id === "blocked_share:project:zen");
    expect(blocked?.explanation).toContain("The same submissions: source “ads”.");
    expect(ids(answer)).not.toContain("bot_share:source:ads");
    expect(answer.data[0]).toMatchObject({ kind: "bot_share", severity: "warning" });
  });

  it("a campaign with volume and no hot lead", async () => {
    const points = [
      ...steady([60], { utm_campaign: "cold", source: "ads" }),
      ...steady([20], { utm_campaign: "cold", source: "ads", event_type: "bot" }),
      ...steady([60], { utm_campaign: "good", source: "ads" }),
      ...steady([40], { utm_campaign: "good", source: "ads", hot: true }),
    ];
    await reports.load(points);
    const answer = await found(points);
    expect(ids(answer)).toEqual(["no_hot_leads:utm_campaign:cold"]);
    expect(answer.data[0]?.numbers).toMatchObject({ submissions: 80, leads: 60, rate: 0.4, expected: 32 });
    // Three weeks are no history.
    expect(codes(answer)).toEqual(["insufficient_history"]);
  });

  it("the best hours, over midnight too, and only of whole days", async () => {
    const points = [
      ...steady([84, 84, 84, 84], {}),
      ...weekly([70, 70, 70, 70], {}, 23),
      ...weekly([70, 70, 70, 70], {}, 0),
    ];
    await reports.load(points);
    const answer = await found(points, "kind=best_hours");
    expect(ids(answer)).toEqual(["best_hours"]);
    expect(answer.data[0]).toMatchObject({ severity: "info", numbers: { hour_from: 23, hour_to: 2 } });
    expect((await found(points, "kind=best_hours&hours=24")).data).toEqual([]);
  });
});

describe("what is asked for", () => {
  const points = [
    ...calm,
    ...steady([45, 12, 11, 13, 12, 10, 14, 12, 11], { project: "zen", source: "newsletter", country: "US" }),
    ...steady(eightWeeks(70, 0), { project: "north-star", source: "fair", channel: "paid" }),
  ];

  it("a key sees its own projects only, and finds what is in them", async () => {
    await reports.load(points);
    const some = await found(
      points.filter(({ index1 }) => index1 !== "north-star"),
      "",
      "some",
    );
    expect(ids(some)).toContain("rise:project:zen");
    expect(JSON.stringify(some.data)).not.toMatch(/north-star|fair/);
    const one = await found(
      points.filter(({ index1 }) => index1 === "north-star"),
      "",
      "one",
    );
    expect(ids(one)).toContain("silence:project:north-star");
    expect(JSON.stringify(one.data)).not.toMatch(/zen|newsletter/);
    expect((await ask("project=acme", "one")).status).toBe(403);
  });

  it("filters hold for all that is counted", async () => {
    await reports.load(points);
    const us = await found(
      points.filter((one) => textOf(one, "country") === "US"),
      "country=US",
    );
    // All that a filter leaves is of one project and one source; of the country nothing is said once more.
    expect(ids(us)).toEqual(["rise:project:zen"]);
    expect(us.data[0]?.headline).toBe(
      "Under these filters: “zen” (project) brought 45 new leads in 7 days; 12 were usual.",
    );
    expect(us.data[0]?.explanation).toContain("The same leads: source “newsletter”");
    expect(us.data[0]?.explanation).not.toContain("country");
    expect(JSON.stringify(us.data)).not.toMatch(/fair|google/);
    expect(us.meta.rows_read).toBe(points.filter((one) => textOf(one, "country") === "US").length);
    const none = await found([], "source=-newsletter,fair&kind=rise,silence");
    expect(none.data).toEqual([]);
  });

  it("hours=24 looks at the last full hours, and at the same ones of earlier weeks", async () => {
    const daily = (count: number, week: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...point(0, 0, { source: "rush" }),
        timestamp: lastHour - 1 - week * 7 * day - Math.floor((n * 24 * hour) / Math.max(count, 1)),
      }));
    const rush = [60, 10, 9, 11, 10, 12, 10, 9, 10].flatMap(daily);
    // The running hour and what lies between the windows are not counted.
    const beside = Array.from({ length: 200 }, (_, n) => ({
      ...point(0, 0, { source: "rush" }),
      timestamp: n < 100 ? lastHour + n : lastHour - 3 * day - n,
    }));
    await reports.load([...rush, ...beside]);
    const answer = await found([...rush, ...beside], "hours=24&kind=rise");
    expect(ids(answer)[0]).toBe("rise:project:acme");
    expect(answer.data[0]?.explanation).toContain("source “rush”");
    expect(answer.data[0]).toMatchObject({ numbers: { current: 60, expected: 10 } });
    expect(answer.meta).toMatchObject({
      days: null,
      hours: 24,
      from: "2026-11-20T16:00:00+05:30",
      to: "2026-11-21T16:00:00+05:30",
      rows_read: rush.length,
    });
    expect(answer.posts).toBe(5);
  });

  it("an earlier midnight, another limit, and what was asked of Analytics Engine", async () => {
    await reports.load(points);
    const monday = await found(points, "to=2026-11-16");
    expect(monday.meta).toMatchObject({ from: "2026-11-09T00:00:00+05:30", to: "2026-11-16T00:00:00+05:30" });
    const all = await found(points);
    const first = await found(points, "limit=1");
    expect(first.data).toEqual(all.data.slice(0, 1));
    expect(first.posts).toBe(0);
    expect(first.meta.cache).toBe("hit");
    const explained = await ask("explain=1", "all", "admin");
    expect(JSON.stringify(explained)).toContain("ORDER BY m_n DESC");
  });
});

describe("not enough", () => {
  it("says nothing below the least of data, whatever it looks like", async () => {
    const few = [
      ...steady([19], { source: "new" }),
      ...steady(eightWeeks(6, 0), { project: "zen", source: "tiny" }),
      ...steady([49], { source: "robots", event_type: "bot" }),
      ...steady([29], { utm_campaign: "cold", country: "US" }).map((one) => ({ ...one, index1: "a_1" })),
    ];
    await reports.load(few);
    const answer = await found(few, "kind=silence,no_hot_leads,best_hours");
    expect(answer.data).toEqual([]);
    expect(JSON.stringify((await found(few, "kind=rise")).data)).not.toMatch(/"new"|tiny/);
  });

  it("of less than four earlier weeks nothing is said, and the answer tells so", async () => {
    const young = steady([90, 10, 10, 10], { source: "newsletter" });
    await reports.load(young);
    const answer = await found(young, "kind=rise,fall,silence,bot_share,blocked_share");
    expect(answer.data).toEqual([]);
    expect(answer.meta.baseline).toHaveLength(3);
    expect(codes(answer)).toEqual(["insufficient_history"]);
    const older = steady([90, 10, 10, 10, 10], { source: "newsletter" });
    await reports.load(older);
    expect(ids(await found(older, "kind=rise"))).toEqual(["rise:project:acme"]);
  });

  it("before the first point there is nothing to say", async () => {
    await reports.load([]);
    const answer = await ask("");
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual([]);
    expect(codes(answer)).toEqual(["no_data_yet", "insufficient_history"]);
  });
});
