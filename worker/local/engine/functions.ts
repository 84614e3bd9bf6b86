// Every function that exists, as data. A name that is not here is refused.
import type { Type } from "./types.ts";

/** What an argument may be. `literal`, `column`, `zone` and `interval` ask for a form, not only a type. */
export interface Parameter {
  readonly types: readonly Type[];
  readonly form?: "literal" | "column" | "zone" | "interval" | "datetime text";
}

export interface FunctionRule {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many of the parameters must be given; all of them if absent. */
  readonly required?: number;
  /** The last parameter may repeat. */
  readonly variadic?: boolean;
  readonly result: Type | "as 1st";
  readonly aggregate?: boolean;
  /** `f(DISTINCT x)` is known. */
  readonly distinct?: boolean;
  /** The first bracket of `f(q)(x)`: must it, may it be there. Absent: it may not. */
  readonly level?: "required" | "optional" | "first argument";
  /** What ClickHouse calls the same function. */
  readonly clickhouse?: string;
}

const integer: Parameter = { types: ["Integer"] };
const number: Parameter = { types: ["Integer", "Double"] };
const text: Parameter = { types: ["String"] };
const instant: Parameter = { types: ["DateTime"] };
const truth: Parameter = { types: ["Boolean"] };
const ordered: Parameter = { types: ["Integer", "Double", "DateTime"] };
const scalar: Parameter = { types: ["Integer", "Double", "String", "DateTime"] };
const zone: Parameter = { types: ["String"], form: "zone" };
const literalText: Parameter = { types: ["String"], form: "literal" };
const interval: Parameter = { types: ["Interval"], form: "interval" };
const encodable: Parameter = { types: ["Integer", "Double", "String"] };

function define(
  name: string,
  parameters: readonly Parameter[],
  result: FunctionRule["result"],
  more: Partial<FunctionRule> = {},
): FunctionRule {
  return { name, parameters, result, ...more };
}

const aggregates: readonly FunctionRule[] = [
  define("count", [], "Integer", { aggregate: true }),
  define("sum", [number], "as 1st", { aggregate: true, distinct: true }),
  define("avg", [number], "Double", { aggregate: true, distinct: true }),
  define("min", [ordered], "as 1st", { aggregate: true }),
  define("max", [ordered], "as 1st", { aggregate: true }),
  define("quantileExactWeighted", [number, integer], "as 1st", { aggregate: true, level: "required" }),
  // The alias takes its level in a bracket of its own or as first argument; both work in production.
  define("quantileWeighted", [number, integer], "as 1st", {
    aggregate: true,
    level: "first argument",
    clickhouse: "quantileExactWeighted",
  }),
  define("argMin", [scalar, ordered], "as 1st", { aggregate: true }),
  define("argMax", [scalar, ordered], "as 1st", { aggregate: true }),
  define("first_value", [scalar], "as 1st", { aggregate: true }),
  define("last_value", [scalar], "as 1st", { aggregate: true }),
  define("topK", [scalar], "Array", { aggregate: true, level: "optional" }),
  define("topKWeighted", [scalar, integer], "Array", { aggregate: true, level: "optional" }),
  define("countIf", [truth], "Integer", { aggregate: true }),
  define("sumIf", [number, truth], "as 1st", { aggregate: true }),
  define("avgIf", [number, truth], "Double", { aggregate: true }),
];

const starts = [
  "Year",
  "Month",
  "Week",
  "Day",
  "Hour",
  "FifteenMinutes",
  "TenMinutes",
  "FiveMinutes",
  "Minute",
];
const dateParts = [
  "toYear",
  "toMonth",
  "toDayOfMonth",
  "toDayOfWeek",
  "toHour",
  "toMinute",
  "toSecond",
  "toYYYYMM",
];

const dates: readonly FunctionRule[] = [
  define("now", [], "DateTime"),
  define("today", [], "DateTime"),
  define(
    "toDateTime",
    [{ types: ["Integer", "Double", "String", "DateTime"], form: "datetime text" }, zone],
    "DateTime",
    { required: 1 },
  ),
  define("toUnixTimestamp", [instant], "Integer"),
  define("formatDateTime", [instant, literalText, zone], "String", { required: 2 }),
  define("toStartOfInterval", [instant, interval, zone], "DateTime", { required: 2 }),
  ...starts.map((unit) => define(`toStartOf${unit}`, [instant], "DateTime")),
  ...dateParts.map((name) => define(name, [instant], "Integer")),
];

const strings: readonly FunctionRule[] = [
  define("length", [text], "Integer", { clickhouse: "lengthUTF8" }),
  define("empty", [text], "Boolean"),
  define("lower", [text], "String"),
  define("upper", [text], "String"),
  define("lowerUTF8", [text], "String"),
  define("toLower", [text], "String", { clickhouse: "lowerUTF8" }),
  define("upperUTF8", [text], "String"),
  define("toUpper", [text], "String", { clickhouse: "upperUTF8" }),
  define("startsWith", [text, text], "Boolean"),
  define("endsWith", [text, text], "Boolean"),
  define("substring", [text, integer, integer], "String", { required: 2, clickhouse: "substringUTF8" }),
  define("format", [literalText, text], "String", { variadic: true }),
];

const numbers: readonly FunctionRule[] = [
  define("intDiv", [number, number], "Integer"),
  define("log", [number], "Double"),
  define("ln", [number], "Double", { clickhouse: "log" }),
  define("pow", [number, number], "Double"),
  ...["round", "floor", "ceil"].map((name) => define(name, [number, integer], "as 1st", { required: 1 })),
  define("toUInt8", [encodable], "Integer"),
  define("toUInt32", [encodable], "Integer"),
  ...["bitCount", "bitNot"].map((name) => define(name, [integer], "Integer")),
  ...[
    "And",
    "HammingDistance",
    "Or",
    "RotateLeft",
    "RotateRight",
    "ShiftLeft",
    "ShiftRight",
    "Test",
    "Xor",
  ].map((name) => define(`bit${name}`, [integer, integer], "Integer")),
  define("bin", [encodable], "String"),
  define("hex", [encodable], "String"),
];

const byName = new Map(
  [...aggregates, ...dates, ...strings, ...numbers].map((rule) => [rule.name.toUpperCase(), rule]),
);

/** `if` is not in the table: its two branches depend on each other (see check.ts). */
export const conditional = "IF";

export function findFunction(name: string): FunctionRule | undefined {
  return byName.get(name.toUpperCase());
}

export function allFunctionNames(): string[] {
  return [...byName.values()].map((rule) => rule.name);
}
