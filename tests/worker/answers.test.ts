// Who is told what, and for whom a trusted server may speak.

import { expect, test, vi } from "vitest";
import { person, robot } from "./support/people.ts";
import { freshAddress, Stage } from "./support/stage.ts";

const digitalOcean = 14061;

test("the public answer is the same for primary, follow_up, test and bot", async () => {
  const stage = await Stage.open();
  const asha = person();
  const answers = [
    await stage.post(asha),
    await stage.post(asha),
    await stage.post(person({ email: "x+test@raomills.in" })),
    await stage.post(person(), { headers: { "user-agent": robot } }),
  ];
  expect((await stage.rows("submissions")).map((row) => row.event_type)).toEqual([
    "primary",
    "follow_up",
    "test",
    "bot",
  ]);
  for (const { status, json, headers } of answers) {
    expect(status).toBe(201);
    expect(json).toEqual({ submission_id: expect.stringMatching(/^sub_[0-9a-f]{32}$/), status: "received" });
    expect([...headers.keys()].sort()).toEqual([...(answers[0]?.headers.keys() ?? [])].sort());
  }
});

test("a project may ask for bots to be refused with 422; the submission counts all the same", async () => {
  const stage = await Stage.open({ bot_response: "reject" });
  const { status, json } = await stage.post(person(), { headers: { "user-agent": robot } });
  expect([status, json.code]).toEqual([422, "rejected"]);
  expect(await stage.rows("submissions")).toMatchObject([{ event_type: "bot", status: 422 }]);
  expect(stage.points).toMatchObject([{ event_type: "bot" }]);
});

test("an admin key gets the verdict with a refusal too", async () => {
  const stage = await Stage.open();
  const { status, json } = await stage.post(person(), {
    key: "admin",
    headers: { origin: "https://evil.example" },
  });
  expect(status).toBe(403);
  expect(json).toMatchObject({
    code: "origin_not_allowed",
    event_type: "blocked",
    lead_id: null,
    submission_id: expect.stringMatching(/^sub_/),
  });
  expect(json.reasons[0].code).toBe("origin_not_allowed");
});

test("the visitor a trusted server posts for is the one who is judged", async () => {
  const stage = await Stage.open();
  const ip = freshAddress();
  const asBot = await stage.post({ ...person(), visitor: { ip, user_agent: robot } }, { key: "admin" });
  expect(asBot.json).toMatchObject({ event_type: "bot" });
  expect(asBot.json.reasons[0].code).toBe("bot_user_agent");

  const visitor = {
    ip,
    user_agent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1",
    country: "de",
    region: "Berlin",
    city: "Berlin",
    asn: digitalOcean,
  };
  const overVpn = await stage.post(
    { ...person({ phone: undefined }), visitor },
    {
      key: "admin",
      headers: { "user-agent": "our-server/1.0", accept: undefined, "accept-language": undefined },
    },
  );
  expect(overVpn.json).toMatchObject({ event_type: "primary", bot_score: 0, flags: { vpn: true } });
  expect(overVpn.json.reasons.map(({ code }: { code: string }) => code)).toContain("hosting_network");
  expect(stage.points[1]).toMatchObject({
    country: "DE",
    city: "Berlin",
    device: "mobile",
    browser: "safari",
    vpn: 1,
  });
  expect(await stage.submission(overVpn.json.submission_id)).toMatchObject({
    ip,
    user_agent: visitor.user_agent,
    vpn: 1,
  });
});

test.each([["198.51.100.4"], [["198.51.100.4"]], [7], [true]])(
  "a visitor that cannot be read is refused, and nobody is judged instead: %j",
  async (visitor) => {
    const stage = await Stage.open();
    const refused = await stage.post({ ...person(), visitor }, { key: "admin" });
    expect(refused.status).toBe(422);
    expect(refused.json.invalid_params).toMatchObject([{ name: "visitor", code: "wrong_type" }]);
    expect(await stage.rows("submissions")).toEqual([]);
    expect((await stage.post({ ...person(), visitor })).status, "nobody asks without a key").toBe(201);
    expect((await stage.post({ ...person(), visitor: null }, { key: "admin" })).status).toBe(201);
  },
);

test("a visitor without an admin key is ignored", async () => {
  const stage = await Stage.open();
  await stage.post({
    ...person(),
    visitor: { ip: "203.0.113.9", user_agent: robot, country: "DE", asn: digitalOcean },
  });
  expect(await stage.rows("submissions")).toMatchObject([
    { event_type: "primary", ip: stage.address, vpn: 0 },
  ]);
  expect(stage.points).toMatchObject([{ event_type: "primary", country: "IN", vpn: 0 }]);
});

