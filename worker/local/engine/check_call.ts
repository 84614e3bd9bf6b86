// The types of calls: each argument against the function table, and the rule of `if`.
import { aggregates, requireType, type Scope, typeOf } from "./check.ts";
import { refuse } from "./errors.ts";
import { conditional, type FunctionRule, findFunction, type Parameter } from "./functions.ts";
import { printExpression } from "./print.ts";
import type { Expr } from "./tree.ts";
import type { Type } from "./types.ts";

type Call = Expr & { node: "call" };

export function checkCallTypes(call: Call, scope: Scope): Type {
  if (call.name.toUpperCase() === conditional) return checkIf(call, scope);
  const rule = findFunction(call.name);
  if (rule === undefined) return refuse(`unknown function call: ${call.name.toUpperCase()}`);
  const inner = rule.aggregate === true ? insideAggregate(rule, call, scope) : scope;
  if (rule.name === "count") {
    for (const column of call.args) typeOf(column, inner);
    return "Integer";
  }
  // In quantileWeighted(q, x, w) the level is the first argument, and no argument in the table's sense.
  const levels = rule.level === "first argument" && call.params === null ? 1 : 0;
  const types = call.args.map((arg, index) => {
    if (index < levels) return typeOf(arg, inner);
    const parameter = rule.parameters[Math.min(index - levels, rule.parameters.length - 1)];
    if (parameter === undefined)
      return refuse(`${rule.name.toUpperCase()}() function must have 0 arguments: ${call.args.length}`);
    return checkArgument(call, arg, index + 1, parameter, inner);
  });
  return rule.result === "as 1st" ? (types[levels] ?? "Null") : rule.result;
}

function insideAggregate(rule: FunctionRule, call: Call, scope: Scope): Scope {
  const name = rule.name.toUpperCase();
  if (scope.aggregates === "refused")
    refuse(`aggregate function ${name}() is not allowed here: ${printExpression(call)}`);
  for (const arg of call.args) {
    if (aggregates(arg, scope))
      refuse(`aggregate function ${name}() may not contain another: ${printExpression(call)}`);
  }
  return scope;
}

function checkIf(call: Call, scope: Scope): Type {
  const [condition, yes, no] = call.args.map((arg) => typeOf(arg, scope));
  requireType(1, call, condition ?? "Null", ["Boolean"]);
  if (yes === undefined || no === undefined) return "Null";
  if (yes !== no) {
    refuse(
      `the 2nd and 3rd arguments to IF() function must have the same type but instead had ${yes} and ${no}: ${printExpression(call)}`,
    );
  }
  requireType(2, call, yes, ["Integer", "Double", "String", "DateTime", "Boolean"]);
  return yes;
}

function checkArgument(call: Call, arg: Expr, position: number, parameter: Parameter, scope: Scope): Type {
  const type = typeOf(arg, scope);
  requireType(position, call, type, parameter.types);
  if (parameter.form === undefined || parameter.form === "interval") return type;
  if (parameter.form === "datetime text") {
    if (arg.node === "literal" && arg.kind === "string") checkDateTimeText(arg.text);
    return type;
  }
  if (arg.node !== "literal") refuse(`argument ${position} must be a literal in ${printExpression(call)}`);
  if (parameter.form === "zone" && !scope.isZone(arg.text)) refuse(`unknown timezone: ${arg.text}`);
  if (call.name.toUpperCase() === "FORMAT") checkTemplate(arg.text, call);
  return type;
}

const dateTimeText = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

/** `YYYY-MM-DD hh:mm:ss` or epoch seconds: no fraction, no zone, no bare date. */
function checkDateTimeText(text: string): void {
  if (/^[0-9]{1,10}$/.test(text)) return;
  const parts = dateTimeText.exec(text);
  const time = parts === null ? Number.NaN : Date.parse(`${text.replace(" ", "T")}Z`);
  // A date that does not exist (30 February) comes back as another one.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19).replace("T", " ") !== text) {
    refuse(`unable to parse DateTime: '${text}'`);
  }
}

/** Only bare `{}` may stand in a format template, one for each value. */
function checkTemplate(template: string, call: Call): void {
  const holes = template.split("{}").length - 1;
  if (/[{}]/.test(template.replaceAll("{}", "")) || holes !== call.args.length - 1) {
    refuse(`invalid template in ${printExpression(call)}`);
  }
}
