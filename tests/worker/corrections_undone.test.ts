// A correction is undone where that can be done truthfully, and nowhere else.

import { expect, test } from "vitest";
import { correct, kinds, listed, post, show, undo } from "./support/corrections.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

test.each(kinds)("undone, a primary that was %s takes its lead along", async (kind) => {
  const stage = await Stage.open();
  const asha = person();
  const id = await post(stage, kind, asha);
  const before = [
    await stage.rows("submissions"),
    await stage.rows("testing_leads"),
    await stage.rows("blocked_ip_leads"),
  ];
  const { json: moved } = await correct(stage, id);
  const { status, json } = await undo(stage, id);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    event_type: kind,
    lead_id: null,
    reports: "applied",
    can_correct: true,
    can_undo: false,
    corrections: [{ undone_at: expect.stringMatching(/Z$/) }],
  });
  expect([
    await stage.rows("submissions"),
    await stage.rows("testing_leads"),
    await stage.rows("blocked_ip_leads"),
  ]).toEqual(before);
  expect(await stage.rows("leads")).toEqual([]);
  expect(await stage.rows("lead_identities")).toEqual([]);
  expect((await stage.call(`/api/leads/${moved.lead_id}`, { key: "admin" })).status).toBe(404);
  expect(await listed(stage)).toEqual([]);
  expect((await undo(stage, id)).status, "twice is once").toBe(200);

  expect((await correct(stage, id)).json.corrections, "and again").toHaveLength(2);
  expect(await listed(stage)).toHaveLength(1);
});

test("undone, a follow-up leaves its lead as it was", async () => {
  const stage = await Stage.open();
  const asha = person();
  const first = await stage.post({ ...asha, phone: undefined }, { key: "admin" });
  const before = [await stage.rows("leads"), await stage.rows("lead_identities")];
  const id = await post(stage, "bot", { ...asha, company: "Rao Mills" });
  await correct(stage, id);
  expect(await stage.rows("lead_identities")).toHaveLength(2);
  expect((await undo(stage, id)).status).toBe(200);
  expect([await stage.rows("leads"), await stage.rows("lead_identities")]).toEqual(before);
  expect((await stage.call(`/api/leads/${first.json.lead_id}`, { key: "admin" })).json.submission_count).toBe(
    1,
  );
});

test("a correction that made a lead which others follow up is not undone", async () => {
  const stage = await Stage.open();
  const asha = person();
  const id = await post(stage, "bot", asha);
  const { json: moved } = await correct(stage, id);
  await stage.post(asha);
  const { status, json } = await undo(stage, id);
  expect([status, json.code]).toEqual([409, "not_possible"]);
  expect((await show(stage, id)).json).toMatchObject({
    event_type: "primary",
    lead_id: moved.lead_id,
    can_undo: false,
    can_undo_detail: json.detail,
  });
  expect(await listed(stage)).toHaveLength(1);
});

test("nothing to undo is a 409; a lead of its own cannot be undone", async () => {
  const stage = await Stage.open();
  const lead = await stage.post(person(), { key: "admin" });
  for (const id of [lead.json.submission_id, await post(stage, "bot")]) {
    expect((await undo(stage, id)).json).toMatchObject({ status: 409, code: "not_possible" });
  }
});
