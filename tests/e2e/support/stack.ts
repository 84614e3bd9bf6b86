/**
 * The real stack, as `npm start` runs it, with a state of its own. Whoever asks for it and cannot have it fails:
 * a suite that skips itself would prove nothing.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pause } from "./browser.ts";

export interface Session {
  url: string;
  admin_key: string;
  marketing_key: string;
  limited_key: string;
  project: string;
  other_project: string;
  origin: string;
  ae_sql_url: string;
  ae_sql_token: string;
}

export interface Stack extends Session {
  /** Its state directory, which every process of it has in its environment. */
  state: string;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const START_MS = 180_000; // the first start builds the WebAssembly module

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  const { port } = server.address() as AddressInfo;
  await new Promise((resume) => server.close(resume));
  return port;
}

async function readSession(state: string): Promise<Session | undefined> {
  try {
    return JSON.parse(await readFile(join(state, "session.json"), "utf8")) as Session;
  } catch {
    return undefined; // not written yet, or not completely
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resume) => child.once("exit", resume));
  child.kill("SIGTERM");
  const slow = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await gone;
  clearTimeout(slow);
}

/**
 * `options` as `npm start` takes them; `prepare` puts something into the state directory before; `env` is the stack's
 * besides this process's own.
 */
export async function startStack(
  options: string[] = [],
  prepare?: (state: string) => Promise<void>,
  env: Record<string, string> = {},
): Promise<Stack> {
  try {
    return await start(options, prepare, env);
  } catch (error) {
    // A port that was free when it was chosen may be somebody's when it is bound.
    if (!/is taken by another program|address already in use/i.test(String(error))) throw error;
    return start(options, prepare, env);
  }
}

async function start(
  options: string[],
  prepare: ((state: string) => Promise<void>) | undefined,
  env: Record<string, string>,
): Promise<Stack> {
  const state = await mkdtemp(join(tmpdir(), "leadledger-e2e-"));
  await prepare?.(state);
  const port = String(await freePort());
  const child = spawn(process.execPath, ["scripts/start.mjs", ...options], {
    cwd: root,
    env: { ...process.env, ...env, PORT: port, LEADLEDGER_STATE: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    });
  }
  const stop = async () => {
    await end(child);
    await rm(state, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_MS;
  for (;;) {
    const session = await readSession(state);
    if (session) return { ...session, state, stop };
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      await stop();
      throw new Error(`the stack did not start${ended ? "" : " in time"}:\n${output}`);
    }
    await pause(100);
  }
}

export interface SubmissionRow {
  submission_id: string;
  event_type: string;
  flags: { vpn: boolean; suspicious: boolean; hot: boolean };
  reasons: { code: string; detail: string }[];
  email: string;
  page: string;
  cta: string;
  utm_source: string;
  utm_campaign: string;
}

/** The submissions of an e-mail address, as the operational API tells them. */
export async function submissionsOf(stack: Session, email: string): Promise<SubmissionRow[]> {
  const response = await fetch(`${stack.url}/api/submissions?limit=200`, {
    headers: { Authorization: `Bearer ${stack.admin_key}` },
  });
  if (response.status !== 200)
    throw new Error(`GET /api/submissions: ${response.status} ${await response.text()}`);
  const { data } = (await response.json()) as { data: SubmissionRow[] };
  return data.filter((row) => row.email === email);
}
