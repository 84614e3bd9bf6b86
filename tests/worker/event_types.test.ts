// Each of the five event types, from HTTP to its rows and its one point.

import { expect, test } from "vitest";
import { person, robot } from "./support/people.ts";
import { Stage, site } from "./support/stage.ts";

const visit = {
  source: "Autumn Fair",
  referer: "https://www.google.com/search?q=cotton",
  page: "https://www.acme.com/pricing/teams?utm_source=google&utm_medium=cpc&utm_campaign=autumn",
  cta: "Book a demo",
  utm_term: "cotton",
  utm_content: "blue button",
  time_on_page: 130,
  scroll_depth: 80,
  pages_viewed: 5,
  form_seconds: 42,
};

const visitPoint = {
  source: "Autumn Fair",
  referer_host: "google.com",
  landing_path: "/pricing/teams",
  cta: "Book a demo",
  utm_source: "google",
  utm_medium: "cpc",
  utm_campaign: "autumn",
  utm_term: "cotton",
  utm_content: "blue button",
  country: "IN",
  region: "Maharashtra",
  city: "Mumbai",
  device: "desktop",
  browser: "chrome",
  channel: "paid",
  engagement: "high",
  time_on_page_s: 130,
  scroll_depth_pct: 80,
  pages_viewed: 5,
  form_seconds: 42,
  schema_version: 1,
};

test("a first submission of a person is primary: a submission, a lead, its identities and one point", async () => {
  const stage = await Stage.open();
  const asha = person({ ...visit, company: "Rao Mills" });
  const before = Math.floor(Date.now() / 1000);
  const { status, json } = await stage.post(asha, { key: "admin", headers: { origin: site } });

  expect(status).toBe(201);
  expect(json).toMatchObject({ status: "received", event_type: "primary", bot_score: 0 });
  expect(json.flags).toEqual({ vpn: false, suspicious: false, hot: true });
  expect(json.reasons[0].code).toBe("new_person");

  const row = await stage.submission(json.submission_id);
  const phone = asha.phone.replaceAll(" ", "");
  expect(row).toMatchObject({
    event_type: "primary",
    lead_id: json.lead_id,
    hot: 1,
    vpn: 0,
    suspicious: 0,
    lead_score: json.lead_score,
    status: 201,
    person_reason: "new_person",
    name: "Asha Rao",
    email: asha.email,
    phone,
    company: "Rao Mills",
    message: asha.message,
    ip: stage.address,
    ruleset: json.ruleset,
  });
  expect(JSON.parse(row.context as string)).toMatchObject({
    ...visit,
    utm_source: "google",
    country: "IN",
    asn: 55836,
    origin: site,
  });
  expect(await stage.rows("leads")).toMatchObject([
    {
      lead_id: json.lead_id,
      first_submission_id: json.submission_id,
      email: asha.email,
      phone,
      name: "Asha Rao",
    },
  ]);
  expect(
    (await stage.rows("lead_identities")).map(({ kind, value, lead_id }) => [kind, value, lead_id]),
  ).toEqual([
    ["email", asha.email, json.lead_id],
    ["phone", phone, json.lead_id],
  ]);
  expect(await stage.rows("testing_leads")).toEqual([]);
  expect(await stage.rows("blocked_ip_leads")).toEqual([]);

  const { received_at, ...point } = stage.points[0] as Record<string, unknown>;
  expect(stage.points).toHaveLength(1);
  expect(point).toEqual({
    ...visitPoint,
    project: stage.project,
    temperature: "hot",
    reason: "new_person",
    lead_id: json.lead_id,
    event_type: "primary",
    vpn: 0,
    suspicious: 0,
    hot: 1,
    lead_score: json.lead_score,
    bot_score: 0,
  });
  expect(received_at).toBe(Math.floor((row.received_at as number) / 1000));
  expect(received_at).toBeGreaterThanOrEqual(before);
});

test("a person met again, by e-mail or by phone, is a follow_up of the same lead", async () => {
  const stage = await Stage.open();
  const asha = person();
  const first = await stage.post(asha, { key: "admin" });
  const byMail = await stage.post(
    { ...person(), phone: undefined, email: asha.email.toUpperCase() },
    { key: "admin" },
  );
  const byPhone = await stage.post({ ...person(), phone: asha.phone }, { key: "admin" });

  expect([first, byMail, byPhone].map(({ json }) => [json.event_type, json.reasons[0].code])).toEqual([
    ["primary", "new_person"],
    ["follow_up", "known_email"],
    ["follow_up", "known_phone"],
  ]);
  expect(new Set([first, byMail, byPhone].map(({ json }) => json.lead_id)).size).toBe(1);
  expect(await stage.rows("leads")).toHaveLength(1);
  expect(await stage.rows("submissions")).toHaveLength(3);
  expect(await stage.rows("lead_identities"), "what the third one's e-mail adds").toHaveLength(3);
  expect(stage.points.map((point) => [point.event_type, point.reason, point.lead_id])).toEqual([
    ["primary", "new_person", first.json.lead_id],
    ["follow_up", "known_email", first.json.lead_id],
    ["follow_up", "known_phone", first.json.lead_id],
  ]);
});

