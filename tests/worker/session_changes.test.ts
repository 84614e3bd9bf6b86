// What a session changes: from our own pages alone, and at public intake nothing but a test that an admin sends.

import { expect, test } from "vitest";
import type { keys } from "./support/keys.ts";
import { person } from "./support/people.ts";
import { base, Stage, site } from "./support/stage.ts";

const fromOurPage = { "sec-fetch-site": "same-origin", origin: base };

const signIn = async (stage: Stage, key: keyof typeof keys) => {
  const { headers } = await stage.call("/api/session", { method: "POST", key });
  return (headers.getSetCookie()[0] as string).split(";")[0] as string;
};
const blocked = async (stage: Stage) => (await stage.rows("blocked_ips")).map(({ cidr }) => cidr);

test("changing something is for our own pages alone", async () => {
  const stage = await Stage.open();
  const cookie = await signIn(stage, "admin");
  const block = (cidr: string, headers: Record<string, string>) =>
    stage.call("/api/admin/blocked-ips", {
      body: { cidr, project: stage.project },
      headers: { cookie, ...headers },
    });
  for (const headers of [
    {},
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "same-site", origin: "https://www.ledger.test" },
    { "sec-fetch-site": "same-site", origin: base },
    { "sec-fetch-site": "none" },
    { origin: "https://evil.example" },
    { origin: "http://ledger.test" },
    { origin: "null" },
  ]) {
    const { status, json } = await block("203.0.113.1", headers);
    expect(status, JSON.stringify(headers)).toBe(403);
    expect(json.code).toBe("cross_site");
    expect(json.detail).toMatch(/dashboard's own pages/);
  }
  expect(await blocked(stage)).toEqual([]);
  expect((await block("203.0.113.2", fromOurPage)).status).toBe(201);
  expect((await block("203.0.113.3", { "sec-fetch-site": "same-origin" })).status).toBe(201);
  expect((await block("203.0.113.4", { origin: base })).status).toBe(201);
  expect(await blocked(stage)).toHaveLength(3);
});

test("taking something away is a change too, and whoever brings the key itself may come from anywhere", async () => {
  const stage = await Stage.open();
  const cookie = await signIn(stage, "admin");
  const path = `/api/admin/projects/${stage.project}`;
  const foreign = { "sec-fetch-site": "cross-site" };
  const refused = await stage.call(path, { method: "DELETE", headers: { cookie, ...foreign } });
  expect(refused.json.code).toBe("cross_site");
  const read = await stage.call(path, { headers: { cookie, ...foreign } });
  expect(read.status).toBe(200);
  expect(read.headers.get("access-control-allow-origin")).toBeNull();
  const byKey = await stage.call(path, {
    method: "DELETE",
    key: "admin",
    headers: { cookie, ...foreign },
  });
  expect(byKey.status).toBe(204);
});

test("a form on the Worker's own host is its visitor's, whoever is signed in", async () => {
  const stage = await Stage.open({ allowed_origins: [base] });
  const cookie = await signIn(stage, "admin");
  const headers = { cookie, ...fromOurPage };
  const { status, json } = await stage.post(person({ visitor: { ip: "198.51.100.7" } }), { headers });
  expect(status).toBe(201);
  expect(Object.keys(json)).toEqual(["submission_id", "status"]);
  expect(await stage.submission(json.submission_id)).toMatchObject({
    event_type: "primary",
    ip: stage.address,
  });
  const foreign = { cookie, origin: site, "sec-fetch-site": "cross-site" };
  const other = await Stage.open();
  expect((await other.post(person(), { headers: foreign })).status).toBe(201);
});

test("with the test header an admin's session sends a test, which the project need not allow our page for", async () => {
  const stage = await Stage.open();
  const cookie = await signIn(stage, "admin");
  const headers = { cookie, ...fromOurPage, "x-lead-test": "1" };
  const { status, json } = await stage.post(person(), { headers });
  expect(status).toBe(201);
  expect(json).toMatchObject({ event_type: "test", lead_id: null });
  expect(stage.points).toMatchObject([{ event_type: "test" }]);
});

test("a test that no admin is signed in for is refused, and nobody's lead", async () => {
  const stage = await Stage.open();
  const [admin, marketing, limited] = [
    await signIn(stage, "admin"),
    await signIn(stage, "marketing"),
    await signIn(stage, "limited"),
  ];
  const broken = `${admin.slice(0, -2)}xx`;
  for (const [headers, status, code] of [
    [{ cookie: marketing, ...fromOurPage }, 403, "key_forbidden"],
    [{ cookie: limited, ...fromOurPage }, 403, "key_forbidden"],
    [{ cookie: broken, ...fromOurPage }, 401, "session_ended"],
    [{ cookie: admin, origin: site, "sec-fetch-site": "cross-site" }, 403, "cross_site"],
    [{ cookie: admin }, 403, "cross_site"],
  ] as const) {
    const answer = await stage.post(person(), { headers: { ...headers, "x-lead-test": "1" } });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  }
  expect(stage.points).toEqual([]);
  expect(await stage.rows("submissions")).toEqual([]);
});

test("a preflight does not grant the test header", async () => {
  const stage = await Stage.open();
  const { headers } = await stage.call("/api/leads", { method: "OPTIONS", headers: { origin: site } });
  expect(headers.get("access-control-allow-headers")).not.toMatch(/x-lead-test/i);
  expect(headers.get("access-control-allow-credentials")).toBeNull();
});
