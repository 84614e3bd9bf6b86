// A local engine as a process of its own, as a person would start it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const token = "test-token";
export const account = "test-account";

const server = fileURLToPath(new URL("../../worker/local/engine/server.ts", import.meta.url));

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface JsonReply {
  readonly meta: { name: string; type: string }[];
  readonly data: Record<string, unknown>[];
  readonly rows: number;
  readonly rows_before_limit_at_least: number;
}

export class Engine {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(data: string, ...more: string[]): Promise<Engine> {
    const args = [server, "--port", "0", "--data", data, "--token", token, "--account", account, ...more];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const url = await new Promise<string>((resolve, reject) => {
      let output = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const found = /^analytics engine listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("exit", (code) => reject(new Error(`the engine ended with ${code}: ${output}`)));
    });
    return new Engine(url, child);
  }

  /** Ends the process and answers its exit code (null after SIGKILL). */
  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    return new Promise((resolve) => {
      this.#process.once("exit", (code) => resolve(code));
      this.#process.kill(signal);
    });
  }

  async request(path: string, init: RequestInit = {}): Promise<Reply> {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const response = await fetch(this.url + path, { ...init, headers });
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      text: await response.text(),
    };
  }

  query(sql: string): Promise<Reply> {
    return this.request(`/client/v4/accounts/${account}/analytics_engine/sql`, { method: "POST", body: sql });
  }

  /** The JSON of a statement that must be accepted. */
  async json(sql: string): Promise<JsonReply> {
    const { status, text } = await this.query(sql);
    if (status !== 200) throw new Error(`${status}: ${text}\n${sql}`);
    return JSON.parse(text) as JsonReply;
  }

  async write(body: string): Promise<Reply> {
    return this.request("/local/points", { method: "POST", body });
  }
}

export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "analytics-engine-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** 2026-09-21 14:13:20 UTC, a Monday. */
export const epoch = 1_790_000_000;

const leads = [
  {
    at: 100,
    weight: 1,
    index: "acme",
    type: "primary",
    source: "google",
    cta: "Book a DEMO",
    vpn: 0,
    score: 72.5,
  },
  { at: 200, weight: 4, index: "acme", type: "bot", source: "google", cta: "", vpn: 1, score: 5 },
  { at: 4000, weight: 1, index: "zen", type: "primary", source: "bing", cta: "extra", vpn: 0, score: 40 },
  { at: 90_000, weight: 2, index: "zen", type: "test", source: "naïve café", cta: "x", vpn: 0, score: 0.25 },
];

/** The points that the dialect's tables are read from: dataset `leads`. */
export const leadPoints = leads
  .map(({ at, weight, index, type, source, cta, vpn, score }) =>
    JSON.stringify({
      dataset: "leads",
      timestamp: epoch + at,
      sample_interval: weight,
      index1: index,
      blobs: [source, "", "", cta, ...Array.from({ length: 15 }, () => ""), type],
      doubles: [vpn, 0, 0, score],
    }),
  )
  .join("\n");
