// Types and names. A statement that passes here is one that Analytics Engine accepts, as far as is known.
//
// Names: an alias stands for its expression everywhere in its SELECT (other items too), except inside
// itself, where the name means the column below. GROUP BY takes aliases and columns; ORDER BY sees output
// names only, so a raw column that was renamed, or never selected, is not there.

import { checkCallTypes } from "./check_call.ts";
import { refuse } from "./errors.ts";
import { findFunction } from "./functions.ts";
import { printExpression } from "./print.ts";
import { checkShape, childrenOf } from "./shape.ts";
import type { Expr, Select } from "./tree.ts";
import { combine, isNumeric, isWholeLargeDouble, type Type } from "./types.ts";

export type Columns = ReadonlyMap<string, Type>;

/** What a statement needs to know of the world: the columns of a dataset, or nothing if it has no rows. */
export type DatasetColumns = (dataset: string) => Columns | null;

export interface Surroundings {
  readonly datasets: DatasetColumns;
  readonly isZone: (name: string) => boolean;
}

export interface Scope {
  readonly columns: Columns;
  readonly aliases: ReadonlyMap<string, Expr>;
  readonly open: ReadonlySet<string>;
  readonly aggregates: "allowed" | "refused";
  readonly isZone: (name: string) => boolean;
}

export function checkSelect(select: Select, world: Surroundings): void {
  checkShape(select);
  checkNames(select, world);
}

function checkNames(select: Select, world: Surroundings): Columns {
  const columns = columnsBelow(select, world);
  const aliases = new Map<string, Expr>();
  for (const { alias, expr } of select.items) if (alias !== null) aliases.set(alias, expr);
  const scope: Scope = { columns, aliases, open: new Set(), aggregates: "allowed", isZone: world.isZone };

  const output = new Map<string, Type>();
  for (const { alias, expr } of select.items) {
    if (expr.node === "star") {
      for (const [name, type] of columns) output.set(name, type);
      continue;
    }
    if (expr.node === "literal" && expr.kind === "null") refuse("unsupported expression type: NULL");
    const type = typeOf(expr, alias === null ? scope : { ...scope, open: new Set([alias]) });
    if (type === "Interval") refuse(`unsupported expression type: ${printExpression(expr)}`);
    output.set(alias ?? (expr.node === "column" ? expr.name : printExpression(expr)), type);
  }
  if (select.where !== null) checkCondition("WHERE", select.where, { ...scope, aggregates: "refused" });
  for (const expr of select.groupBy) typeOf(expr, scope);
  if (select.having !== null) checkCondition("HAVING", select.having, scope);
  for (const { expr } of select.orderBy) {
    if (expr.node === "column" && output.has(expr.name)) continue;
    refuseColumn(expr.node === "column" ? expr.name : printExpression(expr));
  }
  return output;
}

function columnsBelow(select: Select, world: Surroundings): Columns {
  switch (select.from.kind) {
    case "none":
      return new Map();
    case "dataset":
      // A dataset without rows has no columns, so the first one that is named cannot be found.
      return world.datasets(select.from.name) ?? new Map();
    case "subquery":
      return checkNames(select.from.select, world);
  }
}

function checkCondition(clause: string, expr: Expr, scope: Scope): void {
  const type = typeOf(expr, scope);
  if (type !== "Boolean")
    refuse(`the ${clause} clause must be a Boolean but instead was ${type}: ${printExpression(expr)}`);
}

export function refuseColumn(name: string): never {
  refuse(`unable to find type of column: "${name}"`);
}

