// The glossary: what every number and every dimension of reports means, for the API and for docs/.
import { cppArray, cppString, header, readDatasets, readSchema } from "./io.mjs";
import { countNames } from "./reports.mjs";

/** In the order in which they are told. */
export function metrics() {
  const { metrics: list } = readSchema("metrics.json");
  for (const name of countNames()) {
    if (!list.some((metric) => metric.name === name))
      throw new Error(`schema/metrics.json says nothing of ${name}`);
  }
  for (const { count } of Object.values(readSchema("insights.json").kinds)) {
    if (!list.find((metric) => metric.name === count)?.found_in.includes("insights"))
      throw new Error(`schema/metrics.json does not say that insights give ${count}`);
  }
  return list;
}

export const unknownIsEmpty = "What is not known is the empty text.";

/** What every submission has. */
const neverEmpty = ["event_type", "project", "reason"];

export function dimensions() {
  const { dimensions: list, dataset, written_by } = readSchema("reports.json");
  const layout = readDatasets().find(({ name }) => name === dataset);
  const enums = readSchema("enums.json");
  const reasons = readSchema("reasons.json").reasons.map(({ code }) => code);
  return list.map(({ name, aliases = [], column, values, title, written_by: by, example, caveats = [] }) => {
    if (!(by in written_by))
      throw new Error(`schema/reports.json: ${name} is written by nobody known (${by})`);
    const slot =
      column === layout.index.name ? layout.index : layout.blobs.find((blob) => blob.name === column);
    const all = values ? enums[values].values : name === "reason" ? reasons : null;
    return {
      name,
      aliases,
      title,
      meaning: values ? enums[values].description : slot.description,
      values: all,
      written_by: by,
      max_bytes: slot.max_bytes,
      example: example ?? all[0],
      caveats: neverEmpty.includes(name) ? caveats : [...caveats, unknownIsEmpty],
    };
  });
}

const entries = (list) =>
  list.map((entry) => {
    const words = [entry.name, entry.aliases?.[0] ?? "", JSON.stringify(entry)];
    return `Term{${words.map(cppString).join(", ")}}`;
  });

export const cppGlossary = () =>
  header(
    ["array", "string_view"],
    `/// One entry of the glossary, and its JSON.
struct Term {
  std::string_view name;
  std::string_view alias;  // another name that is taken, or ""
  std::string_view json;
};
${cppArray("Term", "kMetrics", entries(metrics()))}

${cppArray("Term", "kDimensionTerms", entries(dimensions()))}`,
  );
