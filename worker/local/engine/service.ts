// One statement in, one answer out: parse, gate, execute, shape. Knows nothing of HTTP.
import { shapeJson } from "./answer.ts";
import { checkSelect } from "./check.ts";
import { columnTypes } from "./columns.ts";
import { InvalidInput } from "./errors.ts";
import { failureText } from "./failures.ts";
import { renderSelect } from "./render.ts";
import { parseStatement } from "./statement_parser.ts";
import { pointsTable, type Store } from "./store.ts";
import type { Format, Select } from "./tree.ts";

/** What a dataset without rows answers: production has been seen to do either. */
export type EmptyDataset = "refuse" | "rows";

export interface Answer {
  readonly body: Buffer;
  readonly contentType: string;
}

const contentTypes: Record<Format, string> = {
  JSON: "application/json",
  JSONEachRow: "application/x-ndjson",
  TabSeparated: "text/tab-separated-values; charset=utf-8",
};

/** Throws InvalidInput for what the service refuses. */
export async function answerStatement(
  store: Store,
  sql: string,
  emptyDataset: EmptyDataset,
): Promise<Answer> {
  const statement = parseStatement(sql);
  const { format } = statement;
  if (statement.kind === "select")
    return execute(store, await gate(store, statement.select, format, emptyDataset), format);
  switch (statement.what) {
    case "TABLES":
      return execute(
        store,
        `SELECT DISTINCT dataset FROM ${pointsTable} ORDER BY dataset FORMAT ${format}`,
        format,
      );
    case "TIMEZONES":
      return execute(
        store,
        `SELECT time_zone AS timezone FROM system.time_zones ORDER BY timezone FORMAT ${format}`,
        format,
      );
    case "TIMEZONE":
      return execute(store, `SELECT 'Etc/UTC' AS timezone FORMAT ${format}`, format);
  }
}

async function gate(
  store: Store,
  select: Select,
  format: Format,
  emptyDataset: EmptyDataset,
): Promise<string> {
  const dataset = datasetOf(select);
  const noRows = dataset !== null && !(await store.isKnown(dataset));
  checkSelect(select, {
    datasets: () => (noRows && emptyDataset === "refuse" ? null : columnTypes),
    isZone: (name) => store.zones.has(name),
  });
  return renderSelect(select, { table: pointsTable, format, noRows });
}

function datasetOf(select: Select): string | null {
  switch (select.from.kind) {
    case "none":
      return null;
    case "dataset":
      return select.from.name;
    case "subquery":
      return datasetOf(select.from.select);
  }
}

async function execute(store: Store, sql: string, format: Format): Promise<Answer> {
  try {
    const body = await store.query(sql);
    return { body: format === "JSON" ? shapeJson(body) : body, contentType: contentTypes[format] };
  } catch (error) {
    throw new InvalidInput(failureText(error));
  }
}
