// Asks the Worker for reports, in an environment that has a SQL API, keys and lists of corrections, and nothing else:
// whoever touches D1, a queue or anything else in KV is found out. The clock stands still until a test moves it.

import { env as runtime } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { answer } from "../../../worker/src/answer.ts";
import type { Env } from "../../../worker/src/env.ts";
import { packConfig, packRequest } from "../../../worker/src/request.ts";
import { type Answer, ask, begin, type WorkerRequest } from "./ask.ts";
import type { TrappingCores } from "./cores.ts";
import { FakeAnalytics, type FakePoint, sqlAddress, sqlToken, steadyPoints } from "./fake_ae.ts";

/** A Saturday; 16:10 in Asia/Kolkata. */
export const now = Date.UTC(2026, 10, 21, 10, 40);

type Role = "admin" | "marketing";
const roles: Record<string, { role: Role; projects: string[]; expires_at?: string }> = {
  admin: { role: "admin", projects: ["*"] },
  marketing: { role: "marketing", projects: ["*"] },
  acme: { role: "marketing", projects: ["acme"] },
  beta: { role: "marketing", projects: ["beta"] },
  both: { role: "marketing", projects: ["beta", "acme"] },
  nothing: { role: "marketing", projects: [] },
  acme_admin: { role: "admin", projects: ["acme"] },
  expired: { role: "marketing", projects: ["*"], expires_at: "2026-11-20T00:00:00Z" },
};
const keyOf = (name: string) => `llk_report_${name}`;

async function apiKeys(): Promise<string> {
  const list = Object.entries(roles).map(async ([name, more]) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(keyOf(name)));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { id: `key_${name}`, name, digest: hex, ...more };
  });
  return JSON.stringify(await Promise.all(list));
}

export interface Ask {
  /** Of `roles`; null for none. */
  key?: string | null;
  method?: string;
  headers?: Record<string, string>;
  env?: Partial<Env>;
  /** Instead of the isolate's own. */
  cores?: TrappingCores;
  /** Asks for exactly this, also where another test asked for it. */
  bare?: boolean;
}

export type ReportAnswer = Answer;

const counts = [
  "total",
  "primary",
  "follow_up",
  "test",
  "blocked",
  "bot",
  "vpn_count",
  "suspicious_count",
  "hot_count",
] as const;
type Counts = Record<(typeof counts)[number], number>;

function handlerOf({ cores }: Ask) {
  if (cores === undefined) return undefined;
  return async (request: WorkerRequest, env: Env, context: ExecutionContext) => {
    const header = await packRequest(request, false);
    const input = { config: packConfig(env), body: new Uint8Array(), header };
    return answer(input, { env, waitUntil: (promise) => context.waitUntil(promise) }, cores.take);
  };
}

let tests = 0;

export class Desk {
  readonly analytics: FakeAnalytics;
  /** A filter of its own: no answer of another test is in the cache for it. */
  readonly mark = `desk-${tests}-${Math.random().toString(36).slice(2)}`;
  readonly touched: string[] = [];
  /** Lists of corrections that were read. */
  readonly listsRead: string[] = [];
  /** What the Worker logged as a warning or an error. */
  readonly logged: string[] = [];
  readonly #keys: string;

  private constructor(keys: string, points: FakePoint[]) {
    this.#keys = keys;
    this.analytics = new FakeAnalytics(points);
    const keep = (...all: unknown[]) => void this.logged.push(all.map(String).join(" "));
    vi.spyOn(console, "warn").mockImplementation(keep);
    vi.spyOn(console, "error").mockImplementation(keep);
  }

  static async open(points = steadyPoints(now / 1000 - 60, 1000, 2 * 3600 + 101)): Promise<Desk> {
    tests += 1;
    vi.useFakeTimers({ toFake: ["Date"], now });
    return new Desk(await apiKeys(), points);
  }

  static close(): void {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }

  /** The clock moves on. */
  after(seconds: number): void {
    vi.setSystemTime(Date.now() + seconds * 1000);
  }

  env(more: Partial<Env> = {}): Env {
    const env: Partial<Env> = {
      API_KEYS: this.#keys,
      REPORTING_TIMEZONE: "Asia/Kolkata",
      AE_SQL_URL: sqlAddress,
      AE_SQL_TOKEN: sqlToken,
      ...more,
    };
    const storage = ["DB", "LEADS_QUEUE", "LEAD_SUBMISSIONS", "POSTS_LIMIT", "REJECTED_ROWS_LIMIT", "ASSETS"];
    env.KV ??= this.corrections;
    for (const name of storage) {
      Object.defineProperty(env, name, {
        get: () => {
          this.touched.push(name);
          throw new Error(`A report has no business with ${name}.`);
        },
      });
    }
    return env as unknown as Env;
  }

