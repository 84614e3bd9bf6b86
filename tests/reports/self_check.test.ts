// The brute-force count is itself checked, against buckets and counts worked out by hand.

import { describe, expect, it } from "vitest";
import { bruteAnswer, canonical, comparedSpan, spanOf, wanted } from "./brute.ts";
import type { Point } from "./dataset.ts";
import { type Question, queryString } from "./question.ts";
import { clockOf } from "./wall_clock.ts";

const at = (text: string) => Date.parse(text) / 1000;
const dayOf = (text: string) => Date.parse(text) / 86_400_000;

const plain: Question = { range: {}, timezone: "UTC", groupBy: [], filters: [], flags: {}, spelling: 0 };

const texts = (
  zone: string,
  bucket: "15min" | "60min" | "day" | "week" | "month",
  from: string,
  to: string,
) =>
  clockOf(zone)
    .boundaries(bucket, at(from), at(to))
    .map((edge) => clockOf(zone).text(edge));

describe("the wall clock", () => {
  it("begins hours in Kolkata at half past of UTC", () => {
    expect(texts("Asia/Kolkata", "60min", "2026-11-21T00:00:00Z", "2026-11-21T01:00:00Z")).toEqual([
      "2026-11-21T05:00:00+05:30",
      "2026-11-21T06:00:00+05:30",
      "2026-11-21T07:00:00+05:30",
    ]);
  });

  it("makes two buckets of an hour that comes twice, and none of one that never comes", () => {
    expect(texts("Europe/Berlin", "60min", "2026-10-24T23:30:00Z", "2026-10-25T01:30:00Z")).toEqual([
      "2026-10-25T01:00:00+02:00",
      "2026-10-25T02:00:00+02:00",
      "2026-10-25T02:00:00+01:00",
      "2026-10-25T03:00:00+01:00",
    ]);
    expect(texts("Europe/Berlin", "60min", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")).toEqual([
      "2026-03-29T01:00:00+01:00",
      "2026-03-29T03:00:00+02:00",
      "2026-03-29T04:00:00+02:00",
    ]);
  });

  it("takes a clock change on Lord Howe for no boundary of hours", () => {
    expect(texts("Australia/Lord_Howe", "60min", "2026-04-04T14:00:00Z", "2026-04-04T16:00:00Z")).toEqual([
      "2026-04-05T01:00:00+11:00",
      "2026-04-05T02:00:00+10:30",
      "2026-04-05T03:00:00+10:30",
    ]);
    const [start, end] = clockOf("Australia/Lord_Howe").boundaries(
      "day",
      at("2026-10-03T20:00:00Z"),
      at("2026-10-03T20:00:01Z"),
    );
    expect((end as number) - (start as number)).toBe(23.5 * 3600);
  });

  it("knows no December 30, 2011 in Apia", () => {
    expect(texts("Pacific/Apia", "day", "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z")).toEqual([
      "2011-12-29T00:00:00-10:00",
      "2011-12-31T00:00:00+14:00",
      "2012-01-01T00:00:00+14:00",
      "2012-01-02T00:00:00+14:00",
    ]);
  });

  it("lets a day in St. John's go on where the date goes back", () => {
    // At 00:01 on November 7 the clock went back to 23:01 on the 6th.
    expect(texts("America/St_Johns", "day", "2010-11-06T12:00:00Z", "2010-11-07T12:00:00Z")).toEqual([
      "2010-11-06T00:00:00-02:30",
      "2010-11-07T00:00:00-02:30",
      "2010-11-08T00:00:00-03:30",
    ]);
    expect(clockOf("America/St_Johns").dayOf(at("2010-11-07T03:00:00Z"))).toBe(dayOf("2010-11-07"));
  });

  it("begins a day in Beirut once midnight is over where it is skipped", () => {
    expect(texts("Asia/Beirut", "day", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toEqual([
      "2026-03-28T00:00:00+02:00",
      "2026-03-29T01:00:00+03:00",
      "2026-03-30T00:00:00+03:00",
    ]);
  });

  it("reads clocks whose offset has seconds", () => {
    const monrovia = clockOf("Africa/Monrovia");
    expect(monrovia.offset(at("1972-01-06T12:00:00Z"))).toBe(-(44 * 60 + 30));
    expect(monrovia.startOfDate(dayOf("1972-01-06"))).toBe(at("1972-01-06T00:44:30Z"));
    expect(monrovia.startOfDate(dayOf("1972-01-08"))).toBe(at("1972-01-08T00:00:00Z"));
    expect(monrovia.changes(at("1972-01-01T00:00:00Z"), at("1972-01-20T00:00:00Z"))).toEqual([
      at("1972-01-07T00:44:30Z"),
    ]);
  });

  it("begins weeks on Monday and months on the 1st", () => {
    expect(texts("America/New_York", "week", "2026-11-04T00:00:00Z", "2026-11-12T00:00:00Z")).toEqual([
      "2026-11-02T00:00:00-05:00",
      "2026-11-09T00:00:00-05:00",
      "2026-11-16T00:00:00-05:00",
    ]);
    expect(texts("America/New_York", "month", "2026-10-31T00:00:00Z", "2026-11-12T00:00:00Z")).toEqual([
      "2026-10-01T00:00:00-04:00",
      "2026-11-01T00:00:00-04:00",
      "2026-12-01T00:00:00-05:00",
    ]);
  });
});

describe("the range", () => {
  const now = at("2026-11-21T10:20:00Z");

  it("of days ends with the running bucket", () => {
    const utc = clockOf("UTC");
    const of = (bucket: "15min" | "week" | "none") =>
      spanOf(utc, { ...plain, range: { days: 2 }, bucket }, now);
    const from = at("2026-11-20T00:00:00Z");
    expect(of("15min")).toEqual({ from, to: at("2026-11-21T10:30:00Z") });
    expect(of("week")).toEqual({ from, to: at("2026-11-23T00:00:00Z") });
    expect(of("none")).toEqual({ from, to: at("2026-11-22T00:00:00Z") });
  });

  it("is refused where it is empty or has not begun", () => {
    const date = dayOf("2026-11-20");
    const of = (from: number, to: number) =>
      spanOf(clockOf("UTC"), { ...plain, range: { from: { date: from }, to: { date: to } } }, now);
    expect(of(date, date)).toBeUndefined();
    expect(of(date, date - 1)).toBeUndefined();
    expect(of(date + 2, date + 3)).toBeUndefined();
    expect(of(date, date + 1)).toEqual({ from: date * 86_400, to: (date + 1) * 86_400 });
  });

  it("is compared with as many days before, though they are not as long", () => {
    const zone = clockOf("Europe/Berlin");
    const question: Question = {
      ...plain,
      timezone: "Europe/Berlin",
      range: { from: { date: dayOf("2026-10-26") }, to: { date: dayOf("2026-10-28") } },
      compare: "previous",
    };
    const span = spanOf(zone, question, now);
    expect(span && comparedSpan(zone, question, span, now)).toEqual({
      from: at("2026-10-23T22:00:00Z"),
      to: at("2026-10-25T23:00:00Z"),
    });
  });
});

const point = (
  timestamp: string,
  weight: number,
  project: string,
  source: string,
  type: string,
  vpn = 0,
): Point => ({
  timestamp: at(timestamp),
  sample_interval: weight,
  index1: project,
  blobs: [source, ...Array.from({ length: 18 }, () => ""), type],
  doubles: [vpn],
});

const points = [
  point("2026-11-19T23:59:59Z", 1, "acme", "google", "primary"),
  point("2026-11-20T00:00:00Z", 10, "acme", "google", "primary", 1),
  point("2026-11-20T12:00:00Z", 1, "zen", "", "bot"),
  point("2026-11-20T13:00:00Z", 3, "acme", "it’s, -a", "test"),
  point("2026-11-21T00:00:00Z", 5, "acme", "google", "blocked"),
];
const twentieth = dayOf("2026-11-20");
const theDay = { from: { date: twentieth }, to: { date: twentieth + 1 } };

describe("the count", () => {
  it("weighs points, groups them and sums the rest", () => {
    const question: Question = {
      ...plain,
      range: theDay,
      groupBy: ["source"],
      limit: 1,
      compare: "previous",
    };
    const counts = { total: 14, primary: 10, follow_up: 0, test: 3, blocked: 0, bot: 1 };
    const flagged = { vpn_count: 10, suspicious_count: 0, hot_count: 0 };
    const none = { ...counts, ...flagged, total: 4, primary: 0, vpn_count: 0 };
    const answer = bruteAnswer(points, question, at("2026-11-21T10:20:00Z"), "all");
    expect(answer).toMatchObject({
      from: "2026-11-20T00:00:00+00:00",
      to: "2026-11-21T00:00:00+00:00",
      totals: { ...counts, ...flagged },
      buckets: [{ partial: false, ...counts, ...flagged }],
      groups: [
        { key: { source: "google" }, share: 10 / 14, total: 10, buckets: [{ total: 10 }] },
        { key: null, other: true, share: 4 / 14, ...none, buckets: [none] },
      ],
      comparison: {
        totals: { total: 1, primary: 1 },
        change: { total: 13, primary: 9, test: null, vpn_count: null },
        buckets: [{ start: "2026-11-19T00:00:00+00:00", total: 1 }],
      },
      rows: 3,
      largestInterval: 10,
    });
  });

  it("sees only the projects of the key, and refuses to be asked for others", () => {
    expect(
      bruteAnswer(points, { ...plain, range: theDay }, at("2026-11-21T10:20:00Z"), ["zen"]),
    ).toMatchObject({
      totals: { total: 1, bot: 1 },
    });
    const asked = { dimension: "project", negated: false, contains: false, values: ["acme"] } as const;
    const question: Question = { ...plain, range: theDay, filters: [{ ...asked, values: ["acme"] }] };
    expect(bruteAnswer(points, question, at("2026-11-21T10:20:00Z"), ["zen"])).toEqual({ status: 403 });
  });

  it("filters", () => {
    const left = (values: string[], negated = false, contains = false) =>
      wanted(points, { ...plain, filters: [{ dimension: "source", negated, contains, values }] }, "all").map(
        (each) => points.indexOf(each),
      );
    expect(left(["google"])).toEqual([0, 1, 4]);
    expect(left(["Google"])).toEqual([]);
    expect(left(["GOO", "IT'S"], false, true)).toEqual([0, 1, 3, 4]);
    expect(left(["google", ""], true)).toEqual([3]);
    expect(left([" it's,\t-a "])).toEqual([3]);
    expect(wanted(points, { ...plain, flags: { vpn: true } }, "all")).toHaveLength(1);
    expect(canonical("a\\b  'c'\u0000")).toBe("a⧵b ’c’");
  });

  it("writes what it asks", () => {
    const filters = [
      { dimension: "source", negated: true, contains: true, values: ["-a,b", "~c", "d\\e"] },
    ] as const;
    const question = {
      ...plain,
      range: theDay,
      filters: filters.map((each) => ({ ...each, values: [...each.values] })),
    };
    expect(new URLSearchParams(queryString(question)).get("source")).toBe("-~\\-a\\,b,~c,d\\\\e");
  });
});
