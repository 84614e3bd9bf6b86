// The layers before types: nodes that exist, functions that exist, as many arguments as they take.
// One layer looks at the whole statement before the next begins: that is the order in which the service
// reports, so that mending one refusal may bring out the next.
import { refuse } from "./errors.ts";
import { conditional, type FunctionRule, findFunction } from "./functions.ts";
import { printExpression } from "./print.ts";
import type { Expr, Select } from "./tree.ts";

export function checkShape(select: Select): void {
  checkNesting(select);
  eachSelect(select, (part) => {
    const clause = part.unsupported[0];
    if (clause !== undefined) refuse(`unsupported clause: ${clause}`);
    for (const expr of rootsOf(part)) each(expr, refuseUnsupported);
    checkGroupBy(part);
  });
  eachSelect(select, (part) => {
    for (const expr of rootsOf(part)) each(expr, checkCall);
  });
}

function checkNesting(select: Select): void {
  if (select.from.kind === "subquery" && select.from.select.from.kind === "subquery") {
    refuse("cannot nest subqueries inside subqueries");
  }
}

function checkGroupBy(select: Select): void {
  for (const expr of select.groupBy) {
    if (expr.node !== "column") {
      refuse(`in the GROUP BY clause you may only provide column names: ${printExpression(expr)}`);
    }
  }
}

function refuseUnsupported(expr: Expr): void {
  if (expr.node === "unsupported") refuse(`unsupported expression type: ${expr.text}`);
}

function checkCall(expr: Expr): void {
  if (expr.node !== "call") return;
  const name = expr.name.toUpperCase();
  if (name === conditional) {
    if (expr.params !== null || expr.distinct)
      refuse(`unsupported expression type: ${printExpression(expr)}`);
    checkCount(name, expr.args.length, 3, 3);
    return;
  }
  const rule = findFunction(expr.name);
  if (rule === undefined) refuse(`unknown function call: ${name}`);
  if (rule.name === "count") {
    checkCountCall(expr);
    return;
  }
  if (expr.distinct && rule.distinct !== true) refuse(`${name}() function does not support DISTINCT`);
  const extra = checkLevel(rule, expr);
  const most = rule.variadic === true ? Number.POSITIVE_INFINITY : rule.parameters.length;
  checkCount(name, expr.args.length, (rule.required ?? rule.parameters.length) + extra, most + extra);
}

/** Checks the first bracket of `f(q)(x)`; answers how many more arguments the second one then needs. */
function checkLevel(rule: FunctionRule, call: Expr & { node: "call" }): 0 | 1 {
  const name = rule.name.toUpperCase();
  if (call.params !== null) {
    if (rule.level === undefined) refuse(`${name}() function does not take parameters`);
    if (call.params.length !== 1) refuse(`${name}() function must have 1 parameters: ${call.params.length}`);
    checkLevelValue(rule, call.params[0] as Expr);
    return 0;
  }
  if (rule.level === "required") refuse(`${name}() function must have 1 parameters: 0`);
  if (rule.level !== "first argument") return 0;
  const first = call.args[0];
  if (first !== undefined) checkLevelValue(rule, first);
  return 1;
}

function checkLevelValue(rule: FunctionRule, value: Expr): void {
  const number =
    value.node === "literal" && (value.kind === "integer" || value.kind === "double")
      ? Number(value.text)
      : Number.NaN;
  const isQuantile = rule.level !== "optional";
  const fits = isQuantile
    ? number >= 0 && number <= 1
    : Number.isInteger(number) && number >= 1 && number <= 65_536;
  if (!fits) refuse(`invalid parameter for ${rule.name.toUpperCase()}() function: ${printExpression(value)}`);
}

function checkCountCall(call: Expr & { node: "call" }): void {
  if (call.params !== null) refuse("COUNT() function does not take parameters");
  if (!call.distinct) {
    checkCount("COUNT", call.args.length, 0, 0);
    return;
  }
  const [of] = call.args;
  if (call.args.length !== 1 || of?.node !== "column") {
    refuse(
      `COUNT(DISTINCT) function may only be given a column name: ${call.args.map(printExpression).join(", ")}`,
    );
  }
}

function checkCount(name: string, got: number, least: number, most: number): void {
  if (got >= least && got <= most) return;
  const wanted =
    least === most ? `${least}` : Number.isFinite(most) ? `${least} to ${most}` : `at least ${least}`;
  refuse(`${name}() function must have ${wanted} arguments: ${got}`);
}

function eachSelect(select: Select, visit: (part: Select) => void): void {
  visit(select);
  if (select.from.kind === "subquery") visit(select.from.select);
}

function rootsOf(select: Select): Expr[] {
  const roots = [...select.items.map((item) => item.expr)];
  if (select.where !== null) roots.push(select.where);
  roots.push(...select.groupBy);
  if (select.having !== null) roots.push(select.having);
  return roots;
}

function each(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const child of childrenOf(expr)) each(child, visit);
}

export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.node) {
    case "literal":
    case "column":
    case "star":
    case "interval":
    case "unsupported":
      return [];
    case "unary":
    case "extract":
    case "paren":
      return [expr.of];
    case "binary":
      return [expr.left, expr.right];
    case "between":
      return [expr.of, expr.low, expr.high];
    case "in":
      return [expr.of, ...expr.list];
    case "like":
      return [expr.of, expr.pattern];
    case "call":
      return [...(expr.params ?? []), ...expr.args];
    case "position":
      return [expr.needle, expr.haystack];
  }
}