  /** KV as a report may use it: the runtime's own, for lists of corrections. */
  get corrections(): KVNamespace {
    const get = (key: string, type: "arrayBuffer") => {
      if (!/^corrections\/\d{4}-\d{2}$/.test(key)) this.touched.push(`KV ${key}`);
      this.listsRead.push(key);
      return runtime.KV.get(key, type);
    };
    return { get } as unknown as KVNamespace;
  }

  request(path: string, { key = "marketing", method, headers }: Ask = {}): Request {
    const all = new Headers(headers);
    if (key !== null) all.set("authorization", `Bearer ${keyOf(key)}`);
    return new Request(`https://ledger.test${path}`, {
      method: method ?? "GET",
      headers: all,
      redirect: "manual",
    });
  }

  /** The response as it begins, and what to await once it was read. */
  open(path: string, how: Ask = {}) {
    return begin(this.request(path, how), this.env(how.env), handlerOf(how));
  }

  async call(path: string, how: Ask = {}): Promise<ReportAnswer> {
    const answer = await ask(this.request(path, how), this.env(how.env), handlerOf(how));
    const { status, headers, json } = answer;
    expect(this.touched).toEqual([]);
    expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    if (headers.get("content-type")?.startsWith("application/problem+json")) {
      expect(json).toMatchObject({ status, request_id: headers.get("x-request-id") });
    }
    return answer;
  }

  path(name: "lead-stats" | "lead-stats/summary", query: string, bare = false): string {
    const mark = bare ? "" : `utm_content=${this.mark}`;
    return `/analytics/${name}?${[query, mark].filter((part) => part !== "").join("&")}`;
  }

  /** Every answer that has counts is checked to add up. */
  async stats(query = "", ask: Ask = {}): Promise<ReportAnswer> {
    const answer = await this.call(this.path("lead-stats", query, ask.bare), ask);
    if (answer.status === 200 && answer.json !== undefined) {
      addsUp(answer.json, new URLSearchParams(query).get("sort") ?? "total");
    }
    return answer;
  }

  async summary(query = "", ask: Ask = {}): Promise<ReportAnswer> {
    const answer = await this.call(this.path("lead-stats/summary", query, ask.bare), ask);
    if (answer.status === 200 && answer.json !== undefined) summaryAddsUp(answer.json);
    return answer;
  }
}

/**
 * Long waits become short ones and stay in their order: of 10 s little more than one. Whoever looks at the clock
 * after a wait finds that the whole of it has passed.
 */
export function hurry(): void {
  const wait = globalThis.setTimeout;
  const test = tests;
  const quick = (run: () => void, ms = 0) => {
    const due = Date.now() + ms;
    const arrive = () => {
      // One that was left over must not move the clock of the next test.
      if (test === tests && Date.now() < due) vi.setSystemTime(due);
      run();
    };
    // The cache's second stays long enough for a cache that works, on a busy machine too.
    return wait(arrive, ms < 900 ? ms / 10 : 800 + ms / 20);
  };
  vi.stubGlobal("setTimeout", quick);
}

const sum = (rows: Counts[]): Counts =>
  Object.fromEntries(
    counts.map((name) => [name, rows.reduce((all, row) => all + row[name], 0)]),
  ) as unknown as Counts;

const only = (row: Counts): Counts =>
  Object.fromEntries(counts.map((name) => [name, row[name]])) as unknown as Counts;

/** The kinds of a row are its total, flags are no more than that, and nothing is missing. */
export function isWhole(row: Counts): void {
  for (const name of counts) expect(Number.isSafeInteger(row[name]) && row[name] >= 0, name).toBe(true);
  expect(row.primary + row.follow_up + row.test + row.blocked + row.bot).toBe(row.total);
  expect(Math.max(row.vpn_count, row.suspicious_count, row.hot_count)).toBeLessThanOrEqual(row.total);
}

