// What charts draw of a series: sums of neighbours, and nothing lost.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counts } from "~schema";
import type { BucketRow, Counts } from "../../worker/dashboard/src/api/stats.ts";
import { formatTick } from "../../worker/dashboard/src/format.ts";
import { tickLabel } from "../../worker/dashboard/src/stats/panels/axis.ts";
import {
  partialWords,
  peakOf,
  pointMinutes,
  pointsOf,
  tickStarts,
} from "../../worker/dashboard/src/stats/panels/series.ts";

const countsOf = (total: number): Counts => ({
  ...(Object.fromEntries(counts.map((name) => [name, 0])) as Counts),
  total,
  primary: total,
});

const OFFSET_MINUTES = 330;
const at = (ms: number) => `${new Date(ms + OFFSET_MINUTES * 60_000).toISOString().slice(0, 19)}+05:30`;
const MIDNIGHT = Date.parse("2026-11-09T00:00:00+05:30");

const series = (count: number, minutes: number, total: (index: number) => number = () => 1): BucketRow[] =>
  Array.from({ length: count }, (_, index) => ({
    start: at(MIDNIGHT + index * minutes * 60_000),
    end: at(MIDNIGHT + (index + 1) * minutes * 60_000),
    partial: false,
    ...countsOf(total(index)),
  }));

const LATER = "2027-11-09T00:00:00+05:30";

describe("how much a point is", () => {
  test("90 days of 15 minutes on some 400 columns: six hours", () => {
    expect(pointMinutes("15min", 8640, 416)).toBe(360);
  });
  test("what fits is not merged", () => {
    expect(pointMinutes("15min", 96, 100)).toBeNull();
    expect(pointMinutes("month", 500, 100)).toBeNull();
  });
  test("there are never more points than columns, and each is a multiple of the bucket", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(["15min", 15], ["30min", 30], ["60min", 60], ["day", 1440], ["week", 10_080]),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 24, max: 500 }),
        ([bucket, minutes], count, columns) => {
          const size = pointMinutes(bucket as string, count, columns);
          if (size === null) return count <= columns;
          return size % (minutes as number) === 0 && (count * (minutes as number)) / size <= columns;
        },
      ),
    );
  });
});

