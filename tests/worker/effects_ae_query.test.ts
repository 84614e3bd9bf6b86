// ae.query and ae.read against an SQL API that is slow, silent, cut off, refusing or generous.

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TestOperation, textOf } from "./support/operations.ts";

const analytics = (env as unknown as { ANALYTICS_WORKER: Fetcher }).ANALYTICS_WORKER;
const sent: RequestInit[] = [];

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    sent.push(init);
    return analytics.fetch(url, init as never);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** An operation whose SQL API plays the scene. */
const at = (scene: string, more: object = {}) =>
  new TestOperation({ AE_SQL_URL: `http://analytics.test/${scene}`, AE_SQL_TOKEN: "the-token", ...more });
const query = (operation: TestOperation, options: object = {}) =>
  operation.ask("ae.query", { timeout_ms: 5000, at_most: 262_144, ...options }, "SELECT 1");
const read = (operation: TestOperation, options: object = {}) =>
  operation.ask("ae.read", { query: 1, timeout_ms: 5000, at_most: 262_144, ...options });

/** One query, and the operation ended. */
async function queried(scene: string, options: object = {}, more: object = {}) {
  const operation = at(scene, more);
  const { status, body } = await query(operation, options);
  expect(operation.performer.answers?.size ?? 0).toBe(0);
  await operation.end();
  return { status, text: textOf({ status, body }) };
}

test("the statement is posted as text with the token", async () => {
  const { status, text } = await queried("echo");
  expect(status).toMatch(/^ok 200 end \d+ 0$/);
  expect(JSON.parse(text)).toMatchObject({
    method: "POST",
    sql: "SELECT 1",
    headers: { authorization: "Bearer the-token", "content-type": "text/plain" },
  });
});

test("a token that ends with a line feed is sent without it, and none is no header", async () => {
  const line = await queried("echo", {}, { AE_SQL_TOKEN: "the-token\n" });
  expect(JSON.parse(line.text).headers.authorization).toBe("Bearer the-token");
  for (const AE_SQL_TOKEN of [undefined, "", "\n"]) {
    const { text } = await queried("echo", {}, { AE_SQL_TOKEN });
    expect(JSON.parse(text).headers).not.toHaveProperty("authorization");
  }
});

test("a token that is no header is an error that does not tell it", async () => {
  const { status, text } = await queried("echo", {}, { AE_SQL_TOKEN: "the\ntoken" });
  expect(status).toBe("error");
  expect(text).not.toContain("token");
  expect(sent).toHaveLength(0);
});

test("without an address, with one that is none, and with nobody there it is an error", async () => {
  const { status, text } = await queried("", {}, { AE_SQL_URL: undefined });
  expect(status).toBe("error");
  expect(text).toContain("AE_SQL_URL");
  vi.unstubAllGlobals();
  for (const AE_SQL_URL of ["no address", "http://127.0.0.1:9/sql"]) {
    expect((await queried("", {}, { AE_SQL_URL })).status, AE_SQL_URL).toBe("error");
  }
});

test("an answer without a body and an empty one are ends", async () => {
  expect(await queried("none")).toMatchObject({ status: expect.stringMatching(/^ok 200 end /), text: "" });
  expect(await queried("empty")).toMatchObject({ status: expect.stringMatching(/^ok 200 end /), text: "" });
});

test("an error's status, its text and when to come again", async () => {
  const limited = await queried("throttled");
  expect(limited.status).toMatch(/^ok 429 end \d+ 17$/);
  expect(limited.text).toBe("slow down");
  expect((await queried("throttled-until")).status).toMatch(/^ok 429 end \d+ 0$/);
  expect(await queried("broken")).toMatchObject({
    status: expect.stringMatching(/^ok 500 end \d+ 0$/),
    text: "it broke",
  });
});

test("of a long error the first 2,048 bytes, whatever size a piece may have", async () => {
  for (const at_most of [10, 262_144]) {
    const operation = at("refused");
    const reply = await query(operation, { at_most });
    expect(reply.status).toMatch(/^ok 422 end /);
    expect((reply.body as Uint8Array).length).toBe(2048);
    expect(textOf(reply)).toMatch(/^Input was invalid: é+/);
    expect(operation.performer.answers?.size ?? 0).toBe(0);
    await operation.end();
  }
});

test("an error whose text does not end is told with what came of it", async () => {
  const { status, text } = await queried("broken-stalls", { timeout_ms: 200 });
  expect(status).toMatch(/^ok 500 end /);
  expect(text).toHaveLength(10);
});

test("a redirect is an answer and is not followed", async () => {
  expect((await queried("moved")).status).toMatch(/^ok 302 end /);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ redirect: "manual" });
});

test("no headers in time: a timeout, and the request is given up", async () => {
  const begun = Date.now();
  expect((await queried("silent", { timeout_ms: 150 })).status).toMatch(/^timeout \d+$/);
  expect(Date.now() - begun).toBeLessThan(2000);
  expect(sent[0]?.signal?.aborted).toBe(true);
});

test("headers and then nothing: a timeout", async () => {
  expect((await queried("stalls?size=0", { timeout_ms: 150 })).status).toMatch(/^timeout \d+$/);
  expect(sent[0]?.signal?.aborted).toBe(true);
});

