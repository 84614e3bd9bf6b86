// The list of corrections on its way from D1 to KV: refused, overtaken, lost, and put again.

import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { correct, listed, monthKey, post, undo } from "./support/corrections.ts";
import { ledger } from "./support/faults.ts";
import { Stage } from "./support/stage.ts";
import { trigger } from "./support/trigger.ts";

/** KV whose puts go as the fates say, one after the other; then all work. */
function kv(...fates: ("refused" | (() => Promise<unknown>))[]): { KV: KVNamespace; puts: string[] } {
  const puts: string[] = [];
  const fake = {
    async put(key: string, value: Uint8Array) {
      const fate = fates[puts.length];
      puts.push(key);
      if (fate === "refused") throw new Error("KV PUT failed: 429 Too Many Requests");
      const bytes = value.slice();
      if (fate !== undefined) await fate();
      await env.KV.put(key, bytes);
    },
  };
  return { KV: fake as unknown as KVNamespace, puts };
}

const sweep = (stage: Stage, bindings = {}) => trigger("sweep", stage.bindings(bindings));

test("a write that KV refuses is tried again after a wait", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const { KV, puts } = kv("refused");
  const begun = Date.now();
  const { status, json } = await correct(stage, id, { env: { KV } });
  expect([status, json.reports]).toEqual([200, "applied"]);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(1000);
  expect(puts).toEqual([monthKey(), monthKey()]);
  expect(await listed(stage)).toHaveLength(1);
});

test("where KV keeps refusing, the correction stands, reports are pending, and the sweep brings it", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const { KV, puts } = kv("refused", "refused", "refused", "refused");
  const { status, json } = await correct(stage, id, { env: { KV } });
  expect([status, json.reports, json.event_type]).toEqual([200, "pending", "primary"]);
  expect(puts).toHaveLength(4);
  expect(await listed(stage)).toEqual([]);
  await sweep(stage);
  expect(await listed(stage)).toHaveLength(1);
});

test("the sweep brings back a lost document, and takes back what was undone", async () => {
  const stage = await Stage.open();
  const [one, other] = [await post(stage, "bot"), await post(stage, "test")];
  await correct(stage, one);
  await correct(stage, other);
  const before = await listed(stage);
  expect(before).toHaveLength(2);
  await env.KV.delete(monthKey());
  await sweep(stage);
  expect(await listed(stage)).toEqual(before);
  const { KV } = kv("refused", "refused", "refused", "refused");
  expect((await undo(stage, one, { env: { KV } })).json.reports).toBe("pending");
  expect(await listed(stage)).toHaveLength(2);
  await sweep(stage);
  expect(await listed(stage)).toEqual(before.slice(1));
});

test("a month whose last correction was undone has an empty list; one beyond retention is left alone", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const march = Date.UTC(2026, 2, 5, 12);
  await env.DB.prepare("UPDATE submissions SET counted_at = ?2 WHERE submission_id = ?1")
    .bind(id, march)
    .run();
  await correct(stage, id);
  const key = monthKey(march);
  expect(await env.KV.get(key, "json")).toMatchObject({ corrections: [{ at: march / 1000 }] });
  await env.KV.delete(key);
  await sweep(stage);
  expect(await env.KV.get(key), "its points are gone").toBeNull();
  await undo(stage, id);
  expect(await env.KV.get(key, "json")).toEqual({ corrections: [] });
});

test("a list that was overtaken on the way is put again", async () => {
  const stage = await Stage.open();
  const [one, other] = [await post(stage, "bot"), await post(stage, "bot")];
  // While the first list is on its way, another correction is made and put; then the older list arrives.
  const slow = kv(() => correct(stage, other));
  expect((await correct(stage, one, { env: { KV: slow.KV } })).json.reports).toBe("applied");
  expect(slow.puts).toHaveLength(2);
  expect(await listed(stage)).toHaveLength(2);
});

test("a ledger that fails while the list is read leaves reports pending; one that fails before changes nothing", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  for (const fates of [["rejects"], ["works", "rejects"]] as const) {
    const { status, json } = await correct(stage, id, { env: { DB: ledger(...fates).DB } });
    expect([status, json.code]).toEqual([503, "ledger_unavailable"]);
  }
  expect(await stage.rows("corrections")).toEqual([]);
  const lost = await correct(stage, id, { env: { DB: ledger("works", "loses the answer").DB } });
  expect(lost.status).toBe(503);
  expect(await stage.rows("corrections")).toHaveLength(1);
  const again = await correct(stage, id, { env: { DB: ledger("works", "rejects").DB } });
  expect([again.status, again.json.reports]).toEqual([200, "pending"]);
  expect((await correct(stage, id)).json.reports).toBe("applied");
  expect(await listed(stage)).toHaveLength(1);
  vi.restoreAllMocks();
});

test("a sweep that cannot put a list fails loudly", async () => {
  const stage = await Stage.open();
  await correct(stage, await post(stage, "bot"));
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const KV = { put: () => Promise.reject(new Error("KV PUT failed: 500")) } as unknown as KVNamespace;
  await expect(sweep(stage, { KV })).rejects.toThrow(/503/);
  vi.restoreAllMocks();
});
