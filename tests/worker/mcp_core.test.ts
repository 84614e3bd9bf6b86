// POST /mcp as the core sees it: what it hands over, and what it makes of the library's answer.

import { expect, test } from "vitest";
import { Core } from "../../worker/src/core.ts";
import { mcp } from "../../worker/src/effects/mcp.ts";
import { adminDigest, begin, effectsOf } from "./support/by_hand.ts";
import { newExports } from "./support/cores.ts";

const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The response where the library answers so. */
function answered(status: string, text: string): Answered {
  const core = new Core(newExports());
  const id = begin(core, { path: "/mcp", body, keyDigest: adminDigest });
  const [asked] = effectsOf(core, id);
  expect(asked?.effect).toBe("mcp");
  expect(core.resume(id, asked?.id as number, status, text)).toBe(true);
  const output = core.output(id) as NonNullable<ReturnType<Core["output"]>>;
  const [response] = JSON.parse(output.effects);
  core.end(id);
  expect(core.count).toBe(0);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ? new TextDecoder().decode(output.bodies[response.body - 1]) : "",
  };
}

test("the body is handed over as it came, with nothing else", () => {
  const core = new Core(newExports());
  const id = begin(core, { path: "/mcp", body, keyDigest: adminDigest });
  const output = core.output(id) as NonNullable<ReturnType<Core["output"]>>;
  expect(JSON.parse(output.effects)).toEqual([{ effect: "mcp", id: expect.any(Number), body: 1 }]);
  expect(new TextDecoder().decode(output.bodies[0])).toBe(body);
  core.end(id);
});

test("status, media type and body are the library's; nobody keeps them", () => {
  const { status, headers, body: text } = answered("ok 200 application/json", '{"id":1}');
  expect([status, text]).toEqual([200, '{"id":1}']);
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  const accepted = answered("ok 202", "");
  expect([accepted.status, accepted.body]).toEqual([202, ""]);
  expect(accepted.headers).not.toHaveProperty("content-type");
  expect(answered("ok 400 application/json", "{}").status).toBe(400);
});

test.each([
  ["error", "broken"],
  ["ok", ""],
  ["ok yes", ""],
  ["ok 99 text/html", "x"],
  ["ok 700 text/html", "x"],
  ["", ""],
])("a reply %j is no answer: 500, and none of its text", (status, text) => {
  const answer = answered(status, text);
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({ code: "internal", instance: "/mcp" });
  if (text !== "") expect(answer.body).not.toContain(text === "x" ? '"x"' : text);
});

test("outside of a request there is nothing to answer", async () => {
  const performer = { env: {} as never, waitUntil: () => {} };
  const reply = await mcp(undefined, performer, new Uint8Array());
  expect(reply.status).toBe("error");
});
