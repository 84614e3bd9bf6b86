// A person is erased: nothing personal of theirs stays in any table, and every submission is still counted.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { person, robot } from "./support/people.ts";
import { freshAddress, Stage } from "./support/stage.ts";

/** Every table and column where one of the texts is found, in any case. */
async function placesOf(...texts: string[]): Promise<string[]> {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'd1\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>();
  expect(tables.length).toBeGreaterThanOrEqual(7);
  const places: string[] = [];
  for (const { name } of tables) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${name}`).all();
    for (const row of results) {
      for (const [column, value] of Object.entries(row)) {
        const held = String(value).toLowerCase();
        if (texts.some((text) => held.includes(text.toLowerCase()))) places.push(`${name}.${column}`);
      }
    }
  }
  return [...new Set(places)].sort();
}

const digits = (phone: string) => phone.replaceAll(" ", "");

/** A person who left something in every table. */
async function busyPerson(stage: Stage) {
  const ip = freshAddress();
  const word = () => `Q${Math.random().toString(36).slice(2)}`;
  const [name, company, nickname] = [word(), word(), word()];
  const asha = person({ name: `Asha ${name}`, company, consent: `I, ${name}, agree`, nickname });
  const headers = { "cf-connecting-ip": ip };
  const first = await stage.post(asha, { key: "admin", headers });
  await stage.post({ ...asha, email: undefined }, { headers });
  await stage.post(asha, { headers: { ...headers, "user-agent": robot } });
  await stage.post(asha, { headers: { ...headers, origin: "https://evil.example" } });
  await stage.post(asha, { key: "admin", headers: { ...headers, "x-lead-test": "1" } });
  const traces = [asha.email, digits(asha.phone), name, company, nickname, ip];
  return { asha, traces, leadId: first.json.lead_id as string };
}

test("by id: lead, identities and submissions, the rejected ones of the address too; counts stay", async () => {
  const stage = await Stage.open();
  const { asha, traces, leadId } = await busyPerson(stage);
  const other = person();
  await stage.post(other);
  const { status, json } = await stage.call(`/api/leads/${leadId}`, { method: "DELETE", key: "admin" });
  expect(status).toBe(200);
  expect(json).toMatchObject({ erased_leads: 1 });
  expect((await stage.call(`/api/leads/${leadId}`, { key: "admin" })).status).toBe(404);
  expect((await stage.call(`/api/leads/${leadId}`, { method: "DELETE", key: "admin" })).status).toBe(404);
  expect(await placesOf(...traces)).toEqual([]);
  const rows = await stage.rows("submissions");
  expect(rows.map((row) => row.event_type)).toEqual([
    "primary",
    "follow_up",
    "bot",
    "blocked",
    "test",
    "primary",
  ]);
  expect(rows[0]).toMatchObject({
    name: null,
    email: null,
    phone: null,
    ip: null,
    user_agent: null,
    context: "{}",
  });
  expect(rows[0]?.erased_at).toBeGreaterThan(0);
  expect(rows.at(-1)).toMatchObject({ email: other.email, erased_at: null });
  expect((await stage.rows("lead_identities")).map(({ value }) => value)).toEqual([
    other.email,
    digits(other.phone),
  ]);
  expect((await stage.post(asha, { key: "admin" })).json, "nobody knows them any more").toMatchObject({
    event_type: "primary",
  });
});

test("by e-mail: nothing personal is left in any table, of rejected and test submissions neither", async () => {
  const stage = await Stage.open();
  const { asha, traces } = await busyPerson(stage);
  const before = await placesOf(...traces);
  for (const place of ["submissions.email", "leads.email", "lead_identities.value", "blocked_ip_leads.ip"]) {
    expect(before).toContain(place);
  }
  const path = `/api/leads?email=${encodeURIComponent(asha.email.toUpperCase())}`;
  const { status, json } = await stage.call(path, { method: "DELETE", key: "admin" });
  expect(status).toBe(200);
  expect(json).toEqual({ erased_leads: 1, erased_submissions: 5 });
  expect(await placesOf(...traces)).toEqual([]);
  expect((await stage.rows("submissions")).map((row) => row.event_type)).toEqual([
    "primary",
    "follow_up",
    "bot",
    "blocked",
    "test",
  ]);
});

test("by e-mail: the test rule that the e-mail met is erased too", async () => {
  const email = `tester.${Math.random().toString(36).slice(2)}@raomills.in`;
  const stage = await Stage.open({ test_rules: { emails: [email], domains: [], addresses: [] } });
  const posted = await stage.post(person({ email, phone: undefined }), { key: "admin" });
  expect(posted.json.event_type).toBe("test");
  expect(await stage.rows("testing_leads")).toMatchObject([{ matched: email }]);
  await stage.call(`/api/leads?email=${encodeURIComponent(email)}`, { method: "DELETE", key: "admin" });
  expect((await placesOf(email)).filter((place) => place !== "projects.settings")).toEqual([]);
  expect(await stage.rows("testing_leads")).toMatchObject([{ matched: "" }]);
});

test("by e-mail: a person in several projects is erased from all that the key reaches", async () => {
  const [one, other] = [await Stage.open(), await Stage.open({}, { slug: "limited-project" })];
  const asha = person();
  await one.post(asha);
  await other.post(asha);
  const path = `/api/leads?email=${encodeURIComponent(asha.email)}`;
  const limited = await one.call(path, { method: "DELETE", key: "limited" });
  expect(limited.json).toEqual({ erased_leads: 1, erased_submissions: 1 });
  expect(await one.rows("leads")).toHaveLength(1);
  expect(await other.rows("leads")).toHaveLength(0);
  const all = await one.call(path, { method: "DELETE", key: "admin" });
  expect(all.json).toEqual({ erased_leads: 1, erased_submissions: 1 });
  expect(await placesOf(asha.email, digits(asha.phone))).toEqual([]);
});

test("erasing an unknown e-mail is a 404, and needs an admin key", async () => {
  const stage = await Stage.open();
  const path = "/api/leads?email=nobody%40raomills.in";
  expect((await stage.call(path, { method: "DELETE", key: "admin" })).status).toBe(404);
  expect((await stage.call(path, { method: "DELETE", key: "marketing" })).status).toBe(403);
  expect((await stage.call(path, { method: "DELETE" })).status).toBe(401);
});
