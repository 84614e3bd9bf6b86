// The answer to a question by counting every point one by one, from sections 5 and 7 of the design.

import { type Dimension, eventTypes, flags, type Point, textOf } from "./dataset.ts";
import { dateText, type Filter, type Moment, type Question } from "./question.ts";
import { clockOf, type WallClock, weekday } from "./wall_clock.ts";

export const countNames = ["total", ...eventTypes, "vpn_count", "suspicious_count", "hot_count"] as const;
export type Counts = Record<(typeof countNames)[number], number>;

export interface Bucket extends Counts {
  start: string;
  end: string;
  partial: boolean;
}

export interface Group extends Counts {
  key: Record<string, string> | null;
  other: boolean;
  share: number;
  buckets?: Bucket[];
}

export interface Comparison {
  from: string;
  to: string;
  totals: Counts;
  change: Record<keyof Counts, number | null>;
  buckets: Bucket[];
}

/** Of one hour of one day of the week; Monday is 1. */
export interface WeekHour extends Counts {
  weekday: number;
  hour: number;
}

export interface Answer {
  from: string;
  to: string;
  totals: Counts;
  buckets: Bucket[];
  groups: Group[];
  comparison: Comparison | null;
  hourOfWeek?: WeekHour[];
  /** Of the points in the range that the filters leave: how many, and the largest interval. */
  rows: number;
  largestInterval: number;
}

export interface Refusal {
  status: number;
}

/** Unix seconds, half-open. */
export interface Span {
  from: number;
  to: number;
}

/** Projects that may be seen, or all. */
export type Scope = readonly string[] | "all";

const mostBuckets = 9000;

export function zeroes(): Counts {
  return Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;
}

export function add(counts: Counts, point: Point): void {
  const weight = point.sample_interval;
  const type = textOf(point, "event_type") as (typeof eventTypes)[number];
  if (!eventTypes.includes(type)) return;
  counts.total += weight;
  counts[type] += weight;
  for (const [at, flag] of flags.entries())
    if ((point.doubles[at] ?? 0) !== 0) counts[`${flag}_count`] += weight;
}

/** `'` and `\` become what is stored in their place, spaces and control characters one space. */
export function canonical(text: string): string {
  return (
    text
      .replaceAll("'", "’")
      .replaceAll("\\", "⧵")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is meant
      .replaceAll(/[\u0000-\u0020\u007f-\u009f]+/g, " ")
      .trim()
  );
}

const lower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function passes(point: Point, { dimension, negated, contains, values }: Filter): boolean {
  const text = textOf(point, dimension);
  const found = values
    .map(canonical)
    .some((value) => (contains ? lower(text).includes(lower(value)) : text === value));
  return found !== negated;
}

export function wanted(points: readonly Point[], question: Question, scope: Scope): Point[] {
  return points.filter(
    (point) =>
      (scope === "all" || scope.includes(point.index1)) &&
      question.filters.every((filter) => passes(point, filter)) &&
      flags.every((flag, at) => {
        const asked = question.flags[flag];
        return asked === undefined || asked === ((point.doubles[at] ?? 0) !== 0);
      }),
  );
}

export const asksBeyond = ({ filters }: Question, scope: Scope): boolean =>
  scope !== "all" &&
  filters.some(
    ({ dimension, negated, contains, values }) =>
      dimension === "project" && !negated && !contains && !values.every((value) => scope.includes(value)),
  );

export const inSpan = (points: readonly Point[], { from, to }: Span) =>
  points.filter(({ timestamp }) => timestamp >= from && timestamp < to);

/** When the bucket ends that is running now; without buckets, the day. */
const runningEnd = (clock: WallClock, { bucket = "day" }: Question, now: number) =>
  clock.endOfBucket(bucket === "none" ? "day" : bucket, now);

const instantOf = (clock: WallClock, moment: Moment) =>
  "date" in moment ? clock.startOfDate(moment.date) : moment.at;

