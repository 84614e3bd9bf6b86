// Functions: for every one a call that production accepts and one that it refuses.
import { type Case, from } from "./cases.ts";

const quoteArguments = (list: string): string =>
  list.replace(/\b(blob|double|index)\d+\b|\btimestamp\b|\b_sample_interval\b/g, '"$&"');

const arity = (name: string, wanted: string, got: number): string =>
  `${name}() function must have ${wanted} arguments: ${got}`;

/** A call over the dataset, and one that is refused. */
function row(accepted: string, refused: string, text: string): Case {
  return {
    rule: accepted,
    accepted: `SELECT ${accepted} AS x ${from}`,
    refused: `SELECT ${refused} AS x ${from}`,
    text,
  };
}

/** A call that is refused for the type of one argument. */
function wrongType(accepted: string, refused: string, type: string, position: number): Case {
  return row(
    accepted,
    refused,
    `cannot use the ${type} type as argument ${position} in ${quoteArguments(refused)}`,
  );
}

const bitPairs = [
  "bitAnd",
  "bitHammingDistance",
  "bitOr",
  "bitRotateLeft",
  "bitRotateRight",
  "bitShiftLeft",
  "bitShiftRight",
  "bitTest",
  "bitXor",
];
const ofInstant = [
  "toYear",
  "toMonth",
  "toDayOfMonth",
  "toDayOfWeek",
  "toHour",
  "toMinute",
  "toSecond",
  "toYYYYMM",
  "toStartOfYear",
  "toStartOfMonth",
  "toStartOfWeek",
  "toStartOfDay",
  "toStartOfHour",
  "toStartOfFifteenMinutes",
  "toStartOfTenMinutes",
  "toStartOfFiveMinutes",
  "toStartOfMinute",
];