test("what came before a stall is handed over, and then it is a timeout", async () => {
  const operation = at("stalls?size=5000");
  const first = await query(operation, { timeout_ms: 200 });
  expect(first.status).toMatch(/^ok 200 more /);
  expect((first.body as Uint8Array).length).toBe(5000);
  expect((await read(operation, { timeout_ms: 200 })).status).toMatch(/^timeout \d+$/);
  expect(sent[0]?.signal?.aborted).toBe(true);
  const after = await read(operation);
  expect(after.status).toBe("error");
  await operation.end();
});

test("an answer that drips is no timeout as long as it goes on", async () => {
  const operation = at("drips?size=10");
  let reply = await query(operation, { timeout_ms: 200 });
  let size = (reply.body as Uint8Array).length;
  let pieces = 1;
  while (!/^ok (200 )?end /.test(reply.status)) {
    reply = await read(operation, { timeout_ms: 200 });
    expect(reply.status).toMatch(/^ok (more|end) \d+$/);
    size += (reply.body as Uint8Array).length;
    pieces += 1;
  }
  expect(size).toBe(10);
  expect(pieces).toBeGreaterThan(2);
  await operation.end();
});

test("an answer that is cut off is an error, in its first piece and later", async () => {
  expect((await queried("cut-off?size=5000")).status).toBe("error");
  const operation = at("cut-off?size=5000");
  expect((await query(operation, { at_most: 4000 })).status).toMatch(/^ok 200 more /);
  expect((await read(operation)).status).toBe("error");
  expect(operation.performer.answers?.size).toBe(0);
  await operation.end();
});

test("10 MB come whole, in pieces of the size that was asked for, over two queries at once", async () => {
  const size = 10_000_000;
  const at_most = 262_144;
  const operation = at(`pieces?size=${size}`);
  const firsts = await Promise.all([query(operation, { at_most }), query(operation, { at_most })]);
  await Promise.all(
    firsts.map(async (first, index) => {
      expect(first.status).toMatch(/^ok 200 more /);
      let all = 0;
      for (let reply = first; ; reply = await read(operation, { query: index + 1, at_most })) {
        const bytes = reply.body as Uint8Array;
        if (!/^ok (200 )?end /.test(reply.status)) expect(bytes.length).toBe(at_most);
        for (const where of [0, bytes.length >> 1, bytes.length - 1]) {
          if (bytes.length > 0) expect(bytes[where]).toBe(((all + where) % 10_000) % 251);
        }
        all += bytes.length;
        if (reply.status.startsWith("ok end ")) break;
      }
      expect(all).toBe(size);
    }),
  );
  expect(operation.performer.answers?.size).toBe(0);
  expect(operation.performer.undo?.size).toBe(0);
  await operation.end();
});

test("no more is read ahead than a piece and a chunk", async () => {
  let pulled = 0;
  const source = new ReadableStream(
    {
      pull(controller) {
        pulled += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    },
    { highWaterMark: 0 },
  );
  vi.stubGlobal("fetch", async () => new Response(source));
  const operation = at("");
  expect(((await query(operation, { at_most: 10_500 })).body as Uint8Array).length).toBe(10_500);
  expect(pulled).toBeLessThanOrEqual(12_000);
  expect(((await read(operation, { at_most: 400 })).body as Uint8Array).length).toBe(400);
  expect(pulled).toBeLessThanOrEqual(12_000);
  await operation.end();
});

test("ending the operation stops what is being asked and what is being read", async () => {
  const operation = at("silent");
  const asked = query(operation);
  await operation.end();
  expect(sent[0]?.signal?.aborted).toBe(true);
  expect((await asked).status).toBe("error");

  const reading = at("stalls?size=5000");
  expect((await query(reading, { at_most: 5000 })).status).toMatch(/^ok 200 more /);
  const next = read(reading);
  await reading.end();
  expect(sent[1]?.signal?.aborted).toBe(true);
  expect(reading.performer.answers?.size).toBe(0);
  expect((await next).status).toMatch(/^(ok end \d+|error)$/);
});

test("a fetch that comes back after the operation has ended is let go", async () => {
  const cancelled = vi.fn();
  const { promise, resolve } = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", () => promise);
  const operation = at("");
  const asked = query(operation);
  await operation.end();
  resolve(new Response(new ReadableStream({ cancel: cancelled })));
  expect((await asked).status).toBe("error");
  expect(cancelled).toHaveBeenCalled();
  expect(operation.performer.answers?.size ?? 0).toBe(0);
});

test("reading what was never asked, and reading twice at once, is an error", async () => {
  const operation = at("pieces?size=100000");
  expect((await read(operation, { query: 7 })).status).toBe("error");
  await query(operation, { at_most: 10 });
  const both = await Promise.all([
    read(operation, { query: operation.last, at_most: 50_000 }),
    read(operation, { query: operation.last, at_most: 50_000 }),
  ]);
  expect(both.map(({ status }) => status)).toContain("error");
  await operation.end();
});

test("timer.wait answers after its time", async () => {
  const operation = new TestOperation();
  const begun = Date.now();
  expect((await operation.ask("timer.wait", { ms: 100 })).status).toBe("ok");
  expect(Date.now() - begun).toBeGreaterThanOrEqual(95);
  expect(operation.performer.undo?.size).toBe(0);
  await operation.end();
});
