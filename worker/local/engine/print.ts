// An expression as text: for messages (names in double quotes, as the service prints them) and for the
// names of columns that have no alias.
import { findFunction } from "./functions.ts";
import type { Expr } from "./tree.ts";

type Quote = (name: string) => string;

/** As in messages: `max("blob5")`. */
export function printExpression(expr: Expr): string {
  return print(expr, (name) => `"${name}"`);
}

/** As a column's name: `max(blob5)`. */
export function printName(expr: Expr): string {
  return print(expr, (name) => name);
}

function print(expr: Expr, quote: Quote): string {
  const show = (inner: Expr): string => print(inner, quote);
  const list = (many: readonly Expr[]): string => many.map(show).join(", ");
  switch (expr.node) {
    case "literal":
      return expr.kind === "string" ? `'${expr.text}'` : expr.text;
    case "column":
      return quote(expr.name);
    case "star":
      return "*";
    case "unary":
      return expr.op === "NOT" ? `NOT ${show(expr.of)}` : `${expr.op}${show(expr.of)}`;
    case "binary":
      return `${show(expr.left)} ${expr.op} ${show(expr.right)}`;
    case "between":
      return `${show(expr.of)} ${expr.not ? "NOT " : ""}BETWEEN ${show(expr.low)} AND ${show(expr.high)}`;
    case "in":
      return `${show(expr.of)} ${expr.not ? "NOT " : ""}IN (${list(expr.list)})`;
    case "like":
      return `${show(expr.of)} ${expr.not ? "NOT " : ""}${expr.fold ? "ILIKE" : "LIKE"} ${show(expr.pattern)}`;
    case "call": {
      const name = findFunction(expr.name)?.name ?? expr.name.toLowerCase();
      const params = expr.params === null ? "" : `(${list(expr.params)})`;
      return `${name}${params}(${expr.distinct ? "DISTINCT " : ""}${list(expr.args)})`;
    }
    case "extract":
      return `extract(${expr.unit} FROM ${show(expr.of)})`;
    case "position":
      return `position(${show(expr.needle)} IN ${show(expr.haystack)})`;
    case "interval":
      return `INTERVAL '${expr.count}' ${expr.unit}`;
    case "paren":
      return `(${show(expr.of)})`;
    case "unsupported":
      return expr.text;
  }
}
