// cache.get and cache.put: what is kept where and for how long, and that of many who ask at once one asks further.

import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { cacheState, forgetKept } from "../../worker/src/effects/cache.ts";
import { TestOperation, textOf } from "./support/operations.ts";

let keys = 0;
let key: string;
let log: MockInstance;

beforeEach(() => {
  keys += 1;
  key = `key ${keys} of ${Math.random()}`;
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  forgetKept();
  expect(cacheState().leases).toBe(0);
});

const get = (operation: TestOperation, options: { lease?: boolean; wait_ms?: number; key?: string } = {}) =>
  operation.ask("cache.get", { key, lease: true, wait_ms: 5000, ...options });
const put = (operation: TestOperation, body: string | Uint8Array<ArrayBuffer>, keep_s = 60) =>
  operation.ask("cache.put", { keep: [{ key, keep_s }] }, body);

async function kept(body: string | Uint8Array<ArrayBuffer>, keep_s = 60) {
  const operation = new TestOperation();
  expect((await put(operation, body, keep_s)).status).toBe("ok");
  await operation.end();
}
async function look(options: { lease?: boolean; key?: string } = {}) {
  const operation = new TestOperation();
  const reply = await get(operation, { lease: false, ...options });
  await operation.end();
  return `${reply.status} ${textOf(reply)}`.trim();
}
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The cache of the data centre, with one way of being broken. */
function breakCache(how: Partial<Cache>) {
  vi.spyOn(caches, "open").mockResolvedValue({
    match: async () => undefined,
    put: async () => {},
    ...how,
  } as Cache);
}

test("a miss, and what was put is a hit, in this isolate and in the data centre", async () => {
  expect(await look()).toBe("ok miss");
  await kept("bytes");
  expect(await look()).toBe("ok hit bytes");
  expect(await look({ lease: true })).toBe("ok hit bytes");
  forgetKept();
  expect(await look()).toBe("ok hit bytes");
  expect(cacheState().entries).toBe(1);
  forgetKept();
  expect(await look({ lease: true })).toBe("ok hit bytes");
  expect(await look({ key: `${key}.` })).toBe("ok miss");
  expect(log).not.toHaveBeenCalled();
});

test("any bytes and none, under keys of 20 KB that differ at their end", async () => {
  const body = Uint8Array.from({ length: 256 }, (_, at) => at);
  const begin = key + "é".repeat(10_000);
  key = `${begin}a`;
  await kept(body);
  key = `${begin}b`;
  await kept("");
  for (let layer = 0; layer < 2; layer += 1) {
    const operation = new TestOperation();
    expect((await get(operation, { key: `${begin}a` })).body).toEqual(body);
    expect(await get(operation, { key: `${begin}b` })).toEqual({ status: "ok hit", body: new Uint8Array() });
    await operation.end();
    forgetKept();
  }
});

test("what is too old is a miss in both places", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await kept("bytes", 60);
  vi.setSystemTime(Date.now() + 59_000);
  expect(await look()).toBe("ok hit bytes");
  vi.setSystemTime(Date.now() + 1000);
  expect(await look()).toBe("ok miss");
  expect(cacheState().entries).toBe(0);
});

test("what is to be kept no time at all is only shared", async () => {
  await kept("bytes", 0);
  expect(await look()).toBe("ok miss");
  expect(log).not.toHaveBeenCalled();
});

test("the isolate keeps 4 MB, the newest of it, and nothing over 512 KB", async () => {
  breakCache({});
  const large = new Uint8Array(512 * 1024);
  const first = key;
  for (let at = 0; at < 8; at += 1) {
    key = `${first} ${at}`;
    await kept(large);
    expect(cacheState().cost).toBeLessThanOrEqual(4 * 1024 * 1024);
  }
  expect(await look({ key: `${first} 0` })).toBe("ok miss");
  expect(await look({ key: `${first} 1` })).toMatch(/^ok hit/);
  expect(cacheState().entries).toBe(7);

  key = `${first} 7`;
  await kept(new Uint8Array(512 * 1024 + 1));
  expect(await look()).toBe("ok miss");
  expect(cacheState().entries).toBe(6);
  for (let at = 0; at < 30_000; at += 1) {
    key = `${first} small ${at}`;
    await put(new TestOperation(), "");
  }
  expect(cacheState().cost).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(cacheState().entries).toBeLessThan(16_000);
});

test("what is too large for the isolate is in the data centre", async () => {
  const large = new Uint8Array(3 * 1024 * 1024).fill(7);
  await kept(large);
  expect(cacheState().entries).toBe(0);
  const operation = new TestOperation();
  const reply = await get(operation);
  expect(reply.status).toBe("ok hit");
  expect((reply.body as Uint8Array).length).toBe(large.length);
  await operation.end();
});

test("of those who ask in one tick the first answers, and the others get its bytes", async () => {
  const operations = Array.from({ length: 20 }, () => new TestOperation());
  const replies = operations.map((each) => get(each));
  expect(cacheState().leases).toBe(1);
  expect((await replies[0])?.status).toBe("ok miss");
  expect(await Promise.race([...replies.slice(1), later(50)])).toBeUndefined();
  await put(operations[0] as TestOperation, "bytes");
  for (const reply of (await Promise.all(replies)).slice(1)) {
    expect(reply.status).toBe("ok hit");
    expect(textOf(reply)).toBe("bytes");
  }
  for (const each of operations) await each.end();
});

