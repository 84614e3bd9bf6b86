// The words of reports: dimensions with their columns, buckets, formats, counts and warnings.
import { camel, cppArray, cppString, header, readDatasets, readSchema } from "./io.mjs";

function columnOf(dataset, name) {
  if (name === dataset.index.name) return { column: "index1", max_bytes: dataset.index.max_bytes };
  const blob = dataset.blobs.find((entry) => entry.name === name);
  if (!blob) throw new Error(`schema/reports.json: ${dataset.name} has no text slot ${name}`);
  return { column: `blob${blob.slot}`, max_bytes: blob.max_bytes };
}

const cppEnum = (name, ids, description) =>
  `/// ${description}\nenum class ${name} : std::uint8_t { ${ids.join(", ")} };`;

function cppDimensions({ dimensions, dataset }) {
  const layout = readDatasets().find(({ name }) => name === dataset);
  const enums = readSchema("enums.json");
  const lists = dimensions.filter((dimension) => dimension.values);
  for (const { values } of lists) {
    if (!(values in enums)) throw new Error(`schema/reports.json: there is no enumeration ${values}`);
  }
  const infos = dimensions.map((dimension) => {
    const { column, max_bytes } = columnOf(layout, dimension.column);
    const values = dimension.values
      ? `k${camel(dimension.values)}Names`
      : dimension.name === "reason"
        ? "kReasonCodes"
        : "{}";
    const alias = cppString(dimension.aliases?.[0] ?? "");
    return `DimensionInfo{${cppString(dimension.name)}, ${alias}, ${cppString(column)}, ${max_bytes}, ${values}}`;
  });
  return `${cppEnum(
    "Dimension",
    dimensions.map((d) => d.name),
    "What a report filters and groups by.",
  )}

struct DimensionInfo {
  std::string_view name;
  std::string_view alias;  // another name that is taken, or ""
  std::string_view column;
  std::size_t max_bytes;                     // of canonical text
  std::span<const std::string_view> values;  // all that there are but "", or empty where any text may be one
};
${cppArray("DimensionInfo", "kDimensions", infos)}
[[nodiscard]] constexpr const DimensionInfo& info(Dimension dimension) {
  return kDimensions[static_cast<std::size_t>(dimension)];
}`;
}

const cppBuckets = ({ buckets }) => `${cppEnum(
  "Bucket",
  buckets.map((b) => b.id),
  "Time intervals of a report.",
)}

struct BucketInfo {
  std::string_view name;
  std::int64_t seconds;  // below a day; else 0
};
${cppArray(
  "BucketInfo",
  "kBuckets",
  buckets.map((b) => `BucketInfo{${cppString(b.name)}, ${b.seconds}}`),
)}
[[nodiscard]] constexpr const BucketInfo& info(Bucket bucket) { return kBuckets[static_cast<std::size_t>(bucket)]; }`;

const cppFormats = ({ formats }) => `${cppEnum(
  "ReportFormat",
  formats.map((f) => f.name),
  "How an answer is written.",
)}

struct ReportFormatInfo {
  std::string_view name;
  std::string_view media_type;
};
${cppArray(
  "ReportFormatInfo",
  "kReportFormats",
  formats.map((f) => `ReportFormatInfo{${cppString(f.name)}, ${cppString(f.media_type)}}`),
)}
[[nodiscard]] constexpr const ReportFormatInfo& info(ReportFormat format) {
  return kReportFormats[static_cast<std::size_t>(format)];
}`;

const cppWarnings = ({
  warnings,
}) => `${cppEnum("ReportWarning", Object.keys(warnings), "What a reader of an answer should know.")}

struct ReportWarningInfo {
  std::string_view code;
  std::string_view detail;
};
${cppArray(
  "ReportWarningInfo",
  "kReportWarnings",
  Object.entries(warnings).map(
    ([code, detail]) => `ReportWarningInfo{${cppString(code)}, ${cppString(detail)}}`,
  ),
)}
[[nodiscard]] constexpr const ReportWarningInfo& info(ReportWarning warning) {
  return kReportWarnings[static_cast<std::size_t>(warning)];
}`;

/** total, each event type, each flag: the order of the wire. */
export function countNames() {
  const enums = readSchema("enums.json");
  return ["total", ...enums.event_type.values, ...enums.flag.values.map((flag) => `${flag}_count`)];
}

const cppCounts = () => cppArray("std::string_view", "kCountNames", countNames().map(cppString), 5);

export function cppReports() {
  const reports = readSchema("reports.json");
  const names = reports.compare.map(cppString);
  return header(
    ["array", "cstddef", "cstdint", "span", "string_view", "leadledger/enums.hpp", "leadledger/reasons.hpp"],
    [
      cppDimensions(reports),
      cppBuckets(reports),
      cppEnum("CompareWith", reports.compare, "What a report is compared with."),
      cppArray("std::string_view", "kCompareWithNames", names, 4),
      cppEnum("Include", reports.include, "What an answer has only where it is asked for."),
      cppArray("std::string_view", "kIncludeNames", reports.include.map(cppString), 4),
      cppFormats(reports),
      `/// Counts of a row, in the order in which they are written: the total, each event type, each flag.\n${cppCounts()}`,
      cppWarnings(reports),
      `/// Dimensions of which a summary names the largest values.\n${cppArray(
        "Dimension",
        "kSummaryTop",
        reports.summary_top.map((name) => `Dimension::${name}`),
        4,
      )}`,
    ].join("\n\n"),
  );
}
