// What tests of corrections do again and again.

import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Answer } from "./ask.ts";
import { person, robot } from "./people.ts";
import type { CallOptions, Stage } from "./stage.ts";

type Fields = Record<string, unknown>;

/** The ways in which a submission is judged something else than a lead. */
export const rejected = {
  bot: { headers: { "user-agent": robot } },
  blocked: { headers: { origin: "https://evil.example" } },
  test: { headers: { "x-lead-test": "1" } },
} as const;
export type Rejected = keyof typeof rejected;
export const kinds = Object.keys(rejected) as Rejected[];

/** Posts a submission that is judged so, and gives its id. */
export async function post(stage: Stage, kind: Rejected, fields: Fields = person()): Promise<string> {
  const { json } = await stage.post(fields, { key: "admin", ...rejected[kind] });
  expect(json).toMatchObject({ event_type: kind, lead_id: null });
  return json.submission_id;
}

export const show = (stage: Stage, id: string, key: CallOptions["key"] = "admin"): Promise<Answer> =>
  stage.call(`/api/submissions/${id}`, { key });

export const correct = (stage: Stage, id: string, options: CallOptions = {}): Promise<Answer> =>
  stage.call(`/api/submissions/${id}/correction`, { method: "POST", key: "admin", ...options });

export const undo = (stage: Stage, id: string, options: CallOptions = {}): Promise<Answer> =>
  stage.call(`/api/submissions/${id}/correction`, { method: "DELETE", key: "admin", ...options });

export interface Listed {
  at: number;
  project: string;
  dimensions: Record<string, string>;
  flags: string[];
  from: { event_type: string; reason: string };
  to: { event_type: string; reason: string };
}

export const monthKey = (ms = Date.now()) => `corrections/${new Date(ms).toISOString().slice(0, 7)}`;

/** This project's part of the list that reports read. */
export async function listed(stage: Stage): Promise<Listed[]> {
  const document = await env.KV.get<{ corrections: Listed[] }>(monthKey(), "json");
  return (document?.corrections ?? []).filter(({ project }) => project === stage.project);
}
