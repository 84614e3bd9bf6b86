// docs/api/dimensions.md: the words of reports, from the same files as the code that reads them.
import { readDatasets, readSchema } from "./io.mjs";
import { countNames } from "./reports.mjs";

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (text) => `\`${text}\``;

const countMeanings = {
  total: "All submissions: the sum of the five below",
  primary: "First submissions of a person in a project",
  follow_up: "Later submissions of a known person",
  test: "Tests",
  blocked: "From a blocked address, a foreign website, or too many at once",
  bot: "Enough evidence of a bot",
  vpn_count: "From a VPN, Tor or a hosting network, of any event type",
  suspicious_count: "Worth a second look, of any event type",
  hot_count: "With a lead score from the hot threshold on, of any event type",
};

function described(map, name) {
  const text = map[name];
  if (text === undefined) throw new Error(`schema/generator/report_docs.mjs says nothing of ${name}`);
  return text;
}

function dimensionRows({ dimensions, dataset }) {
  const layout = readDatasets().find(({ name }) => name === dataset);
  const enums = readSchema("enums.json");
  return dimensions.map(({ name, aliases = [], column, values }) => {
    const slot =
      column === layout.index.name ? layout.index : layout.blobs.find((blob) => blob.name === column);
    const meaning = values
      ? `${enums[values].description} One of ${enums[values].values.map(code).join(", ")}`
      : slot.description;
    return [code(name), aliases.map(code).join(", "), meaning, String(slot.max_bytes)];
  });
}

export function docsDimensions() {
  const reports = readSchema("reports.json");
  const flags = readSchema("enums.json").flag.values;
  return `# Dimensions, buckets, counts and warnings

Generated from \`schema/reports.json\` and \`schema/datasets/\`; do not edit. How they are asked for is in
[lead statistics](lead-stats.md).

## Dimensions

What \`group_by\` and filters take. Text is cut on writing at so many bytes as the last column says, and so is a filter's value
where that is 100 or more; a longer one is refused where it is less. What is not known is the empty text.

${table(["name", "also", "meaning", "bytes"], dimensionRows(reports))}

${flags.map(code).join(", ")} are filters too, with \`true\` or \`false\`, but nothing to group by.

## Buckets

${table(
  ["`bucket`", "what it is"],
  reports.buckets.map(({ name, description }) => [code(name), description]),
)}

## Counts

Whole numbers, in this order, in every row of every format. See [verdicts](../verdicts.md) for what decides.

${table(
  ["name", "submissions"],
  countNames().map((name) => [code(name), described(countMeanings, name)]),
)}

## Warnings

\`meta.warnings\` has objects of \`code\` and \`detail\`:

${table(
  ["code", "detail"],
  Object.entries(reports.warnings).map(([name, detail]) => [code(name), detail]),
)}
`;
}
