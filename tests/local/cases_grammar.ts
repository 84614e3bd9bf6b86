// The dialect's grammar: for every rule one statement that production accepts and one that it refuses, with
// the text. `known` says that the text is the service's own; the others are this project's wording.
export interface Case {
  readonly rule: string;
  readonly accepted: string;
  readonly refused: string;
  /** What follows `Input was invalid: `. */
  readonly text: string;
}

const from = "FROM leads";
const none = (column: string): string => `unable to find type of column: "${column}"`;
const syntax = (expected: string, found: string): string =>
  `sql parser error: Expected ${expected}, found: ${found}`;

export const statementCases: readonly Case[] = [
  {
    rule: "only SELECT and SHOW",
    accepted: "SELECT 1 AS x",
    refused: "DROP TABLE leads",
    text: "unsupported statement type: DROP",
  },
  {
    rule: "an SQL text, not JSON",
    accepted: "SELECT 'x' AS m",
    refused: '{"query":"SELECT 1"}',
    text: syntax("an SQL statement", "{"),
  },
  { rule: "not empty", accepted: "SHOW TABLES", refused: " ", text: syntax("an SQL statement", "EOF") },
  {
    rule: "one statement, one semicolon",
    accepted: "SELECT 1 AS x;",
    refused: "SELECT 1; SELECT 2",
    text: "only a single SQL statement is supported",
  },
  {
    rule: "nothing behind the end",
    accepted: "SELECT 1 AS x FORMAT JSON",
    refused: "SELECT 1 AS x FORMAT JSON x",
    text: syntax("end of statement", "x"),
  },
  {
    rule: "10,000 characters",
    accepted: `SELECT 1 AS x -- ${"é".repeat(9983)}`,
    refused: `SELECT 1 AS x -- ${"é".repeat(9984)}`,
    text: "SQL was excessively long, exceeded maximum length: 10000",
  },
  {
    rule: "the three SHOWs",
    accepted: "SHOW TIMEZONE",
    refused: "SHOW COLUMNS",
    text: syntax("TABLES, TIMEZONES or TIMEZONE", "COLUMNS"),
  },
  {
    rule: "the three formats",
    accepted: "SHOW TIMEZONES FORMAT JSONEachRow",
    refused: "SELECT 1 AS x FORMAT CSV",
    text: syntax("JSON, JSONEachRow, TabSeparated", "CSV"),
  },
  {
    rule: "comments",
    accepted: `SELECT /* one */ 1 AS x -- two`,
    refused: "SELECT 1 /* open",
    text: "sql parser error: Unexpected EOF while in a multi-line comment",
  },
  {
    rule: "no WITH",
    accepted: `SELECT count() AS n ${from}`,
    refused: "WITH a AS (SELECT 1) SELECT * FROM a",
    text: "unsupported query type: WITH",
  },
];

