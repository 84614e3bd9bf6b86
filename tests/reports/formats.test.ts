// The rows of CSV and NDJSON are those of the JSON answer, and cost no further statement.

import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, it } from "vitest";
import { describeOccasion, type Occasion, occasionOf, pathOf, pointsOf } from "./ask_random.ts";
import { countNames } from "./brute.ts";
import { eras } from "./eras.ts";
import { Reports } from "./harness.ts";
import { difference, forAll, type Report } from "./judge.ts";
import { runs } from "./random.ts";

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
});
afterAll(() => reports.stop());

type Row = Record<string, unknown>;

/** One row for each bucket, group, or bucket of a group; the totals where there is neither. */
function rowsOf(report: Report): Row[] {
  const by = report.meta.group_by as string[];
  const counts = (row: Row) => Object.fromEntries(countNames.map((name) => [name, row[name]]));
  const times = ({ start, end, partial }: Row) => ({ start, end, partial });
  const bucketed = report.meta.bucket !== "none";
  if (by.length === 0) {
    return bucketed
      ? report.buckets.map((bucket) => ({ ...times(bucket), ...counts(bucket) }))
      : [counts(report.totals)];
  }
  return report.groups.flatMap((group) => {
    const key = group.key as unknown as Record<string, string> | null;
    const name = {
      ...Object.fromEntries(by.map((dimension) => [dimension, key?.[dimension] ?? null])),
      other: key === null,
    };
    return bucketed
      ? (group.buckets ?? []).map((bucket) => ({ ...times(bucket), ...name, ...counts(bucket) }))
      : [{ ...name, ...counts(group) }];
  });
}

/** As a spreadsheet must get it: nothing for what is not there, and no formulas. */
function cellOf(value: unknown, isText: boolean): string {
  if (value === null) return "";
  return isText && /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
}

function cells(rows: Row[], dimensions: string[]): Record<string, string>[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, cellOf(value, dimensions.includes(name))]),
    ),
  );
}

async function faultOf(asked: Occasion): Promise<string> {
  // Rows have no place for hours of the week.
  const occasion = { ...asked, question: { ...asked.question, hourOfWeek: false } };
  const { now, scope } = occasion;
  reports.forget();
  const json = await reports.get(pathOf(occasion), { now, scope });
  if (json.status !== 200) return json.status < 500 ? "" : `status ${json.status}`;
  const report = JSON.parse(json.text) as Report;
  const rows = rowsOf(report);

  // Rows know no comparison, so a report with one is another report; any other is known already.
  const compared = report.comparison !== null;
  const csv = await reports.get(pathOf(occasion, { format: "csv" }), { now, scope });
  if (csv.status !== 200 || csv.posts > (compared ? 1 : 0))
    return `csv: status ${csv.status}, ${csv.posts} statements`;
  if (!csv.type.startsWith("text/csv")) return `csv is ${csv.type}`;
  if (!csv.text.endsWith("\r\n")) return "csv: the last line has no end";
  const read = parse(csv.text, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
  const [head = ""] = csv.text.split("\r\n");
  const names = Object.keys(rows[0] ?? {}).join(",");
  if (rows.length > 0 && head !== names) return `csv begins with ${head}, not with ${names}`;
  const inCsv = difference(cells(rows, report.meta.group_by as string[]), read, "csv");
  if (inCsv !== "") return inCsv;

  // The header decides where the parameter does not.
  const lines = await reports.get(pathOf(occasion), { now, scope, accept: "application/x-ndjson" });
  if (lines.status !== 200 || lines.posts > 0)
    return `ndjson: status ${lines.status}, ${lines.posts} statements`;
  if (!lines.type.startsWith("application/x-ndjson")) return `ndjson is ${lines.type}`;
  if (rows.length > 0 && !lines.text.endsWith("\n")) return "ndjson: the last line has no end";
  const parsed = lines.text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
  return difference(rows, parsed, "ndjson");
}

const chosen = new Set([
  "Asia/Kolkata",
  "Pacific/Apia 2011",
  "America/St_Johns 2026",
  "Africa/Monrovia 1972",
]);

describe("rows are the same in every format", () => {
  for (const era of eras().filter(({ name }) => chosen.has(name))) {
    it(era.name, async () => {
      await reports.load(pointsOf(era));
      await forAll(occasionOf(era), 50 * runs, describeOccasion, faultOf);
    });
  }
});
