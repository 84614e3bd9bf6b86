// The Worker's own fetch handler in this process, in an environment that has no ledger at all, reading from a local
// engine that is a process of its own.

import { createHash } from "node:crypto";
import { forgetKept } from "../../worker/src/effects/cache.ts";
import worker from "../../worker/src/index.ts";
import { account, Engine, temporaryDirectory, token } from "../local/engine.ts";
import { checkAnswer } from "../openapi/check.ts";
import type { Scope } from "./brute.ts";
import type { Point } from "./dataset.ts";

export const scopes = {
  all: "all",
  some: ["acme", "zen"],
  one: ["north-star"],
} as const satisfies Record<string, Scope>;
export type ScopeName = keyof typeof scopes;

const keyOf = (role: string, scope: ScopeName) => `llk_${role}_${scope}`;

const keys = (["marketing", "admin"] as const).flatMap((role) =>
  (Object.keys(scopes) as ScopeName[]).map((scope) => ({
    id: `key_${role}_${scope}`,
    name: `${role} ${scope}`,
    role,
    projects: scopes[scope] === "all" ? ["*"] : scopes[scope],
    digest: createHash("sha256").update(keyOf(role, scope)).digest("hex"),
    // The clock of these tests may stand at any year.
    created_at: "1970-01-01T00:00:00Z",
    expires_at: null,
  })),
);

export const reportingTimezone = "Asia/Kolkata";

/** The part of the Cache API that the Worker uses. Forgets only when told to. */
class MemoryCache {
  readonly #kept = new Map<string, Response>();
  readonly #key = (of: RequestInfo | URL) => (of instanceof Request ? of.url : String(of));

  async match(of: RequestInfo | URL): Promise<Response | undefined> {
    return this.#kept.get(this.#key(of))?.clone();
  }
  async put(of: RequestInfo | URL, response: Response): Promise<void> {
    const body = await response.arrayBuffer();
    this.#kept.set(this.#key(of), new Response(body, response));
  }
  async delete(of: RequestInfo | URL): Promise<boolean> {
    return this.#kept.delete(this.#key(of));
  }
  clear(): void {
    this.#kept.clear();
  }
}

export interface Asked {
  status: number;
  type: string;
  text: string;
  /** Statements that were sent to Analytics Engine for it. */
  posts: number;
}

export interface Ask {
  /** Unix milliseconds at which the Worker's clock stands. */
  now: number;
  scope?: ScopeName;
  role?: "marketing" | "admin";
  accept?: string;
}

export class Reports {
  /** Statements in the order in which they were sent. */
  readonly statements: string[] = [];
  readonly cache = new MemoryCache();
  ledgerTouched = 0;
  readonly #engine: Engine;
  readonly #directory: ReturnType<typeof temporaryDirectory>;
  readonly #env: object;
  readonly #fetch = globalThis.fetch;
  readonly #clock = Date.now;
  #inFlight = 0;

  private constructor(
    engine: Engine,
    directory: ReturnType<typeof temporaryDirectory>,
    retentionDays: string,
  ) {
    this.#engine = engine;
    this.#directory = directory;
    const sql = `${engine.url}/client/v4/accounts/${account}/analytics_engine/sql`;
    this.#env = Object.defineProperty(
      {
        API_KEYS: JSON.stringify(keys),
        REPORTING_TIMEZONE: reportingTimezone,
        // The engine keeps what it was given, and questions are asked at any time since 1972.
        RETENTION_DAYS: retentionDays,
        AE_SQL_URL: sql,
        AE_SQL_TOKEN: token,
        // No verdict was corrected.
        KV: { get: async () => null },
      },
      "DB",
      {
        get: () => {
          this.ledgerTouched += 1;
          throw new Error("A report read the ledger.");
        },
      },
    );
    globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (url.startsWith(sql)) this.statements.push(textOf(init?.body));
      return this.#fetch(input, init);
    };
    Object.assign(globalThis, { caches: { default: this.cache, open: async () => this.cache } });
  }

  static async start(retentionDays = "100000"): Promise<Reports> {
    const directory = temporaryDirectory();
    return new Reports(await Engine.start(directory.path), directory, retentionDays);
  }

  async stop(): Promise<void> {
    globalThis.fetch = this.#fetch;
    await this.#engine.stop();
    this.#directory.remove();
  }

  /** Whatever was answered is forgotten, in this isolate and beyond. */
  forget(): void {
    this.cache.clear();
    forgetKept();
  }

  /** Puts these points in the place of all others. */
  async load(points: Point[]): Promise<void> {
    this.forget();
    await this.#engine.request("/local/datasets/lead_submissions", { method: "DELETE" });
    const lines = points.map((point) => JSON.stringify({ dataset: "lead_submissions", ...point }));
    const { status, text } = await this.#engine.write(lines.join("\n"));
    if (status !== 200) throw new Error(`The engine answered ${status}: ${text}`);
  }

  async get(path: string, { now, scope = "all", role = "marketing", accept }: Ask): Promise<Asked> {
    const before = this.statements.length;
    const waiting: Promise<unknown>[] = [];
    const context = { waitUntil: (promise: Promise<unknown>) => void waiting.push(promise) };
    const headers: Record<string, string> = { authorization: `Bearer ${keyOf(role, scope)}` };
    if (accept !== undefined) headers.accept = accept;
    const request = new Request(`https://leads.example${path}`, { headers });
    this.#inFlight += 1;
    Date.now = () => now;
    try {
      const response = await worker.fetch(
        request as Parameters<typeof worker.fetch>[0],
        this.#env as Parameters<typeof worker.fetch>[1],
        context as unknown as Parameters<typeof worker.fetch>[2],
      );
      const text = await response.text();
      await Promise.all(waiting);
      const { status, headers: told } = response;
      checkAnswer({ method: "GET", path, status, headers: told as unknown as globalThis.Headers, text });
      return {
        status,
        type: response.headers.get("content-type") ?? "",
        text,
        posts: this.statements.length - before,
      };
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) Date.now = this.#clock;
    }
  }
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}