/** The shape of a whole answer, and that everything in it adds up; its groups come by the count `sort`. */
// biome-ignore lint/suspicious/noExplicitAny: what it is, is checked here
export function addsUp(report: any, sort = "total"): void {
  const { hour_of_week: hours, ...always } = report;
  if (hours !== undefined) expect(sum(hours)).toEqual(report.totals);
  expect(Object.keys(always).filter((name) => name !== "explain")).toEqual([
    "meta",
    "totals",
    "buckets",
    "groups",
    "comparison",
  ]);
  const { meta, totals, buckets, groups, comparison } = report;
  expect(Object.keys(totals)).toEqual([...counts]);
  isWhole(totals);
  for (const row of [...buckets, ...groups]) isWhole(row);
  if (meta.bucket === "none") expect(buckets).toEqual([]);
  else {
    expect(buckets.length).toBeGreaterThan(0);
    expect(sum(buckets)).toEqual(totals);
    follow(buckets);
    expect(Date.parse(buckets[0].start)).toBeLessThanOrEqual(Date.parse(meta.from));
    expect(Date.parse(buckets.at(-1).end)).toBeGreaterThanOrEqual(Date.parse(meta.to));
  }
  if (meta.group_by.length === 0) expect(groups).toEqual([]);
  else {
    expect(sum(groups)).toEqual(totals);
    if (totals.total > 0) {
      const shares = groups.reduce((all: number, { share }: { share: number }) => all + share, 0);
      expect(Math.abs(shares - 1)).toBeLessThan(0.0001 * (groups.length + 1));
      for (const group of groups)
        expect(Math.abs(group.share - group.total / totals.total)).toBeLessThan(0.0001);
    }
    const known = groups.filter(({ other }: { other?: boolean }) => other !== true);
    const ranked = known.map((group: Record<string, number>) => group[sort]);
    expect(ranked).toEqual(ranked.toSorted((a: number, b: number) => b - a));
    for (const { key } of known) expect(Object.keys(key)).toEqual(meta.group_by);
    for (const group of groups) {
      if (meta.bucket === "none") expect(group).not.toHaveProperty("buckets");
      else {
        expect(sum(group.buckets)).toEqual(only(group));
        expect(group.buckets.map(({ start }: { start: string }) => start)).toEqual(
          buckets.map(({ start }: { start: string }) => start),
        );
      }
    }
    const rest = groups.findIndex(({ other }: { other?: boolean }) => other === true);
    if (rest >= 0) {
      expect(rest).toBe(groups.length - 1);
      expect(groups[rest].key).toBeNull();
    }
  }
  if (meta.compare === "none") expect(comparison).toBeNull();
  else {
    isWhole(comparison.totals);
    if (meta.bucket !== "none") {
      expect(sum(comparison.buckets)).toEqual(comparison.totals);
      follow(comparison.buckets);
    }
    changeIsRight(comparison.change, totals, comparison.totals);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what it is, is checked here
export function summaryAddsUp(report: any): void {
  const { totals, rates, change, previous, top, busiest_hour } = report;
  isWhole(totals);
  changeIsRight(change, totals, previous.totals);
  const part = (count: number) => (totals.total === 0 ? 0 : count / totals.total);
  expect(rates.actual).toBeCloseTo(part(totals.primary), 3);
  expect(rates.hot).toBeCloseTo(part(totals.hot_count), 3);
  expect(rates.bot).toBeCloseTo(part(totals.bot), 3);
  expect(rates.blocked).toBeCloseTo(part(totals.blocked), 3);
  expect(Object.keys(top)).toEqual(["project", "country", "source", "utm_campaign"]);
  for (const list of Object.values(top) as (Counts & { share: number })[][]) {
    for (const row of list) {
      isWhole(row);
      expect(row.share).toBeCloseTo(part(row.total), 3);
    }
    expect(sum(list).total).toBeLessThanOrEqual(totals.total);
  }
  if (totals.total === 0) expect(busiest_hour).toBeNull();
  else {
    expect(busiest_hour.hour).toBeGreaterThanOrEqual(0);
    expect(busiest_hour.hour).toBeLessThan(24);
    expect(busiest_hour.total).toBeLessThanOrEqual(totals.total);
  }
}

/** Each begins where the one before it ends. */
function follow(buckets: { start: string; end: string }[]): void {
  for (const [at, { start, end }] of buckets.entries()) {
    expect(Date.parse(start)).toBeLessThan(Date.parse(end));
    const next = buckets[at + 1];
    if (next !== undefined) expect(next.start).toBe(end);
  }
}

function changeIsRight(change: Record<string, number | null>, after: Counts, before: Counts): void {
  expect(Object.keys(change)).toEqual([...counts]);
  for (const name of counts) {
    if (before[name] === 0) expect(change[name]).toBeNull();
    else expect(change[name]).toBeCloseTo((after[name] - before[name]) / before[name], 3);
  }
}
