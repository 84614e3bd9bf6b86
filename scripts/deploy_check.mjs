// The suite "deploy": a dry run of `wrangler deploy` for production and for the local environment, and the
// size of all that would be uploaded.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { inRoot } from "./lib/paths.mjs";
import { explain } from "./lib/run.mjs";
import { wrangler } from "./lib/wrangler.mjs";

/**
 * The aims, compressed; the platform's own limit is 3 MB (10 MB paid). The library that speaks the Model Context Protocol
 * is a third of the whole, runs for POST /mcp alone, and would hide what everything else gains: so each has its own.
 */
const aims = { rest: 384 * 1024, library: 100 * 1024 };
const library = "@modelcontextprotocol/server";

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

/** What a deployment would upload, by name. */
async function upload(environment, folder, ...more) {
  rmSync(folder, { recursive: true, force: true });
  await wrangler(["deploy", "--dry-run", "--outdir", folder, "--env", environment, ...more]);
  // Source maps and Wrangler's note stay here; all else is the upload.
  const names = readdirSync(folder).filter((file) => !/\.map$|^README\.md$/.test(file));
  if (names.length === 0) throw new Error(`the dry run left nothing in ${folder}`);
  return names.map((name) => {
    const bytes = readFileSync(join(folder, name));
    return {
      name: name.replace(/^[0-9a-f]{40}-/, ""),
      raw: bytes.length,
      gzip: gzipSync(bytes, { level: 9 }).length,
    };
  });
}

const sum = (files, size) => files.reduce((all, file) => all + file[size], 0);

function hold(what, gzip, most) {
  console.log(`  ${what.padEnd(28)} gzip ${kb(gzip)} of ${kb(most)}`);
  if (gzip > most) throw new Error(`${what}: gzip ${kb(gzip)} is more than ${kb(most)}`);
}

async function check(environment, folder) {
  const files = await upload(environment, folder);
  for (const { name, raw, gzip } of files) {
    console.log(`  ${name.padEnd(28)} ${kb(raw).padStart(11)}, gzip ${kb(gzip)}`);
  }
  const whole = sum(files, "gzip");
  console.log(`total: ${environment || "production"} ${kb(sum(files, "raw"))}, gzip ${kb(whole)}`);
  const nothing = inRoot("scripts/lib/no_module.cjs");
  const without = await upload(environment, `${folder}-without`, "--alias", `${library}:${nothing}`);
  const rest = sum(without, "gzip");
  hold("all but the MCP library", rest, aims.rest);
  hold("the MCP library", whole - rest, aims.library);
}

try {
  await check("", inRoot("build/dry-run"));
  await check("local", inRoot("build/dry-run-local"));
} catch (error) {
  process.exitCode = explain(error);
}
