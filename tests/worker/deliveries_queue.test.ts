// Messages of the deliveries' queue: those that come twice, are lost, come while the ledger is down, or are dead letters.

import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { limits } from "../../build/generated/schema.ts";
import waits from "../../schema/deliveries.json" with { type: "json" };
import { TrappingCores } from "./support/cores.ts";
import {
  deliveriesQueue,
  delivery,
  freshName,
  letter,
  opened,
  Post,
  seen,
  webhook,
} from "./support/deliveries.ts";
import { ledger } from "./support/faults.ts";
import { Stage } from "./support/stage.ts";
import { trigger } from "./support/trigger.ts";

describe("messages", () => {
  test("of one delivery that come at once post it once", async () => {
    const { name, post, id } = await opened("slow/500");
    const results = await Promise.all([
      post.deliver(id),
      post.deliver(id, { attempts: 3 }),
      post.deliver(id, { attempts: 1 }),
    ]);
    expect(await seen(name)).toHaveLength(1);
    expect(await delivery(id)).toMatchObject({ status: "delivered", attempts: 1 });
    // Whoever came before waits until the attempt must have ended; it may be the only one that is left.
    for (const result of results) expect(["done", 59, 60]).toContain(result);
    expect(await post.deliver(id, { attempts: 4 })).toBe("done");
    expect(await seen(name)).toHaveLength(1);
  });

  test("that name nothing of ours are dropped", async () => {
    const post = await Post.open();
    for (const id of ["", "dlv_none", "\u0000", "x".repeat(5000)])
      expect(await post.deliver(id)).toBe("done");
  });

  test("that are run again since the core trapped come again: their delivery is nobody else's", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { name, post, id } = await opened("status/200");
    const cores = new TrappingCores((resume) => resume === 3);
    const env = post.stage.bindings(post.bindings);
    const response = await cores.consume(env, "leadledger-deliveries", new TextEncoder().encode(id));
    expect(cores.made).toBe(2);
    expect(await seen(name), "the receiver's answer was what trapped").toHaveLength(1);
    expect([response.ok, Number(response.headers.get("retry-after"))]).toEqual([
      false,
      limits.delivery_lease_s,
    ]);
    expect(await post.deliverLater(id)).toBe("done");
    expect(await delivery(id)).toMatchObject({ status: "delivered", attempts: 2 });
    vi.restoreAllMocks();
  });

  test("wait while the ledger is down, and nothing is posted before the attempt is noted", async () => {
    const { name, post, id } = await opened("status/200");
    expect(await post.deliver(id, { more: { DB: ledger("rejects").DB } })).toBe(30);
    expect(await post.deliver(id, { attempts: 4, more: { DB: ledger("rejects").DB } })).toBe(240);
    expect(await seen(name)).toEqual([]);
    expect(await delivery(id)).toMatchObject({ status: "pending", attempts: 0 });
  });

  test("post a second time only where the note of the first was lost, under the same id, and never for ever", async () => {
    const { name, post, id } = await opened("status/200");
    const lost = { DB: ledger("works", "rejects").DB };
    expect(await post.deliver(id, { more: lost })).toBe(limits.delivery_lease_s);
    expect(await post.deliver(id, { attempts: 2 }), "not before the attempt must have ended").toBeGreaterThan(
      50,
    );
    expect(await seen(name)).toHaveLength(1);
    for (let at = 0; at < 12; at += 1) {
      await env.DB.prepare("UPDATE deliveries SET due_at = 0 WHERE delivery_id = ?1").bind(id).run();
      await post.deliver(id, { attempts: 2, more: { DB: ledger("works", "rejects").DB } });
    }
    const all = await seen(name);
    expect(all).toHaveLength(waits.waits_s.length + 1);
    expect(new Set(all.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([id]));
    expect(await delivery(id)).toMatchObject({
      status: "dead",
      error: "What came of the attempts was lost.",
    });
  });

  test("whose note failed once is noted the second time", async () => {
    const { post, id } = await opened("status/200");
    expect(await post.deliver(id, { more: { DB: ledger("works", "rejects", "works").DB } })).toBe("done");
    expect(await delivery(id)).toMatchObject({ status: "delivered" });
  });
});

