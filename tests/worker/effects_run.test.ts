// Ending an operation gives back what it held, whether the core ended it, answered, or trapped.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answer } from "../../worker/src/answer.ts";
import { type Core, CoreReset } from "../../worker/src/core.ts";
import { cacheState } from "../../worker/src/effects/cache.ts";
import { Run } from "../../worker/src/run.ts";
import { TestOperation } from "./support/operations.ts";

type Step = object[] | "traps";

/** A core whose operations ask for these effects, one list at the start and one at each resume. */
function core(...steps: Step[]) {
  const replies: string[] = [];
  let asked: object[] = [];
  let dead = false;
  let ended = 0;
  const step = () => {
    const next = steps.shift() ?? [];
    if (next === "traps" || dead) {
      dead = true;
      throw new CoreReset("The core trapped.");
    }
    asked = next;
  };
  const fake = {
    replies,
    ended: () => ended,
    start: () => {
      step();
      return 1;
    },
    resume: (_id: number, _effect: number, status: string) => {
      replies.push(status);
      step();
      return true;
    },
    output: () => {
      const effects = JSON.stringify(asked);
      asked = [];
      return { effects, bodies: [new Uint8Array([1])] };
    },
    end: () => {
      ended += 1;
    },
  };
  return fake as unknown as Core & typeof fake;
}

const input = { config: new Uint8Array(), body: new Uint8Array(), header: "{}" };
const respond = { effect: "respond", id: 0, status: 200, headers: [] };
let key: string;
const get = () => ({ effect: "cache.get", id: 1, key, lease: true, wait_ms: 5000 });
const patiently = { timeout: 15_000, interval: 5 };
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
  key = `run ${Math.random()}`;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  expect(cacheState().leases).toBe(0);
});

test("the lease of an operation that answered is the next one's", async () => {
  const { performer } = new TestOperation();
  const first = core([get()], [{ effect: "timer.wait", id: 2, ms: 2000 }], [respond]);
  const second = core([get()], [respond]);
  const runs = [new Run(first, input, performer), new Run(second, input, performer)];
  await vi.waitFor(() => expect(first.replies).toEqual(["ok miss"]), patiently);
  await later(50);
  expect(second.replies).toEqual([]);
  for (const run of runs) expect((await run.response).status).toBe(200);
  expect(second.replies).toEqual(["ok miss"]);
});

test("what is put before the answer reaches those who wait", async () => {
  const { performer } = new TestOperation();
  const put = { effect: "cache.put", id: 0, keep: [{ key, keep_s: 0 }], body: 1 };
  const [first, second] = [core([get()], [put, respond]), core([get()], [respond])];
  const runs = [new Run(first, input, performer), new Run(second, input, performer)];
  await Promise.all(runs.map((run) => run.response));
  expect(second.replies).toEqual(["ok hit"]);
});

test("a run that repeats one that trapped holds its own, whatever still comes for the other", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const { performer } = new TestOperation();
  // The first run traps while a timer of it is out; that reply comes while the second run holds the lease.
  const first = core([get(), { effect: "timer.wait", id: 2, ms: 1 }, { effect: "ae.query", id: 3 }], "traps");
  const second = core([get()], [{ effect: "timer.wait", id: 2, ms: 2000 }], [respond]);
  const cores: Core[] = [first, second];
  const { promise, resolve } = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", () => promise);
  performer.env.AE_SQL_URL = "http://analytics.test/";
  const response = answer(input, performer, () => cores.shift() as Core);
  await vi.waitFor(() => expect(second.replies).toEqual(["ok miss"]), patiently);
  resolve(new Response("late"));
  await later(50);
  expect(second.replies).toEqual(["ok miss"]);
  expect(cacheState().leases).toBe(1);
  expect(first.ended()).toBe(1);
  expect((await response).status).toBe(200);
});

test("a query that nobody reads any more is stopped when the operation ends", async () => {
  let signal: AbortSignal | undefined;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    signal = init.signal as AbortSignal;
    return new Promise(() => {});
  });
  const { performer } = new TestOperation({ AE_SQL_URL: "http://analytics.test/" });
  const query = { effect: "ae.query", id: 1, timeout_ms: 5000, at_most: 10, body: 1 };
  const run = new Run(core([query, { effect: "timer.wait", id: 2, ms: 2000 }], [respond]), input, performer);
  await vi.waitFor(() => expect(signal?.aborted).toBe(false), patiently);
  expect((await run.response).status).toBe(200);
  expect(signal?.aborted).toBe(true);
});
