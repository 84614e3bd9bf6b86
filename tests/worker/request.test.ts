// What the shim packs for the core.

import { expect, test } from "vitest";
import { packConfig, packRequest } from "../../worker/src/request.ts";
import { keys } from "./support/keys.ts";
import { robot } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

test("a key goes on as its digest alone, and no header that the core does not read goes on at all", async () => {
  const stage = await Stage.open();
  const digest = JSON.parse(stage.bindings().API_KEYS ?? "[]").find(
    ({ name }: { name: string }) => name === "admin",
  ).digest;
  for (const header of [{ authorization: `Bearer ${keys.admin.key}` }, { "x-api-key": keys.admin.key }]) {
    const headers = {
      ...header,
      "proxy-authorization": "Basic secret",
      "X-Lead-Test": "1",
      "X-Unread": "no",
    };
    const packed = await packRequest(stage.request("/api/leads?a=1", { headers }), false);
    expect(packed).not.toContain(keys.admin.key);
    expect(packed).not.toContain("Basic secret");
    expect(packed).not.toContain("x-unread");
    expect(JSON.parse(packed)).toMatchObject({
      key_digest: digest,
      headers: { "x-lead-test": "1" },
      method: "GET",
      url: expect.stringMatching(/\/api\/leads\?a=1$/),
      bot_user_agent: false,
    });
  }
});

test("the core is told of a robot's user agent, and gets random bytes of its own each time", async () => {
  const stage = await Stage.open();
  const pack = async () =>
    JSON.parse(await packRequest(stage.request("/", { headers: { "user-agent": robot } }), false));
  const [one, other] = [await pack(), await pack()];
  expect(one.bot_user_agent).toBe(true);
  expect(new Set([...one.random, ...other.random]).size).toBe(8);
});

test("no secret is in the configuration that the core reads", async () => {
  const stage = await Stage.open();
  const config = new TextDecoder().decode(packConfig(stage.bindings()));
  for (const { key } of Object.values(keys)) expect(config).not.toContain(key);
  expect(config).not.toContain("the-secret");
});
