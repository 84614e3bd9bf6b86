// The module traps in mid-flight: the instance is replaced, and no lead is lost or doubled.

import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { CoreReset, liveCore } from "../../worker/src/core.ts";
import { TrappingCores } from "./support/cores.ts";
import { ledger, queue } from "./support/faults.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

let log: MockInstance;
beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const logged = () => log.mock.calls.map(([line]) => JSON.parse(line as string));

async function expectOneLead(stage: Stage, submissions = 1) {
  expect(await stage.rows("submissions")).toHaveLength(submissions);
  expect(await stage.rows("leads")).toHaveLength(submissions);
  expect(stage.points).toHaveLength(submissions);
}

test("whichever resume of a submission traps, it is run again in a new instance and kept once", async () => {
  const untouched = new TrappingCores(() => false);
  const options = { headers: { "idempotency-key": "k" } };
  await untouched.post(await Stage.open(), person(), options);
  expect(untouched.resumes).toBeGreaterThanOrEqual(3);
  for (let at = 1; at <= untouched.resumes; at += 1) {
    const stage = await Stage.open();
    const cores = new TrappingCores((resume) => resume === at);
    const response = await cores.post(stage, person(), options);
    expect(response.status, `trapped at resume ${at}`).toBe(201);
    expect(cores.made).toBe(2);
    expect(cores.inFlight).toBe(0);
    await expectOneLead(stage);
  }
});

test("the log says why", async () => {
  const cores = new TrappingCores((resume) => resume === 1);
  await cores.post(await Stage.open(), person());
  expect(logged()).toHaveLength(2);
  expect(logged()[0]).toMatchObject({ event: "core_trapped", cause: expect.stringContaining("unreachable") });
  expect(logged()[1]).toMatchObject({
    event: "operation_failed",
    error: "CoreReset: The core trapped.",
    cause: expect.stringContaining("unreachable"),
  });
});

test("bystanders in the same instance are run again too, and each is kept once", async () => {
  const stage = await Stage.open();
  const cores = new TrappingCores((resume) => resume === 25);
  const answers = await Promise.all(Array.from({ length: 20 }, () => cores.post(stage, person())));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(cores.made).toBe(2);
  expect(cores.inFlight).toBe(0);
  await expectOneLead(stage, 20);
  expect(logged().length).toBeGreaterThan(1);
});

test("a submission that traps twice is answered 503 with Retry-After, and the next one is kept", async () => {
  const stage = await Stage.open();
  const cores = new TrappingCores((resume) => resume <= 2);
  const response = await cores.post(stage, person());
  expect(response.status).toBe(503);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  expect(response.json).toMatchObject({
    status: 503,
    code: "unavailable",
    request_id: response.headers.get("x-request-id"),
  });
  expect(stage.points).toEqual([]);
  expect((await cores.post(stage, person())).status).toBe(201);
  expect(cores.made).toBe(3);
  await expectOneLead(stage);
});

test("a long body is read once, so a trap after that is a 503, and the sender's retry is kept once", async () => {
  const stage = await Stage.open();
  const cores = new TrappingCores((resume) => resume === 2);
  const asha = person({ extra: "x".repeat(50_000) });
  const options = { headers: { "idempotency-key": "k" } };
  expect((await cores.post(stage, asha, options)).status).toBe(503);
  expect((await cores.post(stage, asha, options)).status).toBe(201);
  await expectOneLead(stage);
});

test("a trap after the queue took the message is not run again; the sender's retry makes no second lead", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const asha = person();
  const options = { headers: { "idempotency-key": "k" } };
  const down = { ...options, env: { DB: ledger("rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE } };
  const untouched = new TrappingCores(() => false);
  await untouched.post(stage, asha, down);
  waiting.messages.length = 0;

  const cores = new TrappingCores((resume) => resume === untouched.resumes);
  const first = await cores.post(stage, asha, down);
  expect([first.status, first.headers.has("retry-after")]).toEqual([503, true]);
  expect(waiting.messages, "sent once").toHaveLength(1);
  expect((await cores.post(stage, asha, options)).status).toBe(201);
  await stage.deliver(waiting.messages);
  await expectOneLead(stage);
});

test("a streamed answer that traps breaks off, and never looks complete", async () => {
  const stage = await Stage.open();
  for (let each = 0; each < 3; each += 1) await stage.post(person());
  const cores = new TrappingCores((resume) => resume === 2);
  const path = `/api/submissions?format=ndjson&project=${stage.project}`;
  await expect(cores.get(stage, path, { key: "admin" })).rejects.toThrow(/incomplete/);
  expect((await cores.get(stage, path, { key: "admin" })).status).toBe(200);
});

test("the Worker's own instance is replaced under the submissions that were in it", async () => {
  const stage = await Stage.open();
  const before = liveCore();
  const gate = Promise.withResolvers<void>();
  const DB = ledger(gate.promise).DB;
  const posts = Array.from({ length: 10 }, () => stage.post(person(), { env: { DB } }));
  while (before.count < 10) await new Promise((resolve) => setTimeout(resolve));
  expect(() => before.start(new Uint8Array(), new Uint8Array(), "not a header")).toThrow(CoreReset);
  expect(before.dead).toBe(true);
  gate.resolve();
  expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(Array(10).fill(201));
  expect(liveCore()).not.toBe(before);
  expect(liveCore().count).toBe(0);
  await expectOneLead(stage, 10);
});
