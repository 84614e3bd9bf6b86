// The forms that have words of their own: calls, CASE, CAST, EXTRACT, POSITION, INTERVAL.
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseList, skipBrackets } from "./expression_parser.ts";
import type { Expr } from "./tree.ts";

const intervalUnits = new Set(["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]);

export function callOrColumn(at: Cursor): Expr {
  const start = at.next();
  if (at.isSymbol(".")) {
    // A qualified name (`t.blob1`): there is one table and it has no alias, so there is nothing to qualify.
    while (at.acceptSymbol(".")) at.next();
    return { node: "unsupported", text: at.textFrom(start) };
  }
  if (!at.isSymbol("(")) return { node: "column", name: start.text };
  const first = parseArguments(at);
  if (at.isSymbol("(")) {
    const second = parseArguments(at);
    return withTail(at, start, {
      node: "call",
      name: start.text,
      params: first.list,
      args: second.list,
      distinct: second.distinct,
    });
  }
  return withTail(at, start, {
    node: "call",
    name: start.text,
    params: null,
    args: first.list,
    distinct: first.distinct,
  });
}

/** OVER and FILTER turn a call into a window or filtered aggregate, which the service has not. */
function withTail(at: Cursor, start: ReturnType<Cursor["peek"]>, call: Expr): Expr {
  if (at.isWord("OVER") || (at.isWord("FILTER") && at.isSymbol("(", 1))) {
    at.next();
    if (at.isSymbol("(")) skipBrackets(at);
    else at.next();
    return { node: "unsupported", text: at.textFrom(start) };
  }
  return call;
}

function parseArguments(at: Cursor): { list: Expr[]; distinct: boolean } {
  at.expectSymbol("(");
  if (at.acceptSymbol(")")) return { list: [], distinct: false };
  const distinct = at.acceptWords("DISTINCT");
  if (at.isSymbol("*") && at.isSymbol(")", 1)) {
    at.next();
    at.next();
    return { list: [{ node: "star" }], distinct };
  }
  const list = parseList(at);
  at.expectSymbol(")");
  return { list, distinct };
}

export function parseCase(at: Cursor): Expr {
  const start = at.next();
  if (!at.isWord("WHEN")) parseExpression(at);
  if (!at.isWord("WHEN")) at.fail("WHEN");
  while (at.acceptWords("WHEN")) {
    parseExpression(at);
    at.expectWord("THEN");
    parseExpression(at);
  }
  if (at.acceptWords("ELSE")) parseExpression(at);
  at.expectWord("END");
  return {
    node: "unsupported",
    text: at.textFrom(start).replace(/\b(case|when|then|else|end)\b/gi, (word) => word.toUpperCase()),
  };
}

export function parseCast(at: Cursor): Expr {
  const start = at.next();
  skipBrackets(at);
  return { node: "unsupported", text: at.textFrom(start) };
}

export function parseExtract(at: Cursor): Expr {
  at.next();
  at.expectSymbol("(");
  const unit = readUnit(at);
  at.expectWord("FROM");
  const of = parseExpression(at);
  at.expectSymbol(")");
  return { node: "extract", unit, of };
}

export function parsePosition(at: Cursor): Expr {
  at.next();
  at.expectSymbol("(");
  // 20 is the rank of IN itself: the needle must stop before it, or `a IN b` would be read as a membership test.
  const needle = parseExpression(at, 20);
  at.expectWord("IN");
  const haystack = parseExpression(at);
  at.expectSymbol(")");
  return { node: "position", needle, haystack };
}

export function parseInterval(at: Cursor): Expr {
  at.next();
  const count = at.peek();
  if (count.kind !== "string") at.fail("literal string");
  at.next();
  return { node: "interval", count: count.text, unit: readUnit(at) };
}

function readUnit(at: Cursor): string {
  const token = at.peek();
  const unit = token.text.toUpperCase();
  if (token.kind !== "word" || token.quoted || !intervalUnits.has(unit)) at.fail("date/time field");
  at.next();
  return unit;
}
