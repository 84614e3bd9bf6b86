// /api/admin/blocked-ips, and what it does to submissions.

import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

const path = "/api/admin/blocked-ips";

afterEach(() => {
  vi.useRealTimers();
});

const block = (stage: Stage, body: Record<string, unknown>) =>
  stage.call(path, { key: "admin", body: { project: stage.project, ...body } });

const statusFrom = async (stage: Stage, ip: string) =>
  (await stage.post(person(), { headers: { "cf-connecting-ip": ip } })).status;

test.each([
  ["203.0.113.7", ["203.0.113.7"], ["203.0.113.6", "203.0.113.8"]],
  ["203.0.113.64/26", ["203.0.113.64", "203.0.113.127"], ["203.0.113.63", "203.0.113.128"]],
  ["2001:db8:1::/48", ["2001:db8:1::1", "2001:DB8:1:ffff::"], ["2001:db8:2::", "2001:db8:0:ffff::1"]],
  ["2001:db8::5/128", ["2001:db8:0:0::5"], ["2001:db8::6"]],
  ["198.18.0.0/15", ["198.19.255.255", "::ffff:198.18.0.1"], ["198.20.0.0"]],
])("%s blocks its own addresses and no others, at once", async (cidr, inside, outside) => {
  const stage = await Stage.open();
  for (const ip of inside) expect([ip, await statusFrom(stage, ip)]).toEqual([ip, 201]);
  const { status, json, headers } = await block(stage, { cidr, note: "a nuisance" });
  expect(status).toBe(201);
  expect(headers.get("location")).toBe(`${path}/${json.id}`);
  for (const ip of inside) expect([ip, await statusFrom(stage, ip)]).toEqual([ip, 403]);
  for (const ip of outside) expect([ip, await statusFrom(stage, ip)]).toEqual([ip, 201]);
  expect((await stage.call(`${path}/${json.id}`, { key: "admin", method: "DELETE" })).status).toBe(204);
  for (const ip of inside) expect([ip, await statusFrom(stage, ip)]).toEqual([ip, 201]);
  expect((await stage.call(`${path}/${json.id}`, { key: "admin", method: "DELETE" })).status).toBe(404);
});

test("a block of one project leaves the others alone; one without a project holds for all", async () => {
  const [one, other] = [await Stage.open(), await Stage.open()];
  const ip = "192.0.2.77";
  await block(one, { cidr: ip });
  expect([await statusFrom(one, ip), await statusFrom(other, ip)]).toEqual([403, 201]);
  const { json } = await block(one, { cidr: ip, project: null });
  expect(json.project).toBeNull();
  expect([await statusFrom(one, ip), await statusFrom(other, ip)]).toEqual([403, 403]);
  await one.call(`${path}/${json.id}`, { key: "admin", method: "DELETE" });
});

test("a block ends when it expires", async () => {
  const stage = await Stage.open();
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const { json } = await block(stage, { cidr: stage.address, expires_at });
  expect(Date.parse(json.expires_at)).toBe(Date.parse(expires_at));
  expect((await stage.post(person())).status).toBe(403);
  await env.DB.prepare("UPDATE blocked_ips SET expires_at = ?2 WHERE block_id = ?1")
    .bind(json.id, Date.now() - 2000)
    .run();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 61_000);
  expect((await stage.post(person())).status).toBe(201);
});

test.each([
  ["cidr", {}],
  ["cidr", { cidr: "203.0.113.0/33" }],
  ["cidr", { cidr: "somewhere" }],
  ["cidr", { cidr: "0.0.0.0/0" }],
  ["cidr", { cidr: "::/0" }],
  ["note", { cidr: "203.0.113.9", note: "n".repeat(501) }],
  ["expires_at", { cidr: "203.0.113.9", expires_at: "2020-01-01T00:00:00Z" }],
  ["expires_at", { cidr: "203.0.113.9", expires_at: "tomorrow" }],
  ["project", { cidr: "203.0.113.9", project: "nobody-s" }],
  ["project", { cidr: "203.0.113.9", project: "Not A Slug" }],
  ["why", { cidr: "203.0.113.9", why: "x" }],
])("a block with a wrong %s is a 422 that names it: %j", async (field, body) => {
  const stage = await Stage.open();
  const { status, json } = await block(stage, body);
  expect([status, json.code]).toEqual([422, "validation_failed"]);
  expect(json.invalid_params.map(({ name }: { name: string }) => name)).toEqual([field]);
  expect(await stage.rows("blocked_ips")).toEqual([]);
});

test("blocks are listed page by page, newest first, with their notes", async () => {
  const stage = await Stage.open();
  for (let at = 0; at < 7; at += 1) await block(stage, { cidr: `203.0.113.${at}`, note: `note ${at}` });
  const seen: string[] = [];
  let cursor = "";
  do {
    const { json } = await stage.call(`${path}?project=${stage.project}&limit=3${cursor}`, { key: "admin" });
    seen.push(...json.data.map(({ note }: { note: string }) => note));
    cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
  } while (cursor);
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((at) => `note ${at}`));
});