export const clauseCases: readonly Case[] = [
  {
    rule: "SELECT *",
    accepted: `SELECT * ${from}`,
    refused: "SELECT FROM leads",
    text: syntax("an expression:", "FROM"),
  },
  {
    rule: "no SELECT DISTINCT",
    accepted: `SELECT blob1 AS a ${from} GROUP BY a`,
    refused: `SELECT DISTINCT blob1 ${from}`,
    text: "unsupported clause: SELECT DISTINCT",
  },
  {
    rule: "aliases need AS",
    accepted: `SELECT blob1 AS source ${from}`,
    refused: `SELECT blob1 source ${from}`,
    text: syntax("end of statement", "source"),
  },
  {
    rule: "an alias may be used in later items",
    accepted: `SELECT sum(_sample_interval) AS n, n / 2 AS half ${from}`,
    refused: `SELECT n / 2 AS half ${from}`,
    text: none("n"),
  },
  {
    rule: "an alias may be used in WHERE",
    accepted: `SELECT blob1 AS source ${from} WHERE source = 'bing'`,
    refused: `SELECT blob1 AS source ${from} WHERE origin = 'bing'`,
    text: none("origin"),
  },
  {
    rule: "a renamed column may be used in WHERE",
    accepted: `SELECT blob1 AS source ${from} WHERE blob1 = 'bing' AND double1 >= 0`,
    refused: `SELECT blob1 AS source ${from} WHERE blob21 = 'bing'`,
    text: none("blob21"),
  },
  {
    rule: "table names are names",
    accepted: 'SELECT blob1 AS a FROM "leads"',
    refused: "SELECT blob1 AS a FROM `leads`",
    text: syntax("identifier", "`"),
  },
  {
    rule: "no table alias",
    accepted: `SELECT index1 AS a ${from}`,
    refused: `SELECT index1 AS a ${from} AS l`,
    text: "unsupported clause: table aliases",
  },
  {
    rule: "no qualified column",
    accepted: `SELECT "index1" AS a ${from}`,
    refused: `SELECT leads.index1 AS a ${from}`,
    text: "unsupported expression type: leads.index1",
  },
  {
    rule: "no second table",
    accepted: `SELECT blob2 AS a ${from}`,
    refused: "SELECT blob2 AS a FROM leads, leads",
    text: "unsupported clause: multiple tables",
  },
  {
    rule: "no JOIN",
    accepted: `SELECT blob3 AS a ${from}`,
    refused: `SELECT blob3 AS a ${from} LEFT JOIN leads ON index1 = index1`,
    text: "unsupported clause: JOIN",
  },
  {
    rule: "no UNION",
    accepted: `SELECT blob4 AS a ${from}`,
    refused: `SELECT blob4 AS a ${from} UNION ALL SELECT blob4 AS a ${from}`,
    text: "unsupported clause: UNION",
  },
  {
    rule: "one subquery in FROM",
    accepted: `SELECT source AS s, sum(n) AS total FROM (SELECT blob1 AS source, sum(_sample_interval) AS n ${from} GROUP BY source) GROUP BY s`,
    refused: `SELECT a AS b FROM (SELECT a FROM (SELECT blob1 AS a ${from}))`,
    text: "cannot nest subqueries inside subqueries",
  },
  {
    rule: "a subquery's own columns only",
    accepted: `SELECT * FROM (SELECT blob1 AS source ${from})`,
    refused: `SELECT blob1 AS a FROM (SELECT blob1 AS source ${from})`,
    text: none("blob1"),
  },
  {
    rule: "no subquery in WHERE",
    accepted: `SELECT index1 AS a ${from} WHERE index1 IN ('acme')`,
    refused: `SELECT index1 AS a ${from} WHERE index1 IN (SELECT index1 ${from})`,
    text: "unsupported expression type: index1 IN (SELECT index1 FROM leads)",
  },
  {
    rule: "no subquery as a value",
    accepted: `SELECT (1 + 2) AS a ${from}`,
    refused: "SELECT (SELECT 1) AS a",
    text: "unsupported expression type: (SELECT 1)",
  },
  {
    rule: "WHERE is a condition",
    accepted: `SELECT index1 AS a ${from} WHERE (double1 = 1) AND NOT blob20 = 'bot'`,
    refused: `SELECT index1 AS a ${from} WHERE double1`,
    text: 'the WHERE clause must be a Boolean but instead was Double: "double1"',
  },
  {
    rule: "no aggregate in WHERE",
    accepted: `SELECT count() AS n ${from} WHERE double4 > 1`,
    refused: `SELECT count() AS n ${from} WHERE sum(double4) > 1`,
    text: 'aggregate function SUM() is not allowed here: sum("double4")',
  },
  {
    rule: "GROUP BY an alias",
    accepted: `SELECT lower(blob4) AS cta, count() AS n ${from} GROUP BY cta`,
    refused: `SELECT lower(blob4) AS cta, count() AS n ${from} GROUP BY lower(blob4)`,
    text: 'in the GROUP BY clause you may only provide column names: lower("blob4")',
  },
  {
    rule: "GROUP BY a column that has an alias",
    accepted: `SELECT blob1 AS source, count() AS n ${from} GROUP BY blob1`,
    refused: `SELECT blob1 AS source, count() AS n ${from} GROUP BY 1`,
    text: "in the GROUP BY clause you may only provide column names: 1",
  },
  {
    rule: "GROUP BY a name that exists",
    accepted: `SELECT count() AS n ${from} GROUP BY index1`,
    refused: `SELECT count() AS n ${from} GROUP BY project`,
    text: none("project"),
  },
  {
    rule: "HAVING an alias or an aggregate",
    accepted: `SELECT index1 AS p, count() AS n ${from} GROUP BY p HAVING n > 0 AND sum(_sample_interval) > 1`,
    refused: `SELECT index1 AS p, count() AS n ${from} GROUP BY p HAVING m > 0`,
    text: none("m"),
  },
  {
    rule: "ORDER BY an output name",
    accepted: `SELECT blob1 AS s, sum(_sample_interval) AS n ${from} GROUP BY s ORDER BY n DESC, s ASC`,
    refused: `SELECT blob1 AS s, sum(_sample_interval) AS n ${from} GROUP BY s ORDER BY sum(_sample_interval)`,
    text: none('sum("_sample_interval")'),
  },
  {
    rule: "ORDER BY no column that has an alias",
    accepted: `SELECT blob1 ${from} ORDER BY blob1`,
    refused: `SELECT blob1 AS s ${from} ORDER BY blob1`,
    text: none("blob1"),
  },
  {
    rule: "ORDER BY no column that is not selected",
    accepted: `SELECT * ${from} ORDER BY double1`,
    refused: `SELECT blob1 ${from} ORDER BY double1`,
    text: none("double1"),
  },
  {
    rule: "no NULLS FIRST",
    accepted: `SELECT double4 AS d ${from} ORDER BY d DESC`,
    refused: `SELECT double4 AS d ${from} ORDER BY d NULLS FIRST`,
    text: "unsupported clause: NULLS FIRST/LAST",
  },
  {
    rule: "LIMIT and OFFSET",
    accepted: `SELECT double4 AS d ${from} ORDER BY d LIMIT 2 OFFSET 1`,
    refused: `SELECT double4 AS d ${from} LIMIT -1`,
    text: syntax("literal int", "-"),
  },
  {
    rule: "LIMIT ALL",
    accepted: `SELECT double4 AS d ${from} LIMIT ALL`,
    refused: `SELECT double4 AS d ${from} LIMIT 1 BY d`,
    text: syntax("end of statement", "BY"),
  },
];