test("the test header counts with an admin key only", async () => {
  const stage = await Stage.open();
  const headers = { "x-lead-test": "1" };
  const trusted = await stage.post(person(), { key: "admin", headers });
  expect(trusted.json).toMatchObject({ event_type: "test" });
  expect(trusted.json.reasons[0].code).toBe("test_header");
  await stage.post(person(), { headers });
  expect(stage.points.map((point) => point.event_type)).toEqual(["test", "primary"]);
});

test("an unknown or expired key is a 401, a marketing key a 403, and nothing is kept", async () => {
  const stage = await Stage.open();
  const unknown = await stage.post(person(), { headers: { authorization: "Bearer llk_a_wrong" } });
  expect([unknown.status, unknown.json.code]).toEqual([401, "key_unknown"]);
  expect(unknown.headers.get("www-authenticate")).toMatch(/^Bearer/);
  const expired = await stage.post(person(), { key: "expired" });
  expect(expired.status).toBe(401);
  const marketing = await stage.post(person(), { key: "marketing" });
  expect([marketing.status, marketing.json.code]).toEqual([403, "key_forbidden"]);
  expect(await stage.rows("submissions")).toEqual([]);
  expect(stage.points).toEqual([]);
});

test("a key list that cannot be read lets nobody in, is logged, and costs no lead", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const stage = await Stage.open({}, { bindings: { API_KEYS: "[{" } });
  expect((await stage.call("/api/leads", { key: "admin" })).status).toBe(401);
  expect((await stage.post(person())).status).toBe(201);
  expect(JSON.parse(log.mock.calls[0]?.[0] as string)).toMatchObject({
    event: "config_broken",
    name: "API_KEYS",
  });
  log.mockRestore();
});

test("a key may come as X-API-Key", async () => {
  const stage = await Stage.open();
  const { json } = await stage.post(person(), { headers: { "x-api-key": "llk_test_admin" } });
  expect(json.event_type).toBe("primary");
});

test("a key that reaches one project posts to that one alone, and sees no other's", async () => {
  const own = await Stage.open({}, { slug: "limited-project" });
  const other = await Stage.open();
  const inside = await own.post(person(), { key: "limited" });
  expect([inside.status, inside.json.event_type]).toEqual([201, "primary"]);
  const outside = await other.post(person(), { key: "limited" });
  expect([outside.status, outside.json.code]).toEqual([403, "key_forbidden"]);
  expect(await other.rows("submissions")).toEqual([]);

  const foreign = await other.post(person(), { key: "admin" });
  const listed = await own.call("/api/submissions", { key: "limited" });
  expect(listed.json.data.map((row: { project: string }) => row.project)).toEqual(["limited-project"]);
  expect((await own.call("/api/leads", { key: "limited" })).json.data).toHaveLength(1);
  expect((await own.call(`/api/leads/${foreign.json.lead_id}`, { key: "limited" })).status).toBe(404);
  expect(
    (await own.call(`/api/leads/${foreign.json.lead_id}`, { key: "limited", method: "DELETE" })).status,
  ).toBe(404);
  expect((await own.call(`/api/submissions?project=${other.project}`, { key: "limited" })).status).toBe(403);
  expect((await own.call(`/api/admin/projects/${other.project}`, { key: "limited" })).status).toBe(403);
  expect((await own.call("/api/admin/projects", { key: "limited" })).json.data).toHaveLength(1);
  const everywhere = await own.call("/api/admin/blocked-ips", {
    key: "limited",
    body: { cidr: "192.0.2.1" },
  });
  expect(everywhere.status).toBe(403);
});

test("validation explains the verdict and the point, and writes nothing", async () => {
  const stage = await Stage.open();
  const asha = person();
  const validate = () =>
    stage.call("/api/leads/validate", { key: "admin", body: { project: stage.project, ...asha } });
  const first = await validate();
  expect(first.status).toBe(200);
  expect(first.json).toMatchObject({ event_type: "primary", lead_id: null, bot_score: 0 });
  expect(first.json.point.indexes).toEqual([stage.project]);
  expect(first.json.point.blobs).toContain("Mumbai");
  expect(await stage.rows("submissions")).toEqual([]);
  expect(stage.points).toEqual([]);
  const posted = await stage.post(asha, { key: "admin" });
  expect((await validate()).json).toMatchObject({ event_type: "follow_up", lead_id: posted.json.lead_id });
  expect((await stage.call("/api/leads/validate", { body: asha })).status).toBe(401);
  expect((await stage.call("/api/leads/validate", { key: "marketing", body: asha })).status).toBe(403);
});
