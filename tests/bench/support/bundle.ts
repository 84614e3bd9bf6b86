// One bundle for Node of each Worker, minified as a deployed one is.

import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

export const root = join(import.meta.dirname, "../../..");
export const outDir = join(root, "build/bench");
export const moduleFile = resolve(root, process.env.BENCH_WASM ?? "build/wasi/leadledger.wasm");

/** A Worker imports a compiled module; Node reads the file and compiles it. */
const wasm: Plugin = {
  name: "wasm",
  setup(setup) {
    setup.onResolve({ filter: /\.wasm$/ }, () => ({ path: moduleFile, namespace: "wasm" }));
    setup.onLoad({ filter: /.*/, namespace: "wasm" }, ({ path }) => ({
      contents: `import { readFileSync } from "node:fs";
        export default new WebAssembly.Module(readFileSync(${JSON.stringify(path)}));`,
      loader: "js",
    }));
  },
};

const shared = { bundle: true, format: "esm", target: "es2024", minify: true, logLevel: "warning" } as const;

export async function bundleForNode(
  name: string,
  readable = process.env.BENCH_READABLE === "1",
): Promise<string> {
  const outfile = join(outDir, `${name}.node.mjs`);
  await build({
    ...shared,
    entryPoints: [join(root, `tests/bench/entries/${name}.ts`)],
    outfile,
    platform: "node",
    minify: !readable,
    plugins: [wasm],
  });
  return outfile;
}

/** A peer as one module for workerd. */
export async function bundleForWorkerd(name: string): Promise<string> {
  const outfile = join(outDir, `${name}.worker.mjs`);
  await build({
    ...shared,
    entryPoints: [join(root, `tests/bench/peers/${name}/index.ts`)],
    outfile,
    conditions: ["workerd", "worker", "browser"],
  });
  return outfile;
}
