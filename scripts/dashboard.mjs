// Builds the dashboard (worker/dashboard) into build/dashboard, and holds what a browser must load first to its size.
// Does nothing where nothing has changed.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readJson, readText, writePrivate } from "./lib/files.mjs";
import { inRoot, node } from "./lib/paths.mjs";
import { Complaint, explain, run } from "./lib/run.mjs";
import { sources } from "./lib/sources.mjs";

const out = inRoot("build/dashboard");
const stamp = inRoot("build/dashboard.stamp");

/** Script that the lead stats page needs before its charts, gzipped. */
export const maxFirstLoadBytes = 200 * 1024;

function digestOfSources() {
  const hash = createHash("sha256");
  const files = [
    ...sources("worker/dashboard/*").map((name) => inRoot(name)),
    inRoot("build/generated/dashboard.ts"),
    inRoot("package-lock.json"),
  ];
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** A module of Vite's manifest and all that it imports statically, as file names. */
function closure(manifest, keys) {
  const found = new Set();
  const add = (key) => {
    const { file, imports = [] } = manifest[key];
    if (found.has(file)) return;
    found.add(file);
    for (const next of imports) add(next);
  };
  for (const key of keys) add(key);
  return found;
}

/** Bytes of the scripts that are loaded before the first numbers can be shown, by file. */
export function firstLoad() {
  const manifest = readJson(join(out, ".vite/manifest.json"));
  const files = closure(manifest, ["index.html", "src/stats/page.tsx"]);
  const sizes = [...files].map((file) => [
    file,
    gzipSync(readFileSync(join(out, file)), { level: 9 }).length,
  ]);
  return { sizes, total: sizes.reduce((sum, [, size]) => sum + size, 0) };
}

export async function buildDashboard() {
  const digest = digestOfSources();
  if (existsSync(out) && readText(stamp) === digest) return;
  // Within a test run NODE_ENV is "test", by which React would come as it is for development.
  const env = { NODE_ENV: "production" };
  await run(node, [inRoot("node_modules/vite/bin/vite.js"), "build", inRoot("worker/dashboard")], { env });
  const { total } = firstLoad();
  if (total > maxFirstLoadBytes) {
    throw new Complaint(
      `The dashboard's first load is ${total} bytes of script gzipped, more than ${maxFirstLoadBytes}.`,
    );
  }
  writePrivate(stamp, digest);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await buildDashboard();
    const { sizes, total } = firstLoad();
    for (const [file, size] of sizes) console.log(`${String(size).padStart(8)} ${file}`);
    console.log(`${String(total).padStart(8)} in all, gzipped (limit ${maxFirstLoadBytes})`);
  } catch (error) {
    process.exitCode = explain(error);
  }
}
