// What schema/ says may be asked for.

import enums from "../../../schema/enums.json" with { type: "json" };
import insights from "../../../schema/insights.json" with { type: "json" };
import glossary from "../../../schema/metrics.json" with { type: "json" };
import reports from "../../../schema/reports.json" with { type: "json" };

const dimensions = reports.dimensions as { name: string; written_by?: string }[];

export const mcpLists = {
  buckets: reports.buckets.map(({ name }) => name),
  compare: reports.compare,
  include: reports.include,
  dimensions: dimensions.map(({ name }) => name),
  flags: enums.flag.values,
  metrics: glossary.metrics.map(({ name }) => name),
  kinds: Object.keys(insights.kinds),
  summaryTop: reports.summary_top,
  /** Dimensions whose values strangers write. */
  visitors: dimensions
    .filter(({ written_by = "visitor" }) => written_by === "visitor")
    .map(({ name }) => name),
};
