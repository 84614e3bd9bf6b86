// What a chart draws of a long series: about as many points as there are columns of pixels, each the sum of neighbouring
// buckets. The table and the exports have every bucket.

import { buckets as bucketNames, counts } from "~schema";
import type { BucketRow, Counts } from "../../api/stats.ts";

export interface Point extends Counts {
  start: string;
  end: string;
  /** It is not over yet. */
  running: boolean;
  /** The range begins or ends inside of it. */
  cut: boolean;
  /** How many buckets it sums. */
  merged: number;
  /** The total of the time compared with, at the same place; null where there is none. */
  before: number | null;
}

/** Fewer points make no area, so they are drawn as bars. */
export const FEWEST_OF_AREA = 3;

const DAY = 1440;
const WEEK = 7 * DAY;
// Sizes that people read at a glance; a point is a multiple of the bucket.
const sizes = [2, 5, 10, 15, 30, 60, 120, 180, 360, 720, DAY, 2 * DAY, WEEK, 2 * WEEK, 4 * WEEK];
// Local days count from Thursday, 1 January 1970; weeks begin on Monday.
const MONDAY = 3 * DAY;

const bucketMinutes = (bucket: string): number | null => {
  if (bucket === "day") return DAY;
  if (bucket === "week") return WEEK;
  const seconds = bucketNames.find(({ name }) => name === bucket)?.seconds ?? 0;
  return seconds > 0 ? seconds / 60 : null;
};

/** Minutes of a point, so that at most about `columns` are drawn; null: every bucket is a point. */
export function pointMinutes(bucket: string, count: number, columns: number): number | null {
  const minutes = bucketMinutes(bucket);
  if (minutes === null || count <= columns) return null;
  const fits = (size: number) =>
    size > minutes && size % minutes === 0 && (count * minutes) / size <= columns;
  return sizes.find(fits) ?? Math.ceil(count / columns) * minutes;
}

// Read once for each answer: a zoom asks again and again.
const clocks = new WeakMap<readonly BucketRow[], Float64Array>();

/** Minutes of the local clock of each start: starts carry their offset, so the digits are the clock. */
function clockOf(rows: readonly BucketRow[]): Float64Array {
  let clock = clocks.get(rows);
  if (clock === undefined) {
    clock = Float64Array.from(rows, ({ start }) => Date.parse(`${start.slice(0, 19)}Z`) / 60_000);
    clocks.set(rows, clock);
  }
  return clock;
}

/** The points of buckets `from` to `to` (excluded). `earlier` is paired by position. */
export function pointsOf(
  rows: readonly BucketRow[],
  earlier: readonly BucketRow[] | undefined,
  options: { minutes: number | null; generatedAt: string; from?: number; to?: number },
): Point[] {
  const { minutes, generatedAt, from = 0, to = rows.length } = options;
  const now = Date.parse(generatedAt);
  const clock = clockOf(rows);
  const points: Point[] = [];
  let point: Point | undefined;
  let key = Number.NaN;
  for (let i = from; i < to; i += 1) {
    const row = rows[i];
    if (row === undefined) break;
    const own = minutes === null ? i : Math.floor(((clock[i] ?? 0) + MONDAY) / minutes);
    const before = earlier?.[i]?.total ?? null;
    if (point === undefined || own !== key) {
      point = { ...row, running: false, cut: false, merged: 1, before };
      key = own;
      points.push(point);
    } else {
      for (const name of counts) point[name] += row[name];
      point.end = row.end;
      point.merged += 1;
      if (before !== null) point.before = (point.before ?? 0) + before;
    }
    if (row.partial) {
      if (Date.parse(row.end) > now) point.running = true;
      else point.cut = true;
    }
  }
  return points;
}

const MANY_MONTHS = 36;
/** Whether years are labelled instead of months, which would be too many. */
export const isOfYears = (points: readonly Point[], bucket: string) =>
  bucket === "month" && points.length > MANY_MONTHS;

/**
 * Starts of the points that get a label: beginnings of years where there are many months, else of days, or full hours where
 * the range is short.
 */
export function tickStarts(points: readonly Point[], most: number, bucket: string): string[] {
  const starts = points.map(({ start }) => start);
  const thinned = (list: string[]) => {
    const step = Math.ceil(list.length / Math.max(1, most));
    return list.filter((_, index) => index % step === 0);
  };
  if (isOfYears(points, bucket)) return thinned(starts.filter((start) => start.slice(5, 10) === "01-01"));
  if (starts.length <= most) return starts;
  const days = starts.filter((start) => start.slice(11, 16) === "00:00");
  if (days.length >= 3) return thinned(days);
  for (const hours of [1, 2, 3, 6, 12]) {
    const full = starts.filter(
      (start) => start.slice(14, 16) === "00" && Number(start.slice(11, 13)) % hours === 0,
    );
    if (full.length >= 2 && full.length <= most) return full;
  }
  return thinned(starts);
}

/** The point with the most; the earliest of equal ones; undefined where all are 0. */
export function peakOf(points: readonly Point[], name: keyof Counts): Point | undefined {
  let peak: Point | undefined;
  for (const point of points) if (point[name] > (peak?.[name] ?? 0)) peak = point;
  return peak;
}

/** The ends of the stretches of an area that lead to a running or cut point, or from one at the beginning. */
export function hatchedOf(points: readonly Point[]): ReadonlySet<Point> {
  const hatched = new Set<Point>();
  points.forEach((point, index) => {
    if (!point.running && !point.cut) return;
    hatched.add(point);
    const other = points[index === 0 ? 1 : index - 1];
    if (other !== undefined) hatched.add(other);
  });
  return hatched;
}

/** How a running or cut point is said. */
export function partialWords(point: Pick<Point, "running" | "cut">): string | null {
  if (point.running) return "Still running";
  return point.cut ? "Partial: the range begins or ends inside" : null;
}

/** What the hatched part of a chart is; null where there is none. */
export function hatchWords(points: readonly Point[]): string | null {
  if (points.some(({ running }) => running)) return "Hatched: still running.";
  return points.some(({ cut }) => cut) ? "Hatched: partial, the range begins or ends inside." : null;
}
