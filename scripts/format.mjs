// `npm run format`: writes every file as the formatters want it.

import { inRoot } from "./lib/paths.mjs";
import { explain, run } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";
import { cppFiles } from "./lib/sources.mjs";

try {
  await setUp(["lint"]);
  await run("clang-format-22", ["-i", ...cppFiles()]);
  await run(inRoot("node_modules/.bin/biome"), ["check", "--write"], { show: true });
} catch (error) {
  process.exitCode = explain(error);
}
