// The statement that turns a file of points into rows: spreads the arrays over the slots, fills in what
// may be left out, and refuses what no runtime could have sent.
import { slots } from "./columns.ts";

/** The dataset names the service is known to take, quoted or not. */
export const datasetName = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;

const incoming = [
  "dataset String",
  "timestamp Nullable(Float64)",
  "sample_interval Nullable(UInt32)",
  "index1 String",
  "blobs Array(String)",
  "doubles Array(Float64)",
].join(", ");

// The same limits as in ../points/data_point.ts, for whoever loads points past it.
const limits: readonly (readonly [broken: string, message: string])[] = [
  [`NOT match(dataset, '${datasetName.source}')`, "not a dataset name"],
  ["length(index1) > 96", "Size of indexes[0] exceeds 96 bytes"],
  [`length(blobs) > ${slots}`, `Maximum of ${slots} blobs supported`],
  ["arraySum(arrayMap(blob -> length(blob), blobs)) > 16000", "Cumulative size of blobs exceeds 16000 bytes"],
  [`length(doubles) > ${slots}`, `Maximum of ${slots} doubles supported`],
  ["arrayExists(double -> NOT isFinite(double), doubles)", "doubles must be finite"],
  [
    "NOT (ifNull(timestamp, 0) >= 0 AND ifNull(timestamp, 0) < 4294967296)",
    "timestamp must be in Unix seconds",
  ],
  ["sample_interval = 0", "sample_interval must be at least 1"],
];

// Fewer threads beat more here: measured on two cores, one parser is faster than two that share them.
const settings = "input_format_skip_unknown_fields = 0, input_format_parallel_parsing = 0";

export function insertStatement(table: string, columns: readonly string[], file: string): string {
  const numbers = Array.from({ length: slots }, (_, index) => index + 1);
  const values = [
    "dataset",
    "toDateTime(toUInt32(ifNull(timestamp, toUnixTimestamp(now()))), 'Etc/UTC')",
    "ifNull(sample_interval, 1)",
    "index1",
    // An index past the end of an array gives the default: '' and 0, as the service stores them.
    ...numbers.map((n) => `blobs[${n}]`),
    ...numbers.map((n) => `doubles[${n}]`),
  ];
  const checks = limits.map(([broken, message]) => `throwIf(ifNull(${broken}, 0), '${message}')`).join(", ");
  const path = file.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return (
    `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values.join(", ")} ` +
    `FROM file('${path}', JSONEachRow, '${incoming}') WHERE NOT ignore(${checks}) SETTINGS ${settings}`
  );
}