export function typeOf(expr: Expr, scope: Scope): Type {
  switch (expr.node) {
    case "literal":
      return literalType(expr);
    case "column":
      return columnType(expr.name, scope);
    case "unary":
      return unaryType(expr, typeOf(expr.of, scope));
    case "binary":
      return combine(expr.op, typeOf(expr.left, scope), typeOf(expr.right, scope));
    case "between": {
      const of = typeOf(expr.of, scope);
      combine(">=", of, typeOf(expr.low, scope));
      return combine("<=", of, typeOf(expr.high, scope));
    }
    case "in":
      return inType(expr, scope);
    case "like":
      return likeType(expr, scope);
    case "call":
      return checkCallTypes(expr, scope);
    case "extract":
      requireType(1, expr, typeOf(expr.of, scope), ["DateTime"]);
      return "Integer";
    case "position":
      requireType(1, expr, typeOf(expr.needle, scope), ["String"]);
      requireType(2, expr, typeOf(expr.haystack, scope), ["String"]);
      return "Integer";
    case "interval":
      if (!/^[0-9]{1,9}$/.test(expr.count)) refuse(`invalid interval: ${printExpression(expr)}`);
      return "Interval";
    case "paren":
      return typeOf(expr.of, scope);
    case "star":
    case "unsupported":
      return refuse(`unsupported expression type: ${printExpression(expr)}`);
  }
}

/** Refuses an argument of the wrong type, in the service's words. */
export function requireType(position: number, call: Expr, got: Type, wanted: readonly Type[]): void {
  if (!wanted.includes(got))
    refuse(`cannot use the ${got} type as argument ${position} in ${printExpression(call)}`);
}

function literalType(literal: Expr & { node: "literal" }): Type {
  switch (literal.kind) {
    case "integer":
      if (BigInt(literal.text) > 0xffff_ffff_ffff_ffffn) refuse(`unable to parse number: ${literal.text}`);
      return "Integer";
    case "double":
      if (!Number.isFinite(Number(literal.text))) refuse(`unable to parse number: ${literal.text}`);
      return isWholeLargeDouble(literal.text) ? "Integer" : "Double";
    case "string":
      return "String";
    case "boolean":
      return "Boolean";
    case "null":
      return "Null";
  }
}

function columnType(name: string, scope: Scope): Type {
  const alias = scope.aliases.get(name);
  if (alias !== undefined && !scope.open.has(name)) {
    return typeOf(alias, { ...scope, open: new Set([...scope.open, name]) });
  }
  return scope.columns.get(name) ?? refuseColumn(name);
}

function unaryType(expr: Expr & { node: "unary" }, of: Type): Type {
  const fits = expr.op === "NOT" ? of === "Boolean" : isNumeric(of);
  if (!fits) refuse(`cannot use the ${of} type with the ${expr.op} operator: ${printExpression(expr)}`);
  return of;
}

function inType(expr: Expr & { node: "in" }, scope: Scope): Type {
  const of = typeOf(expr.of, scope);
  for (const value of expr.list) {
    const plain = value.node === "unary" && value.op !== "NOT" ? value.of : value;
    if (plain.node !== "literal") refuse(`unsupported expression type: ${printExpression(expr)}`);
    combine("=", of, typeOf(value, scope));
  }
  return "Boolean";
}

function likeType(expr: Expr & { node: "like" }, scope: Scope): Type {
  const of = typeOf(expr.of, scope);
  const pattern = typeOf(expr.pattern, scope);
  const operator = expr.fold ? "ILIKE" : "LIKE";
  if (of !== "String" || pattern !== "String")
    refuse(`cannot combine the ${of} and ${pattern} types with the ${operator} operator`);
  if (expr.pattern.node !== "literal") refuse(`unsupported expression type: ${printExpression(expr)}`);
  return "Boolean";
}

/** Whether an expression aggregates, seen through aliases. */
export function aggregates(expr: Expr, scope: Scope): boolean {
  if (expr.node === "call" && findFunction(expr.name)?.aggregate === true) return true;
  if (expr.node === "column") {
    const alias = scope.aliases.get(expr.name);
    if (alias === undefined || scope.open.has(expr.name)) return false;
    return aggregates(alias, { ...scope, open: new Set([...scope.open, expr.name]) });
  }
  return childrenOf(expr).some((child) => aggregates(child, scope));
}