export const expressionCases: readonly Case[] = [
  {
    rule: "arithmetic",
    accepted: `SELECT -double4 + 1 - 2 * 3 / 4 % 5 AS x ${from}`,
    refused: `SELECT double4 ^ 2 AS x ${from}`,
    text: syntax("end of statement", "^"),
  },
  {
    rule: "comparison",
    accepted: `SELECT index1 ${from} WHERE double1 = 0 AND double1 != 1 AND double1 <> 2 AND double4 < 99 AND double4 > 0 AND double4 <= 99 AND double4 >= 0`,
    refused: `SELECT index1 ${from} WHERE double1 == 0`,
    text: syntax("end of statement", "=="),
  },
  {
    rule: "BETWEEN",
    accepted: `SELECT index1 ${from} WHERE double4 BETWEEN 1 AND 50 OR double4 NOT BETWEEN 0 AND 90`,
    refused: `SELECT index1 ${from} WHERE double4 BETWEEN 1`,
    text: syntax("AND", "EOF"),
  },
  {
    rule: "IN a list",
    accepted: `SELECT index1 ${from} WHERE index1 IN ('acme', 'zen') AND double1 NOT IN (7, -8.5)`,
    refused: `SELECT index1 ${from} WHERE index1 IN ()`,
    text: syntax("an expression:", ")"),
  },
  {
    rule: "IN literals only",
    accepted: `SELECT index1 ${from} WHERE _sample_interval IN (1, 2)`,
    refused: `SELECT index1 ${from} WHERE blob1 IN (blob2, 'x')`,
    text: `unsupported expression type: "blob1" IN ("blob2", 'x')`,
  },
  {
    rule: "LIKE and ILIKE",
    accepted: `SELECT blob1 AS a ${from} WHERE blob1 LIKE 'goo%' OR blob1 ILIKE 'B_NG' OR blob1 NOT LIKE 'x%' OR blob1 NOT ILIKE 'y%'`,
    refused: `SELECT blob1 AS a ${from} WHERE blob1 LIKE 'a!_%' ESCAPE '!'`,
    text: "unsupported expression type: blob1 LIKE 'a!_%' ESCAPE '!'",
  },
  {
    rule: "no IS NULL",
    accepted: `SELECT blob1 AS a ${from} WHERE blob1 != ''`,
    refused: `SELECT blob1 AS a ${from} WHERE blob1 IS NOT NULL`,
    text: "unsupported expression type: blob1 IS NOT NULL",
  },
  {
    rule: "no NULL",
    accepted: `SELECT '' AS a ${from}`,
    refused: `SELECT NULL AS a ${from}`,
    text: "unsupported expression type: NULL",
  },
  {
    rule: "no CASE",
    accepted: `SELECT if(blob20 = 'bot', 1, 0) AS a ${from}`,
    refused: `SELECT case when blob20 = 'bot' then 1 else 0 end AS a ${from}`,
    text: "unsupported expression type: CASE WHEN blob20 = 'bot' THEN 1 ELSE 0 END",
  },
  {
    rule: "no CAST",
    accepted: `SELECT toUInt32(double4) AS a ${from}`,
    refused: `SELECT CAST(double4 AS Int64) AS a ${from}`,
    text: "unsupported expression type: CAST(double4 AS Int64)",
  },
  {
    rule: "no ::",
    accepted: `SELECT toUInt8(double1) AS a ${from}`,
    refused: `SELECT double4::Int64 AS a ${from}`,
    text: "unsupported expression type: double4::Int64",
  },
  {
    rule: "no ||",
    accepted: `SELECT format('{}{}', blob1, blob2) AS a ${from}`,
    refused: `SELECT blob1 || blob2 AS a ${from}`,
    text: "unsupported expression type: blob1 || blob2",
  },
  {
    rule: "no array index",
    accepted: `SELECT topK(1)(blob1) AS a ${from}`,
    refused: `SELECT topK(1)(blob1)[1] AS a ${from}`,
    text: "unsupported expression type: topK(1)(blob1)[1]",
  },
  {
    rule: "no window",
    accepted: `SELECT sum(double1) AS a ${from}`,
    refused: `SELECT sum(double1) OVER (PARTITION BY index1) AS a ${from}`,
    text: "unsupported expression type: sum(double1) OVER (PARTITION BY index1)",
  },
  {
    rule: "names in backticks",
    accepted: `SELECT "blob1" ${from}`,
    refused: `SELECT \`blob1\` ${from}`,
    text: syntax("an expression:", "`"),
  },
  {
    rule: "no parameters",
    accepted: `SELECT index1 ${from} WHERE index1 = 'acme'`,
    refused: `SELECT index1 ${from} WHERE index1 = ?`,
    text: syntax("an expression:", "?"),
  },
  {
    rule: "no quote in a literal",
    accepted: `SELECT blob1 AS a ${from} WHERE blob1 = 'O’Brien "x"'`,
    refused: `SELECT blob1 AS a ${from} WHERE blob1 = 'O''Brien'`,
    text: "backslash and single-quote characters in strings are unsupported",
  },
  {
    rule: "no escaped quote in a literal",
    accepted: `SELECT blob1 AS a ${from} WHERE blob1 = '%;--/*'`,
    refused: `SELECT blob1 AS a ${from} WHERE blob1 = 'O\\'Brien'`,
    text: "backslash and single-quote characters in strings are unsupported",
  },
  {
    rule: "no backslash in a literal",
    accepted: `SELECT blob1 AS a ${from} WHERE blob1 = 'a/b'`,
    refused: `SELECT blob1 AS a ${from} WHERE blob1 = 'a\\b'`,
    text: "backslash and single-quote characters in strings are unsupported",
  },
  {
    rule: "strings end",
    accepted: "SELECT '' AS a",
    refused: "SELECT 'open",
    text: "sql parser error: Unterminated string literal",
  },
  {
    rule: "booleans",
    accepted: `SELECT true AS a, false AS b ${from} WHERE true`,
    refused: `SELECT index1 ${from} WHERE 1`,
    text: "the WHERE clause must be a Boolean but instead was Integer: 1",
  },
  {
    rule: "doubles",
    accepted: "SELECT 4.2 AS a, -4.2 AS b, 1e3 AS c, .5 AS d",
    refused: "SELECT 1e999 AS a",
    text: "unable to parse number: 1e999",
  },
  {
    rule: "integers of 64 bits",
    accepted: "SELECT 18446744073709551615 AS a",
    refused: "SELECT 18446744073709551616 AS a",
    text: "unable to parse number: 18446744073709551616",
  },
  {
    rule: "an interval's number is quoted",
    accepted: `SELECT index1 ${from} WHERE timestamp > now() - INTERVAL '90' DAY`,
    refused: `SELECT index1 ${from} WHERE timestamp > now() - INTERVAL 90 DAY`,
    text: syntax("literal string", "90"),
  },
  {
    rule: "no WEEK",
    accepted: `SELECT toStartOfInterval(timestamp, INTERVAL '7' DAY) AS a ${from}`,
    refused: `SELECT toStartOfInterval(timestamp, INTERVAL '1' WEEK) AS a ${from}`,
    text: syntax("date/time field", "WEEK"),
  },
  {
    rule: "no QUARTER",
    accepted: `SELECT toStartOfInterval(timestamp, INTERVAL '3' MONTH) AS a ${from}`,
    refused: `SELECT toStartOfInterval(timestamp, INTERVAL '1' QUARTER) AS a ${from}`,
    text: syntax("date/time field", "QUARTER"),
  },
  {
    rule: "an interval is a number",
    accepted: `SELECT now() + INTERVAL '1' SECOND AS a`,
    refused: "SELECT now() + INTERVAL 'one' SECOND AS a",
    text: "invalid interval: INTERVAL 'one' SECOND",
  },
  {
    rule: "depth has an end",
    accepted: `SELECT ${"(".repeat(90)}1${")".repeat(90)} AS a`,
    refused: `SELECT ${"(".repeat(4000)}1${")".repeat(4000)} AS a`,
    text: syntax("a shallower expression", "("),
  },
];
