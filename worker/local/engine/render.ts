// A checked tree as ClickHouse's SQL. Only trees that passed the gate come here, so the text is built from
// the tree alone: no byte of the statement as it was sent reaches ClickHouse unseen.
import { columnNames } from "./columns.ts";
import { findFunction } from "./functions.ts";
import { printName } from "./print.ts";
import type { Expr, Format, Select } from "./tree.ts";
import { isWholeLargeDouble } from "./types.ts";

export interface RenderOptions {
  readonly table: string;
  readonly format: Format;
  /** Answer with no rows: a dataset that was never written to, in the variant that is no refusal. */
  readonly noRows: boolean;
}

export function renderSelect(select: Select, options: RenderOptions): string {
  const limits = options.noRows ? " LIMIT 0" : "";
  const inner = renderParts(
    options.noRows ? { ...select, limit: null, offset: null } : select,
    options.table,
  );
  return `${inner}${limits} FORMAT ${options.format}`;
}

function renderParts(select: Select, table: string): string {
  const parts = [`SELECT ${select.items.map(({ expr, alias }) => renderItem(expr, alias)).join(", ")}`];
  if (select.from.kind === "dataset") parts.push(`FROM (${renderDataset(select.from.name, table)})`);
  if (select.from.kind === "subquery") parts.push(`FROM (${renderParts(select.from.select, table)})`);
  if (select.where !== null) parts.push(`WHERE ${render(select.where)}`);
  if (select.groupBy.length > 0) parts.push(`GROUP BY ${select.groupBy.map(render).join(", ")}`);
  if (select.having !== null) parts.push(`HAVING ${render(select.having)}`);
  if (select.orderBy.length > 0) {
    parts.push(
      `ORDER BY ${select.orderBy.map(({ expr, descending }) => render(expr) + (descending ? " DESC" : "")).join(", ")}`,
    );
  }
  if (select.limit !== null) parts.push(`LIMIT ${select.limit}`);
  if (select.offset !== null) parts.push(`OFFSET ${select.offset}`);
  return parts.join(" ");
}

/** One table holds every dataset, a partition each; ClickHouse prunes by the partition, then by index1 and time. */
function renderDataset(name: string, table: string): string {
  return `SELECT ${columnNames.join(", ")} FROM ${table} WHERE dataset = ${text(name)}`;
}

function renderItem(expr: Expr, alias: string | null): string {
  if (expr.node === "star") return "*";
  if (expr.node === "column" && (alias === null || alias === expr.name)) return identifier(expr.name);
  // Without an alias ClickHouse would name the column after its own spelling of the expression.
  return `${render(expr)} AS ${identifier(alias ?? printName(expr))}`;
}

function identifier(name: string): string {
  return `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function render(expr: Expr): string {
  switch (expr.node) {
    case "literal":
      if (expr.kind === "string") return text(expr.text);
      return expr.kind === "double" && isWholeLargeDouble(expr.text) ? `${Number(expr.text)}` : expr.text;
    case "column":
      return identifier(expr.name);
    case "unary":
      return `(${expr.op} ${render(expr.of)})`;
    case "binary":
      return `(${render(expr.left)} ${expr.op} ${render(expr.right)})`;
    case "between":
      return `(${render(expr.of)} ${expr.not ? "NOT " : ""}BETWEEN ${render(expr.low)} AND ${render(expr.high)})`;
    case "in":
      return `(${render(expr.of)} ${expr.not ? "NOT " : ""}IN (${expr.list.map(render).join(", ")}))`;
    case "like":
      return `(${render(expr.of)} ${expr.not ? "NOT " : ""}${expr.fold ? "ILIKE" : "LIKE"} ${render(expr.pattern)})`;
    case "call":
      return renderCall(expr);
    case "extract":
      return `extract(${expr.unit} FROM ${render(expr.of)})`;
    case "position":
      return `position(${render(expr.haystack)}, ${render(expr.needle)})`;
    case "interval":
      return `INTERVAL ${expr.count} ${expr.unit}`;
    case "paren":
      return render(expr.of);
    case "star":
    case "unsupported":
      // The gate refused these.
      throw new Error(`no ClickHouse form for ${expr.node}`);
  }
}

function renderCall(call: Expr & { node: "call" }): string {
  const rule = findFunction(call.name);
  const name = rule?.clickhouse ?? rule?.name ?? "if";
  const args = call.args.map(render);
  let params = call.params?.map(render) ?? null;
  if (rule?.level === "first argument" && params === null) params = args.splice(0, 1);
  const rendered = `${name}${params === null ? "" : `(${params.join(", ")})`}(${call.distinct ? "DISTINCT " : ""}${args.join(", ")})`;
  const [, interval] = call.args;
  if (
    rule?.name === "toStartOfInterval" &&
    interval?.node === "interval" &&
    /YEAR|MONTH/.test(interval.unit)
  ) {
    // ClickHouse answers a Date for these two; the service documents a DateTime for every unit.
    return `toDateTime(${rendered}, ${args[2] ?? "'Etc/UTC'"})`;
  }
  return rendered;
}
