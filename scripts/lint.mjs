// The suite "lint": every formatter, linter and type checker. All of them run, even after one has complained.
// `node scripts/lint.mjs [biome|types|openapi|clang-format|clang-tidy ...]` runs only those named.

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { inRoot, node } from "./lib/paths.mjs";
import { CommandFailed, run } from "./lib/run.mjs";
import { cppFiles, sources, typeConfigs } from "./lib/sources.mjs";

const checks = {
  biome: () => [[inRoot("node_modules/.bin/biome"), "check", "--error-on-warnings", "--colors=off"]],
  types: () =>
    typeConfigs().map((config) => [
      node,
      inRoot("node_modules/typescript/bin/tsc"),
      "-p",
      config,
      "--noEmit",
    ]),
  openapi: () => [[node, inRoot("scripts/openapi_lint.mjs")]],
  "clang-format": () => [["clang-format-22", "--dry-run", "-Werror", ...cppFiles()]],
  "clang-tidy": clangTidy,
};

/** Headers are seen through the sources that include them. */
async function clangTidy() {
  await run("cmake", ["--preset", "native"]);
  const database = JSON.parse(readFileSync(inRoot("build/native/compile_commands.json"), "utf8"));
  const compiled = new Set(database.map(({ file }) => file));
  const wanted = sources("core/*.cpp", "bindings/*.cpp").map((name) => inRoot(name));
  // What only the WASI or browser compiler builds has no native command line to be checked with.
  return wanted
    .filter((file) => compiled.has(file))
    .map((file) => ["clang-tidy-22", "--quiet", "-p", inRoot("build/native"), file]);
}

/** Runs the commands on all cores and returns what the failing ones said. */
async function complaintsOf(commands) {
  const waiting = [...commands];
  const complaints = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [command, ...args] = next;
      try {
        await run(command, args);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        complaints.push(error.output.trim() || error.message);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return complaints;
}

const asked = process.argv.slice(2);
for (const name of asked) if (!(name in checks)) throw new Error(`no check "${name}"`);

for (const [name, commandsOf] of Object.entries(checks)) {
  if (asked.length && !asked.includes(name)) continue;
  const begun = Date.now();
  const commands = await commandsOf();
  const complaints = commands.length ? await complaintsOf(commands) : ["nothing to check was found"];
  for (const complaint of complaints) console.log(complaint);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`${complaints.length ? "FAIL" : "ok  "} ${name} ${seconds} s, ${commands.length} commands`);
  if (complaints.length) process.exitCode = 1;
}
