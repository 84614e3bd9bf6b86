import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vitest/config";
import { buildValidators } from "../openapi/build.mjs";

buildValidators();

/** The Worker's own core.ts imports its module as the Workers runtime has it: compiled. */
const compiledWasm: Plugin = {
  name: "compiled-wasm",
  enforce: "pre",
  load(id) {
    if (!id.endsWith(".wasm")) return undefined;
    const base64 = readFileSync(process.env.REPORTS_WASM ?? id).toString("base64");
    return `export default new WebAssembly.Module(Buffer.from("${base64}", "base64"));`;
  },
};

export default defineConfig({
  plugins: [compiledWasm],
  test: {
    root: new URL(".", import.meta.url).pathname,
    include: ["*.test.ts"],
    environment: "node",
    // Each file starts a ClickHouse of its own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