describe("dead letters of the queue", () => {
  const dead = { queue: "leadledger-deliveries-dead" };

  test("end the delivery, and are kept in KV", async () => {
    const { name, post, id } = await opened("status/200");
    expect(await post.deliver(id, dead)).toBe("done");
    expect(await seen(name)).toEqual([]);
    expect(await delivery(id)).toMatchObject({ status: "dead", error: "The queue gave it up." });
    expect(await letter(id)).toMatchObject({ delivery_id: id, body: { type: "test" } });
  });

  test("leave alone what waits for its next attempt, or was delivered", async () => {
    const { post, id } = await opened("fails/1");
    await post.deliver(id);
    expect(await post.deliver(id, dead)).toBe("done");
    expect(await delivery(id)).toMatchObject({ status: "pending", attempts: 1 });
    await post.deliverLater(id);
    expect(await post.deliver(id, dead)).toBe("done");
    expect(await delivery(id)).toMatchObject({ status: "delivered" });
    expect(await letter(id)).toBeUndefined();
  });

  test("that KV does not take come again", async () => {
    const { post, id } = await opened("status/410");
    const KV = { put: () => Promise.reject(new Error("KV PUT failed: 500")) } as unknown as KVNamespace;
    expect(await post.deliver(id, { more: { KV } })).toBe(30);
    expect(await delivery(id)).toMatchObject({ status: "dead" });
    expect(await post.deliver(id, { ...dead, more: { KV } })).toBe(30);
    expect(await letter(id)).toBeUndefined();
    expect(await post.deliver(id, { attempts: 2 })).toBe("done");
    expect(await letter(id)).toMatchObject({ delivery_id: id });
  });
});

describe("a delivery whose message was lost", () => {
  async function watch(post: Post, more = {}) {
    // Without reports the rest of the watch fails, which is no reason to leave deliveries lying.
    await trigger("watch", post.stage.bindings({ ...post.bindings, ...more })).catch(() => {});
  }
  const age = (id: string, seconds: number) =>
    env.DB.prepare("UPDATE deliveries SET due_at = ?2 WHERE delivery_id = ?1")
      .bind(id, Date.now() - seconds * 1000)
      .run();

  test("is sent again by a watch, once, and not before it is overdue", async () => {
    const { name, post, id } = await opened("status/200");
    post.queue.ids.length = 0;
    await age(id, limits.delivery_stranded_s - 60);
    await watch(post);
    expect(post.queue.ids).not.toContain(id);
    await age(id, limits.delivery_stranded_s + 60);
    await watch(post);
    await watch(post);
    expect(post.queue.ids.filter((each) => each === id)).toEqual([id]);
    expect(await post.deliver(id)).toBe("done");
    expect(await seen(name)).toHaveLength(1);
    await age(id, limits.delivery_stranded_s + 60);
    await watch(post);
    expect(
      post.queue.ids.filter((each) => each === id),
      "delivered",
    ).toEqual([id]);
  });

  test("is found again where the queue did not take it then either, or its consumer died", async () => {
    const { name, post, id } = await opened("fails/1");
    await post.deliver(id);
    post.queue.ids.length = 0;
    await age(id, limits.delivery_stranded_s + 60);
    await watch(post, deliveriesQueue(false));
    expect(await delivery(id)).toMatchObject({ status: "pending" });
    await age(id, limits.delivery_stranded_s + 60);
    await watch(post);
    expect(post.queue.ids).toContain(id);
    expect(await post.deliver(id)).toBe("done");
    expect(await seen(name)).toHaveLength(2);
  });
});

test("the runtime's own queue brings the message to the consumer, which buries what has no channel", async () => {
  const name = freshName();
  const stage = await Stage.open();
  const { json } = await stage.call(`/api/admin/channels/${name}/test`, {
    method: "POST",
    key: "admin",
    env: { WEBHOOKS: JSON.stringify([webhook(name, "status/200")]) },
  });
  await vi.waitFor(
    async () => expect(await delivery(json.delivery_id)).toMatchObject({ status: "dead", attempts: 1 }),
    { timeout: 15_000, interval: 100 },
  );
  await vi.waitFor(async () => expect(await letter(json.delivery_id)).toBeDefined(), {
    timeout: 15_000,
    interval: 100,
  });
});
