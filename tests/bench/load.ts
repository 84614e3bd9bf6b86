// Requests a second on workerd, with D1 and the Analytics Engine binding, driven by wrk over loopback; and submissions
// a second through the queue's consumer.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support/bundle.ts";
import { queueMessage } from "./support/queue_message.ts";
import { median } from "./support/rounds.ts";
import { type Running, startWorkerd, type WorkerFiles } from "./support/workerd.ts";

export interface LoadFigures {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuUs: number;
  wrong: number;
}

/** Processor time of a process so far, in microseconds (Linux). */
function cpuOfProcess(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function drive(worker: Running, seconds: number, seed: number): Promise<LoadFigures> {
  const before = cpuOfProcess(worker.pid);
  const wrk = spawnSync(
    "wrk",
    ["-t1", "-c16", `-d${seconds}s`, "-s", join(root, "tests/bench/lead.lua"), `${worker.url}api/leads`],
    { encoding: "utf8", env: { ...process.env, SEED: String(seed) }, timeout: (seconds + 20) * 1000 },
  );
  const spent = cpuOfProcess(worker.pid) - before;
  const line = /^figures (\{.*\})$/m.exec(wrk.stdout ?? "")?.[1];
  if (line === undefined) throw new Error(`wrk said: ${wrk.stdout} ${wrk.stderr} ${wrk.error}`);
  const told = JSON.parse(line) as { requests: number; us: number; p50: number; p99: number; wrong: number };
  return {
    requestsPerSecond: told.requests / (told.us / 1e6),
    p50Ms: told.p50 / 1000,
    p99Ms: told.p99 / 1000,
    cpuUs: spent / told.requests,
    wrong: told.wrong,
  };
}

const byMedian = (many: LoadFigures[]): LoadFigures => ({
  requestsPerSecond: median(many.map((one) => one.requestsPerSecond)),
  p50Ms: median(many.map((one) => one.p50Ms)),
  p99Ms: median(many.map((one) => one.p99Ms)),
  cpuUs: median(many.map((one) => one.cpuUs)),
  wrong: many.reduce((sum, one) => sum + one.wrong, 0),
});

/** Each Worker in turn, `times` times; a short run first warms each up. */
export async function load<Name extends string>(
  workers: Record<Name, WorkerFiles>,
  seconds: number,
  times: number,
): Promise<Record<Name, LoadFigures>> {
  const names = Object.keys(workers) as Name[];
  const figures = {} as Record<Name, LoadFigures[]>;
  const running = {} as Record<Name, Running>;
  try {
    for (const name of names) {
      running[name] = await startWorkerd(workers[name]);
      figures[name] = [];
      await drive(running[name], 2, 0);
    }
    for (let turn = 1; turn <= times; turn += 1) {
      for (const name of names) figures[name].push(await drive(running[name], seconds, turn));
    }
  } finally {
    for (const one of Object.values(running) as Running[]) await one.stop();
  }
  return Object.fromEntries(names.map((name) => [name, byMedian(figures[name])])) as Record<
    Name,
    LoadFigures
  >;
}

export interface QueueFigures {
  messages: number;
  perSecond: number;
  kept: number;
}

/** Batches as large as wrangler.toml's, one after the other, as one consumer gets them. */
export async function queueLoad(worker: WorkerFiles, batches: number): Promise<QueueFigures> {
  const size = 50;
  const running = await startWorkerd(worker);
  try {
    const batch = (from: number) =>
      Array.from({ length: size }, (_, at) => ({
        id: `m${from + at}`,
        timestamp: new Date(),
        attempts: 1,
        body: queueMessage(from + at),
      }));
    await running.deliver("leadledger-leads", batch(0));
    const begun = performance.now();
    for (let at = 1; at <= batches; at += 1) {
      const { retryMessages } = await running.deliver("leadledger-leads", batch(at * size));
      if (retryMessages.length > 0) throw new Error("A message was not kept.");
    }
    const seconds = (performance.now() - begun) / 1000;
    const messages = batches * size;
    return { messages, perSecond: messages / seconds, kept: (await running.rows()) - size };
  } finally {
    await running.stop();
  }
}
