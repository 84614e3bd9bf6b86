// What is posted to a channel, by the queue's consumer in the Workers runtime, to a real server on loopback.

import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { limits } from "../../build/generated/schema.ts";
import waits from "../../schema/deliveries.json" with { type: "json" };
import {
  delivery,
  freshName,
  letter,
  opened,
  Post,
  secret,
  seen,
  slack,
  webhook,
} from "./support/deliveries.ts";

describe("a webhook", () => {
  test("is signed as Standard Webhooks has it: its library takes it, and nothing that was changed", async () => {
    const { name, post, id } = await opened("status/200");
    expect(post.queue.ids).toEqual([id]);
    expect(await post.deliver(id)).toBe("done");
    const [one, ...more] = await seen(name);
    if (!one) throw new Error("Nothing came.");
    expect(more).toEqual([]);
    expect(one).toMatchObject({ method: "POST", headers: { "content-type": "application/json" } });
    expect(one.headers["webhook-id"]).toBe(id);
    const verifier = new Webhook(secret);
    const body = verifier.verify(one.body, one.headers);
    expect(body).toEqual({
      type: "test",
      timestamp: expect.stringMatching(/^20\d\d-\d\d-\d\dT[0-9:.]+Z$/),
      data: { channel: name, text: expect.stringContaining("test") },
    });
    expect(() => verifier.verify(one.body.replace("test", "tess"), one.headers)).toThrow(/signature/);
    const otherId = { ...one.headers, "webhook-id": "dlv_other" };
    expect(() => verifier.verify(one.body, otherId)).toThrow(/signature/);
    const old = Math.floor(Date.now() / 1000) - 301;
    const stale = { ...one.headers, "webhook-timestamp": String(old) };
    expect(() => verifier.verify(one.body, stale)).toThrow(/too old/);
    const moved = {
      ...one.headers,
      "webhook-timestamp": String(Number(one.headers["webhook-timestamp"]) + 1),
    };
    expect(() => verifier.verify(one.body, moved)).toThrow(/signature/);
    expect(await delivery(id)).toMatchObject({
      status: "delivered",
      attempts: 1,
      response_status: 200,
      error: null,
    });
  });

  test("that is posted again has the same id and body, and a timestamp and signature of its own", async () => {
    const { name, post, id } = await opened("fails/1");
    expect(await post.deliver(id)).toBe(waits.waits_s[0]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await post.deliverLater(id)).toBe("done");
    const [first, second] = await seen(name);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-timestamp"]).not.toBe(first?.headers["webhook-timestamp"]);
    expect(second?.headers["webhook-signature"]).not.toBe(first?.headers["webhook-signature"]);
    new Webhook(secret).verify(second?.body ?? "", second?.headers ?? {});
  });

  test("to Slack is a text without a signature", async () => {
    const name = freshName();
    const post = await Post.open(slack(name, "status/200"));
    expect(await post.deliver(await post.send(name))).toBe("done");
    const [one] = await seen(name);
    expect(JSON.parse(one?.body ?? "")).toEqual({ text: expect.stringContaining(name) });
    expect(Object.keys(one?.headers ?? {}).filter((header) => header.startsWith("webhook-"))).toEqual([]);
  });
});

