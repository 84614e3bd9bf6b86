// Sessions from outside, as a browser has them: signing in and out, what a cookie opens and what it does not, what ends
// it, and that no other site can make use of it.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { projectsOf } from "./support/fake_ae.ts";
import { type Ask, Desk, now, type ReportAnswer } from "./support/report_desk.ts";
import { base } from "./support/stage.ts";

const name = "__Host-leadledger_session";
const hours = 12;
const fromOurPage = { "sec-fetch-site": "same-origin", origin: base };

interface Entry {
  id: string;
  digest: string;
  expires_at?: string | null;
}

/** What a browser would send back. */
function cookieOf(headers: Headers): string {
  const all = headers.getSetCookie();
  expect(all).toHaveLength(1);
  return (all[0] as string).split(";")[0] as string;
}

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

const signIn = async (key: string, ask: Ask = {}) => {
  const answer = await desk.call("/api/session", { method: "POST", key, ...ask });
  expect(answer.status, answer.text).toBe(200);
  return cookieOf(answer.headers);
};
/** With the cookie alone. */
const by = (cookie: string, path: string, ask: Ask = {}): Promise<ReportAnswer> =>
  desk.call(path, { ...ask, key: null, headers: { cookie, ...ask.headers } });
const whoIs = (cookie: string, ask: Ask = {}) => by(cookie, "/api/session", ask);
const entries = (): Entry[] => JSON.parse(desk.env().API_KEYS as string);
const withKeys = (list: Entry[]): Ask => ({ env: { API_KEYS: JSON.stringify(list) } });

test("a session begins with a key, and says whose it is and until when", async () => {
  const { status, headers, json } = await desk.call("/api/session", { method: "POST", key: "both" });
  const ends = now / 1000 + hours * 3600;
  expect(status).toBe(200);
  expect(json).toEqual({
    key_id: "key_both",
    name: "both",
    role: "marketing",
    projects: ["beta", "acme"],
    expires_at: new Date(ends * 1000).toISOString(),
    reporting_timezone: "Asia/Kolkata",
  });
  const [value, ...attributes] = (headers.getSetCookie()[0] as string).split("; ");
  expect(value).toMatch(new RegExp(`^${name}=v1\\.key_both\\.${ends}\\.[0-9a-f]{64}$`));
  expect(attributes.toSorted()).toEqual([
    "HttpOnly",
    `Max-Age=${hours * 3600}`,
    "Path=/",
    "SameSite=Strict",
    "Secure",
  ]);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect((await whoIs(cookieOf(headers))).json).toEqual(json);
});

test("a session is signed with HMAC-SHA-256 under the key's digest", async () => {
  const { digest } = entries().find(({ id }) => id === "key_acme") as Entry;
  const [, id, ends, signature] = (await signIn("acme")).split(".") as [string, string, string, string];
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(digest), algorithm, false, ["verify"]);
  const given = Uint8Array.from(signature.match(/../g) as string[], (pair) => Number.parseInt(pair, 16));
  const text = `leadledger session v1\n${base}\n${id}\n${ends}\n`;
  expect(await crypto.subtle.verify("HMAC", key, given, bytes(text))).toBe(true);
});

test("a session begins with X-API-Key too, and not with an unknown or expired key or a session", async () => {
  const xApiKey = { "x-api-key": "llk_report_acme" };
  const ask = { method: "POST", key: null, headers: xApiKey };
  expect((await desk.call("/api/session", ask)).json.key_id).toBe("key_acme");
  const cookie = await signIn("acme");
  for (const [refused, code] of [
    [{ key: "nobody" }, "key_unknown"],
    [{ key: "expired" }, "key_unknown"],
    [{ key: null }, "key_missing"],
    [{ key: null, headers: { cookie, ...fromOurPage } }, "key_missing"],
  ] as const) {
    const { status, headers, json } = await desk.call("/api/session", { method: "POST", ...refused });
    expect(status).toBe(401);
    expect(json.code).toBe(code);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(headers.getSetCookie()).toEqual([]);
  }
});

test("a session reads reports of its key's projects alone", async () => {
  const cookie = await signIn("acme");
  const { status, headers, json } = await by(cookie, desk.path("lead-stats", "group_by=project&days=90"));
  expect(status).toBe(200);
  expect(json.groups.map(({ key }: { key: object }) => key)).toEqual([{ project: "acme" }]);
  for (const sql of desk.analytics.sql) expect(projectsOf(sql)).toEqual(["acme"]);
  expect(headers.get("cache-control")).toMatch(/private/);
  expect(headers.get("vary")).toMatch(/\bcookie\b/i);
  const foreign = await by(cookie, desk.path("lead-stats", "project=beta"));
  expect(foreign.status).toBe(403);
  expect(foreign.json.detail).toContain("beta");
});

