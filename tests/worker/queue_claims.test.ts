// The ledger has the row already when the queue brings the message: the point says what the row says.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import {
  correct,
  kinds,
  listed,
  monthKey,
  type Rejected,
  rejected,
  show,
  undo,
} from "./support/corrections.ts";
import { ledger, limit, queue } from "./support/faults.ts";
import { person } from "./support/people.ts";
import { type CallOptions, Stage, site } from "./support/stage.ts";

/** Posts what D1 keeps without an answer, so that its message waits. */
async function unanswered(stage: Stage, options: CallOptions = {}, fields = person()) {
  const waiting = queue();
  const lost = { DB: ledger("works", "loses the answer").DB, LEADS_QUEUE: waiting.LEADS_QUEUE };
  const { status, json } = await stage.post(fields, { ...options, env: lost });
  expect(status).toBe(202);
  expect(stage.points).toEqual([]);
  expect(waiting.messages).toHaveLength(1);
  return { id: json.submission_id as string, deliver: () => stage.deliver(waiting.messages) };
}

const asTest = { test_rules: { emails: [], domains: ["raomills.in"], addresses: [] } };
const postAs = (kind: Rejected): CallOptions => (kind === "test" ? {} : rejected[kind]);
const settingsOf = (kind: Rejected) => (kind === "test" ? asTest : {});

async function change(stage: Stage, settings: Record<string, unknown>) {
  const path = `/api/admin/projects/${stage.project}`;
  const { status } = await stage.call(path, { method: "PATCH", key: "admin", body: settings });
  expect(status).toBe(200);
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 1100));

test.each(kinds)(
  "a %s row that was corrected meanwhile: its point is what it was judged to be",
  async (kind) => {
    const stage = await Stage.open(settingsOf(kind));
    const { id, deliver } = await unanswered(stage, postAs(kind));
    const rules = [await stage.rows("testing_leads"), await stage.rows("blocked_ip_leads")];
    const before = await stage.submission(id);
    const { json } = await correct(stage, id);
    const [early] = await listed(stage);
    await pause();
    await deliver();

    expect(stage.points).toMatchObject([{ event_type: kind, reason: json.corrections[0].from.reason }]);
    expect(stage.points[0]?.lead_id ?? "").toBe("");
    const row = await stage.submission(id);
    expect(row).toMatchObject({ event_type: "primary", lead_id: json.lead_id, point: before.point });
    expect(row.counted_at).toBeGreaterThan(before.counted_at as number);
    expect(await listed(stage), "the correction goes where the point is").toEqual([
      { ...early, at: Math.floor((row.counted_at as number) / 1000) },
    ]);
    expect(await stage.rows("testing_leads"), "a lead's row met no test rule").toEqual([]);
    expect(await stage.rows("blocked_ip_leads")).toEqual([]);
    await deliver();
    expect(stage.points).toHaveLength(1);

    expect((await undo(stage, id)).json).toMatchObject({ event_type: kind, reports: "applied" });
    expect(await listed(stage)).toEqual([]);
    expect([await stage.rows("testing_leads"), await stage.rows("blocked_ip_leads")]).toEqual(rules);
    expect((await correct(stage, id)).json.corrections).toHaveLength(2);
    expect(await listed(stage)).toMatchObject([{ at: Math.floor((row.counted_at as number) / 1000) }]);
  },
);

test("a correction that was undone before the message came leaves the row's own point", async () => {
  const stage = await Stage.open();
  const { id, deliver } = await unanswered(stage, rejected.bot);
  await correct(stage, id);
  await undo(stage, id);
  await deliver();
  expect(stage.points).toMatchObject([{ event_type: "bot", reason: "bot_user_agent" }]);
  expect(await listed(stage)).toEqual([]);
});

