// The watch, run by the Workers runtime's cron handler: D1 is the runtime's own, Analytics Engine answers from points
// that a test adds, the queue of deliveries remembers what it is sent, and the clock stands still until a test moves it.

import { env as runtime } from "cloudflare:workers";
import { vi } from "vitest";
import type { Env } from "../../../worker/src/env.ts";
import { ask } from "./ask.ts";
import { FakeAnalytics, type FakePoint, sqlAddress, sqlToken } from "./fake_ae.ts";
import { trigger } from "./trigger.ts";

const hour = 3600;
const week = 7 * 24 * hour;

/** A Saturday, 16:10 in Asia/Kolkata; each desk opens some weeks later, so that no cached answer is another's. */
const firstDay = Date.UTC(2026, 10, 21, 10, 40);

export interface Traffic {
  project: string;
  /** Submissions of each hour. */
  hourly: number;
  /** Unix seconds, half-open. */
  from: number;
  until: number;
  event_type?: string;
  source?: string;
  /** Of the local clock in Asia/Kolkata: in which something comes; all where left out. */
  hours?: [from: number, to: number];
}

/** Spread evenly over each hour of the local clock. */
export function traffic({ project, hourly, from, until, event_type, source, hours }: Traffic): FakePoint[] {
  const points: FakePoint[] = [];
  const shift = 5.5 * hour;
  for (let at = Math.floor((from + shift) / hour) * hour - shift; at < until; at += hour) {
    const local = ((at + shift) / hour) % 24;
    if (hours !== undefined && (local < hours[0] || local >= hours[1])) continue;
    for (let n = 0; n < hourly; n += 1) {
      const second = at + Math.floor((n * hour) / hourly);
      if (second < from || second >= until) continue;
      points.push({
        at: second,
        project,
        event_type: event_type ?? "primary",
        flags: [],
        interval: 1,
        texts: source === undefined ? {} : { source },
      });
    }
  }
  return points;
}

export interface Channel {
  id: string;
  type: "slack" | "webhook";
  projects: string[];
  topics: string[];
  quiet_hours?: { from: string; to: string; timezone: string };
  url?: string;
}

type Row = Record<string, unknown>;
let desks = 0;

export class AlertDesk {
  readonly project = `p-${desks}-${Math.random().toString(36).slice(2, 8)}`;
  readonly other = `q-${desks}-${Math.random().toString(36).slice(2, 8)}`;
  readonly analytics: FakeAnalytics;
  channels: Channel[] = [];
  /** Ids that were sent to the queue of deliveries, whose receiver takes them at once. */
  readonly sent: string[] = [];
  readonly logged: string[] = [];
  queueWorks = true;
  /** Whether the receiver takes what the queue is sent. */
  receiverWorks = true;

  private constructor(start: number) {
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    this.analytics = new FakeAnalytics([]);
    const keep = (...all: unknown[]) => void this.logged.push(all.map(String).join(" "));
    vi.spyOn(console, "warn").mockImplementation(keep);
    vi.spyOn(console, "error").mockImplementation(keep);
  }

  static async open(): Promise<AlertDesk> {
    desks += 1;
    await runtime.DB.batch(
      ["alerts", "deliveries", "briefs"].map((table) => runtime.DB.prepare(`DELETE FROM ${table}`)),
    );
    const desk = new AlertDesk(firstDay + desks * 13 * week * 1000);
    for (const slug of [desk.project, desk.other]) await desk.isProject(slug);
    return desk;
  }

  async isProject(slug: string): Promise<void> {
    const add =
      "INSERT INTO projects (slug, name, settings, created_at, updated_at) VALUES (?1, ?1, '{}', 0, 0)";
    await runtime.DB.prepare(add).bind(slug).run();
  }
  async isDeleted(slug: string): Promise<void> {
    await runtime.DB.prepare("DELETE FROM projects WHERE slug = ?1").bind(slug).run();
  }

  static close(): void {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }

