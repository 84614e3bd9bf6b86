// Expressions, by precedence climbing. Forms outside the dialect become `unsupported` nodes as long as
// SQL itself would parse them; what SQL would not parse fails at once.
import type { Cursor } from "./cursor.ts";
import {
  callOrColumn,
  parseCase,
  parseCast,
  parseExtract,
  parseInterval,
  parsePosition,
} from "./primary_parser.ts";
import type { BinaryOp, Expr } from "./tree.ts";

const comparisons = new Map<string, BinaryOp>([
  ["=", "="],
  ["!=", "!="],
  ["<>", "!="],
  ["<", "<"],
  [">", ">"],
  ["<=", "<="],
  [">=", ">="],
]);
const precedence = {
  or: 5,
  and: 10,
  not: 15,
  is: 17,
  compare: 20,
  add: 30,
  multiply: 40,
  unary: 45,
  postfix: 50,
};

// Words that end an expression: they open the next clause and can be no column name unquoted.
const reserved = new Set([
  "SELECT",
  "FROM",
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "LIMIT",
  "OFFSET",
  "FORMAT",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "JOIN",
  "ON",
  "AS",
  "AND",
  "OR",
  "IN",
  "BETWEEN",
  "LIKE",
  "ILIKE",
  "IS",
  "THEN",
  "ELSE",
  "END",
  "WHEN",
  "BY",
  "WITH",
  "USING",
  "SHOW",
]);

export function isReserved(word: string): boolean {
  return reserved.has(word.toUpperCase());
}

export function parseExpression(at: Cursor, above = 0): Expr {
  return at.nested(() => {
    const start = at.peek();
    let left = parsePrefix(at);
    for (;;) {
      const next = parseInfix(at, left, above, start);
      if (next === null) return left;
      left = next;
    }
  });
}

export function parseList(at: Cursor): Expr[] {
  const list = [parseExpression(at)];
  while (at.acceptSymbol(",")) list.push(parseExpression(at));
  return list;
}

function parsePrefix(at: Cursor): Expr {
  const token = at.peek();
  if (token.kind === "number") {
    at.next();
    const kind = /[.eE]/.test(token.text) ? "double" : "integer";
    return { node: "literal", kind, text: token.text };
  }
  if (token.kind === "string") {
    at.next();
    return { node: "literal", kind: "string", text: token.text };
  }
  if (token.kind === "symbol") return parsePrefixSymbol(at);
  if (token.kind !== "word") at.fail("an expression:");
  if (token.quoted) return callOrColumn(at);
  switch (token.text.toUpperCase()) {
    case "TRUE":
    case "FALSE":
      at.next();
      return { node: "literal", kind: "boolean", text: token.text.toLowerCase() };
    case "NULL":
      at.next();
      return { node: "literal", kind: "null", text: "NULL" };
    case "NOT":
      at.next();
      return { node: "unary", op: "NOT", of: parseExpression(at, precedence.not) };
    case "CASE":
      return parseCase(at);
    case "INTERVAL":
      return parseInterval(at);
    case "CAST":
    case "TRY_CAST":
      if (at.isSymbol("(", 1)) return parseCast(at);
      break;
    case "EXTRACT":
      if (at.isSymbol("(", 1)) return parseExtract(at);
      break;
    case "POSITION":
      if (at.isSymbol("(", 1)) return parsePosition(at);
      break;
    case "EXISTS":
      if (at.isSymbol("(", 1)) {
        at.next();
        skipBrackets(at);
        return { node: "unsupported", text: at.textFrom(token) };
      }
      break;
  }
  // FORMAT is a clause and a function; the bracket tells which.
  const isFormatCall = at.isWord("FORMAT") && at.isSymbol("(", 1);
  if (isReserved(token.text) && !isFormatCall) at.fail("an expression:");
  return callOrColumn(at);
}

function parsePrefixSymbol(at: Cursor): Expr {
  const token = at.peek();
  if (token.text === "-" || token.text === "+") {
    at.next();
    return { node: "unary", op: token.text, of: parseExpression(at, precedence.unary) };
  }
  if (token.text === "(") {
    if (at.isWord("SELECT", 1) || at.isWord("WITH", 1)) {
      skipBrackets(at);
      return { node: "unsupported", text: at.textFrom(token) };
    }
    at.next();
    const inner = parseExpression(at);
    if (at.isSymbol(",")) {
      while (at.acceptSymbol(",")) parseExpression(at);
      at.expectSymbol(")");
      return { node: "unsupported", text: at.textFrom(token) };
    }
    at.expectSymbol(")");
    return { node: "paren", of: inner };
  }
  return at.fail("an expression:");
}