/** Nothing where the question is a 400. */
export function spanOf(clock: WallClock, question: Question, now: number): Span | undefined {
  const { range } = question;
  const end = runningEnd(clock, question, now);
  if (!("from" in range)) {
    const first = clock.daysBefore(clock.dayOf(now), (range.days ?? 7) - 1);
    return { from: clock.startOfDate(first), to: end };
  }
  const from = instantOf(clock, range.from);
  const asked = range.to === undefined ? end : instantOf(clock, range.to);
  const to = asked > now ? end : asked;
  return from >= to || from > now || (range.to && from >= asked) ? undefined : { from, to };
}

/** The same date a year before. Of February 29 it is the 28th; as an excluded end, the day after that. */
function yearBefore(date: number, isEnd: boolean): number {
  const [year, month, day] = dateText(date).split("-").map(Number) as [number, number, number];
  const leap = month === 2 && day === 29;
  return Date.UTC(year - 1, month - 1, leap ? 28 : day) / 86_400_000 + (leap && isEnd ? 1 : 0);
}

const beginsDay = (clock: WallClock, at: number) => clock.startOfDate(clock.dayOf(at)) === at;

/** Both ends at the same time of the clock, a week or a year before. */
function movedSpan(clock: WallClock, question: Question, { from, to }: Span): Span {
  const moved = (at: number, isEnd: boolean) => {
    const whole = beginsDay(clock, at);
    const date = whole ? clock.dayOf(at) : clock.date(at);
    const then = question.compare === "previous_week" ? date - 7 : yearBefore(date, isEnd && whole);
    return clock.firstReading(then * 86_400 + (whole ? 0 : clock.local(at) - date * 86_400));
  };
  return neverEmpty({ from: moved(from, false), to: moved(to, true) }, to - from);
}

/** Where the clock skips or repeats an hour, both ends can fall on one instant. */
const neverEmpty = (before: Span, duration: number): Span =>
  before.from < before.to ? before : { from: before.from, to: before.from + duration };

/**
 * As many local days as the range has, where it consists of such; of a day that is still running as much as of the one
 * now. Else the same duration.
 */
export function comparedSpan(clock: WallClock, question: Question, span: Span, now: number): Span {
  const { from } = span;
  const runsOn = question.bucket === "week" || question.bucket === "month";
  // Of a running week or month, the days until today.
  const today = clock.startOfDate(clock.dayOf(now) + 1);
  const to = runsOn ? Math.min(span.to, Math.max(today, from + 1)) : span.to;
  if (question.compare !== "previous") return movedSpan(clock, question, { from, to });
  const running = to > now;
  if (!beginsDay(clock, from) || !(running || beginsDay(clock, to)))
    return { from: from - (to - from), to: from };
  const last = clock.dayOf(to - 1);
  let days = 1;
  for (let day = last; clock.startOfDate(day) > from; day = clock.daysBefore(day, 1)) days += 1;
  const begin = clock.startOfDate(clock.daysBefore(clock.dayOf(from), days));
  if (beginsDay(clock, to)) return { from: begin, to: from };
  const time = clock.local(to) - clock.date(to) * 86_400;
  const end = clock.firstReading(clock.dayOf(from - 1) * 86_400 + time);
  return neverEmpty({ from: begin, to: Math.min(from, end) }, to - from);
}

function bucketsOf(
  clock: WallClock,
  bucket: Question["bucket"],
  span: Span,
  points: Point[],
  now: number,
): Bucket[] {
  if (bucket === "none") return [];
  const edges = clock.boundaries(bucket ?? "day", span.from, span.to);
  const buckets = edges.slice(0, -1).map((start, at) => {
    const end = edges[at + 1] as number;
    const partial = start < span.from || end > span.to || (start <= now && now < end);
    return { start: clock.text(start), end: clock.text(end), partial, ...zeroes() };
  });
  for (const point of points) {
    let [low, high] = [0, edges.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((edges[middle] as number) <= point.timestamp) low = middle;
      else high = middle;
    }
    add(buckets[low] as Bucket, point);
  }
  return buckets;
}

export function countAll(points: Point[]): Counts {
  const counts = zeroes();
  for (const point of points) add(counts, point);
  return counts;
}

