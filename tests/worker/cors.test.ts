// Which pages may read an answer.

import { expect, test } from "vitest";
import { person } from "./support/people.ts";
import { Stage, site } from "./support/stage.ts";

const allowed = (headers: Headers) => headers.get("access-control-allow-origin");

test("an allowed page may read the answer, the errors too", async () => {
  const stage = await Stage.open();
  const headers = { origin: site };
  const kept = await stage.post(person(), { headers });
  expect([kept.status, allowed(kept.headers)]).toEqual([201, site]);
  expect(kept.headers.get("vary")).toContain("Origin");
  expect(kept.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
  expect(kept.headers.has("access-control-allow-credentials")).toBe(false);
  const wrong = await stage.post({ email: "no address" }, { headers });
  expect([wrong.status, allowed(wrong.headers)]).toEqual([422, site]);
  const tooLong = await stage.call("/api/leads", { body: "x".repeat(70_000), headers });
  expect([tooLong.status, allowed(tooLong.headers)]).toEqual([413, site]);
});

test("a page that is not allowed may not read the answer", async () => {
  const stage = await Stage.open();
  const { status, headers } = await stage.post(person(), { headers: { origin: "https://evil.example" } });
  expect([status, allowed(headers)]).toEqual([403, null]);
});

test("origins with a star hold for subdomains and nothing else", async () => {
  const stage = await Stage.open({ allowed_origins: ["https://*.acme.com"] });
  const statusFor = async (origin: string) => (await stage.post(person(), { headers: { origin } })).status;
  expect(await statusFor("https://a.b.acme.com")).toBe(201);
  expect(await statusFor("https://SHOP.acme.com")).toBe(201);
  for (const origin of [
    "https://acme.com",
    "http://a.acme.com",
    "https://evilacme.com",
    "https://a.acme.com.evil.example",
    "https://a.acme.com:8443",
  ]) {
    expect([origin, await statusFor(origin)]).toEqual([origin, 403]);
  }
});

test("a preflight is granted to an origin that some project allows", async () => {
  const origin = `https://${Math.random().toString(36).slice(2)}.mills.in`;
  const stage = await Stage.open();
  const preflight = (from: string) =>
    stage.call("/api/leads", {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST" },
    });
  const before = await preflight(origin);
  expect([before.status, allowed(before.headers)]).toEqual([204, null]);
  await stage.call(`/api/admin/projects/${stage.project}`, {
    key: "admin",
    method: "PATCH",
    body: { allowed_origins: [origin] },
  });
  const after = await preflight(origin);
  expect([after.status, allowed(after.headers)]).toEqual([204, origin]);
  expect(after.headers.get("access-control-allow-methods")).toContain("POST");
  expect(after.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("idempotency-key");
});

test("administration is not shared with any page", async () => {
  const stage = await Stage.open();
  const { headers } = await stage.call("/api/leads", { key: "admin", headers: { origin: site } });
  expect(allowed(headers)).toBeNull();
});
