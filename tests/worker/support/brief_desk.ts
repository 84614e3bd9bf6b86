// A deployment whose clock, statistics, channels and language model are played by hand. Each desk lives in weeks of its
// own, so that no cached report of one test is another's.

import { env as runtime } from "cloudflare:workers";
import { vi } from "vitest";
import type { Env } from "../../../worker/src/env.ts";
import { type Answer, ask } from "./ask.ts";
import { deliveriesQueue } from "./deliveries.ts";
import { FakeAnalytics, type FakePoint, sqlAddress, sqlToken, steadyPoints } from "./fake_ae.ts";
import { trigger } from "./trigger.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;

const roles: Record<string, { role: string; projects: string[]; expires_at?: string }> = {
  everything: { role: "marketing", projects: ["*"] },
  acme: { role: "marketing", projects: ["acme"] },
  both: { role: "marketing", projects: ["beta", "acme"] },
  nobody: { role: "marketing", projects: [] },
  expired: { role: "marketing", projects: ["expired"], expires_at: "2026-01-01T00:00:00Z" },
};
const keyOf = (name: string) => `llk_brief_${name}`;

async function apiKeys(names: string[]): Promise<string> {
  const list = names.map(async (name) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(keyOf(name)));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { id: `key_${name}`, name, digest: hex, ...roles[name] };
  });
  return JSON.stringify(await Promise.all(list));
}

export interface Channel {
  id: string;
  type: string;
  url: string;
  [member: string]: unknown;
}

/** What a model is asked, and what it gives back. */
export type Model = (lines: string) => unknown;

let desks = 0;

export class BriefDesk {
  readonly analytics: FakeAnalytics;
  readonly queue = deliveriesQueue();
  channels: Channel[] = [];
  zone = "Asia/Kolkata";
  model: Model | undefined;
  /** What the model was asked. */
  readonly inputs: { messages: { role: string; content: string }[] }[] = [];
  more: Partial<Env> = {};
  #keys: string;

  private constructor(keys: string, points: FakePoint[]) {
    this.#keys = keys;
    this.analytics = new FakeAnalytics(points);
    for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  }

  /** `at`: the clock, UTC; else a Monday at 9:00 in Kolkata, of a week that no other desk has. */
  static async open({ at, keys = Object.keys(roles) }: { at?: number; keys?: string[] } = {}) {
    desks += 1;
    const now = at ?? Date.UTC(2026, 10, 16, 3, 30) + desks * week;
    vi.useFakeTimers({ toFake: ["Date"], now });
    for (const table of ["briefs", "deliveries", "alerts"])
      await runtime.DB.prepare(`DELETE FROM ${table}`).run();
    return new BriefDesk(await apiKeys(keys), steadyPoints(now / 1000 - 60, 400, 4 * 3600 + 7));
  }

  static close(): void {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }

  at(ms: number): void {
    vi.setSystemTime(ms);
  }

  after(ms: number): void {
    vi.setSystemTime(Date.now() + ms);
  }

  env(): Env {
    const run = async (_: string, input: { messages: { role: string; content: string }[] }) => {
      this.inputs.push(input);
      return this.model?.(input.messages[1]?.content ?? "");
    };
    return {
      ...(runtime as unknown as Env),
      API_KEYS: this.#keys,
      WEBHOOKS: JSON.stringify(this.channels),
      REPORTING_TIMEZONE: this.zone,
      AE_SQL_URL: sqlAddress,
      AE_SQL_TOKEN: sqlToken,
      DELIVERIES_QUEUE: this.queue.DELIVERIES_QUEUE,
      ...(this.model === undefined ? {} : { AI: { run }, BRIEF_MODEL: "@cf/a/model" }),
      ...this.more,
    };
  }

  /** The quarter-hourly trigger; whether it ended well. */
  watch(): Promise<boolean> {
    return this.#ends("watch");
  }

  /** The nightly one. */
  sweep(): Promise<boolean> {
    return this.#ends("sweep");
  }

  #ends(name: "watch" | "sweep"): Promise<boolean> {
    return trigger(name, this.env()).then(
      () => true,
      () => false,
    );
  }

  async call(
    path: string,
    {
      key = "everything",
      method = "GET",
      body,
    }: { key?: string | null; method?: string; body?: unknown } = {},
  ): Promise<Answer> {
    const headers = new Headers();
    if (key !== null) headers.set("authorization", `Bearer ${keyOf(key)}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request(`https://ledger.test${path}`, { method, headers, body: text });
    return ask(request, this.env());
  }

  preview(body?: unknown, key: string | null = "everything") {
    return this.call("/api/briefs/preview", { method: "POST", key, body });
  }

  /** What a key sees, as it is listed. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  async briefs(key = "everything"): Promise<any[]> {
    return (await this.call("/api/briefs", { key })).json.data;
  }

  /** The rows as they are, those of weeks without a brief too. */
  async rows(table: "briefs" | "deliveries"): Promise<Record<string, unknown>[]> {
    return (await runtime.DB.prepare(`SELECT * FROM ${table} ORDER BY id`).all()).results;
  }
}

export const webhook = (id: string, projects: string[], more: Partial<Channel> = {}): Channel => ({
  id,
  type: "webhook",
  url: `https://${id}.example/hook`,
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  projects,
  topics: ["brief"],
  ...more,
});

export const slack = (id: string, projects: string[]): Channel => ({
  id,
  type: "slack",
  url: `https://${id}.example/services/x`,
  projects,
  topics: ["brief"],
});
