// What the API's examples show of briefs and alerts, as rows of the ledger: asked for, they must come out as they are shown.

import { env } from "cloudflare:workers";

type Json = Record<string, unknown>;

const ms = (time: unknown) => (typeof time === "string" ? Date.parse(time) : null);

async function insert(table: string, row: Json): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, at) => `?${at + 1}`);
  const query = `INSERT INTO ${table} (${names}) VALUES (${places})`;
  await env.DB.prepare(query)
    .bind(...Object.values(row))
    .run();
}

async function insertDeliveries(subject: string, scope: string, deliveries: Json[]): Promise<void> {
  for (const { created_at, attempted_at, finished_at, ...shown } of deliveries) {
    const times = {
      created_at: ms(created_at),
      attempted_at: ms(attempted_at),
      finished_at: ms(finished_at),
    };
    await insert("deliveries", { ...shown, ...times, subject_id: subject, scope, due_at: 0, body: "{}" });
  }
}

export async function insertAlert({ projects, state, deliveries, ...shown }: Json): Promise<void> {
  const scope = JSON.stringify(projects);
  const times = {
    opened_at: ms(shown.opened_at),
    seen_at: ms(shown.seen_at),
    closed_at: ms(shown.closed_at),
  };
  await insert("alerts", { ...shown, ...times, scope, insight: JSON.stringify(shown.insight) });
  await insertDeliveries(shown.alert_id as string, scope, deliveries as Json[]);
}

export async function insertBrief(brief: Json): Promise<void> {
  const { deliveries, ...document } = brief;
  const { brief_id, projects, from, to, timezone, generated_at } = document;
  const scope = JSON.stringify(projects);
  const times = { from_at: ms(from), to_at: ms(to), generated_at: ms(generated_at) };
  await insert("briefs", { brief_id, scope, ...times, timezone, document: JSON.stringify(document) });
  await insertDeliveries(brief_id as string, scope, deliveries as Json[]);
}
