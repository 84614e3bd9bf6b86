// A submission is moved out of bot, blocked or test, and back: rows, leads and the list that reports read.

import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { correct, kinds, listed, monthKey, post, show, undo } from "./support/corrections.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

const digits = (phone: string) => phone.replaceAll(" ", "");

test.each(kinds)(
  "a %s submission of a new person becomes primary, with a lead and identities",
  async (kind) => {
    const stage = await Stage.open();
    const asha = person({ company: "Rao Mills" });
    const id = await post(stage, kind, asha);
    const before = (await show(stage, id)).json;
    expect(before).toMatchObject({
      can_correct: true,
      can_correct_detail: null,
      can_undo: false,
      corrections: [],
    });

    const { status, json } = await correct(stage, id, { body: { note: " She called us. " } });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      submission_id: id,
      event_type: "primary",
      lead_id: expect.stringMatching(/^lead_[0-9a-f]{32}$/),
      status: before.status,
      can_correct: false,
      can_undo: true,
      can_undo_detail: null,
      reports: "applied",
      corrections: [
        {
          from: { event_type: kind, reason: before.reasons[0].code },
          to: { event_type: "primary", reason: "new_person" },
          note: "She called us.",
          key_id: "key_admin",
          corrected_at: expect.stringMatching(/Z$/),
          undone_at: null,
        },
      ],
    });
    expect(json.reasons.slice(1), "what the rules said stays").toEqual(before.reasons);
    expect(json.why).toMatchObject({ event_type: kind, person_reason: { code: "new_person" } });

    const lead = await stage.call(`/api/leads/${json.lead_id}`, { key: "admin" });
    expect(lead.json).toMatchObject({
      name: asha.name,
      email: asha.email,
      phone: digits(asha.phone),
      company: "Rao Mills",
      submission_count: 1,
      first_submission_id: id,
    });
    expect((await stage.rows("lead_identities")).map(({ value }) => value)).toEqual([
      asha.email,
      digits(asha.phone),
    ]);
    expect(await stage.rows("testing_leads")).toEqual([]);
    expect(await stage.rows("blocked_ip_leads")).toEqual([]);
    const next = await stage.post({ ...asha, email: undefined }, { key: "admin" });
    expect(next.json).toMatchObject({ event_type: "follow_up", lead_id: json.lead_id });
    expect(stage.points, "nothing was counted twice").toHaveLength(2);
  },
);

test.each(["email", "phone"] as const)("who is known by %s follows up", async (known) => {
  const stage = await Stage.open();
  const asha = person();
  const first = await stage.post(asha, { key: "admin" });
  const other = known === "email" ? { phone: "+91 98765 43210" } : { email: person().email };
  const id = await post(stage, "bot", { ...asha, ...other, company: "Rao Mills" });
  const { json } = await correct(stage, id);
  expect(json).toMatchObject({
    event_type: "follow_up",
    lead_id: first.json.lead_id,
    corrections: [{ to: { event_type: "follow_up", reason: `known_${known}` }, note: "" }],
  });
  const lead = await stage.call(`/api/leads/${first.json.lead_id}`, { key: "admin" });
  expect(lead.json).toMatchObject({ submission_count: 2, company: "Rao Mills", email: asha.email });
  expect(await stage.rows("lead_identities")).toHaveLength(3);
});

test("the same identities decide as on keeping", async () => {
  const stage = await Stage.open();
  const people = [person(), person()] as const;
  for (const each of people) await stage.post(each);
  const mixed = person({ email: people[0].email, phone: people[1].phone });
  const id = await post(stage, "bot", mixed);
  const kept = await stage.post(mixed, { key: "admin" });
  const { json } = await correct(stage, id);
  expect(json.lead_id).toBe(kept.json.lead_id);
  expect(json.reasons[0]).toEqual(kept.json.reasons[0]);
});

