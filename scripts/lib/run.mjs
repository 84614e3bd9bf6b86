// Runs a command to its end, quietly: its output appears only if it fails (or all along, if asked).

import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}`);
    this.output = output;
  }
}

/** Enough of a failing command's end to see why, and little enough to keep in memory. */
const keptOutput = 64 * 1024;

/**
 * Options: cwd, env (added to this process's), show (output goes straight through), input (text for its
 * standard input), timeout (ms; then its whole process group is killed), onStart(child).
 * Returns what it printed, standard output and standard error together.
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = {}, show = false, input, timeout, onStart } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
      // An own group, so that a time limit also ends what it started. One that shows its output stays in
      // ours: it may ask for a password at the terminal.
      detached: !show,
    });
    onStart?.(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output = (output + text).slice(-keptOutput);
      });
    }
    child.stdin?.on("error", () => {}).end(input);
    let late = false;
    const timer =
      timeout &&
      setTimeout(() => {
        late = true;
        killGroup(child.pid, "SIGKILL");
      }, timeout);
    child.on("error", (error) => {
      clearTimeout(timer);
      const missing = "code" in error && error.code === "ENOENT" ? `${command} was not found` : error.message;
      reject(new CommandFailed(command, missing, output));
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      const line = [command, ...args].join(" ");
      if (late) reject(new CommandFailed(line, `a time-out after ${timeout / 1000} s`, output));
      else if (code !== 0) reject(new CommandFailed(line, signal ?? `code ${code}`, output));
      else resolve(output);
    });
    if (!show) running.add(child);
  });
}

const running = new Set();

/** Ends what `run` has under way; for those who leave early. */
export function endRunning(signal = "SIGTERM") {
  for (const child of running) killGroup(child.pid, signal);
}

/** Signals a process group that this process made; one that is gone already is no fault. */
export function killGroup(pid, signal) {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error;
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The last lines of a text, indented. */
export function tail(text, lines = 40) {
  return text
    .trimEnd()
    .split("\n")
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join("\n");
}

/** Says what is done, does it, says how long it took. */
export async function step(title, work) {
  const begun = Date.now();
  const result = await work();
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`  ${title.padEnd(44)} ${seconds.padStart(6)} s`);
  return result;
}

/** What a script's main function failed of, as a person wants to read it; then the exit code. */
export function explain(error) {
  if (error instanceof CommandFailed) {
    if (error.output?.trim()) console.error(tail(error.output));
    console.error(`\n${error.message}`);
  } else if (error instanceof Complaint) {
    console.error(`\n${error.message}`);
  } else {
    console.error(error);
  }
  return 1;
}

/** An error whose message says everything: no stack is shown. */
export class Complaint extends Error {}
