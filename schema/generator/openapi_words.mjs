// What the sources of the API's description take from schema/*.json: enumerations, numbers, and members that are one a word.
import { dimensions, metrics } from "./glossary.mjs";
import { insightLimits } from "./insights.mjs";
import { readSchema } from "./io.mjs";
import { countNames } from "./reports.mjs";

const names = (list) => list.map(({ name }) => name);

/** Enumerations by the name that `words:` takes. */
export function enumerations() {
  const enums = readSchema("enums.json");
  const reports = readSchema("reports.json");
  const insights = readSchema("insights.json");
  const { problems, invalid_params } = readSchema("problems.json");
  const { reasons } = readSchema("reasons.json");
  const deliveries = readSchema("deliveries.json");
  const known = names(reports.dimensions);
  const formats = names(reports.formats);
  return {
    ...Object.fromEntries(Object.entries(enums).map(([name, { values }]) => [name, values])),
    reason: reasons.map(({ code }) => code),
    reason_of: [...new Set(reasons.map(({ of }) => of))],
    problem: problems.map(({ code }) => code),
    invalid_param: invalid_params,
    dimension: known,
    group_by: ["none", ...known, ...reports.dimensions.flatMap(({ aliases = [] }) => aliases)],
    filter: [...known, ...enums.flag.values],
    bucket: names(reports.buckets),
    compare: reports.compare,
    include: reports.include,
    count: countNames(),
    format: formats,
    list_format: formats.filter((name) => name !== "csv"),
    warning: Object.keys(reports.warnings),
    insight_kind: Object.keys(insights.kinds),
    insight_count: [...new Set(Object.values(insights.kinds).map(({ count }) => count))],
    insight_dimension: [...new Set(Object.values(insights.dimensions).flat()), null],
    severity: insights.severities,
    metric: names(metrics()),
    written_by: Object.keys(reports.written_by),
    topic: Object.keys(deliveries.topics),
    delivery_status: deliveries.statuses,
    channel_type: deliveries.channel_types,
    channel_topic: deliveries.channel_topics,
  };
}

const csvHead = () => {
  const dimension = `(${names(readSchema("reports.json").dimensions).join("|")})`;
  const times = "(start,end,partial,)?";
  return `^\\uFEFF?${times}(${dimension}(,${dimension})?,other,)?${countNames().join(",")}\\r\\n`;
};

const description = (field) =>
  [
    field.spellings.length > 0
      ? `Also understood as ${field.spellings.map((name) => `\`${name}\``).join(", ")}.`
      : "",
    field.group === "context" ? "What is too long is cut." : "",
    field.group === "engagement" ? "More is cut to the most." : "",
  ]
    .filter((text) => text !== "")
    .join(" ");

/** A form's field. Only what is refused is a bound: all else is taken as it comes. */
function formField(field) {
  if (field.name === "visitor") return { $ref: "#/components/schemas/Visitor" };
  const says = description(field);
  const more = says === "" ? {} : { description: says };
  if (field.group === "engagement") return { type: ["number", "string"], ...more };
  if (field.name === "consent") return { type: ["boolean", "string", "number"], ...more };
  return { type: "string", ...(field.max ? { maxLength: field.max } : {}), ...more };
}

/** Lists and objects that are no enumerations. */
export const others = {
  form_fields: () =>
    Object.fromEntries(readSchema("fields.json").fields.map((field) => [field.name, formField(field)])),
  dimensions: () =>
    Object.fromEntries(
      names(readSchema("reports.json").dimensions).map((name) => [name, { type: "string" }]),
    ),
  row_members: () => ["start", "end", "partial", "other", ...names(readSchema("reports.json").dimensions)],
  summary_top: () => readSchema("reports.json").summary_top,
  csv_head: csvHead,
};

export const limits = () =>
  new Map(
    [...Object.entries(readSchema("limits.json")), ...insightLimits()].map(([name, { value }]) => [
      name,
      value,
    ]),
  );

/** A filter of reports for each dimension and flag. */
export function dimensionFilters() {
  const filter = (name, text, schema) => ({ name, in: "query", description: text, schema });
  const syntax =
    "A value, or several of which one holds, separated by commas. A leading `-` negates, `~` looks for what contains the text, nothing is what is not known; a backslash makes the next character plain.";
  const ofDimensions = dimensions().map(({ name, aliases, meaning, values }) => {
    const also =
      aliases.length > 0 ? ` Also called ${aliases.map((alias) => `\`${alias}\``).join(", ")}.` : "";
    const one =
      values && name !== "reason" ? ` One of ${values.map((value) => `\`${value}\``).join(", ")}.` : "";
    return filter(name, `${meaning}${one}${also} ${syntax}`, { type: "string" });
  });
  const ofFlags = readSchema("enums.json").flag.values.map((flag) =>
    filter(flag, `Only those with, or without, the flag ${flag}.`, { type: "boolean" }),
  );
  return [...ofDimensions, ...ofFlags];
}
