import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allFunctionNames } from "../../worker/local/engine/functions.ts";
import type { Case } from "./cases.ts";
import { expressionCases } from "./cases_expressions.ts";
import { absentFunctions, functionCases } from "./cases_functions.ts";
import { clauseCases, statementCases } from "./cases_statements.ts";
import { typeCases } from "./cases_types.ts";
import { Engine, epoch, leadPoints, temporaryDirectory } from "./engine.ts";

const directory = temporaryDirectory();
let engine: Engine;

beforeAll(async () => {
  engine = await Engine.start(directory.path);
  expect((await engine.write(leadPoints)).status).toBe(200);
});

afterAll(async () => {
  await engine.stop();
  directory.remove();
});

const tables: readonly (readonly [string, readonly Case[]])[] = [
  ["statements", statementCases],
  ["clauses", clauseCases],
  ["expressions", expressionCases],
  ["types", typeCases],
  ["functions", functionCases],
];

for (const [name, cases] of tables) {
  describe(name, () => {
    test.each(cases)("$rule", async ({ accepted, refused, text }) => {
      const good = await engine.query(accepted);
      expect(good.status, good.text).toBe(200);
      const bad = await engine.query(refused);
      expect(bad).toEqual({
        status: 422,
        type: "text/plain; charset=utf-8",
        text: `Input was invalid: ${text}`,
      });
    });
  });
}

test("every function of the table has a row", () => {
  const used = functionCases.map(({ accepted }) => accepted.toLowerCase()).join("\n");
  const missing = allFunctionNames().filter((name) => !used.includes(`${name.toLowerCase()}(`));
  expect(missing).toEqual([]);
});

test.each(absentFunctions)("there is no function %s", async (name) => {
  const { status, text } = await engine.query(`SELECT ${name}(double1) AS x FROM leads`);
  expect({ status, text }).toEqual({
    status: 422,
    text: `Input was invalid: unknown function call: ${name.toUpperCase()}`,
  });
});

describe("what is reported first", () => {
  test.each([
    ["syntax before functions", "SELECT nope(CASE", "sql parser error: Expected an expression:, found: EOF"],
    [
      "nodes before functions",
      "SELECT nope(1) AS a, CASE WHEN 1 THEN 2 END AS b FROM leads",
      "unsupported expression type: CASE WHEN 1 THEN 2 END",
    ],
    [
      "functions before types",
      "SELECT max(blob1) AS a, nope(1) AS b FROM leads",
      "unknown function call: NOPE",
    ],
    [
      "types and columns as they come",
      "SELECT max(blob1) AS a, blob99 AS b FROM leads",
      'cannot use the String type as argument 1 in max("blob1")',
    ],
  ])("%s", async (_, sql, text) => {
    expect((await engine.query(sql)).text).toBe(`Input was invalid: ${text}`);
  });
});

describe("answers", () => {
  test("the report's statement counts what was written, by weight", async () => {
    const { data } = await engine.json(
      `SELECT intDiv(toUnixTimestamp(timestamp) - ${epoch}, 3600) AS cell, blob20 AS event_type, SUM(_sample_interval) AS n ` +
        `FROM leads WHERE index1 IN ('acme','zen') AND timestamp >= toDateTime(${epoch}) AND timestamp < toDateTime(${epoch + 86_400}) ` +
        "GROUP BY cell, event_type ORDER BY n DESC, cell ASC LIMIT 10 FORMAT JSON",
    );
    expect(data).toEqual([
      { cell: "0", event_type: "bot", n: "4" },
      { cell: "0", event_type: "primary", n: "1" },
      { cell: "1", event_type: "primary", n: "1" },
    ]);
  });

  test("conditions, extremes and counts", async () => {
    const { data } = await engine.json(
      "SELECT sumIf(_sample_interval, blob20 = 'bot' AND double1 > 0) AS bots, max(_sample_interval) AS widest, count() AS kept, " +
        "min(timestamp) AS first, sum(if(double4 > 1, double4, 0.0)) AS score FROM leads WHERE position('x' IN lower(blob4)) > 0 OR double1 = 1",
    );
    expect(data).toEqual([{ bots: "4", widest: 4, kept: "3", first: "2026-09-21 14:16:40", score: 45 }]);
  });

  test.each([
    ["length counts code points", "SELECT length(blob1) AS x FROM leads WHERE double4 = 0.25", "10"],
    [
      "substring counts code points",
      "SELECT substring(blob1, 3, 3) AS x FROM leads WHERE double4 = 0.25",
      "ïve",
    ],
    [
      "a DateTime in a zone is local text",
      `SELECT toDateTime(${epoch}, 'Asia/Kolkata') AS x`,
      "2026-09-21 19:43:20",
    ],
    ["a week begins on Sunday", `SELECT toStartOfWeek(toDateTime(${epoch})) AS x`, "2026-09-20"],
    [
      "a month in a zone is a DateTime",
      `SELECT toStartOfInterval(toDateTime(${epoch}), INTERVAL '1' MONTH, 'Asia/Kolkata') AS x`,
      "2026-09-01 00:00:00",
    ],
    ["Monday is 1", `SELECT toDayOfWeek(toDateTime(${epoch})) AS x`, 1],
    ["avgIf of nothing is null", "SELECT avgIf(double4, blob20 = 'none') AS x FROM leads", null],
    ["sumIf of nothing is 0", "SELECT sumIf(_sample_interval, blob20 = 'none') AS x FROM leads", "0"],
    ["unset doubles read as 0", "SELECT max(double20) AS x FROM leads", 0],
    [
      "a quantile is weighted",
      "SELECT quantileExactWeighted(0.5)(double4, _sample_interval) AS x FROM leads",
      5,
    ],
    [
      "its alias means the same",
      "SELECT quantileWeighted(0.5, double4, _sample_interval) AS x FROM leads",
      5,
    ],
    ["the blob at the latest time", "SELECT argMax(blob20, timestamp) AS x FROM leads", "test"],
    ["topK is an array", "SELECT topKWeighted(1)(blob1, _sample_interval) AS x FROM leads", ["google"]],
    ["BETWEEN includes both ends", "SELECT count() AS x FROM leads WHERE double4 BETWEEN 5 AND 40", "2"],
    ["NOT binds before AND", "SELECT count() AS x FROM leads WHERE NOT double1 = 1 AND index1 = 'acme'", "1"],
    [
      "OR binds last",
      "SELECT count() AS x FROM leads WHERE index1 = 'zen' OR index1 = 'acme' AND double1 = 1",
      "3",
    ],
    ["products come before sums", "SELECT 2 + 3 * 4 - 10 / 5 AS x", 12],
    [
      "a large double without a fraction is an integer",
      "SELECT if(true, 99999999999999.0, 1) AS x",
      "99999999999999",
    ],
  ])("%s", async (_, sql, expected) => {
    expect((await engine.json(sql)).data).toEqual([{ x: expected }]);
  });
});
