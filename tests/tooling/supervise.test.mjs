// A service is kept running, and all that it started ends with it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { freePort } from "../../scripts/lib/ports.mjs";
import { sleep } from "../../scripts/lib/run.mjs";
import { supervise } from "../../scripts/lib/supervise.mjs";

/** Answers with its process number, and has a child that would outlive it. */
const server = `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  require("node:http").createServer((request, response) => {
    if (request.url === "/hang") process.kill(process.pid, "SIGSTOP");
    response.end(JSON.stringify({ pid: process.pid, child: child.pid }));
  }).listen(Number(process.argv[1]), "127.0.0.1");`;

let folder;
let port;
let service;

const ask = async (signal = AbortSignal.timeout(5000)) =>
  (await fetch(`http://127.0.0.1:${port}/`, { signal })).json();

const alive = (pid) => {
  try {
    // A zombie, whose parent has not yet looked, does not count.
    return !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
};

async function until(condition, what) {
  for (let wait = 0; wait < 150; wait++) {
    if (await condition()) return;
    await sleep(100);
  }
  throw new Error(`waited in vain: ${what}`);
}

function start(source = server, more = {}) {
  return supervise({
    name: "Test service",
    command: process.execPath,
    args: ["-e", source, String(port)],
    env: {},
    probe: ask,
    log: join(folder, "service.log"),
    patience: 10_000,
    run: { env: {}, add: () => {} },
    ...more,
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadledger-supervise-"));
  port = await freePort();
  vi.spyOn(console, "log").mockImplementation(() => {});
});
afterEach(async () => {
  await service?.stop();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it("starts a killed service again, without the children of the killed one", async () => {
  service = start();
  await service.ready;
  const first = await ask();
  process.kill(first.pid, "SIGKILL");
  await until(async () => (await ask().catch(() => first)).pid !== first.pid, "another process answers");
  await until(() => !alive(first.child), "the first one's child has ended");
});

it("ends the service and its children", async () => {
  service = start();
  await service.ready;
  const { pid, child } = await ask();
  await service.stop();
  await until(() => !alive(pid) && !alive(child), "both have ended");
});

it("starts a service again that has fallen silent", async () => {
  service = start();
  await service.ready;
  const first = await ask();
  await fetch(`http://127.0.0.1:${port}/hang`, { signal: AbortSignal.timeout(200) }).catch(() => {});
  await until(async () => (await ask().catch(() => first)).pid !== first.pid, "another process answers");
});

it("says what a service printed that never worked, and does not try again", async () => {
  service = start(`console.error("no such table"); process.exit(3)`);
  await expect(service.ready).rejects.toThrow(
    /Test service did not start: it ended with code 3\n.*no such table/s,
  );
});