describe("a receiver that", () => {
  test("fails a few times is tried again after each wait, and gets it", async () => {
    const { name, post, id } = await opened("fails/3");
    const delays = [await post.deliver(id)];
    expect(await delivery(id)).toMatchObject({
      status: "pending",
      attempts: 1,
      response_status: 500,
      error: "The receiver answered 500.",
      finished_at: null,
    });
    for (let at = 0; at < 3; at += 1) delays.push(await post.deliverLater(id));
    expect(delays).toEqual([...waits.waits_s.slice(0, 3), "done"]);
    expect(await seen(name)).toHaveLength(4);
    expect(await delivery(id)).toMatchObject({
      status: "delivered",
      attempts: 4,
      response_status: 200,
      error: null,
    });
    expect(await letter(id)).toBeUndefined();
  });

  test("always fails gets one attempt more than there are waits; then the delivery is dead, and stays readable", async () => {
    const { name, post, id } = await opened("fails/9");
    const delays = [await post.deliver(id)];
    for (let at = 0; at < waits.waits_s.length; at += 1) delays.push(await post.deliverLater(id));
    expect(delays).toEqual([...waits.waits_s, "done"]);
    expect(await seen(name)).toHaveLength(9);
    expect(await delivery(id)).toMatchObject({ status: "dead", attempts: 9, response_status: 500 });
    expect(await post.deliverLater(id), "a late message").toBe("done");
    expect(await seen(name)).toHaveLength(9);

    const { json } = await post.call(`/api/admin/deliveries?status=dead&channel=${name}`);
    expect(json.data).toHaveLength(1);
    expect(json.data[0]).toMatchObject({
      delivery_id: id,
      channel: name,
      topic: "test",
      status: "dead",
      attempts: 9,
      response_status: 500,
      error: "The receiver answered 500.",
      subject_id: id,
      projects: ["*"],
      body: { type: "test", data: { channel: name } },
    });
    expect(await letter(id)).toEqual(json.data[0]);

    const again = await post.call(`/api/admin/deliveries/${id}/retry`, { method: "POST" });
    expect([again.status, again.json]).toEqual([202, { delivery_id: id }]);
    expect(post.queue.ids).toEqual([id, id]);
    expect(await post.deliver(id)).toBe("done");
    expect(await delivery(id)).toMatchObject({ status: "delivered", attempts: 1, error: null });
    expect(await seen(name)).toHaveLength(10);
    const twice = await post.call(`/api/admin/deliveries/${id}/retry`, { method: "POST" });
    expect([twice.status, twice.json.code]).toEqual([409, "not_possible"]);
    expect(twice.json.detail).toContain("delivered");
  });

  test("answers 410 gets nothing more of it", async () => {
    const { post, id } = await opened("status/410");
    expect(await post.deliver(id)).toBe("done");
    expect(await delivery(id)).toMatchObject({
      status: "dead",
      attempts: 1,
      response_status: 410,
      error: "The receiver answered 410: it wants nothing more.",
    });
    expect(await letter(id)).toMatchObject({ delivery_id: id, status: "dead" });
  });

  test.each([
    ["120", 120],
    ["1", waits.waits_s[0]],
    ["999999", limits.delivery_retry_after_max_s],
    ["-5", waits.waits_s[0]],
    ["soon", waits.waits_s[0]],
  ])("answers 429 and asks for a pause of %s is left alone for %i seconds", async (asked, given) => {
    const { post, id } = await opened(`retry-after/${asked}`);
    expect(await post.deliver(id)).toBe(given);
    const { due_at, attempted_at, error } = (await delivery(id)) as Record<string, number>;
    expect(error).toBe("The receiver answered 429.");
    expect((due_at as number) - (attempted_at as number)).toBe((given as number) * 1000);
  });

  test("redirects is not followed: nothing reaches the other address", async () => {
    const target = freshName();
    const { name, post, id } = await opened(`redirects/${target}`);
    expect(await post.deliver(id)).toBe(waits.waits_s[0]);
    expect(await seen(name)).toHaveLength(1);
    expect(await seen(target)).toEqual([]);
    const { status, error } = await delivery(id);
    expect(status).toBe("pending");
    expect(error).toMatch(/302, a redirection, which is not followed/);
  });

  test.concurrent.each([
    ["stalls", "stalls/x"],
    ["drips its head", "drips-head/x"],
  ])("%s is waited for 15 seconds", async (_, behaviour) => {
    const { post, id } = await opened(behaviour);
    const begun = Date.now();
    expect(await post.deliver(id)).toBe(waits.waits_s[0]);
    expect(Date.now() - begun).toBeLessThan(limits.delivery_timeout_ms + 10_000);
    expect(await delivery(id)).toMatchObject({
      status: "pending",
      response_status: null,
      error: "The receiver did not answer within 15 seconds.",
    });
  });

  test.each([
    ["drips", "drips/200", "delivered"],
    ["never ends", "endless/200", "delivered"],
    ["is garbage", "garbage/x", "delivered"],
    ["drips after a failure", "drips/500", "pending"],
    ["never ends after a failure", "endless/500", "pending"],
  ])("has an answer that %s is believed by its head alone", async (_, behaviour, status) => {
    const { post, id } = await opened(behaviour);
    const begun = Date.now();
    await post.deliver(id);
    expect(Date.now() - begun).toBeLessThan(limits.delivery_timeout_ms);
    expect(await delivery(id)).toMatchObject({ status });
  });

  test.each([
    ["hangs up", (name: string) => webhook(name, "hangs-up/x")],
    ["is not there", (name: string) => webhook(name, "x", { url: "http://127.0.0.1:9/hooks" })],
    [
      "speaks no TLS",
      (name: string) => {
        const plain = webhook(name, "status/200");
        return { ...plain, url: plain.url.replace("http://", "https://") };
      },
    ],
  ])("%s is tried again later, and our words say so", async (_, make) => {
    const name = freshName();
    const post = await Post.open(make(name));
    const id = await post.send(name);
    expect(await post.deliver(id)).toBe(waits.waits_s[0]);
    expect(await delivery(id)).toMatchObject({
      status: "pending",
      response_status: null,
      error: expect.stringMatching(/^The receiver could not be reached/),
    });
  });
});

describe("a channel that changed meanwhile", () => {
  test("gets its delivery when it is mended", async () => {
    const { name, post, id } = await opened("status/200");
    const good = post.channels;
    post.channels = [{ ...(good[0] as (typeof good)[0]), url: "http://evil.example/hooks" }];
    expect(await post.deliver(id)).toBe(waits.waits_s[0]);
    expect((await delivery(id)).error).toMatch(/^The channel cannot be used: url is http:/);
    post.channels = good;
    expect(await post.deliverLater(id)).toBe("done");
    expect(await seen(name)).toHaveLength(1);
  });

  test.each([
    ["is gone", () => [], /no channel of this id/],
    ["is another's now", (name: string) => [slack(name, "status/200")], /of another type/],
  ])("and %s gets nothing", async (_, channels, words) => {
    const { name, post, id } = await opened("status/200");
    post.channels = channels(name);
    expect(await post.deliver(id)).toBe("done");
    expect(await seen(name)).toEqual([]);
    const { status, error } = await delivery(id);
    expect(status).toBe("dead");
    expect(error).toMatch(words);
  });

  test("and gets fewer projects gets nothing of the others", async () => {
    const { name, post, id } = await opened("status/200");
    await env.DB.prepare(
      "UPDATE deliveries SET topic = 'brief.weekly', scope = '[\"acme\",\"globex\"]' WHERE delivery_id = ?1",
    )
      .bind(id)
      .run();
    post.channels = [webhook(name, "status/200", { projects: ["acme"] })];
    expect(await post.deliver(id)).toBe("done");
    expect(await seen(name)).toEqual([]);
    expect((await delivery(id)).error).toMatch(/does not get these projects/);
  });
});
