// Turnstile, asked through a service that the test plays.

import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

const url = "https://turnstile.test/siteverify";
let service: MockInstance<typeof fetch>;

beforeEach(() => {
  service = vi.spyOn(globalThis, "fetch");
});
afterEach(() => {
  vi.restoreAllMocks();
});

const says = (body: unknown, status = 200) =>
  service.mockImplementation(
    async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status }),
  );

const open = () =>
  Stage.open({ turnstile_secret: "TURNSTILE_SECRET_TEST" }, { bindings: { TURNSTILE_URL: url } });

/** The verdict of a public post, which is not told to the sender. */
async function judge(stage: Stage, fields: Record<string, unknown> = { "cf-turnstile-response": "a-token" }) {
  const { status } = await stage.post(person(fields));
  expect(status).toBe(201);
  const [row] = await stage.rows("submissions");
  const codes = JSON.parse(row?.reasons as string).map(({ code }: { code: string }) => code);
  return { type: row?.event_type, suspicious: row?.suspicious, codes };
}

test("a visitor whom Turnstile verifies is under no suspicion; the service gets secret, token and address", async () => {
  const stage = await open();
  says({ success: true });
  expect(await judge(stage)).toEqual({ type: "primary", suspicious: 0, codes: [] });
  expect(service).toHaveBeenCalledTimes(1);
  const [asked, init] = service.mock.calls[0] as [string, RequestInit];
  expect([asked, init.method]).toEqual([url, "POST"]);
  expect(JSON.parse(init.body as string)).toEqual({
    secret: "the-secret",
    response: "a-token",
    remoteip: stage.address,
  });
  expect(JSON.stringify(await stage.rows("submissions"))).not.toContain("a-token");
});

test("a visitor whom Turnstile does not verify is suspicious, and kept", async () => {
  says({ success: false, "error-codes": ["invalid-input-response"] });
  expect(await judge(await open())).toEqual({ type: "primary", suspicious: 1, codes: ["turnstile_failed"] });
});

test("a post without a token is suspicious, and the service is not asked", async () => {
  expect(await judge(await open(), {})).toEqual({
    type: "primary",
    suspicious: 1,
    codes: ["turnstile_missing"],
  });
  expect(service).not.toHaveBeenCalled();
});

const faults: Record<string, () => void> = {
  "cannot be reached": () => service.mockRejectedValue(new TypeError("Network connection lost.")),
  "answers 500": () => says({ success: false }, 500),
  "answers no JSON": () => says("<html>"),
  "answers something else": () => says({ ok: 1 }),
  "blames our secret": () => says({ success: false, "error-codes": ["invalid-input-secret"] }),
};
for (const [how, fault] of Object.entries(faults)) {
  test(`a service that ${how} fails open, with a reason`, async () => {
    fault();
    expect(await judge(await open())).toEqual({
      type: "primary",
      suspicious: 1,
      codes: ["turnstile_unavailable"],
    });
  });
}

test("a secret that the deployment does not have fails open too", async () => {
  const stage = await Stage.open(
    { turnstile_secret: "TURNSTILE_SECRET_NONE" },
    { bindings: { TURNSTILE_URL: url } },
  );
  expect((await judge(stage)).codes).toEqual(["turnstile_unavailable"]);
  expect(service).not.toHaveBeenCalled();
});

test("a token that names a secret is sent as it is, and no secret with it", async () => {
  const stage = await open();
  says({ success: true });
  await judge(stage, { "cf-turnstile-response": "{{API_KEYS}}" });
  const [, init] = service.mock.calls[0] as [string, RequestInit];
  expect(JSON.parse(init.body as string)).toMatchObject({ secret: "the-secret", response: "{{API_KEYS}}" });
});

test("a project without a secret, and a trusted server, are not asked for a token", async () => {
  const plain = await Stage.open({}, { bindings: { TURNSTILE_URL: url } });
  expect((await judge(plain)).codes).toEqual([]);
  const { json } = await (await open()).post(person(), { key: "admin" });
  expect(json.flags.suspicious).toBe(false);
  expect(service).not.toHaveBeenCalled();
});