test("a correction whose point came in another month goes on the list of that month", async () => {
  const stage = await Stage.open();
  const { id, deliver } = await unanswered(stage, rejected.bot);
  const received = (await stage.submission(id)).received_at as number;
  const earlier = Date.UTC(2026, 8, 30, 23, 59, 59);
  // As if it had been received and kept at the end of September.
  await env.DB.prepare("UPDATE submissions SET counted_at = ?2 WHERE submission_id = ?1")
    .bind(id, earlier)
    .run();
  await correct(stage, id);
  expect(await listed(stage)).toEqual([]);
  await deliver();
  expect(await listed(stage)).toHaveLength(1);
  expect(await stage.rows("corrections")).toMatchObject([{ month: monthKey(received).slice(-7) }]);
  await env.KV.delete(monthKey(earlier));
});

test("blocked once, it is counted as blocked, though its origin is allowed by now", async () => {
  const stage = await Stage.open();
  const { id, deliver } = await unanswered(stage, rejected.blocked);
  const before = await stage.submission(id);
  await change(stage, { allowed_origins: [site, "https://evil.example"] });
  await deliver();
  expect(stage.points).toMatchObject([{ event_type: "blocked", reason: "origin_not_allowed" }]);
  const row = await stage.submission(id);
  expect(row).toMatchObject({ event_type: "blocked", lead_id: null, point: before.point });
  expect(await stage.rows("leads")).toEqual([]);
  expect((await correct(stage, id)).json.event_type).toBe("primary");
  expect(await listed(stage)).toMatchObject([
    { from: { event_type: "blocked", reason: "origin_not_allowed" } },
  ]);
});

test("a lead once, it is counted as a lead, though its origin is refused by now, and in a flood", async () => {
  for (const [passes, headers] of [
    [9, {}],
    [0, {}],
  ] as const) {
    const stage = await Stage.open();
    const { id, deliver } = await unanswered(stage, { headers: { origin: site, ...headers } });
    await change(stage, { allowed_origins: ["https://other.example"] });
    stage.use({ REJECTED_ROWS_LIMIT: limit(passes) });
    await deliver();
    const row = await stage.submission(id);
    expect(row).toMatchObject({ event_type: "primary", point: null });
    expect(stage.points).toMatchObject([
      { event_type: "primary", reason: "new_person", lead_id: row.lead_id },
    ]);
    expect(await stage.rows("blocked_ip_leads")).toEqual([]);
    await deliver();
    expect(stage.points).toHaveLength(1);
  }
});

test("a bot once, it is a bot whatever test rule there is by now", async () => {
  const stage = await Stage.open();
  const { id, deliver } = await unanswered(stage, rejected.bot);
  await change(stage, asTest);
  await deliver();
  expect(stage.points).toMatchObject([{ event_type: "bot", reason: "bot_user_agent" }]);
  expect((await show(stage, id)).json.event_type).toBe("bot");
  expect(await stage.rows("testing_leads")).toEqual([]);
});

test("a flood that the message belongs to is counted, and its row, which is there, is claimed", async () => {
  const stage = await Stage.open();
  const { id, deliver } = await unanswered(stage, rejected.bot);
  const before = await stage.submission(id);
  await pause();
  stage.use({ REJECTED_ROWS_LIMIT: limit(0) });
  await deliver();
  await deliver();
  expect(stage.points).toMatchObject([{ event_type: "bot" }]);
  expect((await stage.submission(id)).counted_at).toBeGreaterThan(before.counted_at as number);
});

test("who was erased meanwhile does not come back by the message", async () => {
  const stage = await Stage.open();
  const { id, deliver } = await unanswered(stage);
  const { lead_id } = await stage.submission(id);
  await stage.call(`/api/leads/${lead_id}`, { method: "DELETE", key: "admin" });
  await deliver();
  expect(stage.points).toMatchObject([{ event_type: "primary" }]);
  expect(await stage.rows("leads")).toEqual([]);
  expect(await stage.rows("lead_identities")).toEqual([]);
});
