// GET /api/alerts: who sees what, in which order, and what is refused.

import { env as runtime } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { ledger } from "./support/faults.ts";
import type { keys } from "./support/keys.ts";
import { Stage } from "./support/stage.ts";

let stage: Stage;
const scopes: Record<string, string> = {
  alert_all: '["*"]',
  alert_mine: '["limited-project"]',
  alert_both: '["limited-project","other"]',
  alert_other: '["other"]',
};

const add = (id: string, scope: string, closed: number | null = null) =>
  runtime.DB.prepare(
    "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, closed_at, insight) VALUES (?1, ?2, 'silence', 'project', ?1, 1795248000000, 1795251600000, ?3, ?4)",
  ).bind(id, scope, closed, JSON.stringify({ kind: "silence", headline: 'No leads from "x".', numbers: {} }));

const deliver = (id: string, topic: string, subject: string) =>
  runtime.DB.prepare(
    "INSERT INTO deliveries (delivery_id, channel, topic, subject_id, scope, created_at, due_at, body) VALUES (?1, 'desk', ?2, ?3, '[]', 1795248000000, 1, 'a secret body')",
  ).bind(id, topic, subject);

beforeAll(async () => {
  stage = await Stage.open();
  await runtime.DB.batch([
    ...Object.entries(scopes).map(([id, scope]) => add(id, scope)),
    add("alert_closed", '["limited-project"]', 1795255200000),
    deliver("dlv_1", "alert.opened", "alert_mine"),
    deliver("dlv_2", "alert.opened", "alert_closed"),
    deliver("dlv_3", "alert.closed", "alert_closed"),
    deliver("dlv_4", "alert.opened", "alert_other"),
  ]);
});

const list = async (query = "", key: keyof typeof keys = "marketing") => {
  const answer = await stage.call(`/api/alerts${query}`, { key });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as { data: Record<string, unknown>[]; next_cursor: string | null };
};
const ids = async (query = "", key: keyof typeof keys = "marketing") =>
  (await list(query, key)).data.map(({ alert_id }) => alert_id);

describe("GET /api/alerts", () => {
  test("lists the newest first, each with its insight and what was delivered of it", async () => {
    const { data, next_cursor } = await list();
    expect(data.map(({ alert_id }) => alert_id)).toEqual([
      "alert_closed",
      "alert_other",
      "alert_both",
      "alert_mine",
      "alert_all",
    ]);
    expect(next_cursor).toBeNull();
    expect(data[3]).toEqual({
      alert_id: "alert_mine",
      projects: ["limited-project"],
      kind: "silence",
      dimension: "project",
      value: "alert_mine",
      state: "open",
      opened_at: "2026-11-21T08:00:00.000Z",
      seen_at: "2026-11-21T09:00:00.000Z",
      closed_at: null,
      insight: { kind: "silence", headline: 'No leads from "x".', numbers: {} },
      deliveries: [
        {
          delivery_id: "dlv_1",
          channel: "desk",
          topic: "alert.opened",
          status: "pending",
          attempts: 0,
          response_status: null,
          error: null,
          created_at: "2026-11-21T08:00:00.000Z",
          attempted_at: null,
          finished_at: null,
        },
      ],
    });
    expect(data[0]).toMatchObject({ state: "closed", closed_at: "2026-11-21T10:00:00.000Z" });
    const told = data[0]?.deliveries as { topic: string }[];
    expect(told.map(({ topic }) => topic)).toEqual(["alert.opened", "alert.closed"]);
  });

  test("shows a key only alerts all of whose projects it reaches", async () => {
    expect(await ids("", "limited")).toEqual(["alert_closed", "alert_mine"]);
    expect(await ids("?state=open", "limited")).toEqual(["alert_mine"]);
    expect(await ids("", "admin")).toHaveLength(5);
  });

  test("filters by state, and pages without a gap", async () => {
    expect(await ids("?state=closed")).toEqual(["alert_closed"]);
    expect(await ids("?state=open")).toHaveLength(4);
    const found: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(`?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`);
      expect(page.data.length).toBeLessThanOrEqual(2);
      found.push(...page.data.map(({ alert_id }) => alert_id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(found).toEqual(await ids());
  });

  test.each([
    ["state=gone", "state"],
    ["state=", "state"],
    ["state=open&state=closed", "state"],
    ["limit=0", "limit"],
    ["cursor=c17.1", "cursor"],
    ["kind=rise", "kind"],
  ])("refuses %s", async (query, name) => {
    const { status, json } = await stage.call(`/api/alerts?${query}`, { key: "marketing" });
    expect([status, json.code, json.invalid_params[0].name]).toEqual([400, "bad_parameter", name]);
  });

  test("needs a key, and the ledger", async () => {
    expect((await stage.call("/api/alerts")).status).toBe(401);
    expect((await stage.call("/api/alerts", { key: "expired" })).status).toBe(401);
    const down = await stage.call("/api/alerts", { key: "marketing", env: { DB: ledger("rejects").DB } });
    expect([down.status, down.json.code]).toEqual([503, "ledger_unavailable"]);
    expect((await stage.call("/api/alerts", { key: "marketing", method: "POST" })).status).toBe(405);
  });
});
