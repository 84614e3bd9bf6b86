// llms.txt and docs/api/prompts.md: what an AI needs to read these statistics rightly, from the same files as the API.
import { dimensions, metrics, unknownIsEmpty } from "./glossary.mjs";
import { readFile, readSchema } from "./io.mjs";

const code = (text) => `\`${text}\``;
const { prompts } = readSchema("prompts.json");

/** The summary as docs/api/lead-stats.md shows it, where the tests run it. */
function summaryExample() {
  const page = readFile("docs/api/lead-stats.md");
  const blocks = [...page.matchAll(/```http\n([\s\S]*?)```/g)].map(([, block]) => block.trim());
  const at = blocks.findIndex((block) => block.startsWith("GET /analytics/lead-stats/summary"));
  if (at < 0) throw new Error("docs/api/lead-stats.md shows no summary");
  const body = blocks[at + 1].slice(blocks[at + 1].indexOf("\n\n") + 2);
  return { request: blocks[at], body };
}

const placeholders =
  "`{this_monday}` and `{last_monday}` stand for local dates such as `2026-11-16`, `{brief_id}` for the `brief_id` of the first brief in the answer before.";

const callLine = ({ path, tool, why }) => `${code(`GET ${path}`)} (MCP: ${code(tool)}): ${why}`;

export const docsPrompts = () => `# Questions to ask

Generated from \`schema/prompts.json\`; do not edit. What people ask an AI of these statistics, and the calls that answer it: each is
run by the tests. ${placeholders} How an AI is connected is in [MCP](mcp.md); what the numbers mean, in [metrics](metrics.md) and [dimensions](dimensions.md).

${prompts
  .map(
    ({ ask, calls, hint }) =>
      `## ${ask}\n\n${calls.map((call) => `- ${callLine(call)}`).join("\n")}\n\n${hint}\n`,
  )
  .join("\n")}`;

const metricLine = ({ name, title, meaning, unit, formula, caveats }) =>
  `- ${code(name)} (${title}; ${unit}): ${meaning} Formula: ${formula}.${caveats
    .filter((caveat) => caveat !== unknownIsEmpty)
    .map((caveat) => ` ${caveat}`)
    .join("")}`;

const dimensionLine = ({ name, title, meaning, values, written_by, caveats }) =>
  `- ${code(name)} (${title}; written by: ${written_by}): ${meaning}${values && name !== "reason" ? ` One of: ${values.join(", ")}.` : ""}${caveats
    .map((caveat) => ` ${caveat}`)
    .join("")}`;

export function llmsText() {
  const { written_by } = readSchema("reports.json");
  const { request, body } = summaryExample();
  return `# Leadledger

> Counts of every lead submission that websites' forms have sent: what each was judged to be, when it came and where from. Every submission is counted exactly once, rejected ones too, and the five event types always add up to the total.

Answers are JSON, unless a report is asked for as CSV or NDJSON. A key goes with every request of statistics: \`Authorization: Bearer <key>\`. Errors are \`application/problem+json\` and say which parameter is wrong and what is allowed. Counts are estimates where \`meta.sampled\` is true; \`meta.margin\` then says how sure they are. Times are local to \`meta.timezone\`; \`meta.data_through\` says until when an answer is complete.

- [OpenAPI description](/openapi.json), [to be read by people](/docs)
- [Metrics](/meta/metrics), [dimensions](/meta/dimensions): this glossary as JSON
- \`POST /mcp\`: the same statistics as tools of the Model Context Protocol, with the same key

## Rules for reading

- total = primary + follow_up + test + blocked + bot. New leads are \`primary\`; accepted ones \`primary + follow_up\`. Flags (\`vpn_count\`, \`suspicious_count\`, \`hot_count\`) are counted beside them, not in their sum.
- ${written_by.visitor} The lines below say which dimensions those are.
- Say how large a number is before how much it changed: of small counts, changes and shares jump by themselves.
- Tell the reader what \`meta.warnings\` says.

## Questions, and the calls that answer them

${placeholders}

${prompts.map(({ ask, calls, hint }) => `### ${ask}\n\n${calls.map((call) => `- ${callLine(call)}`).join("\n")}\n- ${hint}\n`).join("\n")}
## Numbers

${metrics().map(metricLine).join("\n")}

## Dimensions

What \`group_by\` and filters take: \`country=IN\`, \`country=-IN,US\` (neither), \`utm_campaign=~spring\` (contains), \`utm_source=\` (nothing known). What is not known is the empty text.

${dimensions().map(dimensionLine).join("\n")}

## A whole summary

\`\`\`http
${request}
\`\`\`

\`\`\`json
${body}
\`\`\`
`;
}
