// Puts together what the Worker serves as files:
//   build/assets        production: the dashboard, the module that makes its files (export/), lead.js, llms.txt and
//                       the rules for headers
//   build/assets-local  the same, and the sample page
// A file that has not changed is not touched: a running `wrangler dev` watches these folders.

import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeIfChanged } from "./lib/files.mjs";
import { inRoot } from "./lib/paths.mjs";

/** 'wasm-unsafe-eval' lets a page compile WebAssembly, and nothing else: exports are made by the core. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The library that shows the API's description sets styles as it goes, and its search is a worker made of its own
 * text, under this same policy; all that it loads comes from here.
 */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = `/*
  X-Content-Type-Options: nosniff
  Strict-Transport-Security: max-age=31536000
  Content-Security-Policy: ${policy}
  Referrer-Policy: same-origin
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()

# Names that change with the content.
/assets/*
  Cache-Control: public, max-age=31536000, immutable

# A website's own page as far as the dashboard is concerned.
/sample/*
  ! Content-Security-Policy
  ! Referrer-Policy

/docs
  ! Content-Security-Policy
  Content-Security-Policy: ${docsPolicy}

# Whoever makes a client may read it from a page of their own.
/openapi.json
  Content-Type: application/json; charset=utf-8
  Cache-Control: public, max-age=300
  Cross-Origin-Resource-Policy: cross-origin
  Access-Control-Allow-Origin: *

# Every website includes it, so every website may; an hour, so that a correction arrives the same day.
/lead.js
  Cache-Control: public, max-age=3600
  Cross-Origin-Resource-Policy: cross-origin
  Access-Control-Allow-Origin: *
`;

/** All files below a folder, as paths relative to it. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile());
}

/** The page of the API's description, with a library that would else fetch its maker's logo. */
function docsPage(files) {
  const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";
  const library = readFileSync(inRoot("node_modules/redoc/bundles/redoc.standalone.js"), "utf8");
  if (!library.includes(logo)) throw new Error("redoc has its logo elsewhere now");
  files.set(
    "openapi.json",
    JSON.stringify(JSON.parse(readFileSync(inRoot("build/generated/openapi.json"), "utf8"))),
  );
  files.set("docs.html", readFileSync(inRoot("worker/docs/docs.html")));
  files.set("docs/redoc.js", library.replaceAll(logo, "data:,"));
  for (const name of ["docs.css", "docs.js"]) {
    files.set(join("docs", name), readFileSync(inRoot("worker/docs", name)));
  }
}

/** Makes the folder hold exactly these files, given as a Map from path to content. */
function lay(folder, files) {
  for (const [path, content] of files) writeIfChanged(join(folder, path), content);
  for (const path of filesBelow(folder)) if (!files.has(path)) rmSync(join(folder, path));
}

export function assemble() {
  const common = new Map();
  common.set("_headers", headers);
  const dashboard = inRoot("build/dashboard");
  for (const path of filesBelow(dashboard)) {
    // The manifest is for the build alone.
    if (!path.startsWith(".vite")) common.set(path, readFileSync(join(dashboard, path)));
  }
  // Names that stay, so that a page that was open during a deployment still finds them.
  for (const name of ["leadledger_export.mjs", "leadledger_export.wasm"]) {
    common.set(join("export", name), readFileSync(inRoot("build/browser", name)));
  }
  docsPage(common);
  common.set("llms.txt", readFileSync(inRoot("build/generated/llms.txt")));
  common.set("lead.js", readFileSync(inRoot("worker/form/dist/lead.js")));
  lay(inRoot("build/assets"), common);

  const sample = inRoot("worker/sample");
  const pages = new Map(common);
  for (const path of filesBelow(sample)) {
    if (/\.(html|css|js|svg|png|ico)$/.test(path)) {
      pages.set(join("sample", path), readFileSync(join(sample, path)));
    }
  }
  lay(inRoot("build/assets-local"), pages);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) assemble();
