// `npm run screenshots`: every page of the dashboard with demo data, light, dark and on a phone, into build/screenshots.
// With `--readme` the ones that the README shows go to docs/images too.

import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readJson } from "./lib/files.mjs";
import { inRoot, node } from "./lib/paths.mjs";
import { freePort } from "./lib/ports.mjs";
import { Complaint, explain, run, sleep, step } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

const START_MS = 300_000;

/** Starts the stack with demo data in a state folder of its own. */
async function startStack(state) {
  const child = spawn(process.execPath, [inRoot("scripts/start.mjs"), "--demo"], {
    env: { ...process.env, PORT: String(await freePort()), LEADLEDGER_STATE: state },
    stdio: "ignore",
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(200)) {
    const session = readJson(join(state, "session.json"));
    if (session) return { session, stop };
    if (child.exitCode !== null) break;
  }
  await stop();
  throw new Complaint("The stack did not start; `npm start -- --demo` says why.");
}

const { values } = parseArgs({ options: { readme: { type: "boolean", default: false } } });
const state = mkdtempSync(join(tmpdir(), "leadledger-screenshots-"));
const folder = inRoot("build/screenshots");
let stack;
try {
  await setUp(["build", "chromium"]);
  stack = await step("stack with demo data", () => startStack(state));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await step("screenshots", () =>
    run(node, [inRoot("scripts/lib/take_screenshots.mjs"), folder], {
      env: { LEADLEDGER_URL: stack.session.url, LEADLEDGER_KEY: stack.session.admin_key },
    }),
  );
  if (values.readme) {
    mkdirSync(inRoot("docs/images"), { recursive: true });
    const shown = {
      "lead-stats-top": "lead-stats",
      "lead-stats-top-dark": "lead-stats-dark",
      submission: "submission",
    };
    for (const [taken, name] of Object.entries(shown)) {
      copyFileSync(join(folder, `${taken}.png`), inRoot("docs/images", `${name}.png`));
    }
  }
  console.log(`They are in ${folder}.`);
} catch (error) {
  process.exitCode = explain(error);
} finally {
  await stack?.stop();
  rmSync(state, { recursive: true, force: true });
}
