// The gate and ClickHouse must agree: a statement that the gate lets through runs, whatever it is made of.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allFunctionNames } from "../../worker/local/engine/functions.ts";
import { Engine, leadPoints, temporaryDirectory } from "./engine.ts";

const directory = temporaryDirectory();
let engine: Engine;

beforeAll(async () => {
  engine = await Engine.start(directory.path);
  await engine.write(leadPoints);
});

afterAll(async () => {
  await engine.stop();
  directory.remove();
});

const atom = fc.constantFrom(
  ...[
    "blob1",
    "double1",
    "double4",
    "timestamp",
    "_sample_interval",
    "index1",
    "nothing",
    "*",
    "NULL",
    "now()",
  ],
  ...[
    "0",
    "1",
    "-3",
    "2.5",
    "10000000000",
    "99999999999999.0",
    "true",
    "''",
    "'a'",
    "'{}'",
    "'%Y'",
    "'Asia/Kolkata'",
  ],
  ...["INTERVAL '1' DAY", "toDateTime(1790000000)", "blob1 = 'bing'"],
);
const operator = fc.constantFrom("+", "-", "*", "/", "%", "=", "!=", "<", ">=", "AND", "OR", "LIKE");

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atom,
    fc
      .tuple(fc.constantFrom(...allFunctionNames(), "if"), fc.array(tie("expression"), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(", ")})`),
    fc.tuple(tie("expression"), operator, tie("expression")).map((parts) => `(${parts.join(" ")})`),
    fc.tuple(tie("expression"), atom, atom).map(([of, low, high]) => `(${of} BETWEEN ${low} AND ${high})`),
    fc.tuple(tie("expression"), atom).map(([of, item]) => `${of} IN (${item})`),
  ),
}));

// Found only by looking at the values: text in a column that is no number or time.
const onlyInTheData = /^Input was invalid: Cannot parse/;
const fromTheGate =
  /^Input was invalid: (sql parser error: |unknown function call: |unsupported |cannot (use|combine) the |[A-Z0-9_]+\(\) function |COUNT\(DISTINCT\) function |the |unable to |invalid |aggregate function |argument |unknown timezone: )/;

test("what the gate accepts, ClickHouse runs", async () => {
  let accepted = 0;
  const check = async (expr: string): Promise<void> => {
    const { status, text } = await engine.query(`SELECT ${expr} AS x FROM leads`);
    if (status === 200) {
      accepted++;
      JSON.parse(text);
      return;
    }
    expect(status, text).toBe(422);
    expect(fromTheGate.test(text) || onlyInTheData.test(text), text).toBe(true);
  };
  await fc.assert(fc.asyncProperty(expression, check), { seed: 7, numRuns: 1500 });
  // Most random statements are nonsense; enough must not be.
  expect(accepted).toBeGreaterThan(150);
});
