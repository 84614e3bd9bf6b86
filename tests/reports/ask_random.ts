// Random questions about an era of a zone.

import fc from "fast-check";
import { countNames } from "./brute.ts";
import { type Dimension, dimensions, randomPoints, values } from "./dataset.ts";
import type { Era } from "./eras.ts";
import { scopes } from "./harness.ts";
import { type Filter, type Moment, type Question, queryString, type Range } from "./question.ts";
import { clockOf, sizes } from "./wall_clock.ts";

const hour = 3600;
const day = 86_400;

/** Points of two weeks around each moment, and a few of what such an era may be compared with. */
export function pointsOf(era: Era) {
  return era.moments.flatMap((moment) => [
    ...randomPoints(`${era.name} ${moment}`, 1000, moment - 14 * day, moment + 12 * day, [moment]),
    ...randomPoints(`${era.name} ${moment} before`, 150, moment - 375 * day, moment - 355 * day, [
      moment - 365 * day,
    ]),
  ]);
}

export interface Occasion {
  question: Question;
  /** Unix milliseconds. */
  now: number;
  scope: "all" | "some" | "one";
}

export const pathOf = ({ question }: Occasion, more: Record<string, string> = {}) =>
  `/analytics/lead-stats?${queryString(question, more)}`;

export const describeOccasion = (occasion: Occasion) =>
  `${pathOf(occasion)}  at ${new Date(occasion.now).toISOString()}, key of ${JSON.stringify(scopes[occasion.scope])}`;

const offsetText = (at: number, offset: number) => {
  const two = (n: number) => String(n).padStart(2, "0");
  const sign = offset < 0 ? "-" : "+";
  const minutes = Math.abs(offset) / 60;
  const local = new Date((at + offset) * 1000).toISOString().slice(0, 19);
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** The same instant in one of several spellings. */
const instant = (at: number, zone: string): fc.Arbitrary<Moment> => {
  const own = clockOf(zone).offset(at);
  const offsets = [0, 19_800, -34_200, ...(own % 60 === 0 ? [own, own, own] : [])];
  return fc.constantFrom("Z", ...offsets.map((offset) => offsetText(at, offset))).map((text) => ({
    at,
    text: text === "Z" ? `${new Date(at * 1000).toISOString().slice(0, 19)}Z` : text,
  }));
};

/** Instants that lie on or beside what matters, or anywhere. */
const nearby = (moment: number, least: number, most: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: moment + least, max: moment + most }),
    fc
      .tuple(
        fc.integer({ min: Math.ceil(least / 900), max: Math.floor(most / 900) }),
        fc.constantFrom(0, 0, 0, -1, 1),
      )
      .map(([quarters, beside]) => moment + quarters * 900 + beside),
    fc
      .constantFrom(moment - 1, moment, moment + 1, moment - hour, moment + hour)
      .filter((at) => at >= moment + least && at <= moment + most),
  );

function rangeOf(zone: string, moment: number, bucket: Question["bucket"]): fc.Arbitrary<Range> {
  const clock = clockOf(zone);
  const subDay = bucket !== undefined && bucket in sizes;
  const middle = clock.dayOf(moment);
  const dates = fc
    .tuple(fc.integer({ min: -8, max: 3 }), fc.integer({ min: 1, max: subDay ? 5 : 12 }), fc.nat(4))
    .map(([first, length, open]): Range => {
      const from = { date: middle + first };
      return open === 0 ? { from } : { from, to: { date: middle + first + length } };
    });
  const instants = fc
    .tuple(nearby(moment, -2 * day, day), fc.oneof(fc.nat(2 * hour), fc.nat(3 * day)), fc.nat(4))
    .chain(([from, length, open]) =>
      fc
        .tuple(instant(from, zone), instant(from + length + 1, zone))
        .map(([begin, end]): Range => (open === 0 ? { from: begin } : { from: begin, to: end })),
    );
  const mixed = fc
    .tuple(fc.integer({ min: -3, max: 0 }), nearby(moment, 0, 2 * day))
    .chain(([first, to]) =>
      instant(to, zone).map((end): Range => ({ from: { date: middle + first }, to: end })),
    );
  const days = fc
    .oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: subDay ? 4 : 14 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }) },
    )
    .map((count): Range => ({ days: count }));
  if (bucket === "1min") {
    const short = fc
      .tuple(nearby(moment, -4 * hour, 4 * hour), fc.nat(3 * hour))
      .chain(([from, length]) =>
        fc
          .tuple(instant(from, zone), instant(from + length + 1, zone))
          .map(([begin, end]): Range => ({ from: begin, to: end })),
      );
    return fc.oneof(
      { weight: 8, arbitrary: short },
      { weight: 1, arbitrary: fc.constantFrom<Range>({ days: 1 }, { days: 2 }, { days: 9 }) },
    );
  }
  return fc.oneof(
    { weight: 4, arbitrary: days },
    { weight: 1, arbitrary: fc.constant<Range>({}) },
    { weight: 3, arbitrary: dates },
    { weight: 4, arbitrary: instants },
    { weight: 1, arbitrary: mixed },
  );
}

