// Points of misjudged submissions, and the lists of corrections that reports apply to them.

import { env } from "cloudflare:workers";
import { answerText, type FakePoint, type Scene } from "./fake_ae.ts";
import { type Desk, now } from "./report_desk.ts";

export const present = now / 1000;
export const day = 86_400;

export type Verdict = { event_type: string; reason: string };
export const bot = { event_type: "bot", reason: "honeypot_filled" };
export const person = { event_type: "primary", reason: "new_person" };

export interface Correction {
  at: number;
  project: string;
  dimensions: Record<string, string>;
  flags: string[];
  from: Verdict;
  to: Verdict;
}

/** Judged a bot an hour ago, in acme, from India. */
export const misjudged = (more: Partial<FakePoint> = {}): FakePoint => ({
  at: present - 3600,
  project: "acme",
  event_type: bot.event_type,
  flags: ["vpn"],
  interval: 1,
  ...more,
  texts: { country: "IN", source: "google", utm_campaign: "diwali", reason: bot.reason, ...more.texts },
});

/** Names of points are those of dimensions, but for `reason`, which is part of a verdict. */
export function corrected(desk: Desk, point: FakePoint, more: Partial<Correction> = {}): Correction {
  const { reason, ...dimensions } = point.texts;
  return {
    at: point.at,
    project: point.project,
    dimensions: { ...dimensions, utm_content: desk.mark },
    flags: point.flags,
    from: { event_type: point.event_type, reason: reason as string },
    to: person,
    ...more,
  };
}

export const keep = (corrections: unknown, month = "2026-11") =>
  env.KV.put(`corrections/${month}`, JSON.stringify({ corrections }));

/** Analytics Engine with only these points, as a filter leaves them. */
export const only =
  (which: (point: FakePoint) => boolean): Scene =>
  ({ sql }, points) =>
    new Response(answerText(sql, points.filter(which), "strings"));

/** No list of an earlier test. */
export async function dropLists(): Promise<void> {
  for (const { name } of (await env.KV.list({ prefix: "corrections/" })).keys) await env.KV.delete(name);
}

// biome-ignore lint/suspicious/noExplicitAny: rows of an answer
export type Rows = any[];
export const groupOf = (groups: Rows, ...key: string[]) =>
  groups.find((group) => group.key !== null && Object.values(group.key).join() === key.join());
