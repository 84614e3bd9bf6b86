// The suite "fuzz": every libFuzzer target of the asan build, for a bounded time, from its kept corpus.
//
// As a test it goes the same way each time, from the kept corpus with one seed: a change fails for what it
// changed, not by chance. With LEADLEDGER_FUZZ_SECONDS, the time for each target, it explores: with a seed of
// its own, and from what earlier explorations found.
//
// New inputs go to build/fuzz/<target>/found; what is worth keeping is copied to tests/fuzz/corpus/<target> by
// hand. An input that crashes is left as build/fuzz/<target>/crash-...

import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { inRoot } from "./lib/paths.mjs";
import { CommandFailed, run } from "./lib/run.mjs";

const explores = Boolean(process.env.LEADLEDGER_FUZZ_SECONDS);
const seconds = Number(process.env.LEADLEDGER_FUZZ_SECONDS || 15);
/** Seed 0 is one of the clock. Traces of comparisons guide well, but with addresses that differ in each process. */
const course = explores ? ["-seed=0"] : ["-seed=1", "-use_cmp=0"];
const targets = readdirSync(inRoot("build/asan")).filter((name) => /^fuzz_[a-z0-9_]+$/.test(name));

/** A little over the body limit of 64 KiB, so that the limit itself is met too. */
const longestInput = 70_000;

async function fuzz(target) {
  const work = inRoot("build/fuzz", target);
  if (!explores) rmSync(`${work}/found`, { recursive: true, force: true });
  mkdirSync(`${work}/found`, { recursive: true });
  const kept = inRoot("tests/fuzz/corpus", target);
  if (!existsSync(kept)) throw new CommandFailed(target, "no kept corpus", `${kept} is not there`);
  const output = await run(inRoot("build/asan", target), [
    ...course,
    `-max_total_time=${seconds}`,
    `-max_len=${longestInput}`,
    `-artifact_prefix=${work}/`,
    "-timeout=10",
    "-rss_limit_mb=2048",
    "-print_final_stats=1",
    `${work}/found`,
    kept,
  ]);
  const runs = /number_of_executed_units:\s*(\d+)/.exec(output)?.[1] ?? 0;
  if (Number(runs) === 0) throw new CommandFailed(target, "no input executed", output);
  return `${target}: ${runs} inputs`;
}

/** A crash is told in some twenty lines, after hundreds on what was covered. */
function withoutProgress(output) {
  return output
    .split("\n")
    .filter((line) => !/^#\d+\s+(NEW|REDUCE|RELOAD|INITED|pulse|DONE)/.test(line))
    .join("\n");
}

if (targets.length === 0) {
  console.log("There are no build/asan/fuzz_*.");
  process.exitCode = 1;
}
const waiting = [...targets].sort();
const worker = async () => {
  for (let target = waiting.shift(); target; target = waiting.shift()) {
    try {
      console.log(await fuzz(target));
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      console.log(`${withoutProgress(error.output)}\n${error.message}`);
      process.exitCode = 1;
    }
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
