/** The pages that are made from schema/ are those that schema/ makes now. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { docsDatasets } from "../../schema/generator/datasets.mjs";
import { readSchema } from "../../schema/generator/io.mjs";
import { docsDimensions } from "../../schema/generator/report_docs.mjs";
import { countNames } from "../../schema/generator/reports.mjs";
import { docsFields, docsVerdicts } from "../../schema/generator/verdict_docs.mjs";
import { read, root } from "./pages.ts";

const made: [page: string, make: () => string][] = [
  ["docs/datasets.md", docsDatasets],
  ["docs/verdicts.md", docsVerdicts],
  ["docs/api/dimensions.md", docsDimensions],
  ["docs/api/fields.md", docsFields],
];

it.each(made)("%s is up to date", (page, make) => {
  expect(read(page)).toBe(make());
});

it("every reason code and every field has its line", () => {
  const { reasons } = readSchema("reasons.json") as { reasons: { code: string }[] };
  const { fields } = readSchema("fields.json") as { fields: { name: string }[] };
  expect(reasons.length).toBeGreaterThan(0);
  for (const { code } of reasons) expect(read("docs/verdicts.md")).toContain(`\n| \`${code}\` |`);
  for (const { name } of fields) expect(read("docs/api/fields.md")).toContain(`\n| \`${name}\` |`);
});

it("every dimension, count, bucket and warning has its line", () => {
  const reports = readSchema("reports.json") as {
    dimensions: { name: string }[];
    buckets: { name: string }[];
    warnings: Record<string, string>;
  };
  const names = [...reports.dimensions, ...reports.buckets].map(({ name }) => name);
  const page = read("docs/api/dimensions.md");
  expect(names.length).toBeGreaterThan(0);
  for (const name of [...names, ...countNames(), ...Object.keys(reports.warnings)]) {
    expect(page).toContain(`\n| \`${name}\` |`);
  }
});

const changed = (...paths: string[]) =>
  spawnSync("git", ["status", "--porcelain", "--", ...paths], { cwd: root, encoding: "utf8" });

// The build writes the pages anew, so a page that nobody committed shows only as a change of it alone.
it.skipIf(changed("schema").status !== 0 || changed("schema").stdout !== "")(
  "are committed together with what they are made from",
  () => {
    expect(changed(...made.map(([page]) => page)).stdout).toBe("");
  },
);
