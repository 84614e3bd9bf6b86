// GET /api/alerts: who sees what, in which order, and what is refused.

import { env as runtime } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { ledger } from "./support/faults.ts";
import type { keys } from "./support/keys.ts";
import { Stage } from "./support/stage.ts";

let stage: Stage;
const scopes: Record<string, string> = {
  all: '["*"]',
  mine: '["limited-project"]',
  both: '["limited-project","other"]',
  other: '["other"]',
};

/** Ids of this page: an alert's by its name here, a delivery's by its number. */
const alertId = (name: string) =>
  `alert_${Array.from(name, (letter) => letter.charCodeAt(0).toString(16))
    .join("")
    .padEnd(32, "0")}`;
const deliveryId = (n: number) => `dlv_${String(n).padStart(32, "0")}`;

const insight = {
  id: "silence:project:x",
  kind: "silence",
  severity: "warning",
  dimension: "project",
  value: "x",
  count: "primary",
  from: "2026-11-21T08:00:00+05:30",
  to: "2026-11-21T14:00:00+05:30",
  strength: 6.1,
  headline: "x has had no leads for 6 hours; 37 were usual.",
  explanation: "Compared are the same hours of the 4 weeks before.",
  numbers: {
    current: 0,
    expected: 37,
    low: 19,
    high: 55,
    change: -1,
    silent_hours: 6,
    baseline: [36, 37, 38],
  },
};

const add = (name: string, scope: string, closed: number | null = null) =>
  runtime.DB.prepare(
    "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, closed_at, insight) VALUES (?1, ?2, 'silence', 'project', ?3, 1795248000000, 1795251600000, ?4, ?5)",
  ).bind(alertId(name), scope, name, closed, JSON.stringify(insight));

const deliver = (n: number, topic: string, subject: string) =>
  runtime.DB.prepare(
    "INSERT INTO deliveries (delivery_id, channel, topic, subject_id, scope, created_at, due_at, body) VALUES (?1, 'desk', ?2, ?3, '[]', 1795248000000, 1, 'a secret body')",
  ).bind(deliveryId(n), topic, alertId(subject));

beforeAll(async () => {
  stage = await Stage.open();
  await runtime.DB.batch([
    ...Object.entries(scopes).map(([name, scope]) => add(name, scope)),
    add("closed", '["limited-project"]', 1795255200000),
    deliver(1, "alert.opened", "mine"),
    deliver(2, "alert.opened", "closed"),
    deliver(3, "alert.closed", "closed"),
    deliver(4, "alert.opened", "other"),
  ]);
});

const list = async (query = "", key: keyof typeof keys = "marketing") => {
  const answer = await stage.call(`/api/alerts${query}`, { key });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as { data: Record<string, unknown>[]; next_cursor: string | null };
};
/** By their names here. */
const names = async (query = "", key: keyof typeof keys = "marketing") =>
  (await list(query, key)).data.map(({ value }) => value);

describe("GET /api/alerts", () => {
  test("lists the newest first, each with its insight and what was delivered of it", async () => {
    const { data, next_cursor } = await list();
    expect(data.map(({ value }) => value)).toEqual(["closed", "other", "both", "mine", "all"]);
    expect(next_cursor).toBeNull();
    expect(data[3]).toEqual({
      alert_id: alertId("mine"),
      projects: ["limited-project"],
      kind: "silence",
      dimension: "project",
      value: "mine",
      state: "open",
      opened_at: "2026-11-21T08:00:00.000Z",
      seen_at: "2026-11-21T09:00:00.000Z",
      closed_at: null,
      insight,
      deliveries: [
        {
          delivery_id: deliveryId(1),
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
    expect(await names("", "limited")).toEqual(["closed", "mine"]);
    expect(await names("?state=open", "limited")).toEqual(["mine"]);
    expect(await names("", "admin")).toHaveLength(5);
  });

  test("filters by state, and pages without a gap", async () => {
    expect(await names("?state=closed")).toEqual(["closed"]);
    expect(await names("?state=open")).toHaveLength(4);
    const found: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(`?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`);
      expect(page.data.length).toBeLessThanOrEqual(2);
      found.push(...page.data.map(({ value }) => value));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(found).toEqual(await names());
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
