// POST /mcp: who may, and messages that are none.

import { afterEach, beforeEach, expect, test } from "vitest";
import { tools } from "../../build/generated/mcp.ts";
import { limits } from "../../build/generated/schema.ts";
import { connect, initialize, keyOf, modern, post } from "./support/mcp_desk.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => {
  expect(desk.analytics.posts).toHaveLength(0);
  expect(desk.touched).toEqual([]);
  Desk.close();
});

const list = modern("tools/list");
const listHeaders = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list" };

test("a message by hand is answered, so the refusals below are of what they say", async () => {
  const { status, json } = await post(desk, { body: list, headers: listHeaders });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    jsonrpc: "2.0",
    id: 1,
    result: { resultType: "complete", cacheScope: "public" },
  });
  expect(json.result.tools).toHaveLength(tools.length);
});

test.each([
  ["no key", null, {}, "key_missing"],
  ["an unknown key", "nobody", {}, "key_unknown"],
  ["an expired key", "expired", {}, "key_unknown"],
  ["a key that is no bearer's", null, { authorization: "Basic abc" }, "key_missing"],
])("%s: 401 with a challenge, before anything is read", async (_, key, headers, code) => {
  for (const body of [list, initialize("2025-11-25"), "{", "x".repeat(100_000)]) {
    const {
      status,
      headers: got,
      json,
    } = await post(desk, { body, key, headers: { ...listHeaders, ...headers } });
    expect(status).toBe(401);
    expect(json).toMatchObject({ status: 401, code });
    expect(got.get("content-type")).toBe("application/problem+json");
    expect(got.get("www-authenticate")).toBe('Bearer realm="leadledger"');
  }
});

test("the official client is told 401 as well", async () => {
  await expect(connect(desk, { key: "nobody" })).rejects.toThrow(/401|Unauthorized/);
  await expect(connect(desk, { key: "nobody", era: "legacy" })).rejects.toThrow(/401|Unauthorized/);
});

test("a session's cookie is no key here", async () => {
  const signed = await post(desk, { body: undefined, path: "/api/session" });
  expect(signed.status).toBe(200);
  const [cookie] = (signed.headers.get("set-cookie") as string).split(";") as [string];
  const shown = await post(desk, {
    body: undefined,
    path: "/api/session",
    method: "GET",
    key: null,
    headers: { cookie },
  });
  expect(shown.status).toBe(200);
  const { status, json } = await post(desk, { body: list, key: null, headers: { ...listHeaders, cookie } });
  expect(status).toBe(401);
  expect(json.code).toBe("key_missing");
});

test.each(["admin", "acme", "acme_admin", "nothing"])("the key %s may ask", async (key) => {
  expect((await post(desk, { body: list, key, headers: listHeaders })).status).toBe(200);
});

test("X-API-Key is as good as a bearer", async () => {
  const headers = { ...listHeaders, "x-api-key": keyOf("acme") };
  expect((await post(desk, { body: list, key: null, headers })).status).toBe(200);
});

test.each(["GET", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"])("%s: 405 with Allow", async (method) => {
  const { status, headers } = await post(desk, { body: undefined, method });
  expect(status).toBe(405);
  expect(headers.get("allow")).toBe("POST");
});

test.each([
  "/.well-known/oauth-protected-resource",
  "/.well-known/oauth-protected-resource/mcp",
  "/.well-known/oauth-authorization-server",
  "/.well-known/openid-configuration",
  "/mcp/",
  "/mcp/anything",
])("%s is nothing: who looks for OAuth finds that there is none", async (path) => {
  const { status, json } = await post(desk, { body: undefined, method: "GET", path });
  expect(status).toBe(404);
  expect(json.code).toBe("not_found");
});

test.each([
  ["another site's page", { origin: "https://evil.example" }],
  ["an opaque page", { origin: "null" }],
  ["the same host without https", { origin: "http://ledger.test" }],
  ["what a browser says is cross-site", { "sec-fetch-site": "cross-site" }],
])("%s: 403, whatever its key", async (_, headers) => {
  const { status, json } = await post(desk, { body: list, headers: { ...listHeaders, ...headers } });
  expect(status).toBe(403);
  expect(json.code).toBe("cross_site");
});

test("our own page may ask", async () => {
  const headers = { ...listHeaders, origin: "https://ledger.test", "sec-fetch-site": "same-origin" };
  const { status, headers: got } = await post(desk, { body: list, headers });
  expect(status).toBe(200);
  expect(got.get("access-control-allow-origin")).toBeNull();
});

test("query parameters are refused", async () => {
  const { status, json } = await post(desk, { body: list, headers: listHeaders, path: "/mcp?key=abc" });
  expect(status).toBe(400);
  expect(json.code).toBe("bad_parameter");
});