function parseInfix(at: Cursor, left: Expr, above: number, start: ReturnType<Cursor["peek"]>): Expr | null {
  const token = at.peek();
  if (token.kind === "symbol") return parseInfixSymbol(at, left, above, start);
  if (token.kind !== "word" || token.quoted) return null;
  if (at.isWord("AND") && precedence.and > above) return binary(at, "AND", left, precedence.and);
  if (at.isWord("OR") && precedence.or > above) return binary(at, "OR", left, precedence.or);
  if (at.isWord("IS") && precedence.is > above) {
    at.next();
    at.acceptWords("NOT");
    if (!at.acceptWords("NULL") && !at.acceptWords("TRUE") && !at.acceptWords("FALSE"))
      at.fail("[NOT] NULL or TRUE|FALSE after IS");
    return { node: "unsupported", text: at.textFrom(start) };
  }
  if (precedence.compare <= above) return null;
  const not = at.isWord("NOT");
  const word = at.peek(not ? 1 : 0);
  if (word.kind !== "word" || word.quoted) return null;
  const operator = word.text.toUpperCase();
  if (!["BETWEEN", "IN", "LIKE", "ILIKE"].includes(operator)) return null;
  if (not) at.next();
  at.next();
  if (operator === "BETWEEN") {
    const low = parseExpression(at, precedence.compare);
    at.expectWord("AND");
    return { node: "between", not, of: left, low, high: parseExpression(at, precedence.compare) };
  }
  if (operator === "IN") return parseIn(at, left, not, start);
  const pattern = parseExpression(at, precedence.compare);
  if (at.acceptWords("ESCAPE")) {
    at.next();
    return { node: "unsupported", text: at.textFrom(start) };
  }
  return { node: "like", not, fold: operator === "ILIKE", of: left, pattern };
}

function parseInfixSymbol(
  at: Cursor,
  left: Expr,
  above: number,
  start: ReturnType<Cursor["peek"]>,
): Expr | null {
  const symbol = at.peek().text;
  const comparison = comparisons.get(symbol);
  if (comparison !== undefined)
    return precedence.compare > above ? binary(at, comparison, left, precedence.compare) : null;
  if (symbol === "+" || symbol === "-")
    return precedence.add > above ? binary(at, symbol, left, precedence.add) : null;
  if (symbol === "*" || symbol === "/" || symbol === "%") {
    return precedence.multiply > above ? binary(at, symbol, left, precedence.multiply) : null;
  }
  if (symbol === "||" && precedence.add > above) {
    at.next();
    parseExpression(at, precedence.add);
    return { node: "unsupported", text: at.textFrom(start) };
  }
  if (symbol === "::") {
    at.next();
    at.next();
    if (at.isSymbol("(")) skipBrackets(at);
    return { node: "unsupported", text: at.textFrom(start) };
  }
  if (symbol === "[") {
    at.next();
    parseExpression(at);
    at.expectSymbol("]");
    return { node: "unsupported", text: at.textFrom(start) };
  }
  return null;
}

function binary(at: Cursor, op: BinaryOp, left: Expr, above: number): Expr {
  at.next();
  return { node: "binary", op, left, right: parseExpression(at, above) };
}

function parseIn(at: Cursor, of: Expr, not: boolean, start: ReturnType<Cursor["peek"]>): Expr {
  if (at.isSymbol("(") && (at.isWord("SELECT", 1) || at.isWord("WITH", 1))) {
    skipBrackets(at);
    return { node: "unsupported", text: at.textFrom(start) };
  }
  at.expectSymbol("(");
  const list = parseList(at);
  at.expectSymbol(")");
  return { node: "in", not, of, list };
}

/** Steps over a bracketed run whose content does not matter, because it is refused whatever it says. */
export function skipBrackets(at: Cursor): void {
  at.expectSymbol("(");
  for (let depth = 1; depth > 0; ) {
    const token = at.peek();
    if (token.kind === "end") at.fail(")");
    if (token.kind === "symbol" && token.text === "(") depth++;
    if (token.kind === "symbol" && token.text === ")") depth--;
    at.next();
  }
}
