// The summary against the same count: totals, rates, change, the largest of each list, the busiest hour.

import type fc from "fast-check";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Occasion, occasionOf, pointsOf } from "./ask_random.ts";
import { bruteSummary } from "./brute_summary.ts";
import type { Point } from "./dataset.ts";
import { eras } from "./eras.ts";
import { Reports, scopes } from "./harness.ts";
import { difference, forAll } from "./judge.ts";
import { queryString } from "./question.ts";
import { runs } from "./random.ts";

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
});
afterAll(() => reports.stop());

/** Only what a summary can be asked. */
const summaryOf = (occasions: fc.Arbitrary<Occasion>) =>
  occasions.map(({ question, ...occasion }): Occasion => {
    const { range, timezone, filters, flags, spelling } = question;
    return { ...occasion, question: { range, timezone, filters, flags, spelling, groupBy: [] } };
  });

const pathOf = ({ question }: Occasion) => `/analytics/lead-stats/summary?${queryString(question)}`;

const describeOccasion = (occasion: Occasion) =>
  `${pathOf(occasion)}  at ${new Date(occasion.now).toISOString()}, key of ${JSON.stringify(scopes[occasion.scope])}`;

async function faultOf(points: Point[], occasion: Occasion): Promise<string> {
  const { question, now, scope } = occasion;
  reports.forget();
  const expected = bruteSummary(points, question, Math.floor(now / 1000), scopes[scope]);
  const got = await reports.get(pathOf(occasion), { now, scope });
  if (got.posts > 2) return `${got.posts} statements`;
  if (reports.ledgerTouched > 0) return "the ledger was read";
  const status = "status" in expected ? expected.status : 200;
  if (got.status !== status) return `expected status ${status}, got ${got.status} ${got.text.slice(0, 500)}`;
  if ("status" in expected) return "";
  const again = await reports.get(pathOf(occasion), { now, scope });
  if (again.posts !== 0) return `asked again, ${again.posts} statements`;
  const { meta, totals, rates, change, top, busiest_hour } = JSON.parse(got.text);
  return difference(expected, { from: meta.from, to: meta.to, totals, rates, change, top, busiest_hour });
}

const chosen = new Set([
  "Asia/Kolkata",
  "UTC",
  "Pacific/Apia 2011",
  "Pacific/Kwajalein 1993",
  "America/St_Johns 2010",
  "America/Caracas 2016",
  "Australia/Lord_Howe 2026",
  "Antarctica/Troll 2026",
  "America/Havana 2026",
  "Asia/Kathmandu 1985",
  "Asia/Beirut 2026",
  "Africa/Monrovia 1972",
]);

describe("a summary is what a count of every point gives", () => {
  for (const era of eras().filter(({ name }) => chosen.has(name))) {
    it(era.name, async () => {
      const points = pointsOf(era);
      await reports.load(points);
      await forAll(summaryOf(occasionOf(era)), 40 * runs, describeOccasion, (occasion) =>
        faultOf(points, occasion),
      );
    });
  }
});
