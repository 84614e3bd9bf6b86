// Channels and deliveries as admins see them; and what the sweep takes away.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { limits } from "../../build/generated/schema.ts";
import {
  type ChannelEntry,
  deliveriesQueue,
  delivery,
  freshName,
  Post,
  secret,
  seen,
  slack,
  webhook,
} from "./support/deliveries.ts";
import { ledger } from "./support/faults.ts";
import { Stage } from "./support/stage.ts";
import { trigger } from "./support/trigger.ts";

const quiet = { from: "22:00", to: "07:30", timezone: "Asia/Kolkata" };

test("channels are listed without what only their receivers may know", async () => {
  const post = await Post.open(
    webhook("hook", "status/200", { projects: ["globex", "acme"], topics: ["alert"], quiet_hours: quiet }),
    { ...slack("team", "x"), url: "https://hooks.slack.com/services/T0SECRET/B0/xyz?also=hidden" },
  );
  const { status, json, text } = await post.call("/api/admin/channels");
  expect(status).toBe(200);
  expect(json).toEqual({
    data: [
      {
        id: "hook",
        type: "webhook",
        host: "127.0.0.1",
        projects: ["acme", "globex"],
        topics: ["alert"],
        quiet_hours: quiet,
        problem: null,
      },
      {
        id: "team",
        type: "slack",
        host: "hooks.slack.com",
        projects: ["*"],
        topics: ["brief", "alert"],
        quiet_hours: null,
        problem: null,
      },
    ],
    next_cursor: null,
  });
  for (const hidden of [secret, secret.slice(6), "T0SECRET", "also=hidden", "/status"]) {
    expect(text).not.toContain(hidden);
  }
});

describe("a channel with a fault is shown with it, and not used:", () => {
  const good = webhook("good", "status/200");
  const bad: [string, ChannelEntry | unknown, RegExp][] = [
    ["no object", "https://hooks.example", /no JSON object/],
    ["no id", { ...good, id: "Has Spaces" }, /^id /],
    ["an unknown type", { ...good, type: "pager" }, /^type /],
    ["http to another machine", { ...good, url: "http://10.0.0.1/x" }, /https/],
    [
      "http to a name that begins as this machine",
      { ...good, url: "http://127.0.0.1.evil.example/" },
      /https/,
    ],
    ["credentials in its url", { ...good, url: "https://ada:pw@hooks.example/T0SECRET" }, /credentials/],
    [
      "a backslash before another host",
      { ...good, url: "https://hooks.example\\@evil.example/" },
      /character/,
    ],
    ["another scheme", { ...good, url: "ftp://hooks.example/" }, /https/],
    ["no url", { ...good, url: undefined }, /^url /],
    ["a secret that is none", { ...good, secret: "whsec_!!!" }, /^secret /],
    ["a short secret", { ...good, secret: "whsec_aGk=" }, /^secret /],
    ["no secret", { ...good, secret: undefined }, /^secret /],
    ["no projects", { ...good, projects: [] }, /^projects /],
    ["all projects and one", { ...good, projects: ["*", "acme"] }, /^projects /],
    ["no topics", { ...good, topics: [] }, /^topics /],
    ["an unknown topic", { ...good, topics: ["alert", "poetry"] }, /^topics /],
    ["no hour", { ...good, quiet_hours: { ...quiet, from: "24:00" } }, /^quiet_hours.from/],
    ["a misspelt member", { ...good, quite_hours: quiet }, /member that no channel has/],
  ];
  test.each(bad)("%s", async (_, entry, words) => {
    const name = freshName();
    const post = await Post.open(webhook(name, "status/200"));
    const renamed =
      typeof entry === "object" && (entry as ChannelEntry).id === "good"
        ? { ...(entry as object), id: `bad-${name}` }
        : entry;
    post.channels = [renamed as ChannelEntry, ...post.channels];
    const { json, text } = await post.call("/api/admin/channels");
    expect(json.data[0].problem).toMatch(words);
    expect(json.data[1]).toMatchObject({ id: name, problem: null });
    for (const hidden of [secret, "whsec_!!!", "aGk=", "T0SECRET", "pw@"]) expect(text).not.toContain(hidden);
    const tried = await post.call(`/api/admin/channels/bad-${name}/test`, { method: "POST" });
    expect([404, 409]).toContain(tried.status);
    expect(tried.status === 409).toBe(json.data[0].id !== null);
    expect(await post.deliver(await post.send(name)), "the other one works").toBe("done");
    expect(await seen(name)).toHaveLength(1);
  });

  test("an id that is another's", async () => {
    const post = await Post.open(webhook("twin", "status/200"), webhook("twin", "status/500"));
    const { json } = await post.call("/api/admin/channels");
    expect(json.data.map(({ problem }: { problem: unknown }) => problem)).toEqual([
      null,
      expect.stringMatching(/another channel/),
    ]);
  });

  test("a list that is none", async () => {
    const stage = await Stage.open();
    for (const [WEBHOOKS, count] of [
      ['{"id": "a"}', 1],
      ["[]", 0],
      ["[[", 0],
    ] as const) {
      const { json } = await stage.call("/api/admin/channels", { key: "admin", env: { WEBHOOKS } });
      expect(json.data).toHaveLength(count);
    }
  });

  test("a zone that nobody knows, which only takes the quiet hours away", async () => {
    const name = freshName();
    const post = await Post.open(
      webhook(name, "status/200", { quiet_hours: { ...quiet, timezone: "Mars/Olympus" } }),
    );
    const { json } = await post.call("/api/admin/channels");
    expect(json.data[0].problem).toMatch(/timezone/);
    expect(await post.deliver(await post.send(name))).toBe("done");
  });
});