test("the list in KV has each correction with its point, in the order of the points", async () => {
  const stage = await Stage.open();
  const fields = {
    source: "O'Brien \\ Sons",
    page: "https://www.acme.com/pricing?utm_source=news&utm_campaign=spring",
    cta: "Book a demo",
  };
  const ids = [
    await post(stage, "bot", person(fields)),
    await post(stage, "blocked"),
    await post(stage, "test"),
  ];
  for (const id of ids.toReversed()) await correct(stage, id);
  const list = await listed(stage);
  const rows = await stage.rows("submissions");
  expect(list).toHaveLength(3);
  expect(list[0]).toEqual({
    at: Math.floor((rows[0]?.counted_at as number) / 1000),
    project: stage.project,
    dimensions: {
      source: "O’Brien ⧵ Sons",
      country: "IN",
      region: "Maharashtra",
      city: "Mumbai",
      cta: "Book a demo",
      utm_source: "news",
      utm_campaign: "spring",
      engagement: stage.points[0]?.engagement,
      temperature: stage.points[0]?.temperature,
      device: "bot",
      browser: stage.points[0]?.browser,
      channel: stage.points[0]?.channel,
      landing_path: "/pricing",
    },
    flags: [],
    from: { event_type: "bot", reason: "bot_user_agent" },
    to: { event_type: "primary", reason: "new_person" },
  });
  expect(list.map(({ from }) => from.event_type)).toEqual(["bot", "blocked", "test"]);
  const whole = await env.KV.get<{ corrections: { at: number }[] }>(monthKey(), "json");
  expect(Object.keys(whole ?? {})).toEqual(["corrections"]);
  const times = whole?.corrections.map(({ at }) => at) ?? [];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("twice is once, and by many at once is once", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const answers = await Promise.all(Array.from({ length: 4 }, () => correct(stage, id)));
  answers.push(await correct(stage, id, { body: { note: "again" } }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(answers.map(({ json }) => json.lead_id)).size).toBe(1);
  expect(await stage.rows("corrections")).toMatchObject([{ note: "" }]);
  expect(await stage.rows("leads")).toHaveLength(1);
  expect(await listed(stage)).toHaveLength(1);
  expect((await stage.rows("submissions"))[0]?.attempt, "who owes the point is not changed").not.toMatch(
    /^cor_/,
  );
});

test("two rejected submissions of one person, corrected at once, are one lead", async () => {
  const stage = await Stage.open();
  const asha = person();
  const ids = [await post(stage, "bot", asha), await post(stage, "test", asha)];
  const answers = await Promise.all(ids.map((id) => correct(stage, id)));
  expect(answers.map(({ json }) => json.event_type).toSorted()).toEqual(["follow_up", "primary"]);
  expect(new Set(answers.map(({ json }) => json.lead_id)).size).toBe(1);
  expect(await stage.rows("leads")).toHaveLength(1);
  expect(await listed(stage)).toHaveLength(2);
});

test("what cannot be moved says why: a lead's, an erased one, an old one, a full month", async () => {
  const stage = await Stage.open();
  const why = async (id: string) => {
    const { status, json } = await correct(stage, id);
    expect([status, json.code]).toEqual([409, "not_possible"]);
    const shown = (await show(stage, id)).json;
    expect(shown).toMatchObject({ can_correct: false, can_correct_detail: json.detail });
    return json.detail as string;
  };
  const lead = await stage.post(person(), { key: "admin" });
  expect(await why(lead.json.submission_id)).toMatch(/lead/);

  const change = (id: string, set: string) =>
    env.DB.prepare(`UPDATE submissions SET ${set} WHERE submission_id = ?1`).bind(id).run();
  const old = await post(stage, "bot");
  await change(old, "point = NULL, counted_at = NULL");
  expect(await why(old)).toMatch(/before/);
  const nobody = await post(stage, "bot");
  await change(nobody, "email = NULL, phone = 'call me'");
  expect(await why(nobody)).toMatch(/e-mail/);
  const erased = await post(stage, "bot");
  await stage.call(`/api/submissions/${erased}`, { method: "DELETE", key: "admin" });
  expect(await why(erased)).toMatch(/erased/);

  const full = await post(stage, "bot");
  await change(full, "counted_at = 1000000000000");
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
     INSERT INTO corrections (correction_id, submission_id, project, counted_at, month, dimensions, flags, from_type,
       from_reason, to_type, to_reason, key_id, note, corrected_at)
     SELECT 'full_' || i, 'none', 'another', 1000000000000, '2001-09', '{}', '[]', 'bot', 'gibberish', 'primary',
       'new_person', 'k', '', 0 FROM n`,
  ).run();
  expect(await why(full)).toMatch(/full/);
  await env.DB.prepare("UPDATE corrections SET undone_at = 1 WHERE correction_id = 'full_7'").run();
  expect((await correct(stage, full)).status).toBe(200);
  expect(await stage.rows("leads")).toHaveLength(2);
});

test("erasing a corrected person leaves the correction, without its note; it stays counted so", async () => {
  const stage = await Stage.open();
  const asha = person();
  const id = await post(stage, "bot", asha);
  const { json } = await correct(stage, id, { body: { note: `Spoke to ${asha.email}` } });
  await stage.call(`/api/leads/${json.lead_id}`, { method: "DELETE", key: "admin" });
  const after = (await show(stage, id)).json;
  expect(after).toMatchObject({
    event_type: "primary",
    email: null,
    corrections: [{ note: "", undone_at: null }],
  });
  expect(after.why.lead_score_parts).toBeNull();
  expect((await stage.submission(id)).point).toBeNull();
  expect(await listed(stage)).toHaveLength(1);
  expect((await undo(stage, id)).json.detail).toBe(after.can_undo_detail);
  expect((await correct(stage, id)).status).toBe(409);
  expect(await stage.rows("leads"), "nobody comes back").toEqual([]);
});

test("the sender of a corrected submission who sends again gets the first answer", async () => {
  const stage = await Stage.open();
  const asha = person();
  const headers = { origin: "https://evil.example", "idempotency-key": "once" };
  const first = await stage.post(asha, { headers });
  const [row] = await stage.rows("submissions");
  expect((await correct(stage, row?.submission_id as string)).status).toBe(200);
  const again = await stage.post(asha, { headers });
  expect([again.status, again.json.code]).toEqual([first.status, "origin_not_allowed"]);
  expect(first.json.code).toBe("origin_not_allowed");
  expect(stage.points).toHaveLength(1);
});

test("a project out of reach is not told apart from what is not there", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const theirs = [
    show(stage, id, "limited"),
    correct(stage, id, { key: "limited" }),
    undo(stage, id, { key: "limited" }),
  ];
  const none = [show(stage, "sub_none", "limited"), correct(stage, "sub_none", { key: "limited" })];
  for (const { status, json } of await Promise.all([...theirs, ...none])) {
    expect([status, json.detail]).toEqual([404, "There is no such submission that the key reaches."]);
  }
  expect((await correct(stage, id, { key: "marketing" })).status).toBe(403);
  expect((await stage.call(`/api/submissions/${id}/correction`, { method: "POST" })).status).toBe(401);
  expect(await stage.rows("corrections")).toEqual([]);
});

test.each([
  [{ note: "x".repeat(501) }, "note", "too_long"],
  [{ note: 5 }, "note", "not_allowed"],
  [{ note: ["x"] }, "note", "not_allowed"],
  [{ remark: "x" }, "remark", "unknown"],
])("a bad note is a 422: %j", async (body, name, code) => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const { status, json } = await correct(stage, id, { body });
  expect([status, json.invalid_params]).toMatchObject([422, [{ name, code }]]);
  expect((await show(stage, id)).json.event_type).toBe("bot");
  expect((await correct(stage, id, { body: { note: "x".repeat(500) } })).status).toBe(200);
});

test("a body that is no JSON object is refused", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  const json = { "content-type": "application/json" };
  expect((await correct(stage, id, { body: "[", headers: json })).status).toBe(400);
  expect(
    (await correct(stage, id, { body: "note=x", headers: { "content-type": "text/plain" } })).status,
  ).toBe(415);
  vi.restoreAllMocks();
});