test("bytes too large for any cache are shared all the same", async () => {
  const [one, other] = [new TestOperation(), new TestOperation()];
  const [first, second] = [get(one), get(other)];
  await first;
  await put(one, new Uint8Array(5_000_000), 0);
  expect(((await second).body as Uint8Array).length).toBe(5_000_000);
  await one.end();
  await other.end();
});

test("a hit that the first one finds is everybody's", async () => {
  await kept("bytes");
  forgetKept();
  const operations = Array.from({ length: 3 }, () => new TestOperation());
  const match = vi.spyOn(Object.getPrototypeOf(await caches.open("leadledger")), "match");
  const replies = await Promise.all(operations.map((each) => get(each)));
  expect(replies.map((reply) => `${reply.status} ${textOf(reply)}`)).toEqual(Array(3).fill("ok hit bytes"));
  expect(match.mock.calls.length).toBeLessThanOrEqual(1);
  expect(cacheState().leases).toBe(0);
});

test("who asks without a lease waits for nobody and leaves no lease", async () => {
  const holder = new TestOperation();
  expect((await get(holder)).status).toBe("ok miss");
  expect(await look()).toBe("ok miss");
  expect(cacheState().leases).toBe(1);
  await holder.end();
});

test("a holder that ends without an answer hands over to whoever waits longest, one by one", async () => {
  const operations = Array.from({ length: 4 }, () => new TestOperation());
  const [one, two, three, four] = operations as [TestOperation, TestOperation, TestOperation, TestOperation];
  const replies = operations.map((each) => get(each));
  await replies[0];
  await two.end(); // nobody is there any more to take it
  await one.end();
  expect((await replies[2])?.status).toBe("ok miss");
  expect(await Promise.race([replies[3], later(50)])).toBeUndefined();
  await put(three, "bytes");
  expect(textOf((await replies[3]) as never)).toBe("bytes");
  await three.end();
  await four.end();
});

test("an old holder's end takes nothing from the one that holds now", async () => {
  const [one, two, three] = [new TestOperation(), new TestOperation(), new TestOperation()];
  await get(one);
  await put(one, "first", 0);
  expect((await get(two)).status).toBe("ok miss");
  const waiting = get(three);
  await one.end();
  expect(await Promise.race([waiting, later(50)])).toBeUndefined();
  await put(two, "second");
  expect(textOf(await waiting)).toBe("second");
});

test("an operation does not wait for itself", async () => {
  const operation = new TestOperation();
  expect((await get(operation)).status).toBe("ok miss");
  expect((await get(operation)).status).toBe("ok miss");
  await operation.end();
});

test("waiting ends when its time is up, and who waited so long takes nothing over", async () => {
  const [one, two, three] = [new TestOperation(), new TestOperation(), new TestOperation()];
  await get(one);
  const begun = Date.now();
  const third = get(three);
  expect((await get(two, { wait_ms: 100 })).status).toBe("ok late");
  expect(Date.now() - begun).toBeGreaterThanOrEqual(95);
  expect((await get(two, { wait_ms: 0 })).status).toBe("ok late");
  await one.end();
  expect((await third).status).toBe("ok miss");
  await two.end();
  await three.end();
});

test("a lease that nobody gives back is free again after half a minute", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const [dropped, next, last] = [new TestOperation(), new TestOperation(), new TestOperation()];
  await get(dropped);
  vi.setSystemTime(Date.now() + 29_000);
  expect((await get(next, { wait_ms: 10 })).status).toBe("ok late");
  vi.setSystemTime(Date.now() + 1000);
  expect((await get(next)).status).toBe("ok miss");
  const waiting = get(last);
  await dropped.end();
  await put(next, "bytes");
  expect(textOf(await waiting)).toBe("bytes");
});

test("who was dropped while it waited is passed over", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const [one, dropped, three] = [new TestOperation(), new TestOperation(), new TestOperation()];
  await get(one);
  void get(dropped, { wait_ms: 2000 });
  vi.setSystemTime(Date.now() + 2001);
  const waiting = get(three);
  await one.end();
  expect((await waiting).status).toBe("ok miss");
  await three.end();
  await dropped.end();
});

test("a cache that fails or hangs is a miss and a line in the log", async () => {
  const broken: Partial<Cache>[] = [
    {
      match: async () => {
        throw new Error("broken");
      },
    },
    { match: () => new Promise(() => {}) },
    {
      match: async () =>
        new Response(new ReadableStream({ start: (c) => c.error(new Error("broken")) }), {
          headers: { "leadledger-expires": "9e15" },
        }),
    },
  ];
  for (const how of broken) {
    breakCache(how);
    expect(await look()).toBe("ok miss");
    const [one, two] = [new TestOperation(), new TestOperation()];
    const replies = [get(one), get(two)];
    expect((await replies[0])?.status).toBe("ok miss");
    await put(one, "bytes", 0);
    expect(textOf((await replies[1]) as never)).toBe("bytes");
    expect(log).toHaveBeenCalledTimes(2);
    expect(JSON.parse(log.mock.calls[0]?.[0] as string)).toMatchObject({ event: "cache_failed" });
    log.mockClear();
  }
});

test("bytes that the data centre does not take are in the isolate all the same", async () => {
  breakCache({
    put: async () => {
      throw new Error("full");
    },
  });
  await kept("bytes");
  expect(await look()).toBe("ok hit bytes");
  expect(JSON.parse(log.mock.calls[0]?.[0] as string)).toEqual({ event: "cache_failed", error: "full" });
});
