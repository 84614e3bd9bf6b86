// Who may see which report: keys, roles and projects. What one key was answered is never shown to another that reaches
// less or elsewhere.

import { afterEach, beforeEach, expect, test } from "vitest";
import { projectsOf, says } from "./support/fake_ae.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

const reports = ["lead-stats", "lead-stats/summary"] as const;

test.each(reports)("%s without a key, and with one that is not known or has expired", async (report) => {
  for (const [key, code] of [
    [null, "key_missing"],
    ["nobody", "key_unknown"],
    ["expired", "key_unknown"],
  ] as const) {
    const { status, headers, json } = await desk.call(desk.path(report, ""), { key });
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(json.code).toBe(code);
  }
  // Who may not ask is not told whether the question is a good one.
  const { status, json } = await desk.call(desk.path(report, "colour=red&days=0"), { key: null });
  expect(status).toBe(401);
  expect(json).not.toHaveProperty("invalid_params");
  expect(desk.analytics.posts).toHaveLength(0);
});

test.each(reports)("%s for marketing and admin keys, in either header", async (report) => {
  for (const key of ["marketing", "admin"]) {
    expect((await desk.call(desk.path(report, ""), { key })).status).toBe(200);
  }
  const headers = { "x-api-key": "llk_report_marketing" };
  expect((await desk.call(desk.path(report, ""), { key: null, headers })).status).toBe(200);
});

test.each(reports)("%s: explain needs an admin key", async (report) => {
  const path = desk.path(report, "explain=1");
  const { status, json } = await desk.call(path, { key: "marketing" });
  expect(status).toBe(403);
  expect(json).toMatchObject({ code: "key_forbidden", detail: expect.stringContaining("admin") });
  expect(json).not.toHaveProperty("explain");
  // Nor from what an admin has left in the cache.
  expect((await desk.call(path, { key: "admin" })).json.explain.statements).not.toHaveLength(0);
  expect((await desk.call(path, { key: "marketing" })).status).toBe(403);
  expect((await desk.call(desk.path(report, ""), { key: "marketing" })).json).not.toHaveProperty("explain");
});

test.each(reports)("%s: every statement is bound to the projects of the key", async (report) => {
  const query = report === "lead-stats" ? "compare=previous&group_by=source" : "";
  for (const [key, projects] of [
    ["acme", ["acme"]],
    ["both", ["acme", "beta"]],
    ["acme_admin", ["acme"]],
    ["nothing", []],
    ["marketing", undefined],
  ] as const) {
    desk.analytics.posts.length = 0;
    expect((await desk.call(desk.path(report, query), { key })).status).toBe(200);
    expect(desk.analytics.posts).toHaveLength(key === "acme_admin" ? 0 : 2); // it sees what "acme" was answered
    for (const sql of desk.analytics.sql) expect(projectsOf(sql), key).toEqual(projects);
  }
});

test("a key that reaches nothing counts nothing", async () => {
  const { status, json } = await desk.stats("days=90", { key: "nothing" });
  expect(status).toBe(200);
  expect(json.totals.total).toBe(0);
});

test.each(reports)("%s: asking for another project is a 403 that names it", async (report) => {
  for (const query of ["project=beta", "project=acme,beta", "project=acme&project=beta"]) {
    const { status, json } = await desk.call(desk.path(report, query), { key: "acme" });
    expect(status, query).toBe(403);
    expect(json.code).toBe("key_forbidden");
    expect(json.detail).toContain("beta");
  }
  expect(desk.analytics.posts).toHaveLength(0);
});

test("filters on projects narrow what a key reaches, and never widen it", async () => {
  for (const query of ["project=acme", "project=-beta", "project=~a", "project=-~zzz"]) {
    desk.analytics.posts.length = 0;
    const { status } = await desk.stats(query, { key: "acme" });
    expect(status, query).toBe(200);
    expect(projectsOf(desk.analytics.sql[0] as string), query).toEqual(["acme"]);
  }
  const all = await desk.stats("project=acme");
  expect(projectsOf(desk.analytics.sql.at(-1) as string)).toEqual(["acme"]);
  expect(all.status).toBe(200);
});

