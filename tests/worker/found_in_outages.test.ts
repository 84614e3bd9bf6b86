// Corners of an outage that a careful sender, or a careless one, may come into.

import { afterEach, expect, test, vi } from "vitest";
import { ledger, limit, queue } from "./support/faults.ts";
import { person, robot } from "./support/people.ts";
import { type CallOptions, Stage } from "./support/stage.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function outage() {
  const waiting = queue();
  return { messages: waiting.messages, env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE } };
}

const warm = (stage: Stage) =>
  stage.call("/api/leads/validate", { key: "admin", body: { project: stage.project, ...person() } });

test("a key's reach holds on a cold start without D1 too", async () => {
  const stage = await Stage.open();
  const down = outage();
  const { status } = await stage.post(person(), { key: "limited", env: down.env });
  expect(status).toBe(403);
  expect(down.messages).toEqual([]);
});

test("what was answered 202 is kept, even where its key was used again for other content before it was delivered", async () => {
  const stage = await Stage.open();
  await warm(stage);
  const down = outage();
  const options: CallOptions = { headers: { "idempotency-key": "k" } };
  const [asha, other] = [person(), person()];
  expect((await stage.post(asha, { ...options, env: down.env })).status).toBe(202);
  expect((await stage.post(other, options)).status).toBe(201);
  await stage.deliver(down.messages);
  await stage.deliver(down.messages);
  expect((await stage.rows("submissions")).map((row) => row.email).sort()).toEqual(
    [asha.email, other.email].sort(),
  );
  expect(stage.points).toHaveLength(2);
});

test("a visitor whom Turnstile verified before D1 went down is under no suspicion when the queue keeps the lead", async () => {
  const asked = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => Response.json({ success: true }));
  const stage = await Stage.open(
    { turnstile_secret: "TURNSTILE_SECRET_TEST" },
    { bindings: { TURNSTILE_URL: "https://turnstile.test/" } },
  );
  await warm(stage);
  const down = outage();
  const { status } = await stage.post(person({ "cf-turnstile-response": "a-token" }), { env: down.env });
  expect(status).toBe(202);
  await stage.deliver(down.messages);
  expect(asked, "a token is good for one question").toHaveBeenCalledTimes(1);
  expect(await stage.rows("submissions")).toMatchObject([
    { event_type: "primary", suspicious: 0, reasons: "[]" },
  ]);
});

test("who was too fast during a cold outage is judged afresh when they come again with the same key", async () => {
  const stage = await Stage.open();
  const down = outage();
  const asha = person();
  const headers = { "idempotency-key": "k" };
  await stage.post(asha, { headers, env: { ...down.env, POSTS_LIMIT: limit(0) } });
  await stage.deliver(down.messages);
  const later = await stage.post(asha, { headers });
  expect(later.status).toBe(201);
  expect((await stage.rows("submissions")).map((row) => row.event_type)).toEqual(["blocked", "primary"]);
  expect(stage.points.map((point) => point.event_type)).toEqual(["blocked", "primary"]);
});

test("a flood of bots during a cold outage is capped in D1, and counted whole", async () => {
  const stage = await Stage.open({}, { bindings: { REJECTED_ROWS_LIMIT: limit(5) } });
  const down = outage();
  for (let post = 0; post < 12; post += 1) {
    await stage.post(person(), { headers: { "user-agent": robot }, env: down.env });
  }
  await stage.deliver(down.messages);
  expect(stage.points.map((point) => point.event_type)).toEqual(Array(12).fill("bot"));
  expect(await stage.rows("submissions")).toHaveLength(5);
});
