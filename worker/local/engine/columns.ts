// The columns that every dataset has: the layout is the service's, not the product's.
import type { Columns } from "./check.ts";
import type { Type } from "./types.ts";

export const slots = 20;

interface Column {
  readonly name: string;
  readonly type: Type;
  readonly clickhouse: string;
}

const numbers = Array.from({ length: slots }, (_, index) => index + 1);

const columns: readonly Column[] = [
  { name: "dataset", type: "String", clickhouse: "String" },
  { name: "timestamp", type: "DateTime", clickhouse: "DateTime('Etc/UTC')" },
  { name: "_sample_interval", type: "Integer", clickhouse: "UInt32" },
  { name: "index1", type: "String", clickhouse: "String" },
  ...numbers.map((n): Column => ({ name: `blob${n}`, type: "String", clickhouse: "String" })),
  ...numbers.map((n): Column => ({ name: `double${n}`, type: "Double", clickhouse: "Float64" })),
];

export const columnNames: readonly string[] = columns.map((column) => column.name);
export const columnTypes: Columns = new Map(columns.map((column) => [column.name, column.type]));
export const columnDefinitions: string = columns
  .map((column) => `${column.name} ${column.clickhouse}`)
  .join(", ");
