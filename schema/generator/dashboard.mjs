// The words that the dashboard shows, for TypeScript: what can be asked, how it is counted, what reasons mean.
import { readSchema } from "./io.mjs";
import { countNames } from "./reports.mjs";

const constant = (name, value) => `export const ${name} = ${JSON.stringify(value, null, 2)} as const;`;

export function tsDashboard() {
  const reports = readSchema("reports.json");
  const enums = readSchema("enums.json");
  const dimensions = reports.dimensions.map(({ name, values }) => ({
    name,
    values: values ? enums[values].values : null,
  }));
  const buckets = reports.buckets.map(({ name, seconds }) => ({ name, seconds }));
  const { reasons } = readSchema("reasons.json");
  const insights = readSchema("insights.json");
  const deliveries = readSchema("deliveries.json");
  const limits = { ...readSchema("limits.json"), ...insights.limits };
  const wanted = [
    "max_buckets",
    "max_export_bytes",
    "report_days_max",
    "report_groups_max",
    "retention_days",
    "visibility_lag_s",
    "page_size_max",
    "max_note_chars",
    "max_search_chars",
    "insight_days_default",
    "insight_windows_min",
  ];
  return `// Generated from schema/ by schema/generate.mjs. Do not edit.

${[
  constant("eventTypes", enums.event_type.values),
  constant("flags", enums.flag.values),
  constant("counts", countNames()),
  constant("dimensions", dimensions),
  constant("buckets", buckets),
  constant("compares", reports.compare),
  constant(
    "reasons",
    reasons.map(({ code, of, weight = 0, text }) => ({ code, of, weight, text })),
  ),
  constant(
    "insightKinds",
    Object.entries(insights.kinds).map(([name, { count, title, meaning }]) => ({
      name,
      count,
      title,
      meaning,
    })),
  ),
  constant("severities", insights.severities),
  constant("alertHours", insights.alerts.hours),
  constant("channelTypes", deliveries.channel_types),
  constant("channelTopics", deliveries.channel_topics),
  constant("deliveryTopics", Object.keys(deliveries.topics)),
  constant("deliveryStatuses", deliveries.statuses),
  constant("limits", Object.fromEntries(wanted.map((name) => [name, limits[name].value]))),
].join("\n\n")}
`;
}
