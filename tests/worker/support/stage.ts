// A project of its own for each test, and the Worker with bindings that a test may replace.

import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env as runtimeEnv } from "cloudflare:workers";
import { limitedBinding } from "../../../worker/local/points/limited_binding.ts";
import type { Env } from "../../../worker/src/env.ts";
import worker from "../../../worker/src/index.ts";
import { type Answer, ask, type WorkerRequest } from "./ask.ts";
import { keys } from "./keys.ts";
import { browserHeaders, indianVisitor } from "./people.ts";
import { type NamedPoint, readPoint } from "./points.ts";

export const base = "https://ledger.test";
export const site = "https://www.acme.com";

export interface CallOptions {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** "admin" and so on; no key where it is left out. */
  key?: keyof typeof keys;
  cf?: Record<string, unknown>;
  env?: Partial<Env>;
}

type Json = Record<string, unknown>;

let stages = 0;
let addresses = 0;

/** An address that nobody used before, so that no limit of another test is met. */
export const freshAddress = () => {
  addresses += 1;
  return `198.51.${addresses >> 8}.${addresses & 255}`;
};

export class Stage {
  readonly project: string;
  /** In the order in which they were written. */
  readonly points: NamedPoint[] = [];
  readonly address = freshAddress();
  #bindings: Partial<Env>;

  private constructor(project: string, bindings: Partial<Env>) {
    this.project = project;
    this.#bindings = bindings;
  }

  /** `settings` as the admin API takes them. */
  static async open(
    settings: Json = {},
    options: { bindings?: Partial<Env>; slug?: string } = {},
  ): Promise<Stage> {
    stages += 1;
    const unique = Math.random().toString(36).slice(2, 8);
    const stage = new Stage(options.slug ?? `project-${stages}-${unique}`, options.bindings ?? {});
    const whole = { name: "A project", allowed_origins: [site], default_country: "IN", ...settings };
    await runtimeEnv.DB.prepare(
      "INSERT INTO projects (slug, name, settings, created_at, updated_at) VALUES (?1, ?2, ?3, 0, 0) ON CONFLICT DO NOTHING",
    )
      .bind(stage.project, whole.name, JSON.stringify(whole))
      .run();
    return stage;
  }

  /** The bindings of one invocation: as in production, each has its own allowance of points. */
  bindings(more: Partial<Env> = {}): Env {
    return {
      ...(runtimeEnv as unknown as Env),
      LEAD_SUBMISSIONS: limitedBinding((point) => this.points.push(readPoint(point))),
      ...this.#bindings,
      ...more,
    };
  }

  use(bindings: Partial<Env>): void {
    this.#bindings = { ...this.#bindings, ...bindings };
  }

  call(path: string, options: CallOptions = {}): Promise<Answer> {
    return ask(this.request(path, options), this.bindings(options.env));
  }

  request(path: string, { method, headers, body, key, cf }: CallOptions): WorkerRequest {
    const all = new Headers({ ...browserHeaders, "cf-connecting-ip": this.address });
    if (key) all.set("authorization", `Bearer ${keys[key].key}`);
    const plain = body !== undefined && (body === null || Object.getPrototypeOf(body) === Object.prototype);
    if (plain) all.set("content-type", "application/json");
    for (const [name, value] of Object.entries(headers ?? {})) {
      if (value === undefined) all.delete(name);
      else all.set(name, value);
    }
    const init = {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: all,
      body: (plain ? JSON.stringify(body) : body) as BodyInit,
      redirect: "manual" as const,
      cf: cf ?? indianVisitor,
    };
    return new Request(`${base}${path}`, init as RequestInit) as unknown as WorkerRequest;
  }

  /** A form's post to this project. */
  post(fields: Json, options: CallOptions = {}): Promise<Answer> {
    return this.call("/api/leads", { body: { project: this.project, ...fields }, ...options });
  }

  /** Hands messages to the queue's consumer, as the runtime would. */
  async deliver(messages: Uint8Array[], env: Partial<Env> = {}, queue = "leadledger-leads", attempts = 1) {
    const batch = createMessageBatch(
      queue,
      messages.map((body, at) => ({ id: `message-${at}`, timestamp: Date.now(), attempts, body })),
    );
    const delays: (number | undefined)[] = [];
    for (const message of batch.messages) {
      const retry = message.retry.bind(message);
      message.retry = (options) => {
        delays.push(options?.delaySeconds);
        retry(options);
      };
    }
    const context = createExecutionContext();
    await worker.queue(batch, this.bindings(env), context);
    return { ...(await getQueueResult(batch, context)), delays };
  }

  /** This project's rows of a table, in the order in which they came. */
  async rows(table: string): Promise<Json[]> {
    const order = table === "submissions" || table === "leads" ? " ORDER BY id" : "";
    const { results } = await runtimeEnv.DB.prepare(`SELECT * FROM ${table} WHERE project = ?1${order}`)
      .bind(this.project)
      .all<Json>();
    return results;
  }

  async submission(id: string): Promise<Json> {
    const rows = (await this.rows("submissions")).filter((row) => row.submission_id === id);
    if (rows.length !== 1) throw new Error(`${rows.length} rows have the id ${id}.`);
    return rows[0] as Json;
  }
}
