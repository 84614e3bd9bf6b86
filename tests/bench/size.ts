// Sizes of what is deployed, and the time from bytes to an instance that answers.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { moduleFile, outDir, root } from "./support/bundle.ts";
import { median } from "./support/rounds.ts";

const gzip = (bytes: Buffer) => gzipSync(bytes, { level: 9 }).length;

export interface Sizes {
  moduleBytes: number;
  moduleGzip: number;
  bundleGzip: number;
  honoZodGzip: number;
}

/** Bundles as a deployment would, into build/bench/deployed, without uploading. */
export function bundleForDeployment(): void {
  const outdir = join(outDir, "deployed");
  rmSync(outdir, { recursive: true, force: true });
  const wrangler = join(root, "node_modules/wrangler/wrangler-dist/cli.js");
  const args = [
    "--no-warnings",
    wrangler,
    "deploy",
    "--dry-run",
    "--minify",
    "--outdir",
    outdir,
    "--env",
    "",
  ];
  const told = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (told.status !== 0) throw new Error(`wrangler deploy --dry-run: ${told.stdout}${told.stderr}`);
}

export function sizes(honoZodFile: string): Sizes {
  const module = readFileSync(moduleFile);
  const folder = join(outDir, "deployed");
  const uploaded = readdirSync(folder).filter((file) => /\.(?:js|wasm)$/.test(file));
  return {
    moduleBytes: module.length,
    moduleGzip: gzip(module),
    bundleGzip: uploaded.reduce((sum, file) => sum + gzip(readFileSync(join(folder, file))), 0),
    honoZodGzip: gzip(readFileSync(honoZodFile)),
  };
}

export interface StartTimes {
  compileMs: number;
  instantiateMs: number;
}

const once = `
  const bytes = require("node:fs").readFileSync(process.argv[1]);
  const begun = performance.now();
  const module = new WebAssembly.Module(bytes);
  const compiled = performance.now();
  const { exports } = new WebAssembly.Instance(module);
  exports._initialize();
  exports.abi_version();
  console.log(JSON.stringify([compiled - begun, performance.now() - compiled]));`;

/** Medians over fresh processes: within one, V8 remembers what it compiled. The platform compiles at upload. */
export function startTimes(times: number): StartTimes {
  const compile: number[] = [];
  const instantiate: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const { stdout } = spawnSync(process.execPath, ["-e", once, moduleFile], { encoding: "utf8" });
    const [compiled, made] = JSON.parse(stdout) as [number, number];
    compile.push(compiled);
    instantiate.push(made);
  }
  return { compileMs: median(compile), instantiateMs: median(instantiate) };
}
