// Bundles lead.js and holds it to its size. `node worker/form/build.mjs [file]`; the default is dist/lead.js.
import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** A form script is paid for on every page of a website: 3 KiB is two or three packets. */
export const maxGzipBytes = 3072;

export async function buildLeadScript(outfile = resolve(here, "dist/lead.js")) {
  const result = await build({
    entryPoints: [resolve(here, "lead.ts")],
    bundle: true,
    format: "iife",
    target: "es2019",
    minify: true,
    legalComments: "none",
    write: false,
  });
  const code = result.outputFiles[0].contents;
  const gzip = gzipSync(code, { level: 9 }).length;
  if (gzip > maxGzipBytes) throw new Error(`lead.js is ${gzip} bytes gzipped, more than ${maxGzipBytes}`);
  await mkdir(dirname(outfile), { recursive: true });
  writeFileSync(outfile, code);
  return { outfile, raw: code.length, gzip };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outfile, raw, gzip } = await buildLeadScript(process.argv[2]);
  console.log(`${outfile}: ${raw} bytes, ${gzip} gzipped (limit ${maxGzipBytes})`);
}
