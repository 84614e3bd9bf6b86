// Statements: SELECT with its clauses, and the three SHOWs.
import { Cursor } from "./cursor.ts";
import { refuse } from "./errors.ts";
import { isReserved, parseExpression, parseList, skipBrackets } from "./expression_parser.ts";
import { tokenize } from "./tokens.ts";
import type { Expr, Format, OrderItem, Select, SelectItem, Source, Statement } from "./tree.ts";

/** The service counts the whole text, comments too. */
export const maxQueryLength = 10_000;

const formats: readonly Format[] = ["JSON", "JSONEachRow", "TabSeparated"];

export function parseStatement(sql: string): Statement {
  // Counted in code points: the reference says "characters".
  if (sql.length > maxQueryLength && [...sql].length > maxQueryLength) {
    refuse(`SQL was excessively long, exceeded maximum length: ${maxQueryLength}`);
  }
  const at = new Cursor(sql, tokenize(sql));
  const statement = parseOne(at);
  if (at.acceptSymbol(";") && at.peek().kind !== "end") refuse("only a single SQL statement is supported");
  if (at.peek().kind !== "end") at.fail("end of statement");
  return statement;
}

function parseOne(at: Cursor): Statement {
  if (at.acceptWords("SHOW")) {
    for (const what of ["TABLES", "TIMEZONES", "TIMEZONE"] as const) {
      if (at.acceptWords(what)) return { kind: "show", what, format: parseFormat(at) };
    }
    at.fail("TABLES, TIMEZONES or TIMEZONE");
  }
  if (at.isWord("WITH")) refuse("unsupported query type: WITH");
  for (const word of [
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "ALTER",
    "DROP",
    "EXPLAIN",
    "DESCRIBE",
    "SET",
    "USE",
    "TRUNCATE",
  ]) {
    if (at.isWord(word)) refuse(`unsupported statement type: ${word}`);
  }
  if (!at.isWord("SELECT")) at.fail("an SQL statement");
  const select = parseSelect(at);
  return { kind: "select", select, format: parseFormat(at) };
}

function parseFormat(at: Cursor): Format {
  if (!at.acceptWords("FORMAT")) return "JSON";
  const token = at.peek();
  const format = formats.find((name) => token.kind === "word" && !token.quoted && token.text === name);
  if (format === undefined) at.fail(formats.join(", "));
  at.next();
  return format;
}

function parseSelect(at: Cursor): Select {
  const unsupported: string[] = [];
  at.expectWord("SELECT");
  if (at.acceptWords("DISTINCT")) unsupported.push("SELECT DISTINCT");
  const items = [parseItem(at)];
  while (at.acceptSymbol(",")) items.push(parseItem(at));
  const from: Source = at.acceptWords("FROM") ? parseSource(at, unsupported) : { kind: "none" };
  const where = at.acceptWords("WHERE") ? parseExpression(at) : null;
  const groupBy = at.acceptWords("GROUP", "BY") ? parseList(at) : [];
  const having = at.acceptWords("HAVING") ? parseExpression(at) : null;
  const orderBy = at.acceptWords("ORDER", "BY") ? parseOrder(at, unsupported) : [];
  const limit = at.acceptWords("LIMIT") ? parseLimit(at) : null;
  const offset = at.acceptWords("OFFSET") ? parseCount(at) : null;
  for (const word of ["UNION", "EXCEPT", "INTERSECT"]) {
    if (!at.isWord(word)) continue;
    unsupported.push(word);
    // Whatever follows is part of a statement that is refused as a whole.
    while (at.peek().kind !== "end" && !at.isSymbol(")")) at.next();
  }
  return { items, from, where, groupBy, having, orderBy, limit, offset, unsupported };
}

function parseItem(at: Cursor): SelectItem {
  if (at.acceptSymbol("*")) return { expr: { node: "star" }, alias: null };
  const expr = parseExpression(at);
  return { expr, alias: at.acceptWords("AS") ? parseName(at) : null };
}

function parseName(at: Cursor): string {
  const token = at.peek();
  if (token.kind !== "word" || token.text === "") at.fail("identifier");
  at.next();
  return token.text;
}

function parseSource(at: Cursor, unsupported: string[]): Source {
  let source: Source;
  if (at.acceptSymbol("(")) {
    if (at.isWord("WITH")) refuse("unsupported query type: WITH");
    source = { kind: "subquery", select: at.nested(() => parseSelect(at)) };
    at.expectSymbol(")");
  } else {
    const token = at.peek();
    if (token.kind === "word" && !token.quoted && isReserved(token.text)) at.fail("identifier");
    source = { kind: "dataset", name: parseName(at) };
    if (at.isSymbol(".")) unsupported.push("qualified table names");
    while (at.acceptSymbol(".")) parseName(at);
    if (at.isSymbol("(")) {
      skipBrackets(at);
      unsupported.push("table functions");
    }
  }
  parseSourceTail(at, unsupported);
  return source;
}

const joinWords = ["JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ASOF", "ANY", "ALL"];

/** Everything that may stand behind a table in SQL and not here: aliases, more tables, joins. */
function parseSourceTail(at: Cursor, unsupported: string[]): void {
  if (at.isSymbol(",")) {
    unsupported.push("multiple tables");
    while (at.acceptSymbol(",")) parseSource(at, unsupported);
    return;
  }
  if (joinWords.some((word) => at.isWord(word))) {
    unsupported.push("JOIN");
    while (joinWords.some((word) => at.isWord(word)) || at.isWord("OUTER")) at.next();
    parseSource(at, unsupported);
    if (at.acceptWords("ON")) parseExpression(at);
    else if (at.acceptWords("USING")) skipBrackets(at);
    return;
  }
  const token = at.peek();
  if (at.acceptWords("AS") || (token.kind === "word" && !isReserved(token.text))) {
    parseName(at);
    unsupported.push("table aliases");
    parseSourceTail(at, unsupported);
  }
}

function parseOrder(at: Cursor, unsupported: string[]): OrderItem[] {
  const list: OrderItem[] = [];
  do {
    const expr: Expr = parseExpression(at);
    const descending = at.acceptWords("DESC");
    if (!descending) at.acceptWords("ASC");
    if (at.acceptWords("NULLS")) {
      at.next();
      unsupported.push("NULLS FIRST/LAST");
    }
    list.push({ expr, descending });
  } while (at.acceptSymbol(","));
  return list;
}

function parseLimit(at: Cursor): string | null {
  return at.acceptWords("ALL") ? null : parseCount(at);
}

function parseCount(at: Cursor): string {
  const token = at.peek();
  if (token.kind !== "number" || !/^[0-9]{1,18}$/.test(token.text)) at.fail("literal int");
  at.next();
  return token.text;
}