  /** Unix seconds. */
  get now(): number {
    return Date.now() / 1000;
  }
  after(hours: number): void {
    vi.setSystemTime(Date.now() + hours * hour * 1000);
  }

  /** Nine weeks of the two projects: the other one goes on for ever, and is no part of any alert. */
  usual(until = this.now, more: Partial<Traffic> = {}): void {
    const from = this.now - 9 * week;
    this.analytics.points = [
      ...traffic({ project: this.other, hourly: 3, from, until: this.now + 4 * week }),
      ...traffic({ project: this.project, hourly: 6, from, until, ...more }),
    ];
  }
  add(more: Partial<Traffic> & Pick<Traffic, "from" | "until" | "hourly">): void {
    this.analytics.points.push(...traffic({ project: this.project, ...more }));
  }

  channel(id: string, more: Partial<Channel> = {}): void {
    this.channels.push({ id, type: "webhook", projects: [this.project], topics: ["alert"], ...more });
  }

  env(more: Partial<Env> = {}): Env {
    const secret = `whsec_${btoa("a secret of twenty-four bytes")}`;
    const channels = this.channels.map((channel) => ({
      url: "https://hooks.example/alerts",
      ...(channel.type === "webhook" ? { secret } : {}),
      ...channel,
    }));
    const queue = {
      send: async (bytes: Uint8Array) => {
        if (!this.queueWorks) throw new Error("The queue is down.");
        const id = new TextDecoder().decode(bytes);
        this.sent.push(id);
        if (!this.receiverWorks) return;
        const deliver = runtime.DB.prepare(
          "UPDATE deliveries SET status = 'delivered' WHERE delivery_id = ?1",
        );
        await deliver.bind(id).run();
      },
    };
    return {
      ...(runtime as unknown as Env),
      REPORTING_TIMEZONE: "Asia/Kolkata",
      AE_SQL_URL: sqlAddress,
      AE_SQL_TOKEN: sqlToken,
      WEBHOOKS: JSON.stringify(channels),
      DELIVERIES_QUEUE: queue as unknown as Queue<Uint8Array>,
      ...more,
    };
  }

  /** Fails where the invocation fails. */
  watch(more: Partial<Env> = {}): Promise<void> {
    return trigger("watch", this.env(more));
  }
  sweep(): Promise<void> {
    return trigger("sweep", this.env());
  }

  /** So many watches, a quarter of an hour apart; the last one is now. */
  async watches(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      this.after(0.25);
      await this.watch();
    }
  }

  call(path: string, key: string, method = "GET", more: Partial<Env> = {}) {
    const headers = { authorization: `Bearer ${key}` };
    return ask(new Request(`https://ledger.test${path}`, { method, headers }), this.env(more));
  }

  /** Alerts of this desk's project alone, or of all. */
  async alerts(scope = JSON.stringify([this.project])): Promise<Row[]> {
    const query = runtime.DB.prepare("SELECT * FROM alerts WHERE scope = ?1 ORDER BY id").bind(scope);
    return (await query.all<Row>()).results;
  }

  /** "silence:project:acme open" and so on, in the order in which they opened. */
  async states(scope?: string): Promise<string[]> {
    return (await this.alerts(scope)).map(
      ({ kind, dimension, value, closed_at }) =>
        `${kind}:${dimension}:${value} ${closed_at === null ? "open" : "closed"}`,
    );
  }

  /** What the consumer notes when an attempt succeeds that was begun before. */
  async takes(topic: string): Promise<void> {
    const note = "UPDATE deliveries SET status = 'delivered', error = NULL WHERE topic = ?1";
    await runtime.DB.prepare(note).bind(topic).run();
  }

  /** "alert.opened to desk" and so on, in the order in which they came. */
  async told(): Promise<string[]> {
    return (await this.deliveries()).map(({ topic, channel }) => `${topic} to ${channel}`);
  }
  async deliveries(): Promise<Row[]> {
    return (await runtime.DB.prepare("SELECT * FROM deliveries ORDER BY id").all<Row>()).results;
  }
}