describe("who may", () => {
  const paths: [string, string][] = [
    ["GET", "/api/admin/channels"],
    ["POST", "/api/admin/channels/hook/test"],
    ["GET", "/api/admin/deliveries"],
    ["POST", "/api/admin/deliveries/dlv_1/retry"],
  ];
  test.each(paths)("%s %s: admins alone", async (method, path) => {
    const post = await Post.open(webhook("hook", "status/200"));
    expect((await post.call(path, { method, key: "marketing" })).status).toBe(403);
    expect((await post.stage.call(path, { method })).status).toBe(401);
  });

  test("a key of one project sees what is of this project alone", async () => {
    const [own, all, both] = [freshName(), freshName(), freshName()];
    const post = await Post.open(
      webhook(own, "status/410", { projects: ["limited-project"] }),
      webhook(all, "status/410"),
      webhook(both, "status/410", { projects: ["limited-project", "other"] }),
    );
    const ids = [];
    for (const channel of [own, all, both]) {
      const id = await post.send(channel);
      await post.deliver(id);
      ids.push(id);
    }
    const limited = { key: "limited" } as const;
    const channels = await post.call("/api/admin/channels", limited);
    expect(channels.json.data.map(({ id }: { id: string }) => id)).toEqual([own]);
    const list = await post.call("/api/admin/deliveries?limit=200", limited);
    const listed = list.json.data.map(({ delivery_id }: { delivery_id: string }) => delivery_id);
    expect(listed).toContain(ids[0]);
    for (const foreign of ids.slice(1)) {
      expect(listed).not.toContain(foreign);
      const retry = await post.call(`/api/admin/deliveries/${foreign}/retry`, { ...limited, method: "POST" });
      expect(retry.status).toBe(404);
      expect(await delivery(foreign as string)).toMatchObject({ status: "dead" });
    }
    expect((await post.call(`/api/admin/channels/${all}/test`, { ...limited, method: "POST" })).status).toBe(
      404,
    );
    expect(
      (await post.call(`/api/admin/deliveries/${ids[0]}/retry`, { ...limited, method: "POST" })).status,
    ).toBe(202);
  });
});

