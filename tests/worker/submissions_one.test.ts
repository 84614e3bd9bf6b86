// One submission: why it was judged so, and erased alone.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { kinds, post, show } from "./support/corrections.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

test("a primary: its reasons, the person, and the parts of its score", async () => {
  const stage = await Stage.open();
  const asha = person({
    company: "Rao Mills",
    cta: "Book a demo",
    time_on_page: 50,
    pages_viewed: 2,
    scroll_depth: 80,
    phone: "+1 202 555 0143",
  });
  const posted = await stage.post(asha, { key: "admin" });
  const { status, json } = await show(stage, posted.json.submission_id);
  expect(status).toBe(200);
  const listed = await stage.call(`/api/submissions?project=${stage.project}`, { key: "admin" });
  expect(json).toMatchObject(listed.json.data[0]);
  expect(json.why).toMatchObject({
    event_type: "primary",
    decided: "primary: the first accepted submission of this person in the project.",
    bot_score: 0,
    bot_threshold: 60,
    bot_reached: false,
    person_reason: {
      code: "new_person",
      text: "the first accepted submission of this person in the project",
    },
    status: 201,
    ruleset: posted.json.ruleset,
    hot_threshold: 75,
    hot_reached: json.lead_score >= 75,
  });
  expect(json.erase).toEqual({
    what: "lead",
    id: json.lead_id,
    method: "DELETE",
    path: `/api/leads/${json.lead_id}`,
  });
  expect(json.why.reasons[0]).toEqual({
    code: "phone_country_differs",
    of: "suspicious",
    text: "the phone number's country differs from the address's",
    weight: 0,
    detail: expect.any(String),
  });
  const parts: { part: string; text: string; points: number }[] = json.why.lead_score_parts;
  expect(parts.map(({ part }) => part)).toEqual([
    ...["name", "email", "phone", "company", "message", "long_message", "business_email"],
    ...["cta", "time_on_page", "scroll_depth", "pages_viewed", "form_seconds"],
  ]);
  expect(parts.map(({ text }) => text)).not.toContain("");
  expect(parts[0]).toMatchObject({ part: "name", text: "a name" });
  expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(json.lead_score);
  expect(json).toMatchObject({ corrections: [], can_correct: false, can_undo: false, can_erase: false });
});

test("a bot: weights, and the score against the threshold", async () => {
  const stage = await Stage.open();
  const posted = await stage.post(person({ lead_hp: "x", form_seconds: 1 }), { key: "admin" });
  const { why } = (await show(stage, posted.json.submission_id)).json;
  expect(why).toMatchObject({ event_type: "bot", bot_score: 85, bot_threshold: 60, bot_reached: true });
  expect(why.person_reason).toBeNull();
  expect(why.decided).toBe(
    "bot: the weights of the bot evidence sum up to a bot score of 85, and 60 is enough.",
  );
  expect(why.reasons.map(({ code, weight }: { code: string; weight: number }) => [code, weight])).toEqual([
    ["honeypot_filled", 45],
    ["filled_too_fast", 40],
  ]);
});

test("what other rules judged is not explained by these", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  await env.DB.prepare("UPDATE submissions SET ruleset = '2020.1.1' WHERE submission_id = ?1").bind(id).run();
  const { why } = (await show(stage, id)).json;
  expect(why).toMatchObject({
    ruleset: "2020.1.1",
    bot_threshold: null,
    hot_threshold: null,
    bot_reached: null,
    hot_reached: null,
    lead_score_parts: null,
    reasons: [{ code: "bot_user_agent", weight: null }],
  });
  expect(why.decided).toBe("bot: the weights of the bot evidence sum up to a bot score of 70.");
});

test("a parameter is a 400, another method a 405", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  expect((await stage.call(`/api/submissions/${id}?x=1`, { key: "admin" })).status).toBe(400);
  const put = await stage.call(`/api/submissions/${id}`, { key: "admin", method: "PUT" });
  expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD, DELETE"]);
  const get = await stage.call(`/api/submissions/${id}/correction`, { key: "admin" });
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST, DELETE"]);
  for (const path of [
    "/api/submissions//correction",
    `/api/submissions/${id}/corrections`,
    "/api/submissions/correction/",
  ]) {
    expect([path, (await stage.call(path, { key: "admin" })).status]).toEqual([path, 404]);
  }
});

test("who is erased, and how: by the address, else the one submission alone; nobody twice", async () => {
  const stage = await Stage.open();
  const email = `a+b${Math.random()}@raomills.in`;
  const id = await post(stage, "bot", person({ email }));
  const { erase } = (await show(stage, id)).json;
  expect(erase).toEqual({
    what: "email",
    id: email,
    method: "DELETE",
    path: `/api/leads?email=${encodeURIComponent(email)}`,
  });
  await env.DB.prepare("UPDATE submissions SET email = NULL WHERE submission_id = ?1").bind(id).run();
  const alone = (await show(stage, id)).json.erase;
  expect(alone).toMatchObject({ what: "submission", id, path: `/api/submissions/${id}` });
  expect((await stage.call(alone.path, { method: alone.method, key: "admin" })).status).toBe(200);
  expect((await show(stage, id)).json.erase).toBeNull();
});

test.each(kinds)("a %s submission is erased alone", async (kind) => {
  const stage = await Stage.open({ test_rules: { emails: [], domains: ["qa.raomills.in"], addresses: [] } });
  const asha = person(kind === "test" ? { email: `a${Math.random()}@qa.raomills.in` } : {});
  const [id, other] = [await post(stage, kind, asha), await post(stage, kind, asha)];
  expect((await show(stage, id)).json.can_erase).toBe(true);
  const path = `/api/submissions/${id}`;
  const erase = () => stage.call(path, { method: "DELETE", key: "admin" });
  expect((await stage.call(path, { method: "DELETE", key: "limited" })).status).toBe(404);
  expect(await erase()).toMatchObject({ status: 200, json: { erased_leads: 0, erased_submissions: 1 } });
  expect(await stage.submission(id)).toMatchObject({
    event_type: kind,
    ...{ email: null, phone: null, name: null, ip: null, user_agent: null, point: null, context: "{}" },
  });
  expect((await stage.submission(other)).email).toBe(asha.email);
  const rules_met = [...(await stage.rows("testing_leads")), ...(await stage.rows("blocked_ip_leads"))];
  const traces = rules_met.find((row) => row.submission_id === id) ?? {};
  expect(Object.values(traces)).not.toContain(stage.address);
  expect(JSON.stringify(traces)).not.toContain("qa.raomills.in");
  expect(await erase(), "once more").toMatchObject({ status: 200, json: { erased_submissions: 0 } });
});

test("a lead's submission is not erased alone; the answer says how", async () => {
  const stage = await Stage.open();
  const { json: posted } = await stage.post(person(), { key: "admin" });
  const path = `/api/submissions/${posted.submission_id}`;
  const { status, json } = await stage.call(path, { method: "DELETE", key: "admin" });
  expect([status, json.code]).toEqual([409, "not_possible"]);
  expect(json.detail).toContain(`DELETE /api/leads/${posted.lead_id}`);
  expect((await stage.submission(posted.submission_id)).erased_at).toBeNull();
});