test("a body that is too long: 413", async () => {
  const long = (size: number) => modern("tools/list", { x: "x".repeat(size) });
  expect((await post(desk, { body: long(limits.max_body_bytes), headers: listHeaders })).status).toBe(413);
  expect((await post(desk, { body: long(limits.max_body_bytes / 2), headers: listHeaders })).status).toBe(
    200,
  );
});

test("another content type: 415", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json-seq", ""]) {
    for (const body of [list, initialize("2025-11-25")]) {
      const { status, json } = await post(desk, { body, headers: { ...listHeaders, "content-type": type } });
      expect(status, type).toBe(415);
      expect(json.error.message).toMatch(/Content-Type/);
    }
  }
});

test("a client of before 2026 that takes no JSON: 406", async () => {
  for (const accept of ["text/html", "text/event-stream"]) {
    const { status } = await post(desk, { body: initialize("2025-11-25"), headers: { accept } });
    expect(status, accept).toBe(406);
  }
});

test.each([
  ["nothing", ""],
  ["no JSON", "{"],
  ["no text", new Uint8Array([0xff, 0xfe, 0x00])],
])("%s: 400, a parse error", async (_, body) => {
  const { status, json } = await post(desk, { body });
  expect(status).toBe(400);
  expect(json.error.code).toBe(-32700);
});

test.each([["null"], ["1"], ['"tools/list"'], ["{}"], ['{"jsonrpc":"1.0","id":1,"method":"ping"}']])(
  "%s is no message: 400",
  async (body) => {
    const { status, json } = await post(desk, { body });
    expect(status).toBe(400);
    expect(json.jsonrpc).toBe("2.0");
    expect(json.error.code).toBeLessThan(0);
  },
);

test("a batch could ask for hundreds of reports: 400", async () => {
  const call = modern("tools/call", { name: "lead_stats", arguments: {} });
  for (const body of [[], [list], Array.from({ length: 100 }, () => call)]) {
    const { status, json } = await post(desk, { body, headers: listHeaders });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      code: -32600,
      message: expect.stringContaining("one message at a time"),
    });
  }
});

test("JSON of a great depth is refused or answered, and breaks nothing", async () => {
  const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
  const call = JSON.stringify(modern("tools/call", { name: "lead_stats", arguments: { days: 0 } }));
  const { status } = await post(desk, {
    body: call.replace('"days":0', `"days":${deep}`),
    headers: { ...listHeaders, "mcp-method": "tools/call", "mcp-name": "lead_stats" },
  });
  expect(status).toBeLessThan(600);
  expect((await post(desk, { body: list, headers: listHeaders })).status).toBe(200);
});

test("a notification: 202 and no body, in both eras", async () => {
  for (const body of [
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } },
  ]) {
    const { status, text, headers } = await post(desk, { body });
    expect(status).toBe(202);
    expect(text).toBe("");
    expect(headers.get("content-type")).toBeNull();
  }
});

test("revisions: each that the SDK knows is spoken, another is refused or answered with one that is", async () => {
  for (const version of ["2025-11-25", "2025-06-18", "2025-03-26"]) {
    const { status, json } = await post(desk, { body: initialize(version) });
    expect(status).toBe(200);
    expect(json.result.protocolVersion).toBe(version);
  }
  const { json } = await post(desk, { body: initialize("1999-01-01") });
  expect(json.result.protocolVersion).toMatch(/^2025-/);
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  const wrong = await post(desk, { body: ping, headers: { "mcp-protocol-version": "1999-01-01" } });
  expect(wrong.status).toBe(400);
  const mismatch = await post(desk, { body: list, headers: { "mcp-protocol-version": "2026-01-01" } });
  expect(mismatch.status).toBe(400);
});

test("an unknown tool is an error of the protocol that names those there are, and not the one asked for", async () => {
  for (const name of ["delete_everything", "__proto__", "constructor", ""]) {
    const body = modern("tools/call", { name, arguments: {} });
    const headers = { ...listHeaders, "mcp-method": "tools/call", "mcp-name": name };
    const { json } = await post(desk, { body, headers });
    expect(json.error.code).toBe(-32602);
    if (name !== "") expect(json.error.message).toContain("lead_stats_summary");
    expect(json.error.message).not.toContain("delete_everything");
  }
});

test("no stream is opened, whoever asks for one", async () => {
  const body = modern("subscriptions/listen", { notifications: { toolsListChanged: true } });
  const { headers, json } = await post(desk, {
    body,
    headers: { ...listHeaders, "mcp-method": "subscriptions/listen" },
  });
  expect(headers.get("content-type")).toBe("application/json");
  expect(json.error).toMatchObject({ code: -32603 });
});

test("methods that are not there say so", async () => {
  for (const method of ["resources/list", "prompts/list", "sampling/createMessage", "logging/setLevel"]) {
    const { json } = await post(desk, {
      body: modern(method),
      headers: { ...listHeaders, "mcp-method": method },
    });
    expect(json.error.code, method).toBeLessThan(0);
    expect(json.result).toBeUndefined();
  }
});
