// Where two answers part: compares what was got with what was counted, and says the first place where they differ.

import fc from "fast-check";
import type { Answer } from "./brute.ts";
import { countNames } from "./brute.ts";
import { seed } from "./random.ts";

type Json = Record<string, unknown>;

/** Parts and changes have six decimals; everything else is exact. */
const same = (expected: unknown, got: unknown): boolean =>
  Object.is(expected, got) ||
  (typeof expected === "number" &&
    typeof got === "number" &&
    !(Number.isInteger(expected) && Number.isInteger(got)) &&
    Math.abs(expected - got) <= 0.500_001e-6);

/** "" where all that is expected is there, and nothing else. */
export function difference(expected: unknown, got: unknown, path = ""): string {
  if (typeof expected === "object" && expected !== null && typeof got === "object" && got !== null) {
    if (Array.isArray(expected) && Array.isArray(got) && expected.length !== got.length) {
      const first = expected.findIndex((each, at) => difference(each, got[at]) !== "");
      const at = first < 0 ? expected.length : first;
      return `${path}: expected ${expected.length} entries, got ${got.length}; first at [${at}]: expected ${JSON.stringify(expected[at])}, got ${JSON.stringify(got[at])}`;
    }
    for (const name of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const found = difference((expected as Json)[name], (got as Json)[name], `${path}.${name}`);
      if (found !== "") return found;
    }
    return "";
  }
  if (same(expected, got)) return "";
  return `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
}

interface Meta extends Json {
  from: string;
  to: string;
}

export interface Report extends Json {
  meta: Meta;
  totals: Record<string, number>;
  buckets: Record<string, number>[];
  hour_of_week?: Record<string, number>[];
  groups: (Record<string, number> & { buckets?: Record<string, number>[] })[];
}

/** The part of an answer that a count can tell, in the shape of one. */
export function answerOf(report: Report): Omit<Answer, "rows" | "largestInterval"> {
  return {
    from: report.meta.from,
    to: report.meta.to,
    totals: report.totals,
    buckets: report.buckets,
    groups: report.groups.map((group) => ({ other: false, ...group })),
    comparison: report.comparison ?? null,
    ...(report.hour_of_week === undefined ? {} : { hourOfWeek: report.hour_of_week }),
  } as unknown as Answer;
}

const sumOf = (rows: Record<string, number>[]) =>
  Object.fromEntries(
    countNames.map((name) => [name, rows.reduce((sum, row) => sum + (row[name] as number), 0)]),
  );

const countsOf = (row: Record<string, number>) =>
  Object.fromEntries(countNames.map((name) => [name, row[name]]));

/** Types, buckets, groups and hours each add up to the totals. */
export function addsUp({ totals, buckets, groups, hour_of_week: hours, meta }: Report): string {
  const types = ["primary", "follow_up", "test", "blocked", "bot"].map((name) => totals[name] as number);
  const sum = types.reduce((all, each) => all + each, 0);
  if (sum !== totals.total) return `the types add up to ${sum}, not to ${totals.total}`;
  const whole = countsOf(totals);
  if (meta.bucket !== "none") {
    const found = difference(whole, sumOf(buckets), "sum of buckets");
    if (found !== "") return found;
  }
  if (hours !== undefined) {
    const found = difference(whole, sumOf(hours), "sum of hours");
    if (found !== "") return found;
  }
  if ((meta.group_by as string[]).length > 0) {
    const found = difference(whole, sumOf(groups), "sum of groups");
    if (found !== "") return found;
    for (const group of groups) {
      if (group.buckets === undefined) continue;
      const uneven = difference(
        countsOf(group),
        sumOf(group.buckets),
        `buckets of ${JSON.stringify(group.key)}`,
      );
      if (uneven !== "") return uneven;
    }
  }
  return "";
}

/** Throws the smallest failing example; its first line is the query string and the seed. */
export async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  describe: (value: T) => string,
  fault: (value: T) => Promise<string>,
): Promise<void> {
  const property = fc.asyncProperty(arbitrary, async (value) => {
    const found = await fault(value);
    if (found !== "") throw new Error(found);
  });
  const result = await fc.check(property, { seed, numRuns: count, interruptAfterTimeLimit: 40_000 });
  if (!result.failed && !result.interrupted) return;
  if (result.counterexample === null)
    throw new Error(`seed ${seed}: stopped after ${result.numRuns} questions`);
  const [value] = result.counterexample as [T];
  const error = result.errorInstance instanceof Error ? result.errorInstance : undefined;
  throw new Error(
    `${describe(value)}  (REPORTS_SEED=${seed})\n${error?.message ?? String(result.errorInstance)}`,
  );
}
