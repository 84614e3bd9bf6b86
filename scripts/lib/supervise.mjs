// Keeps one service running: starts it in a process group of its own, sees whether it answers, and starts it
// again, with growing pauses, when it ends or falls silent.

import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { root } from "./paths.mjs";
import { Complaint, killGroup, sleep, tail } from "./run.mjs";

const firstPause = 300; // ms
const longestPause = 10_000; // ms
/** After this long without a fault, the next one starts again with the shortest pause. */
const forgivenAfter = 60_000; // ms
/** A busy service may be slow to answer; one that has said nothing for this long is taken for dead. */
const silenceAllowed = 9_000; // ms
const probeTimeout = 3_000; // ms
/** The same for one of whose own processes one has just died: it is probably beyond help. */
const silenceAfterLoss = 2_000; // ms
const probeEvery = 500; // ms

/**
 * Starts a service and returns {ready, stop}. `service` is
 *   name     for messages
 *   command, args, env
 *   probe    async (signal) => throws unless the service answers
 *   log      file for its output
 *   run      the record of lib/processes.mjs
 *   patience ms until the first answer must have come
 */
export function supervise(service) {
  mkdirSync(dirname(service.log), { recursive: true });
  const log = createWriteStream(service.log, { flags: "a" });
  let child;
  let stopping = false;
  let faults = 0;
  let recent = "";
  let firstAnswer = false;

  const ready = deferred();
  ready.promise.catch(() => {});
  const loop = keepRunning();

  async function keepRunning() {
    while (!stopping) {
      const begun = Date.now();
      const reason = await runOnce();
      if (stopping) return;
      if (!firstAnswer) {
        // It never worked: a second try would only hide why.
        ready.reject(new Complaint(`${service.name} did not start: ${reason}\n${tail(recent)}`));
        return;
      }
      faults = Date.now() - begun > forgivenAfter ? 1 : faults + 1;
      const pause = Math.min(firstPause * 2 ** (faults - 1), longestPause);
      console.log(`${service.name}: ${reason}; starting it again in ${pause / 1000} s (log: ${service.log})`);
      await sleep(pause);
    }
  }

  /** One life of the service. Resolves with why it ended, once all of its processes have. */
  async function runOnce() {
    recent = "";
    child = spawn(service.command, service.args, {
      cwd: root,
      env: { ...process.env, ...service.env, ...service.run.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    if (child.pid) service.run.add(child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        recent = (recent + text).slice(-16_384);
        log.write(text);
      });
    }
    const life = new AbortController();
    const ended = new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
    });
    const reason = await Promise.race([ended, watch(life.signal)]);
    life.abort();
    // Its children too: a port that one of them still holds would spoil the next life.
    killGroup(child.pid, stopping ? "SIGTERM" : "SIGKILL");
    await ended;
    return reason;
  }

  /** Resolves with the reason when the service has been silent for too long. */
  async function watch(signal) {
    let answering = false;
    let last = Date.now();
    let children = [];
    while (!signal.aborted) {
      const now = childrenOf(child.pid);
      const loss = answering && children.some((pid) => !now.includes(pid));
      try {
        await service.probe(AbortSignal.timeout(loss ? silenceAfterLoss / 2 : probeTimeout));
        if (!answering && firstAnswer) console.log(`${service.name}: answers again`);
        answering = true;
        firstAnswer = true;
        ready.resolve();
        last = Date.now();
        children = childrenOf(child.pid);
      } catch (error) {
        const allowed = loss ? silenceAfterLoss : answering ? silenceAllowed : service.patience;
        if (Date.now() - last > allowed)
          return `no answer for ${allowed / 1000} s (${error.cause?.message ?? error.message})`;
      }
      await sleep(answering ? probeEvery : 50);
    }
  }

  /** SIGTERM to the group, then SIGKILL to what has not gone within the grace. */
  async function stop(grace = 4000) {
    stopping = true;
    ready.resolve();
    if (!child?.pid) return;
    killGroup(child.pid, "SIGTERM");
    await Promise.race([loop, sleep(grace)]);
    killGroup(child.pid, "SIGKILL");
    log.end();
  }

  return { ready: ready.promise, stop };
}

/** The processes that a process started itself; none where the system does not tell. */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  } catch {
    return [];
  }
}

/** Promise.withResolvers, which Node 20 does not have. */
function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
