// The runtime's own queue, KV and dead letters.

import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { ledger, queue } from "./support/faults.ts";
import { person } from "./support/people.ts";
import { readRawPoint } from "./support/points.ts";
import { Stage } from "./support/stage.ts";

test("the runtime delivers the message of a lead that D1 refused: one row and one point", async () => {
  const stage = await Stage.open();
  const { status, json } = await stage.post(person(), { env: { DB: ledger("rejects").DB } });
  expect(status).toBe(202);
  expect(await stage.rows("submissions")).toEqual([]);

  await vi.waitFor(
    async () =>
      expect(await stage.rows("submissions")).toMatchObject([{ submission_id: json.submission_id }]),
    { timeout: 15_000, interval: 100 },
  );
  const ours = async () =>
    (await env.LEAD_SUBMISSIONS.written())
      .map(readRawPoint)
      .filter(({ project }) => project === stage.project);
  await vi.waitFor(async () => expect(await ours()).toMatchObject([{ event_type: "primary" }]), {
    timeout: 15_000,
  });
  expect(await stage.rows("leads")).toHaveLength(1);
});

test("a dead letter ends in KV, whole and readable, under the time it came and its id", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const asha = person();
  const { json } = await stage.post(asha, {
    env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  const result = await stage.deliver(waiting.messages, {}, "leadledger-leads-dead");
  expect(result.explicitAcks).toHaveLength(1);
  const { keys } = await env.KV.list({ prefix: "dead_letters/" });
  const key = keys.map(({ name }) => name).find((name) => name.endsWith(json.submission_id));
  expect(key).toMatch(/^dead_letters\/20\d\d-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)\/sub_/);
  const kept = await env.KV.get(key as string, "arrayBuffer");
  expect(new Uint8Array(kept as ArrayBuffer)).toEqual(waiting.messages[0]);
  const text = new TextDecoder().decode(kept as ArrayBuffer);
  expect(text).toContain(asha.email);
  expect(text).toContain(stage.project);

  // A dead letter put back into the queue becomes the lead that it was.
  await stage.deliver([new Uint8Array(kept as ArrayBuffer)]);
  expect(await stage.rows("submissions")).toMatchObject([
    { submission_id: json.submission_id, email: asha.email },
  ]);
  expect(stage.points).toHaveLength(1);
});

test("a dead letter that KV does not take is tried again later", async () => {
  const stage = await Stage.open();
  const KV = { put: () => Promise.reject(new Error("KV PUT failed: 500")) } as unknown as KVNamespace;
  const result = await stage.deliver([new Uint8Array([9])], { KV }, "leadledger-leads-dead");
  expect(result.explicitAcks).toEqual([]);
  expect(result.delays).toEqual([30]);
});

test("each wait of a message is twice as long as the one before, up to an hour", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const down = { DB: ledger("rejects").DB };
  await stage.post(person(), { env: { ...down, LEADS_QUEUE: waiting.LEADS_QUEUE } });
  const delays = [];
  for (const attempt of [1, 2, 3, 7, 8, 20]) {
    delays.push(...(await stage.deliver(waiting.messages, down, "leadledger-leads", attempt)).delays);
  }
  expect(delays).toEqual([30, 60, 120, 1920, 3600, 3600]);
});

test("a message that turns out to be no submission stays readable among the dead letters", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const fields = { ...person(), project: "no-such-project" };
  const { status, json } = await stage.post(fields, {
    env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE },
  });
  expect(status).toBe(202);
  const result = await stage.deliver(waiting.messages);
  expect(result.explicitAcks).toHaveLength(1);
  const { keys } = await env.KV.list({ prefix: "dead_letters/" });
  expect(keys.filter(({ name }) => name.endsWith(json.submission_id))).toHaveLength(1);
  expect(stage.points).toEqual([]);
});