export const functionCases: readonly Case[] = [
  row("count()", "count(*)", arity("COUNT", "0", 1)),
  row("COUNT()", "count(index1)", arity("COUNT", "0", 1)),
  row(
    "count(DISTINCT index1)",
    "count(DISTINCT lower(index1))",
    'COUNT(DISTINCT) function may only be given a column name: lower("index1")',
  ),
  wrongType("sum(double1)", "sum(blob1)", "String", 1),
  row("sum(DISTINCT double1)", "max(DISTINCT double1)", "MAX() function does not support DISTINCT"),
  wrongType("avg(double4)", "avg(timestamp)", "DateTime", 1),
  wrongType("min(timestamp)", "min(blob5)", "String", 1),
  wrongType("max(_sample_interval)", "max(blob5)", "String", 1),
  wrongType(
    "quantileExactWeighted(0.5)(double4, _sample_interval)",
    "quantileExactWeighted(0.5)(double4, double1)",
    "Double",
    2,
  ),
  row(
    "quantileExactWeighted(1)(double4, _sample_interval)",
    "quantileExactWeighted(double4, _sample_interval)",
    "QUANTILEEXACTWEIGHTED() function must have 1 parameters: 0",
  ),
  row(
    "quantileWeighted(0.9)(double4, _sample_interval)",
    "quantileWeighted(1.5)(double4, _sample_interval)",
    "invalid parameter for QUANTILEWEIGHTED() function: 1.5",
  ),
  row(
    "quantileWeighted(0.9, double4, _sample_interval)",
    "quantileWeighted(0.9, double4)",
    arity("QUANTILEWEIGHTED", "3", 2),
  ),
  row("argMin(blob1, double4)", "argMin(blob1)", arity("ARGMIN", "2", 1)),
  wrongType("argMax(blob1, timestamp)", "argMax(blob1, blob2)", "String", 2),
  row("first_value(blob1)", "first_value()", arity("FIRST_VALUE", "1", 0)),
  wrongType("last_value(double1)", "last_value(true)", "Boolean", 1),
  row("topK(blob1)", "topK(0)(blob1)", "invalid parameter for TOPK() function: 0"),
  row("topKWeighted(3)(blob1, _sample_interval)", "topKWeighted(3)(blob1)", arity("TOPKWEIGHTED", "2", 1)),
  wrongType("countIf(double1 = 1)", "countIf(double1)", "Double", 1),
  wrongType("sumIf(_sample_interval, blob1 = 'bing')", "sumIf(blob1, blob1 = 'bing')", "String", 1),
  row("sumIf(double1 * _sample_interval, true)", "sumIf(double1)", arity("SUMIF", "2", 1)),
  wrongType("avgIf(double4, true)", "avgIf(double4, 1)", "Integer", 2),

  row("NOW()", "now(1)", arity("NOW", "0", 1)),
  row("today()", "today(1)", arity("TODAY", "0", 1)),
  row(
    "toDateTime('2026-09-21 14:13:20')",
    "toDateTime('2026-09-21T14:13:20Z')",
    "unable to parse DateTime: '2026-09-21T14:13:20Z'",
  ),
  row(
    "toDateTime('1790000000')",
    "toDateTime('2026-09-21 14:13:20.5')",
    "unable to parse DateTime: '2026-09-21 14:13:20.5'",
  ),
  row(
    "toDateTime('2028-02-29 00:00:00')",
    "toDateTime('2026-02-29 00:00:00')",
    "unable to parse DateTime: '2026-02-29 00:00:00'",
  ),
  row(
    "toDateTime(1790000000, 'Australia/Lord_Howe')",
    "toDateTime(1790000000, 'Mars/Olympus')",
    "unknown timezone: Mars/Olympus",
  ),
  wrongType("toDateTime(timestamp, 'Etc/UTC')", "toDateTime(true)", "Boolean", 1),
  wrongType("toUnixTimestamp(timestamp)", "toUnixTimestamp(double4)", "Double", 1),
  row(
    "formatDateTime(timestamp, '%Y-%m-%d', 'Australia/Sydney')",
    "formatDateTime(timestamp)",
    arity("FORMATDATETIME", "2 to 3", 1),
  ),
  row(
    "formatDateTime(timestamp, '%H')",
    "formatDateTime(timestamp, blob1)",
    `argument 2 must be a literal in formatDateTime("timestamp", "blob1")`,
  ),
  row(
    "toStartOfInterval(timestamp, INTERVAL '15' MINUTE, 'Asia/Kolkata')",
    "toStartOfInterval(timestamp, 15)",
    `cannot use the Integer type as argument 2 in toStartOfInterval("timestamp", 15)`,
  ),
  ...ofInstant.map((name) =>
    row(`${name}(timestamp)`, `${name}(timestamp, 'Asia/Kolkata')`, arity(name.toUpperCase(), "1", 2)),
  ),
  ...["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"].map((unit) =>
    wrongType(`extract(${unit} FROM timestamp)`, `extract(${unit} FROM double4)`, "Double", 1),
  ),

  wrongType("length(blob1)", "length(double1)", "Double", 1),
  wrongType("empty(blob1)", "empty(double1)", "Double", 1),
  wrongType("lower(blob1)", "lower(timestamp)", "DateTime", 1),
  row("upper(blob1)", "upper(blob1, blob2)", arity("UPPER", "1", 2)),
  row("lowerUTF8(blob1)", "lowerUTF8()", arity("LOWERUTF8", "1", 0)),
  wrongType("toLower(blob1)", "toLower(1)", "Integer", 1),
  wrongType("upperUTF8(blob1)", "upperUTF8(1)", "Integer", 1),
  wrongType("toUpper(blob1)", "toUpper(1)", "Integer", 1),
  wrongType("if(startsWith(blob1, 'g'), 1, 0)", "startsWith(blob1, 1)", "Integer", 2),
  row("if(endsWith(blob1, 'g'), 1, 0)", "endsWith(blob1)", arity("ENDSWITH", "2", 1)),
  row("position('o' IN blob1)", "position(blob1, 'o')", "sql parser error: Expected IN, found: ,"),
  wrongType("position(lower('O') IN lower(blob1))", "position(1 IN blob1)", "Integer", 1),
  row("substring(blob1, 2)", "substring(blob1)", arity("SUBSTRING", "2 to 3", 1)),
  wrongType("substring(blob1, 2, 3)", "substring(blob1, 'a')", "String", 2),
  row(
    "format('{}-{}', blob1, blob2)",
    "format('{0}-{}', blob1, blob2)",
    `invalid template in format('{0}-{}', "blob1", "blob2")`,
  ),
  wrongType("format('{}', blob1)", "format('{}', double1)", "Double", 2),

  wrongType("intDiv(_sample_interval, 2)", "intDiv(blob1, 2)", "String", 1),
  wrongType("log(double4)", "log(blob1)", "String", 1),
  row("ln(double4)", "ln(double4, 2)", arity("LN", "1", 2)),
  row("pow(double4, 2)", "pow(double4)", arity("POW", "2", 1)),
  row("round(double4, 1)", "round()", arity("ROUND", "1 to 2", 0)),
  wrongType("floor(double4)", "floor(blob1)", "String", 1),
  wrongType("ceil(double4)", "ceil(double4, 'a')", "String", 2),
  wrongType("toUInt8(double1)", "toUInt8(timestamp)", "DateTime", 1),
  wrongType("toUInt32(double4)", "toUInt32(true)", "Boolean", 1),
  wrongType("bitCount(_sample_interval)", "bitCount(double1)", "Double", 1),
  row("bitNot(_sample_interval)", "bitNot(1, 2)", arity("BITNOT", "1", 2)),
  ...bitPairs.map((name) => wrongType(`${name}(_sample_interval, 1)`, `${name}(double1, 1)`, "Double", 1)),
  wrongType("bin(_sample_interval)", "bin(true)", "Boolean", 1),
  wrongType("hex(blob1)", "hex(timestamp)", "DateTime", 1),
];

export const absentFunctions: readonly string[] = [
  "uniq",
  "uniqExact",
  "quantile",
  "quantiles",
  "median",
  "groupArray",
  "groupUniqArray",
  "any",
  "minIf",
  "maxIf",
  "argMinIf",
  "stddevPop",
  "varPop",
  "corr",
  "toDate",
  "concat",
  "replace",
  "replaceAll",
  "trim",
  "splitByChar",
  "match",
  "extractAll",
  "domain",
  "JSONExtractString",
  "toString",
  "toUInt64",
  "toInt32",
  "toInt64",
  "toFloat64",
  "toUInt32OrZero",
  "multiIf",
  "coalesce",
  "ifNull",
  "nullIf",
  "greatest",
  "least",
  "abs",
  "max2",
  "toTimeZone",
  "dateDiff",
  "sleep",
  "file",
  "url",
];
