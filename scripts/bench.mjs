// `npm run bench`: sets up, builds, then runs tests/bench/run.mjs, which prints its figures as ratios of one run.

import { build, buildNeeds, cmake } from "./build.mjs";
import { inRoot, node } from "./lib/paths.mjs";
import { explain, run } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";
import { wranglerEnv } from "./lib/wrangler.mjs";

try {
  await setUp([...buildNeeds, "native", "bench"]);
  await build();
  await cmake("native");
  await run(node, [inRoot("tests/bench/run.mjs"), ...process.argv.slice(2)], {
    show: true,
    env: wranglerEnv,
  });
} catch (error) {
  process.exitCode = explain(error);
}