const fixed = new Set<Dimension>(["event_type", "engagement", "temperature", "device", "channel"]);

function valuesOf(dimension: Dimension, contains: boolean): fc.Arbitrary<string> {
  const whole = fc.constantFrom(...values[dimension]);
  if (!contains) {
    const absent = fixed.has(dimension) || dimension === "project" ? [] : ["never seen", "Mumbai 7"];
    return absent.length === 0
      ? whole
      : fc.oneof({ weight: 5, arbitrary: whole }, fc.constantFrom(...absent));
  }
  return fc
    .tuple(whole, fc.nat(3), fc.integer({ min: 1, max: 6 }), fc.nat(2))
    .map(([text, from, length, form]) => {
      const part =
        [...text]
          .slice(from, from + length)
          .join("")
          .trim() || "e";
      return form === 0 ? part.toUpperCase() : form === 1 ? part.toLowerCase() : part;
    });
}

const filter: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom(...dimensions), fc.boolean(), fc.nat(2))
  .chain(([dimension, negated, kind]) => {
    const contains = kind === 0 && !fixed.has(dimension);
    return fc
      .array(valuesOf(dimension, contains), { minLength: 1, maxLength: 4 })
      .map((list) => ({ dimension, negated, contains, values: list }));
  });

export function occasionOf(era: Era): fc.Arbitrary<Occasion> {
  const zone = era.zone;
  const buckets = ["1min", "15min", "30min", "60min", "day", "week", "month", "none", undefined] as const;
  return fc
    .tuple(fc.constantFrom(...era.moments), fc.constantFrom(...buckets))
    .chain(([moment, bucket]) => {
      const subDay = bucket !== undefined && bucket in sizes;
      return fc.record({
        now: fc
          .tuple(
            fc.oneof(nearby(moment, -6 * hour, 2 * day), nearby(moment, 0, 11 * day)),
            fc.constantFrom(0, 1, 500, 999),
          )
          .map(([at, ms]) => at * 1000 + ms),
        scope: fc.constantFrom("all" as const, "all" as const, "some" as const, "one" as const),
        question: fc.record({
          range: rangeOf(zone, moment, bucket),
          bucket: fc.constant(bucket),
          groupBy: fc.oneof(
            fc.constant([] as Dimension[]),
            fc.uniqueArray(fc.constantFrom(...dimensions), { minLength: 1, maxLength: 2 }),
          ),
          filters: fc.oneof(
            { weight: 2, arbitrary: fc.constant([] as Filter[]) },
            { weight: 3, arbitrary: fc.array(filter, { minLength: 1, maxLength: 3 }) },
          ),
          flags: fc.oneof(
            { weight: 3, arbitrary: fc.constant({}) },
            {
              weight: 1,
              arbitrary: fc.record(
                { vpn: fc.boolean(), suspicious: fc.boolean(), hot: fc.boolean() },
                { requiredKeys: [] },
              ),
            },
          ),
          compare: fc.constantFrom(
            undefined,
            undefined,
            "none" as const,
            "previous" as const,
            "previous_week" as const,
            "previous_year" as const,
          ),
          sort: fc.constantFrom(undefined, undefined, ...countNames),
          hourOfWeek: fc.boolean(),
          limit: subDay
            ? fc.integer({ min: 1, max: 5 })
            : fc.constantFrom(undefined, 1, 2, 3, 5, 8, 20, 1000),
          spelling: fc.nat(15),
        }),
      });
    })
    .map(({ question: { bucket, compare, sort, hourOfWeek, limit, ...rest }, ...occasion }) => ({
      ...occasion,
      question: {
        ...rest,
        timezone: zone,
        ...(bucket === undefined ? {} : { bucket }),
        ...(compare === undefined ? {} : { compare }),
        // Only groups are sorted, and hours are counted only without them.
        ...(sort === undefined || rest.groupBy.length === 0 ? {} : { sort }),
        ...(hourOfWeek && rest.groupBy.length === 0 ? { hourOfWeek } : {}),
        ...(limit === undefined ? {} : { limit }),
      },
    }));
}