describe("deliveries are listed", () => {
  test("newest first, by status and channel, page by page", async () => {
    const name = freshName();
    const post = await Post.open(webhook(name, "fails/1"));
    const ids = [await post.send(name), await post.send(name), await post.send(name)];
    await post.deliver(ids[0] as string);
    await post.deliver(ids[1] as string);
    const first = await post.call(`/api/admin/deliveries?channel=${name}&limit=2`);
    expect(first.json.data.map((row: { delivery_id: string }) => row.delivery_id)).toEqual([ids[2], ids[1]]);
    const rest = await post.call(
      `/api/admin/deliveries?channel=${name}&limit=2&cursor=${first.json.next_cursor}`,
    );
    expect(rest.json.data.map((row: { delivery_id: string }) => row.delivery_id)).toEqual([ids[0]]);
    expect(rest.json.next_cursor).toBeNull();
    const pending = await post.call(`/api/admin/deliveries?channel=${name}&status=delivered`);
    expect(pending.json.data).toMatchObject([{ delivery_id: ids[1], status: "delivered" }]);
  });

  test("and what is asked for wrongly is refused with what is allowed", async () => {
    const post = await Post.open();
    for (const query of ["status=lost", "colour=red", "limit=0", "cursor=x"]) {
      expect((await post.call(`/api/admin/deliveries?${query}`)).status).toBe(400);
    }
    const { json } = await post.call("/api/admin/deliveries?status=lost");
    expect(json.invalid_params[0].reason).toBe("It is one of pending, delivered, dead.");
    expect((await post.call("/api/admin/deliveries/dlv_none/retry", { method: "POST" })).status).toBe(404);
    expect((await post.call("/api/admin/channels/none/test", { method: "POST" })).status).toBe(404);
    expect((await post.call("/api/admin/channels/none/test?x=1", { method: "POST" })).status).toBe(400);
  });

  test("a test that the queue does not take is kept all the same", async () => {
    const name = freshName();
    const post = await Post.open(webhook(name, "status/200"));
    const { status, json } = await post.call(`/api/admin/channels/${name}/test`, {
      method: "POST",
      env: { DELIVERIES_QUEUE: deliveriesQueue(false).DELIVERIES_QUEUE },
    });
    expect(status).toBe(202);
    expect(await delivery(json.delivery_id)).toMatchObject({ status: "pending", attempts: 0 });
    const down = await post.call(`/api/admin/channels/${name}/test`, {
      method: "POST",
      env: { DB: ledger("rejects").DB },
    });
    expect(down.status).toBe(503);
  });
});

test("the sweep takes deliveries that ended long ago, but not those of an alert that is open", async () => {
  const name = freshName();
  const post = await Post.open(webhook(name, "status/200"));
  const [old, pending, alert, fresh] = [
    await post.send(name),
    await post.send(name),
    await post.send(name),
    await post.send(name),
  ];
  for (const id of [old, alert, fresh]) await post.deliver(id);
  const long = Date.now() - (limits.deliveries_retention_days + 1) * 86_400_000;
  const age = "UPDATE deliveries SET created_at = ?2 WHERE delivery_id = ?1";
  for (const id of [old, pending, alert]) await env.DB.prepare(age).bind(id, long).run();
  await env.DB.prepare(
    "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, insight) VALUES (?1, '[\"*\"]', 'silence', 'project', ?1, 0, 0, '{}')",
  )
    .bind(alert)
    .run();
  const sweep = async () => {
    await trigger("sweep", post.stage.bindings());
    const { results } = await env.DB.prepare("SELECT delivery_id AS id FROM deliveries WHERE channel = ?1")
      .bind(name)
      .all<{ id: string }>();
    return results.map(({ id }) => id).sort();
  };
  expect(await sweep()).toEqual([pending, alert, fresh].sort());
  await env.DB.prepare("UPDATE alerts SET closed_at = 1 WHERE alert_id = ?1").bind(alert).run();
  expect(await sweep()).toEqual([pending, fresh].sort());
});
