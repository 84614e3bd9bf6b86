// The suite "deploy": a dry run of `wrangler deploy` for production and for the local environment, and the
// size of all that would be uploaded.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { inRoot } from "./lib/paths.mjs";
import { explain } from "./lib/run.mjs";
import { wrangler } from "./lib/wrangler.mjs";

/** The aim for the whole Worker. The platform's own limit is 3 MB (10 MB paid), compressed. */
const maxGzipBytes = 300 * 1024;

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

async function check(environment, folder) {
  rmSync(folder, { recursive: true, force: true });
  await wrangler(["deploy", "--dry-run", "--outdir", folder, "--env", environment]);
  let raw = 0;
  let gzip = 0;
  // Source maps and Wrangler's note stay here; all else is the upload.
  for (const name of readdirSync(folder).filter((file) => !/\.map$|^README\.md$/.test(file))) {
    const bytes = readFileSync(join(folder, name));
    const packed = gzipSync(bytes, { level: 9 }).length;
    raw += bytes.length;
    gzip += packed;
    console.log(
      `  ${name.replace(/^[0-9a-f]{40}-/, "").padEnd(28)} ${kb(bytes.length).padStart(11)}, gzip ${kb(packed)}`,
    );
  }
  console.log(`total: ${environment || "production"} ${kb(raw)}, gzip ${kb(gzip)}`);
  if (raw === 0) throw new Error(`the dry run left nothing in ${folder}`);
  if (gzip > maxGzipBytes) throw new Error(`gzip ${kb(gzip)} is more than ${kb(maxGzipBytes)}`);
}

try {
  await check("", inRoot("build/dry-run"));
  await check("local", inRoot("build/dry-run-local"));
} catch (error) {
  process.exitCode = explain(error);
}
