// Remembers which processes a run of `npm start` made, so that the next one can end what a killed run left.
//
// Every process of a run, grandchildren too, has LEADLEDGER_RUN=<id of the run> in its environment, and the
// state folder holds the id of the last run. A number that the system has meanwhile given to somebody else's
// process is thus never taken for ours. Where there is no /proc, the recorded groups are compared by the time
// they began.

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJson, writeJson } from "./files.mjs";
import { stateDir } from "./paths.mjs";
import { Complaint, killGroup, sleep } from "./run.mjs";

const file = join(stateDir, "processes.json");
const hasProc = existsSync("/proc/self/environ");

/** Ends what an earlier run left behind, refuses if it is still alive, and begins the record of this run. */
export async function beginRun() {
  const last = readJson(file);
  if (last) {
    if (isSame(last.supervisor)) {
      throw new Complaint(
        `Leadledger already runs here (process ${last.supervisor.pid}, state in ${stateDir}).
End it first, or choose another PORT and another LEADLEDGER_STATE.`,
      );
    }
    await endLeftovers(last);
  }
  const record = { run: randomBytes(8).toString("hex"), supervisor: identity(process.pid), groups: [] };
  mkdirSync(dirname(file), { recursive: true });
  writeJson(file, record);
  return {
    env: { LEADLEDGER_RUN: record.run },
    /** Adds a child that leads a process group of its own. */
    add(pid) {
      record.groups.push(identity(pid));
      writeJson(file, record);
    },
    /** Whatever still lives of this run, this process excepted. */
    leftovers: () => processesOf(record),
    end: () => endLeftovers(record),
  };
}

async function endLeftovers(record) {
  for (const signal of ["SIGTERM", "SIGKILL"]) {
    for (let wait = 0; wait < 20; wait++) {
      const alive = processesOf(record);
      if (alive.length === 0) return;
      if (wait === 0) for (const pid of alive) signalOne(pid, signal);
      await sleep(100);
    }
  }
}

function processesOf(record) {
  if (!hasProc) return record.groups.filter(isSame).map(({ pid }) => -pid);
  const mark = `LEADLEDGER_RUN=${record.run}`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readProc(name, "environ").split("\0").includes(mark))
    .filter((name) => !/^\d+ \(.*\) Z /s.test(readProc(name, "stat")))
    .map(Number);
}

function signalOne(pid, signal) {
  if (pid < 0) return killGroup(-pid, signal);
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** The parents up to npm, which runs a script through a shell; they change when npm is gone. */
export function npmAbove() {
  const parent = process.ppid;
  const [, name, above] = /^\d+ \((.*)\) \S (\d+)/s.exec(readProc(parent, "stat")) ?? [];
  return /^(sh|dash|bash)$/.test(name) ? `${parent} ${above}` : `${parent}`;
}

/** A process as its number and the time it began: together they are never used twice. */
function identity(pid) {
  return { pid, begun: begun(pid) };
}

function isSame(recorded) {
  return Boolean(recorded?.begun) && begun(recorded.pid) === recorded.begun;
}

function begun(pid) {
  // The 22nd field; the second, the program's name in parentheses, may hold spaces.
  if (hasProc) return readProc(pid, "stat").split(") ").pop()?.split(" ")[19] ?? "";
  return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
}

function readProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch {
    return ""; // gone, or not ours to look at
  }
}
