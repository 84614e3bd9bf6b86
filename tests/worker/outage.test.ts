// D1 refuses, stays silent or loses its answers: the lead is kept once, or the sender is told that it was not.

import { afterEach, expect, test, vi } from "vitest";
import { ledger, queue } from "./support/faults.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A stage whose project's settings are in the isolate's cache. */
async function warmStage(): Promise<Stage> {
  const stage = await Stage.open();
  await stage.call("/api/leads/validate", { key: "admin", body: { project: stage.project, ...person() } });
  return stage;
}

async function expectOneLead(stage: Stage, submissionId: string) {
  const rows = await stage.rows("submissions");
  expect(rows).toMatchObject([{ submission_id: submissionId, event_type: "primary" }]);
  expect(await stage.rows("leads")).toHaveLength(1);
  expect(stage.points).toMatchObject([{ event_type: "primary", lead_id: rows[0]?.lead_id }]);
  expect(stage.points[0]?.received_at, "the time of the request").toBe(
    Math.floor((rows[0]?.received_at as number) / 1000),
  );
}

test("D1 refuses once: the second try keeps the lead", async () => {
  const stage = await warmStage();
  const broken = ledger("rejects", "works");
  const { status, json } = await stage.post(person(), { env: { DB: broken.DB } });
  expect(status).toBe(201);
  expect(broken.batches).toHaveLength(2);
  await expectOneLead(stage, json.submission_id);
});

test("D1 stays down: 202, and the queue's consumer keeps one lead and one point, however often it is called", async () => {
  const stage = await warmStage();
  const waiting = queue();
  const broken = ledger("rejects");
  const { status, json } = await stage.post(person(), {
    env: { DB: broken.DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  expect(status).toBe(202);
  expect(json).toEqual({ submission_id: expect.stringMatching(/^sub_[0-9a-f]{32}$/), status: "received" });
  expect(broken.batches).toHaveLength(2);
  expect(waiting.messages).toHaveLength(1);
  expect(stage.points).toEqual([]);

  const down = await stage.deliver(waiting.messages, { DB: ledger("rejects").DB });
  expect(down.explicitAcks).toEqual([]);
  expect(down.retryMessages).toMatchObject([{ msgId: "message-0" }]);
  expect(down.delays).toEqual([30]);
  expect(stage.points).toEqual([]);

  const up = await stage.deliver(waiting.messages);
  expect(up.explicitAcks).toEqual(["message-0"]);
  await expectOneLead(stage, json.submission_id);

  await stage.deliver(waiting.messages);
  await stage.deliver([...waiting.messages, ...waiting.messages]);
  await expectOneLead(stage, json.submission_id);
});

test("D1 never answers: 202 after the time limit", async () => {
  const stage = await warmStage();
  const waiting = queue();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const pending = stage.post(person(), {
    env: { DB: ledger("is silent").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  let settled = false;
  void pending.finally(() => {
    settled = true;
  });
  for (let second = 0; second < 30 && !settled; second += 1) await vi.advanceTimersByTimeAsync(1000);
  const { status, json } = await pending;
  vi.useRealTimers();
  expect(status).toBe(202);
  await stage.deliver(waiting.messages);
  await expectOneLead(stage, json.submission_id);
});

test("D1 keeps it but its answer is lost: the retry finds its own row, and writes the one point", async () => {
  const stage = await warmStage();
  const broken = ledger("loses the answer", "works");
  const { status, json } = await stage.post(person(), { env: { DB: broken.DB } });
  expect(status).toBe(201);
  expect(broken.batches).toHaveLength(2);
  await expectOneLead(stage, json.submission_id);
});

test("D1 keeps it and every answer is lost: the queue's consumer writes the one point, and no second row", async () => {
  const stage = await warmStage();
  const waiting = queue();
  const { status, json } = await stage.post(person(), {
    env: { DB: ledger("loses the answer").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  expect(status).toBe(202);
  expect(await stage.rows("submissions")).toHaveLength(1);
  expect(stage.points).toEqual([]);
  await stage.deliver(waiting.messages);
  await expectOneLead(stage, json.submission_id);
  await stage.deliver(waiting.messages);
  await expectOneLead(stage, json.submission_id);
});

test("one message delivered ten times at once leaves one row and one point", async () => {
  const stage = await warmStage();
  const waiting = queue();
  const { json } = await stage.post(person(), {
    env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  await stage.deliver(Array.from({ length: 10 }, () => waiting.messages[0] as Uint8Array));
  await expectOneLead(stage, json.submission_id);
});

test("the sender retries with its key while the message waits: one lead and one point whoever comes first", async () => {
  for (const consumerFirst of [true, false]) {
    const stage = await warmStage();
    const waiting = queue();
    const asha = person();
    const headers = { "idempotency-key": "k" };
    const first = await stage.post(asha, {
      headers,
      env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
    });
    expect(first.status).toBe(202);
    if (consumerFirst) await stage.deliver(waiting.messages);
    const again = await stage.post(asha, { headers });
    expect(again.json.submission_id).toBe(first.json.submission_id);
    expect(again.status).toBeLessThan(300);
    if (!consumerFirst) await stage.deliver(waiting.messages);
    await expectOneLead(stage, first.json.submission_id);
  }
});

test("cold start with D1 down: settings unknown, and still 202 and one lead later", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const { status, json } = await stage.post(person(), {
    env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  expect(status).toBe(202);
  await stage.deliver(waiting.messages);
  await expectOneLead(stage, json.submission_id);
});

test("D1 and the queue are both down: 503 with Retry-After, and nothing is half-kept", async () => {
  for (const stage of [await warmStage(), await Stage.open()]) {
    const { status, headers, json } = await stage.post(person(), {
      env: { DB: ledger("rejects").DB, LEADS_QUEUE: queue(false).LEADS_QUEUE },
    });
    expect([status, json.code]).toEqual([503, "ledger_unavailable"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    for (const table of ["submissions", "leads", "lead_identities"])
      expect(await stage.rows(table)).toEqual([]);
    expect(stage.points).toEqual([]);
  }
});

test("what no consumer could ever read is acknowledged, not retried for ever", async () => {
  const stage = await Stage.open();
  const result = await stage.deliver([new Uint8Array([1, 2, 3]), new Uint8Array()]);
  expect(result.explicitAcks).toHaveLength(2);
  expect(stage.points).toEqual([]);
});

test("a rejected submission goes through the queue too, and counts once", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const { status } = await stage.post(person(), {
    headers: { origin: "https://evil.example" },
    env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  expect(status).toBe(202);
  await stage.deliver(waiting.messages);
  await stage.deliver(waiting.messages);
  expect(await stage.rows("submissions")).toMatchObject([{ event_type: "blocked" }]);
  expect(stage.points).toMatchObject([{ event_type: "blocked", reason: "origin_not_allowed" }]);
});

test("D1 down during reading and administration is a 503 that says so", async () => {
  const stage = await Stage.open();
  for (const path of ["/api/leads", "/api/submissions", "/api/admin/projects", "/api/admin/blocked-ips"]) {
    const { status, json } = await stage.call(path, { key: "admin", env: { DB: ledger("rejects").DB } });
    expect([path, status, json.code]).toEqual([path, 503, "ledger_unavailable"]);
  }
});