test("groups by project hold those of the key alone", async () => {
  const { json } = await desk.stats("group_by=project&days=90", { key: "acme" });
  expect(json.groups.map(({ key }: { key: object }) => key)).toEqual([{ project: "acme" }]);
});

test("keys of different reach never share an answer, keys of the same reach do", async () => {
  const totals: Record<string, number> = {};
  for (const key of ["marketing", "acme", "beta", "both"]) {
    const { json } = await desk.stats("days=90", { key });
    expect(json.meta.cache, key).toBe("miss");
    totals[key] = json.totals.total;
  }
  expect(totals.acme).not.toBe(totals.beta);
  expect(totals.both).toBe((totals.acme as number) + (totals.beta as number));
  expect(desk.analytics.posts).toHaveLength(4);
  for (const key of ["marketing", "acme", "beta", "both"]) {
    const { json } = await desk.stats("days=90", { key });
    expect(json.meta.cache, key).toBe("hit");
    expect(json.totals.total).toBe(totals[key]);
  }
  expect((await desk.stats("days=90", { key: "admin" })).json.meta.cache).toBe("hit");
  expect(desk.analytics.posts).toHaveLength(4);
});

test("keys of different reach do not wait for each other's answer either", async () => {
  const [all, acme] = await Promise.all([desk.stats("days=90"), desk.stats("days=90", { key: "acme" })]);
  expect(desk.analytics.posts).toHaveLength(2);
  expect(all.json.totals.total).toBeGreaterThan(acme.json.totals.total);
});

test("the last good answer of one key is not shown to another in an outage", async () => {
  await desk.stats("days=30", { key: "marketing" });
  await desk.stats("days=30", { key: "beta" });
  desk.after(600);
  desk.analytics.plays(says(403, "no"));
  expect((await desk.stats("days=30", { key: "marketing" })).json.meta.cache).toBe("stale");
  const { status, json } = await desk.stats("days=30", { key: "acme" });
  expect(status).toBe(502);
  expect(json).not.toHaveProperty("totals");
});

test("an entity tag of one key says nothing to another", async () => {
  const { headers } = await desk.stats("days=30", { key: "marketing" });
  const tag = { "if-none-match": headers.get("etag") as string };
  expect((await desk.stats("days=30", { key: "acme", headers: tag })).status).toBe(200);
  expect(headers.get("vary")).toMatch(/authorization/i);
  expect(headers.get("vary")).toMatch(/x-api-key/i);
  expect(headers.get("vary")).toMatch(/accept/i);
  expect(headers.get("cache-control")).toMatch(/private/);
});

test("a key of more projects than one statement can name is told so, and can ask for some of them", async () => {
  const many = Array.from({ length: 500 }, (_, n) => `a-project-with-a-long-slug-${n}`);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("llk_report_many"));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const env = {
    API_KEYS: JSON.stringify([{ id: "m", name: "m", digest: hex, role: "marketing", projects: many }]),
  };
  // Whatever else was asked: it is the projects that take the room.
  for (const query of ["", "country=IN"]) {
    const { status, json } = await desk.stats(query, { key: "many", env, bare: true });
    expect(status).toBe(400);
    expect(json.invalid_params, query).toMatchObject([
      { name: "project", reason: expect.stringMatching(/name fewer of them/) },
    ]);
  }
  expect(desk.analytics.posts).toHaveLength(0);
  const some = await desk.stats(`project=${many[7]},${many[499]}`, { key: "many", env });
  expect(some.status).toBe(200);
  expect(projectsOf(desk.analytics.sql[0] as string)).toEqual([many[499], many[7]].toSorted());
});

test("keys that cannot be read let nobody in", async () => {
  for (const API_KEYS of ["", "[", "{}", "null", "[1, null]"]) {
    const { status } = await desk.stats("", { env: { API_KEYS } });
    expect(status, API_KEYS).toBe(401);
  }
});