test("a session of one key is not answered from what a browser kept of another's", async () => {
  const path = desk.path("lead-stats", "days=30");
  const all = await by(await signIn("marketing"), path);
  const headers = { "if-none-match": all.headers.get("etag") as string };
  const acme = await by(await signIn("acme"), path, { headers });
  expect(acme.status).toBe(200);
  expect(acme.json.totals.total).toBeLessThan(all.json.totals.total);
});

test("a session may what its key's role may", async () => {
  const explain = desk.path("lead-stats", "explain=1");
  expect((await by(await signIn("marketing"), explain)).status).toBe(403);
  expect((await by(await signIn("marketing"), "/api/admin/keys")).status).toBe(403);
  expect((await by(await signIn("admin"), explain)).json.explain.statements).not.toHaveLength(0);
  expect((await by(await signIn("admin"), "/api/admin/keys")).status).toBe(200);
});

test("a session is none once any part of its cookie was changed", async () => {
  const cookie = await signIn("acme");
  const [version, id, ends, signature] = cookie.slice(name.length + 1).split(".") as [
    string,
    string,
    string,
    string,
  ];
  const last = signature.endsWith("0") ? "1" : "0";
  for (const value of [
    ["v2", id, ends, signature],
    [version, "key_admin", ends, signature],
    [version, "key_nobody", ends, signature],
    [version, id, String(Number(ends) + 1), signature],
    [version, id, `0${ends}`, signature],
    [version, id, ends, signature.slice(0, -1) + last],
    [version, id, ends, signature.toUpperCase()],
    [version, id, ends, signature.slice(0, -1)],
    [version, id, ends, `${signature}0`],
    [version, id, ends, ""],
    [version, id, ends],
    [version, id, ends, signature, ""],
    [],
  ]) {
    const { status, json } = await whoIs(`${name}=${value.join(".")}`);
    expect(status, value.join(".")).toBe(401);
    expect(json.code).toBe("session_ended");
    expect(json.detail).toMatch(/session has ended/);
  }
  expect((await whoIs(cookie)).status).toBe(200);
});

test("a session ends after its hours", async () => {
  const cookie = await signIn("marketing");
  desk.after(hours * 3600 - 1);
  expect((await whoIs(cookie)).status).toBe(200);
  desk.after(1);
  const { status, headers, json } = await by(cookie, desk.path("lead-stats", ""));
  expect(status).toBe(401);
  expect(json.code).toBe("session_ended");
  expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
  expect(desk.analytics.posts).toHaveLength(0);
});

test("a session ends with its key, and an overlap is the last of it", async () => {
  const inAnHour = new Date(now + 3_600_000).toISOString();
  const ending = (id: string) =>
    withKeys(entries().map((entry) => (entry.id === id ? { ...entry, expires_at: inAnHour } : entry)));
  const { headers, json } = await desk.call("/api/session", {
    method: "POST",
    key: "acme",
    ...ending("key_acme"),
  });
  expect(json.expires_at).toBe(inAnHour);
  expect(headers.getSetCookie()[0]).toContain("Max-Age=3600;");
  // A session that began before its key was rotated.
  const cookie = await signIn("beta");
  expect((await whoIs(cookie, ending("key_beta"))).json.expires_at).toBe(inAnHour);
  desk.after(3600);
  expect((await whoIs(cookie, ending("key_beta"))).json.code).toBe("session_ended");
  expect((await whoIs(cookie)).status).toBe(200);
});

test("a session ends at once when its key is removed, or replaced under the same id", async () => {
  const cookie = await signIn("acme");
  const removed = entries().filter(({ id }) => id !== "key_acme");
  expect((await whoIs(cookie, withKeys(removed))).json.code).toBe("session_ended");
  const replaced = entries().map((entry) =>
    entry.id === "key_acme" ? { ...entry, digest: "0".repeat(64) } : entry,
  );
  expect((await whoIs(cookie, withKeys(replaced))).json.code).toBe("session_ended");
  const kept = await signIn("beta", withKeys(removed));
  expect((await whoIs(kept, withKeys(removed))).status).toBe(200);
});

test("a session follows its key's role and projects as they are now", async () => {
  const cookie = await signIn("admin");
  const less = entries().map((entry) =>
    entry.id === "key_admin" ? { ...entry, role: "marketing", projects: ["beta"] } : entry,
  );
  expect((await whoIs(cookie, withKeys(less))).json).toMatchObject({
    role: "marketing",
    projects: ["beta"],
  });
  expect((await by(cookie, "/api/admin/keys", withKeys(less))).status).toBe(403);
});

