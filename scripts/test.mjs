// `npm test`: sets up like `npm start`, then runs every suite of suites.mjs, or those that are named.
// The last line is "N passed, N failed", in suites; the exit code is 1 if any failed.

import { build, buildNeeds } from "./build.mjs";
import { inRoot } from "./lib/paths.mjs";
import { CommandFailed, endRunning, explain, run, tail } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";
import { wranglerEnv } from "./lib/wrangler.mjs";
import { suites } from "./suites.mjs";

const verbose = process.argv.includes("--verbose");
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

/** Tests must not depend on who runs them: no colours to strip, no reports, no files outside the state folder. */
const env = { ...wranglerEnv, PATH: `${inRoot("node_modules/.bin")}:${process.env.PATH}` };

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    endRunning();
    process.exit(1);
  });
}

async function runSuite(suite) {
  const begun = Date.now();
  const deadline = begun + suite.minutes * 60_000;
  let failure;
  let output = "";
  try {
    for (const [command, ...args] of suite.steps) {
      const timeout = Math.max(deadline - Date.now(), 1000);
      output = await run(command, args, { env, timeout });
    }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    failure = error;
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(6);
  console.log(`${failure ? "FAIL" : "ok  "} ${suite.name.padEnd(8)} ${seconds} s  ${suite.title}`);
  // The last step's own summary: how many tests, how large.
  if (failure) console.log(told(failure, 10));
  else for (const line of summary(output, verbose)) console.log(`       ${line}`);
  return failure;
}

/** The end of what a failed suite printed, in that many lines, and how it ended. */
const told = (failure, lines) => `${tail(failure.output, lines)}\n    ${failure.message}`;

/** What of a passing suite's output is worth reading: its totals. */
function summary(output, all) {
  const lines = output.trimEnd().split("\n");
  if (all) return lines;
  return lines
    .map((line) => line.trim())
    .filter((line) => /^(Tests? |Test Files|All tests passed|test cases|assertions|total:|fuzz_)/.test(line));
}

async function main() {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length) {
    console.error(
      `No suite "${unknown.join(", ")}". There are: ${suites.map(({ name }) => name).join(", ")}.`,
    );
    return 1;
  }
  const chosen = names.length ? suites.filter((suite) => names.includes(suite.name)) : suites;
  const begun = Date.now();
  const needs = chosen.flatMap((suite) => [...suite.needs, ...(suite.worker ? buildNeeds : [])]);
  await setUp([...new Set(needs)]);

  // The suites that need the Worker's parts fail if these cannot be built; the others still tell what they know.
  let broken;
  if (chosen.some((suite) => suite.worker)) {
    try {
      await build();
    } catch (error) {
      broken = error;
      explain(error);
    }
  }
  const failures = [];
  let passed = 0;
  for (const suite of chosen) {
    if (suite.worker && broken) {
      console.log(`FAIL ${suite.name.padEnd(8)}          the build failed, see above`);
      continue;
    }
    const failure = await runSuite(suite);
    if (failure) failures.push([suite.name, failure]);
    else passed++;
  }
  // Once more and longer, below the list of all, where whoever comes back to the screen looks.
  for (const [name, failure] of failures) console.log(`\n${name}:\n${told(failure, 80)}`);
  console.log(`\n${((Date.now() - begun) / 1000).toFixed(0)} s`);
  console.log(`${passed} passed, ${chosen.length - passed} failed`);
  return passed === chosen.length ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = explain(error);
  console.log("0 passed, 1 failed");
}
