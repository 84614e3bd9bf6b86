// A Worker in workerd with the bindings it has in production, D1 in a folder of its own.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { root } from "./bundle.ts";
import { project } from "./fakes.ts";

export interface WorkerFiles {
  folder: string;
  main: string;
}

export interface Message {
  id: string;
  timestamp: Date;
  attempts: number;
  body: unknown;
}

export interface Running {
  url: string;
  pid: number;
  deliver(queue: string, messages: Message[]): Promise<{ retryMessages: unknown[] }>;
  /** Submissions in D1. */
  rows(): Promise<number>;
  stop(): Promise<void>;
}

/** Processes that this one started and that run workerd. */
function workerdPids(): Set<number> {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
    .trim()
    .split(" ")
    .filter(Boolean);
  return new Set(children.map(Number));
}

async function migrate(miniflare: Miniflare): Promise<void> {
  const db = await miniflare.getD1Database("DB");
  const folder = join(root, "schema/d1");
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), "utf8").replace(/--.*$/gm, "");
    const statements = text.split(";").filter((statement) => statement.trim() !== "");
    await db.batch(statements.map((statement) => db.prepare(statement)));
  }
  await db
    .prepare("INSERT INTO projects (slug, name, settings, created_at, updated_at) VALUES (?1, ?1, ?2, 0, 0)")
    .bind(project.slug, project.settings)
    .run();
}

export async function startWorkerd({ folder, main }: WorkerFiles): Promise<Running> {
  // In memory where there is such a folder: the disk of the machine at hand tells nothing of D1's own.
  const state = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "leadledger-bench-"));
  const before = workerdPids();
  const wasm = readdirSync(folder).filter((file) => file.endsWith(".wasm"));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: "leadledger",
      modules: [
        { type: "ESModule", path: join(folder, main) },
        ...wasm.map((file) => ({ type: "CompiledWasm" as const, path: join(folder, file) })),
      ],
      modulesRoot: folder,
      compatibilityDate: "2026-11-01",
      d1Databases: { DB: "bench" },
      d1Persist: join(state, "d1"),
      analyticsEngineDatasets: { LEAD_SUBMISSIONS: { dataset: "lead_submissions" } },
      kvNamespaces: { KV: "bench" },
      queueProducers: { LEADS_QUEUE: { queueName: "leadledger-leads" } },
      ratelimits: {
        POSTS_LIMIT: { namespace_id: "1001", simple: { limit: 100_000_000, period: 60 } },
        REJECTED_ROWS_LIMIT: { namespace_id: "1002", simple: { limit: 20, period: 60 } },
      },
      bindings: { API_KEYS: "[]", TURNSTILE_URL: "" },
      cf: false,
    }),
  );
  const url = await miniflare.ready;
  await migrate(miniflare);
  const [pid] = [...workerdPids()].filter((one) => !before.has(one));
  if (pid === undefined) throw new Error("workerd was not found among the processes.");
  return {
    url: url.href,
    pid,
    async deliver(queue, messages) {
      const worker = await miniflare.getWorker();
      return worker.queue(queue, messages as never) as unknown as Promise<{ retryMessages: unknown[] }>;
    },
    async rows() {
      const db = await miniflare.getD1Database("DB");
      const row = await db.prepare("SELECT count(*) AS n FROM submissions").first<{ n: number }>();
      return row?.n ?? 0;
    },
    async stop() {
      await miniflare.dispose();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
