// All figures of one run: first that the peers do the same work, then how long each takes.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { compare } from "./compare.ts";
import { innerPath, wholePath } from "./cpu.ts";
import { latency } from "./latency.ts";
import { load, queueLoad } from "./load.ts";
import { memory } from "./memory.ts";
import { report } from "./report.ts";
import { reportPath } from "./reports.ts";
import { bundleForDeployment, sizes, startTimes } from "./size.ts";
import { bundleForWorkerd, outDir, root } from "./support/bundle.ts";
import { loadContenders } from "./support/contenders.ts";

const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const quick = process.argv.includes("--quick");
const wants = (part: string) => asked.length === 0 || asked.includes(part);
// Fifty million points take minutes and some 10 GB: only where they are asked for by name.
const wantsLatency = asked.includes("latency");

mkdirSync(outDir, { recursive: true });
const contenders = await loadContenders();
const { complaints, listed, compared } = await compare(contenders);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) {
  console.error(
    `${complaints.length} differences that are not listed: the figures would compare different work.`,
  );
  process.exit(1);
}
for (const contender of Object.values(contenders)) contender.forget();

const workerd = execFileSync(join(root, "node_modules/.bin/workerd"), ["--version"], {
  encoding: "utf8",
}).trim();
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, workerd };
const count = quick ? 3 : 5;
const wholeCpu = wants("cpu") ? await wholePath(contenders, count) : undefined;
const innerCpu = wants("cpu") ? await innerPath(contenders, count) : undefined;
const memoryUse = wants("memory") ? await memory(contenders.ours, quick ? 20_000 : 100_000) : undefined;
const reports = wants("reports") ? await reportPath(contenders.ours, count) : undefined;
const latencies = wantsLatency
  ? await latency(contenders.ours, quick ? [1] : [1, 10, 50], quick ? 5 : 15)
  : undefined;

const needsBundle = wants("size") || wants("load") || wants("queue");
const honoZodFile = needsBundle ? await bundleForWorkerd("hono_zod") : "";
if (needsBundle) bundleForDeployment();
const ours = { folder: join(outDir, "deployed"), main: "index.js" };
const honoZod = { folder: outDir, main: "hono_zod.worker.mjs" };
const size = wants("size") ? { ...sizes(honoZodFile), ...startTimes(quick ? 5 : 30) } : undefined;
const served = wants("load") ? await load({ ours, honoZod }, quick ? 3 : 10, 2) : undefined;
const queue = wants("queue") ? await queueLoad(ours, quick ? 10 : 60) : undefined;

const figures = {
  at: new Date().toISOString(),
  machine,
  compared,
  listed,
  wholeCpu,
  innerCpu,
  memory: memoryUse,
  size,
  load: served,
  queue,
  reports,
  latency: latencies,
};
writeFileSync(join(outDir, "latest.json"), `${JSON.stringify(figures, undefined, 2)}\n`);
console.log(report(figures));