describe("points", () => {
  test("nothing is lost or counted twice, whatever the size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(null, 30, 60, 360, 1440, 10_080),
        (totals, minutes) => {
          const rows = series(totals.length, 15, (index) => totals[index] ?? 0);
          const points = pointsOf(rows, rows, { minutes, generatedAt: LATER });
          const sum = totals.reduce((a, b) => a + b, 0);
          expect(points.reduce((a, point) => a + point.total, 0)).toBe(sum);
          expect(points.reduce((a, point) => a + (point.before ?? 0), 0)).toBe(sum);
          expect(points.reduce((a, point) => a + point.merged, 0)).toBe(totals.length);
          expect(points[0]?.start).toBe(rows[0]?.start);
          expect(points.at(-1)?.end).toBe(rows.at(-1)?.end);
        },
      ),
    );
  });
  test("the answer itself stays as it is", () => {
    const rows = series(8, 15);
    pointsOf(rows, undefined, { minutes: 60, generatedAt: LATER });
    expect(rows.map(({ total }) => total)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
  test("they begin where the local clock reads a multiple, also in a part", () => {
    const rows = series(96 * 3, 15);
    const points = pointsOf(rows, undefined, { minutes: 360, generatedAt: LATER, from: 5, to: 200 });
    expect(points.slice(1).every(({ start }) => Number(start.slice(11, 13)) % 6 === 0)).toBe(true);
    expect(points[0]?.merged).toBe(19);
  });
  test("an hour that comes twice is not taken for the one before it when points are half hours", () => {
    const fall = ["01:30:00-04:00", "01:45:00-04:00", "01:00:00-05:00", "01:15:00-05:00"].map((time) => ({
      start: `2026-11-01T${time}`,
      end: `2026-11-01T${time}`,
      partial: false,
      ...countsOf(1),
    }));
    const points = pointsOf(fall, undefined, { minutes: 30, generatedAt: LATER });
    expect(points.map(({ total }) => total)).toEqual([2, 2]);
  });
  test("weeks begin on Monday", () => {
    // 9 November 2026 is one.
    const points = pointsOf(series(21, 1440), undefined, { minutes: 10_080, generatedAt: LATER });
    expect(points.map(({ merged }) => merged)).toEqual([7, 7, 7]);
  });
  test("a partial bucket that is not over is running, another one is cut; a merged point is what its parts are", () => {
    const rows = series(8, 15);
    const [first, last] = [rows[0], rows[7]];
    if (first !== undefined) first.partial = true;
    if (last !== undefined) last.partial = true;
    const now = at(MIDNIGHT + 7.5 * 15 * 60_000);
    const points = pointsOf(rows, undefined, { minutes: 60, generatedAt: now });
    expect(points.map(({ running, cut }) => ({ running, cut }))).toEqual([
      { running: false, cut: true },
      { running: true, cut: false },
    ]);
    expect(points.map(partialWords)).toEqual(["Partial: the range begins or ends inside", "Still running"]);
  });
  test("the earlier time is paired by position; where it is shorter there is nothing to compare with", () => {
    const points = pointsOf(
      series(4, 15),
      series(2, 15, () => 5),
      { minutes: null, generatedAt: LATER },
    );
    expect(points.map(({ before }) => before)).toEqual([5, 5, null, null]);
  });
});

describe("labels and peaks", () => {
  const points = (count: number, minutes: number) =>
    pointsOf(series(count, minutes), undefined, { minutes: null, generatedAt: LATER });
  test("long series are labelled at midnights, a day at full hours, a short one everywhere", () => {
    expect(tickStarts(points(360, 360), 14, "360min").every((start) => start.includes("T00:00"))).toBe(true);
    expect(tickStarts(points(96, 15), 14, "15min").map((start) => start.slice(11, 16))).toEqual(
      Array.from({ length: 12 }, (_, index) => `${String(index * 2).padStart(2, "0")}:00`),
    );
    expect(tickStarts(points(7, 1440), 14, "day")).toHaveLength(7);
  });
  test("many months are labelled by years, evenly; a few by themselves", () => {
    const months = (count: number) => {
      const at = (index: number) =>
        `${1999 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01T00:00:00+05:30`;
      const rows = Array.from({ length: count }, (_, index) => ({
        start: at(index),
        end: at(index + 1),
        partial: false,
        ...countsOf(1),
      }));
      return pointsOf(rows, undefined, { minutes: null, generatedAt: LATER });
    };
    const zone = "Asia/Kolkata";
    const labels = (count: number) =>
      tickStarts(months(count), 12, "month").map((start) => tickLabel(start, "month", zone, months(count)));
    expect(labels(335)).toEqual([
      "1999",
      "2002",
      "2005",
      "2008",
      "2011",
      "2014",
      "2017",
      "2020",
      "2023",
      "2026",
    ]);
    expect(labels(4)).toEqual(["Jan 1999", "Feb 1999", "Mar 1999", "Apr 1999"]);
  });
  test("ticks of an axis are written exactly", () => {
    expect([0, 450, 900, 1350, 1800].map(formatTick)).toEqual(["0", "450", "900", "1.35K", "1.8K"]);
  });
  test("never more than asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(15, 30, 60, 360, 1440),
        fc.integer({ min: 2, max: 20 }),
        (count, minutes, most) => tickStarts(points(count, minutes), most, "15min").length <= most,
      ),
    );
  });
  test("the peak is the earliest of the largest; nothing has none", () => {
    const some = pointsOf(
      series(4, 15, (index) => [1, 3, 3, 0][index] ?? 0),
      undefined,
      {
        minutes: null,
        generatedAt: LATER,
      },
    );
    expect(peakOf(some, "total")).toBe(some[1]);
    expect(peakOf(some, "bot")).toBeUndefined();
  });
});
