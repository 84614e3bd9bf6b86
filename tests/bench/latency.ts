// Reports through the Worker's fetch in this process, from the local engine over loopback, with millions of points in
// it: how long they take, and how much of that is not waiting for the engine.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { account, Engine, temporaryDirectory, token } from "../local/engine.ts";
import type * as ours from "./entries/ours.ts";
import type { Contender } from "./support/contenders.ts";
import { median } from "./support/rounds.ts";

const reports = {
  "90 days by day": "lead-stats?days=90",
  "7 days by hour and country": "lead-stats?days=7&bucket=60min&group_by=country",
  summary: "lead-stats/summary",
} as const;
type ReportName = keyof typeof reports;

export interface LatencyFigures {
  millions: number;
  report: ReportName;
  answerRows: number;
  /** Milliseconds from the request to the last byte of the report; medians of each. */
  total: number;
  /** From the first statement's leaving to the last byte of the last answer. */
  engine: number;
  /** The rest. */
  outside: number;
  /** The same report from the cache. */
  cached: number;
}

export interface Latency {
  /** A statement that reads nothing, there and back: how much of the engine's time is HTTP and its gate. */
  emptyStatement: number;
  reports: LatencyFigures[];
}

const key = "llk_bench";
const keys = [
  {
    id: "key_bench",
    name: "bench",
    role: "marketing",
    projects: ["*"],
    digest: createHash("sha256").update(key).digest("hex"),
  },
];

/** The part of the Cache API that the Worker uses; it never has anything. */
const emptyCache = {
  match: async () => undefined,
  put: async (_: unknown, response: Response) => void (await response.arrayBuffer()),
};

const PATIENCE_MS = 20_000;

interface Took {
  total: number;
  engine: number;
  rows: number;
}

/** Asks once. The answers are read to their end before the Worker sees them, so that no time counts twice. */
async function ask(contender: Contender, env: object, path: string, send: typeof fetch): Promise<Took> {
  let [first, last, rows] = [0, 0, 0];
  globalThis.fetch = async (input, init) => {
    first ||= performance.now();
    const response = await send(input, init);
    const bytes = await response.arrayBuffer();
    last = performance.now();
    rows += Number(/"rows":(\d+)/.exec(Buffer.from(bytes).toString())?.[1] ?? 0);
    // A Response would copy it all; the Worker reads these three.
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    });
    return { status: response.status, headers: response.headers, body } as Response;
  };
  const waiting: Promise<unknown>[] = [];
  const context = { waitUntil: (promise: Promise<unknown>) => void waiting.push(promise) };
  const request = new Request(`https://leads.acme.com/analytics/${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  try {
    const begun = performance.now();
    const response = await contender.fetch(request, env, context);
    const text = await response.text();
    const total = performance.now() - begun;
    await Promise.all(waiting);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
    return { total, engine: last - first, rows };
  } finally {
    globalThis.fetch = send;
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

/** `sizes` in millions of points, smallest first. */
export async function latency(contender: Contender, sizes: number[], times: number): Promise<Latency> {
  const { forgetKept } = contender.module as unknown as typeof ours;
  const directory = temporaryDirectory();
  const send = globalThis.fetch;
  const figures: Latency = { emptyStatement: 0, reports: [] };
  Object.assign(globalThis, { caches: { open: async () => emptyCache } });
  try {
    let filled = 0;
    for (const millions of sizes) {
      const script = join(import.meta.dirname, "support/fill_points.ts");
      const newest = Math.floor(Date.now() / 1000);
      const numbers = [filled * 1e6, (millions - filled) * 1e6, newest].map((value) =>
        String(Math.round(value)),
      );
      const filler = spawnSync(process.execPath, ["--no-warnings", script, directory.path, ...numbers], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      if (filler.status !== 0) throw new Error("The points could not be made.");
      filled = millions;
      const engine = await Engine.start(directory.path);
      try {
        const url = `${engine.url}/client/v4/accounts/${account}/analytics_engine/sql`;
        const env = {
          API_KEYS: JSON.stringify(keys),
          REPORTING_TIMEZONE: "Asia/Kolkata",
          AE_SQL_URL: url,
          AE_SQL_TOKEN: token,
          KV: { get: async () => null },
        };
        const empty: number[] = [];
        for (let n = 0; n < 20; n += 1)
          empty.push(await timed(() => engine.json("SELECT 1 AS n FORMAT JSON")));
        figures.emptyStatement = median(empty);
        for (const report of Object.keys(reports) as ReportName[]) {
          const path = reports[report];
          const took: Took[] = [];
          const cached: number[] = [];
          // Slow ones a few times less; the first ones warm up.
          const until = performance.now() + PATIENCE_MS;
          for (let n = -3; n < times && (n < 3 || performance.now() < until); n += 1) {
            forgetKept();
            const one = await ask(contender, env, path, send);
            const again = await ask(contender, env, path, send);
            if (again.engine !== 0) throw new Error(`The second ${report} did not come from the cache.`);
            if (n < 0) continue;
            took.push(one);
            cached.push(again.total);
          }
          figures.reports.push({
            millions,
            report,
            answerRows: took[0]?.rows ?? 0,
            total: median(took.map(({ total }) => total)),
            engine: median(took.map((one) => one.engine)),
            outside: median(took.map((one) => one.total - one.engine)),
            cached: median(cached),
          });
        }
      } finally {
        await engine.stop();
      }
    }
  } finally {
    globalThis.fetch = send;
    directory.remove();
  }
  return figures;
}
