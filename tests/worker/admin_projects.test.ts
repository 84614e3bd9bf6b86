// /api/admin/projects.

import { expect, test } from "vitest";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

const path = "/api/admin/projects";
const freshSlug = () => `made-${Math.random().toString(36).slice(2, 10)}`;

test("a project is made, read, listed, changed and deleted; its leads stay", async () => {
  const stage = await Stage.open();
  const slug = freshSlug();
  const made = await stage.call(path, {
    key: "admin",
    body: { slug, name: "Acme", allowed_origins: ["https://acme.com"] },
  });
  expect(made.status).toBe(201);
  expect(made.headers.get("location")).toBe(`${path}/${slug}`);
  expect(made.json).toMatchObject({
    slug,
    name: "Acme",
    allowed_origins: ["https://acme.com"],
    honeypot_field: expect.any(String),
    test_rules: { emails: [], domains: [], addresses: [] },
    bot_response: "accept",
    created_at: expect.stringMatching(/^20\d\d-/),
  });
  const read = await stage.call(`${path}/${slug}`, { key: "admin" });
  expect(read.json).toEqual(made.json);
  const listed = await stage.call(path, { key: "admin" });
  expect(listed.json.data).toContainEqual(made.json);
  expect(listed.json.next_cursor).toBeNull();

  const changed = await stage.call(`${path}/${slug}`, {
    key: "admin",
    method: "PATCH",
    body: { bot_response: "reject" },
  });
  expect(changed.status).toBe(200);
  const { updated_at: _, ...before } = made.json;
  expect(changed.json).toMatchObject({ ...before, bot_response: "reject" });

  expect((await stage.post({ ...person(), project: slug })).status).toBe(201);
  const deleted = await stage.call(`${path}/${slug}`, { key: "admin", method: "DELETE" });
  expect([deleted.status, deleted.text]).toEqual([204, ""]);
  expect((await stage.call(`${path}/${slug}`, { key: "admin" })).status).toBe(404);
  expect((await stage.post({ ...person(), project: slug })).json.code).toBe("unknown_project");
  const leads = await stage.call(`/api/leads?project=${slug}`, { key: "admin" });
  expect(leads.json.data).toHaveLength(1);
});

test("a taken slug is a 409, and of ten at once one is made", async () => {
  const stage = await Stage.open();
  const taken = await stage.call(path, { key: "admin", body: { slug: stage.project, name: "Again" } });
  expect([taken.status, taken.json.code]).toEqual([409, "conflict"]);
  expect(taken.json.invalid_params).toMatchObject([{ name: "slug", code: "taken" }]);
  const body = { slug: freshSlug(), name: "Once" };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => stage.call(path, { key: "admin", body })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

test.each([
  ["slug", { slug: "Not A Slug", name: "x" }],
  ["slug", { name: "x" }],
  ["name", { slug: "fine" }],
  ["allowed_origins[1]", { slug: "fine", name: "x", allowed_origins: ["https://acme.com", "acme.com"] }],
  ["allowed_origins", { slug: "fine", name: "x", allowed_origins: "https://acme.com" }],
  ["bot_response", { slug: "fine", name: "x", bot_response: "shout" }],
  ["default_country", { slug: "fine", name: "x", default_country: "India" }],
  ["min_form_seconds", { slug: "fine", name: "x", min_form_seconds: -1 }],
  ["turnstile_secret", { slug: "fine", name: "x", turnstile_secret: "API_KEYS" }],
  ["test_rules.addresses[0]", { slug: "fine", name: "x", test_rules: { addresses: ["1.2.3"] } }],
  ["colour", { slug: "fine", name: "x", colour: "red" }],
])("a project with a wrong %s is a 422 that names it: %j", async (field, body) => {
  const stage = await Stage.open();
  const { status, json } = await stage.call(path, { key: "admin", body });
  expect([status, json.code]).toEqual([422, "validation_failed"]);
  expect(json.invalid_params.map(({ name }: { name: string }) => name)).toEqual([field]);
  expect((await stage.call(`${path}/fine`, { key: "admin" })).status).toBe(404);
});

test("changes at once do not lose each other", async () => {
  const stage = await Stage.open();
  const change = (body: Record<string, unknown>) =>
    stage.call(`${path}/${stage.project}`, { key: "admin", method: "PATCH", body });
  const answers = await Promise.all([
    change({ name: "New" }),
    change({ bot_response: "reject" }),
    change({ min_form_seconds: 5 }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { json } = await stage.call(`${path}/${stage.project}`, { key: "admin" });
  expect(json).toMatchObject({ name: "New", bot_response: "reject", min_form_seconds: 5 });
});

test("a project keeps its slug", async () => {
  const stage = await Stage.open();
  const options = { key: "admin", method: "PATCH", body: { slug: "other" } } as const;
  const { status, json } = await stage.call(`${path}/${stage.project}`, options);
  expect([status, json.invalid_params[0].name]).toEqual([422, "slug"]);
});

test("a body that is no JSON object is refused", async () => {
  const stage = await Stage.open();
  const headers = { "content-type": "application/json" };
  expect((await stage.call(path, { key: "admin", body: "[]", headers })).status).toBe(400);
  expect((await stage.call(path, { key: "admin", body: "x" })).status).toBe(415);
  expect((await stage.call(path, { body: {} })).status).toBe(401);
  expect((await stage.call(path, { key: "marketing", body: {} })).status).toBe(403);
});
