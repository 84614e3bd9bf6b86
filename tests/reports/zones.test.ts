// Random questions about troubled clocks, each answer compared with a count of every point.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeOccasion, type Occasion, occasionOf, pathOf, pointsOf } from "./ask_random.ts";
import { bruteAnswer } from "./brute.ts";
import type { Point } from "./dataset.ts";
import { eras } from "./eras.ts";
import { Reports, scopes } from "./harness.ts";
import { addsUp, answerOf, difference, forAll, type Report } from "./judge.ts";
import { runs, seed } from "./random.ts";

console.log(`REPORTS_SEED=${seed}`);

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
});
afterAll(() => reports.stop());

/** What became of the questions, so that it is seen when they ask for nothing any more. */
const met = { answered: 0, refused: 0, empty: 0, rest: 0, partial: 0, compared: 0, hours: 0 };

async function faultOf(points: Point[], occasion: Occasion): Promise<string> {
  const { question, now, scope } = occasion;
  const expected = bruteAnswer(points, question, Math.floor(now / 1000), scopes[scope]);
  const got = await reports.get(pathOf(occasion), { now, scope });
  if (reports.ledgerTouched > 0) return "the ledger was read";
  // What has no groups is counted by one statement, with what it is compared with.
  if (got.posts > (question.groupBy.length > 0 ? 2 : 1)) return `${got.posts} statements`;
  if ("status" in expected) {
    met.refused += 1;
    return got.status === expected.status
      ? ""
      : `expected status ${expected.status}, got ${got.status} ${got.text.slice(0, 300)}`;
  }
  if (got.status !== 200) return `expected status 200, got ${got.status} ${got.text.slice(0, 1000)}`;
  met.answered += 1;
  if (expected.totals.total === 0) met.empty += 1;
  if (expected.groups.at(-1)?.other) met.rest += 1;
  if (expected.buckets.some(({ partial }) => partial)) met.partial += 1;
  if ((expected.comparison?.totals.total ?? 0) > 0) met.compared += 1;
  if (expected.hourOfWeek !== undefined && expected.totals.total > 0) met.hours += 1;
  const report = JSON.parse(got.text) as Report;
  const { rows, largestInterval, ...counted } = expected;
  const found =
    difference(counted, answerOf(report)) ||
    addsUp(report) ||
    difference(metaOf(occasion), chosenMeta(report));
  if (found !== "") return found;
  // Points can be read about a minute after they were written.
  const through = Date.parse(report.meta.data_through as string) / 1000;
  const end = Date.parse(report.meta.to) / 1000;
  if (end < now / 1000 - 120 ? through !== end : through > now / 1000)
    return `data_through is ${report.meta.data_through}`;
  // What is compared with is read too.
  if (expected.comparison !== null) return "";
  return difference(
    { rows_read: rows, sample_interval_max: Math.max(1, largestInterval), sampled: largestInterval > 1 },
    {
      rows_read: report.meta.rows_read,
      sample_interval_max: report.meta.sample_interval_max,
      sampled: report.meta.sampled,
    },
  );
}

const metaOf = ({ question: { timezone, bucket = "day", groupBy } }: Occasion) => ({
  timezone,
  bucket,
  group_by: groupBy,
  cache: "miss",
});

const chosenMeta = ({ meta: { timezone, bucket, group_by, cache } }: Report) => ({
  timezone,
  bucket,
  group_by,
  cache,
});

describe("an answer is what a count of every point gives", () => {
  for (const era of eras()) {
    it(era.name, { timeout: 90_000 }, async () => {
      const points = pointsOf(era);
      await reports.load(points);
      await forAll(occasionOf(era), 36 * runs, describeOccasion, (occasion) => {
        reports.forget();
        return faultOf(points, occasion);
      });
    });
  }

  it("to questions that ask for something", () => {
    console.log(JSON.stringify(met));
    expect(met.answered).toBeGreaterThan(2 * met.refused);
    expect(met.empty).toBeLessThan(met.answered / 2);
    for (const kind of [met.refused, met.rest, met.partial, met.compared, met.hours])
      expect(kind).toBeGreaterThan(met.answered / 50);
  });
});