test("the same person in another project is another lead", async () => {
  const [one, other] = [await Stage.open(), await Stage.open()];
  const asha = person();
  const a = await one.post(asha, { key: "admin" });
  const b = await other.post(asha, { key: "admin" });
  expect([a.json.event_type, b.json.event_type]).toEqual(["primary", "primary"]);
  expect(a.json.lead_id).not.toBe(b.json.lead_id);
});

test("a test lead is kept with the rule it met, and makes no lead", async () => {
  const stage = await Stage.open({ test_rules: { emails: [], domains: ["qa.acme.com"], addresses: [] } });
  const { json } = await stage.post(person({ ...visit, email: "nina@qa.acme.com" }), { key: "admin" });
  expect(json).toMatchObject({ event_type: "test", lead_id: null });
  expect(await stage.rows("testing_leads")).toMatchObject([
    { submission_id: json.submission_id, rule: "test_domain", matched: "qa.acme.com" },
  ]);
  expect(await stage.submission(json.submission_id)).toMatchObject({ event_type: "test", lead_id: null });
  expect(await stage.rows("leads")).toEqual([]);
  expect(await stage.rows("lead_identities")).toEqual([]);
  expect(stage.points).toHaveLength(1);
  expect(stage.points[0]).toMatchObject({
    ...visitPoint,
    event_type: "test",
    reason: "test_domain",
    lead_id: "",
  });
});

test("a bot is kept, makes no lead, and its point carries all that the request told", async () => {
  const stage = await Stage.open();
  const { json, status } = await stage.post(person(visit), {
    key: "admin",
    headers: { "user-agent": robot },
  });
  expect(status).toBe(201);
  expect(json).toMatchObject({ event_type: "bot", lead_id: null, bot_score: 70 });
  expect(await stage.submission(json.submission_id)).toMatchObject({
    event_type: "bot",
    bot_score: 70,
    lead_id: null,
  });
  expect(await stage.rows("leads")).toEqual([]);
  expect(stage.points).toHaveLength(1);
  expect(stage.points[0]).toMatchObject({
    ...visitPoint,
    device: "bot",
    browser: expect.any(String),
    event_type: "bot",
    reason: "bot_user_agent",
    bot_score: 70,
    lead_id: "",
  });
});

test("a filled honeypot alone convicts nobody", async () => {
  const stage = await Stage.open({ honeypot_field: "fax" });
  const { json } = await stage.post(person({ fax: "123" }), { key: "admin" });
  expect(json).toMatchObject({ event_type: "primary", bot_score: 45, flags: { suspicious: true } });
});

test("a blocked address is kept with the block it met, and makes no lead", async () => {
  const stage = await Stage.open();
  const block = await stage.call("/api/admin/blocked-ips", {
    key: "admin",
    body: { cidr: `${stage.address}/32`, project: stage.project, note: "a test" },
  });
  const { status, json } = await stage.post(person(visit));
  expect(status).toBe(403);
  expect(json).toMatchObject({ status: 403, code: "address_blocked", instance: "/api/leads" });
  const [row] = await stage.rows("submissions");
  expect(row).toMatchObject({ event_type: "blocked", status: 403, lead_id: null });
  expect(await stage.rows("blocked_ip_leads")).toMatchObject([
    {
      submission_id: row?.submission_id,
      rule: "address_blocked",
      ip: stage.address,
      blocked_ip_id: block.json.id,
    },
  ]);
  expect(await stage.rows("leads")).toEqual([]);
  expect(stage.points).toHaveLength(1);
  expect(stage.points[0]).toMatchObject({
    ...visitPoint,
    event_type: "blocked",
    reason: "address_blocked",
    lead_id: "",
  });
});

test("an origin that the project does not allow is blocked, counted, and told 403", async () => {
  const stage = await Stage.open();
  const { status, json } = await stage.post(person(), { headers: { origin: "https://evil.example" } });
  expect([status, json.code]).toEqual([403, "origin_not_allowed"]);
  expect(await stage.rows("submissions")).toMatchObject([{ event_type: "blocked", status: 403 }]);
  expect(await stage.rows("blocked_ip_leads")).toMatchObject([
    { rule: "origin_not_allowed", blocked_ip_id: null },
  ]);
  expect(stage.points).toMatchObject([{ event_type: "blocked", reason: "origin_not_allowed" }]);
});

test("no personal data is in a point", async () => {
  const stage = await Stage.open();
  const asha = person({ ...visit, company: "Rao Mills Unlimited" });
  await stage.post(asha);
  const written = JSON.stringify(stage.points);
  const phone = asha.phone.replaceAll(" ", "");
  for (const personal of [
    asha.name,
    asha.email,
    phone,
    phone.slice(1),
    "Rao Mills",
    "twelve",
    stage.address,
    "Mozilla",
  ]) {
    expect(written).not.toContain(personal);
  }
  expect(written).toContain("Mumbai");
});
