// `npm run build`: everything that the Worker is made of. Each step does nothing when nothing has changed.

import { fileURLToPath } from "node:url";
import { assemble } from "./assets.mjs";
import { buildDashboard } from "./dashboard.mjs";
import { inRoot, node } from "./lib/paths.mjs";
import { explain, run, step } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

/** Groups of system packages (lib/system_packages.mjs) that building needs. */
export const buildNeeds = ["build", "browser_build"];

export async function build() {
  await step("generate from schema/", () => run(node, [inRoot("schema/generate.mjs")]));
  await step("WebAssembly module", () => cmake("wasi"));
  await step("browser module", () => cmake("browser", "--target", "leadledger_export"));
  await step("lead.js", () => run(node, [inRoot("worker/form/build.mjs")]));
  await step("dashboard", buildDashboard);
  await step("assets", async () => assemble());
}

/** Configures and builds one CMake preset. */
export async function cmake(preset, ...buildArgs) {
  await run("cmake", ["--preset", preset]);
  await run("cmake", ["--build", "--preset", preset, ...buildArgs]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await setUp(buildNeeds);
    await build();
  } catch (error) {
    process.exitCode = explain(error);
  }
}