test("a session is the one whose cookie came, and none where two different ones did", async () => {
  const [acme, beta] = [await signIn("acme"), await signIn("beta")];
  for (const cookies of [`a=1; ${acme}; b="2"`, `${acme}; ${acme}`, `${acme};leadledger_session=x`]) {
    expect((await whoIs(cookies)).json.key_id, cookies).toBe("key_acme");
  }
  for (const cookies of [`${acme}; ${beta}`, `${beta}; ${acme}`, `${acme}; ${name}=`, `${name}=`]) {
    expect((await whoIs(cookies)).json.code, cookies).toBe("session_ended");
  }
  for (const cookies of [acme.replace("__Host-", ""), acme.replace("=", '="').concat('"'), `a=${acme}`, ""]) {
    expect((await whoIs(cookies)).json.code, cookies).toBe("key_missing");
  }
});

test("a session is not looked for in a Cookie header of any length", async () => {
  const cookie = await signIn("acme");
  expect((await whoIs(`a=${"x".repeat(8000)}; ${cookie}`)).status).toBe(200);
  expect((await whoIs(`a=${"x".repeat(60_000)}; ${cookie}`)).json.code).toBe("session_ended");
  expect((await whoIs(";".repeat(16_000))).json.code).toBe("key_missing");
  expect((await whoIs(`${name}=${"v1.".repeat(5000)}`)).json.code).toBe("session_ended");
});

test("a session stands back behind a key that came, whether that is good or not", async () => {
  const headers = { cookie: await signIn("acme") };
  expect((await desk.call("/api/session", { key: "beta", headers })).json.key_id).toBe("key_beta");
  expect((await desk.call("/api/session", { key: "nobody", headers })).json.code).toBe("key_unknown");
});

test("a session signs out: the cookie is taken away", async () => {
  const cookie = await signIn("acme");
  for (const brought of [cookie, "", `${name}=v1.rubbish`]) {
    const ask = { method: "DELETE", headers: fromOurPage };
    const { status, headers, text } = await whoIs(brought, ask);
    expect(status).toBe(204);
    expect(text).toBe("");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.getSetCookie()).toEqual([
      `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure`,
    ]);
  }
});

test("a session of a deployment is none of another that has the same keys", async () => {
  const cookie = await signIn("acme");
  const request = desk.request("/api/session", { key: null, headers: { cookie } });
  const elsewhere = new Request(request.url.replace("ledger.test", "staging.ledger.test"), request);
  vi.spyOn(desk, "request").mockReturnValue(elsewhere);
  expect((await whoIs(cookie)).json.code).toBe("session_ended");
});

test("a session has a cookie without Secure where there is no https", async () => {
  const request = (method: string, headers: HeadersInit) =>
    new Request("http://localhost:8787/api/session", { method, headers });
  const asked = vi.spyOn(desk, "request");
  asked.mockReturnValue(request("POST", { authorization: "Bearer llk_report_acme" }));
  const { headers } = await desk.call("/api/session");
  expect(headers.getSetCookie()[0]).toMatch(/^leadledger_session=v1\.key_acme\./);
  expect(headers.getSetCookie()[0]).not.toMatch(/Secure/i);
  asked.mockReturnValue(request("GET", { cookie: cookieOf(headers) }));
  expect((await desk.call("/api/session")).json.key_id).toBe("key_acme");
});

test("a session is begun from no other page than ours", async () => {
  for (const headers of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "https://www.ledger.test" },
    { "sec-fetch-site": "none" },
    { origin: "https://evil.example" },
    { origin: "null" },
  ]) {
    const ask = { method: "POST", key: "acme", headers };
    const answer = await desk.call("/api/session", ask);
    expect(answer.status).toBe(403);
    expect(answer.json.code).toBe("cross_site");
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  await signIn("acme", { headers: fromOurPage });
});

test("a list of keys comes, without what they are known by", async () => {
  const { status, text, json } = await by(await signIn("admin"), "/api/admin/keys");
  expect(status).toBe(200);
  expect(json.next_cursor).toBeNull();
  expect(json.data.map(({ id }: Entry) => id)).toEqual(entries().map(({ id }) => id));
  expect(json.data.filter(({ current }: { current: boolean }) => current)).toMatchObject([
    { id: "key_admin", role: "admin", projects: ["*"], created_at: null, expires_at: null, expired: false },
  ]);
  expect(json.data.find(({ id }: Entry) => id === "key_expired")).toMatchObject({ expired: true });
  for (const { digest } of entries()) expect(text).not.toContain(digest);
  const limited = await by(await signIn("acme_admin"), "/api/admin/keys");
  const ids = limited.json.data.map(({ id }: Entry) => id);
  expect(ids).toContain("key_acme");
  for (const id of ["key_admin", "key_beta", "key_both", "key_marketing"]) expect(ids).not.toContain(id);
});
