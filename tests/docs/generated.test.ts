/** The pages that are made from schema/ are those that schema/ makes now. */
import { expect, it } from "vitest";
import { docsDatasets } from "../../schema/generator/datasets.mjs";
import { readSchema } from "../../schema/generator/io.mjs";
import { docsFields, docsVerdicts } from "../../schema/generator/verdict_docs.mjs";
import { read } from "./pages.ts";

it.each([
  ["docs/datasets.md", docsDatasets],
  ["docs/verdicts.md", docsVerdicts],
  ["docs/api/fields.md", docsFields],
])("%s is up to date", (page, make) => {
  expect(read(page)).toBe(make());
});

it("every reason code and every field has its line", () => {
  const { reasons } = readSchema("reasons.json") as { reasons: { code: string }[] };
  const { fields } = readSchema("fields.json") as { fields: { name: string }[] };
  expect(reasons.length).toBeGreaterThan(0);
  for (const { code } of reasons) expect(read("docs/verdicts.md")).toContain(`\n| \`${code}\` |`);
  for (const { name } of fields) expect(read("docs/api/fields.md")).toContain(`\n| \`${name}\` |`);
});
