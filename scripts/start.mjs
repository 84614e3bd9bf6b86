// `npm start`: from a fresh clone to a running Leadledger. See docs/architecture.md for what runs.
//
// This process stays: it watches over the local Analytics Engine and the Worker, starts either again when it
// dies, and ends both with itself. It runs on whatever Node is there (20 or later), its children on Node 24.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, buildNeeds } from "./build.mjs";
import { readJson, writeJson } from "./lib/files.mjs";
import { ensureProject } from "./lib/local_api.mjs";
import { localKeys, projects } from "./lib/local_keys.mjs";
import { migrate, sqlUrl, startEngine, startWorker } from "./lib/local_services.mjs";
import { inRoot, stateDir } from "./lib/paths.mjs";
import { chosenPort, freePort } from "./lib/ports.mjs";
import { beginRun, npmAbove } from "./lib/processes.mjs";
import { Complaint, endRunning, explain, step } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

const sessionFile = join(stateDir, "session.json");
const services = [];
let run;
let ending;

/** Ends every process of this run, then this one. A second signal does not wait for anybody. */
async function end(code) {
  if (ending) {
    await run?.end();
    process.exit(code);
  }
  ending = true;
  // Only a run that has begun owns that file: one that is refused leaves it to the other.
  if (run) rmSync(sessionFile, { force: true });
  endRunning();
  // The Worker first: it still writes to the engine.
  for (const service of services.reverse()) await service.stop();
  await run?.end();
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (!ending) console.log("\nEnding.");
    end(0);
  });
}

/** npm cannot pass a signal on when it is killed outright; that another process has its place tells us. */
function watchNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const before = npmAbove();
  const timer = setInterval(() => {
    if (npmAbove() === before) return;
    clearInterval(timer);
    end(1);
  }, 500);
  timer.unref();
}

async function main() {
  const { values } = parseArgs({ options: { demo: { type: "boolean", default: false } } });
  watchNpm();
  mkdirSync(stateDir, { recursive: true });
  run = await beginRun();
  rmSync(sessionFile, { force: true });
  const port = await chosenPort();
  console.log("Leadledger: setting up");
  await setUp(buildNeeds);
  await build();
  const keys = localKeys();
  await step("D1 migrations", migrate);

  const engine = startEngine(run, await freePort(), keys.engineToken);
  services.push(engine);
  await step("local Analytics Engine", () => engine.ready);
  let webhooks = [];
  if (values.demo) {
    const { loadDemo } = await import("./demo/load.mjs");
    await step("demo data", () => loadDemo(engine.url, keys.engineToken));
    const { startReceiver } = await import("./demo/receiver.mjs");
    const receiver = await startReceiver();
    services.push(receiver);
    webhooks = receiver.webhooks;
  }
  const worker = startWorker(run, port, keys, engine.url, webhooks);
  services.push(worker);
  await step("Worker", () => worker.ready);
  if (ending) return;

  const url = `http://localhost:${port}`;
  const origins = [url, `http://127.0.0.1:${port}`];
  await step("projects", async () => {
    await ensureProject(worker.url, keys.keys.admin_key, projects.project, "Acme", origins);
    await ensureProject(worker.url, keys.keys.admin_key, projects.other, "Globex", origins);
  });
  if (values.demo) await step("its brief and alerts", () => watch(worker.url));
  if (ending) return;
  const session = {
    url: worker.url,
    ...keys.keys,
    project: projects.project,
    other_project: projects.other,
    origin: origins[1],
    ae_sql_url: sqlUrl(engine.url),
    ae_sql_token: keys.engineToken,
  };
  if (ending) return;
  writeJson(sessionFile, session);
  greet(url, session, values.demo);
}

/** What the Worker does every quarter of an hour, done once now: Wrangler runs no triggers by itself. */
async function watch(workerUrl) {
  const { crons } = readJson(inRoot("schema/request.json"));
  const address = new URL("/cdn-cgi/handler/scheduled", workerUrl);
  address.searchParams.set("cron", crons.watch);
  const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  const text = await response.text();
  if (!response.ok) throw new Complaint(`The watch did not run: ${response.status} ${text}`);
}

function greet(url, session, demo) {
  console.log(`
Leadledger runs:
  dashboard         ${url}/
  sample form       ${url}/sample/
  admin key         ${session.admin_key}
  marketing key     ${session.marketing_key}
  analytics SQL     ${session.ae_sql_url}
  all of this       ${sessionFile}${
    demo ? "\n  demo projects     demo-saas, demo-events (made up, 90 days)" : ""
  }

  curl ${url}/api/leads -H 'authorization: Bearer ${session.admin_key}' \\
    -H 'content-type: application/json' -A 'Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0' \\
    -d '{"project": "${session.project}", "name": "Ada", "email": "ada@engines.example"}'

Ctrl-C ends it.`);
}

main().catch((error) => {
  if (ending) return;
  explain(error);
  return end(1);
});