/** What the clock reads at each point. */
function hoursOfWeek(clock: WallClock, points: Point[]): WeekHour[] {
  const hours = Array.from({ length: 7 * 24 }, (_, at) => ({
    weekday: Math.floor(at / 24) + 1,
    hour: at % 24,
    ...zeroes(),
  }));
  for (const point of points) {
    const date = clock.date(point.timestamp);
    const hour = Math.floor((clock.local(point.timestamp) - date * 86_400) / 3600);
    add(hours[weekday(date) * 24 + hour] as WeekHour, point);
  }
  return hours;
}

/** By a count, largest first, then by total, then by the bytes of the key. */
export function grouped(
  points: Point[],
  by: Dimension[],
  sort: keyof Counts = "total",
): { texts: string[]; points: Point[]; counts: Counts }[] {
  const groups = new Map<string, { texts: string[]; points: Point[]; counts: Counts }>();
  for (const point of points) {
    const texts = by.map((dimension) => textOf(point, dimension));
    const key = JSON.stringify(texts);
    let group = groups.get(key);
    if (group === undefined) {
      group = { texts, points: [], counts: zeroes() };
      groups.set(key, group);
    }
    group.points.push(point);
    add(group.counts, point);
  }
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return [...groups.values()].sort(
    (a, b) =>
      b.counts[sort] - a.counts[sort] ||
      b.counts.total - a.counts.total ||
      a.texts.reduce((order, text, at) => order || byBytes(text, b.texts[at] as string), 0),
  );
}

function groupsOf(question: Question, points: Point[], bucketed: (points: Point[]) => Bucket[]): Group[] {
  const by = question.groupBy;
  if (by.length === 0) return [];
  const all = grouped(points, by, question.sort as keyof Counts);
  const limit = question.limit ?? 50;
  const whole = countAll(points).total;
  const withBuckets = (of: Point[]) => (question.bucket === "none" ? {} : { buckets: bucketed(of) });
  const shown: Group[] = all.slice(0, limit).map(({ texts, points: of, counts }) => ({
    key: Object.fromEntries(by.map((dimension, at) => [dimension, texts[at] as string])),
    other: false,
    share: counts.total / whole,
    ...counts,
    ...withBuckets(of),
  }));
  const rest = all.slice(limit).flatMap((group) => group.points);
  if (rest.length > 0) {
    const counts = countAll(rest);
    shown.push({ key: null, other: true, share: counts.total / whole, ...counts, ...withBuckets(rest) });
  }
  return shown;
}

export function changeOf(now: Counts, then: Counts): Comparison["change"] {
  return Object.fromEntries(
    countNames.map((name) => [name, then[name] === 0 ? null : (now[name] - then[name]) / then[name]]),
  ) as Comparison["change"];
}

/** `now` in Unix seconds. */
export function bruteAnswer(
  points: readonly Point[],
  question: Question,
  now: number,
  scope: Scope,
): Answer | Refusal {
  const clock = clockOf(question.timezone);
  if (asksBeyond(question, scope)) return { status: 403 };
  const span = spanOf(clock, question, now);
  if (span === undefined) return { status: 400 };
  const candidates = wanted(points, question, scope);
  const counted = inSpan(candidates, span);
  const buckets = bucketsOf(clock, question.bucket, span, counted, now);
  if (buckets.length > mostBuckets) return { status: 400 };
  const totals = countAll(counted);

  let comparison: Comparison | null = null;
  if (question.compare !== undefined && question.compare !== "none") {
    const before = comparedSpan(clock, question, span, now);
    const then = inSpan(candidates, before);
    const thenTotals = countAll(then);
    comparison = {
      from: clock.text(before.from),
      to: clock.text(before.to),
      totals: thenTotals,
      change: changeOf(totals, thenTotals),
      buckets: bucketsOf(clock, question.bucket, before, then, now),
    };
    if (comparison.buckets.length > mostBuckets) return { status: 400 };
  }
  return {
    from: clock.text(span.from),
    to: clock.text(span.to),
    totals,
    buckets,
    groups: groupsOf(question, counted, (of) => bucketsOf(clock, question.bucket, span, of, now)),
    comparison,
    ...(question.hourOfWeek ? { hourOfWeek: hoursOfWeek(clock, counted) } : {}),
    rows: counted.length,
    largestInterval: Math.max(0, ...counted.map(({ sample_interval }) => sample_interval)),
  };
}
