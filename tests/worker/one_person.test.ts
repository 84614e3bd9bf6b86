// However many first submissions of one person come at once, one of them is the first.

import { expect, test } from "vitest";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

test("of 200 simultaneous first submissions of one person one is primary and 199 are follow_up", async () => {
  const stage = await Stage.open();
  const asha = person();
  const answers = await Promise.all(Array.from({ length: 200 }, () => stage.post(asha, { key: "admin" })));
  expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
  const types = answers.map(({ json }) => json.event_type);
  expect(types.filter((type) => type === "primary")).toHaveLength(1);
  expect(types.filter((type) => type === "follow_up")).toHaveLength(199);
  expect(new Set(answers.map(({ json }) => json.lead_id)).size).toBe(1);

  const leads = await stage.rows("leads");
  const rows = await stage.rows("submissions");
  const primary = answers.find(({ json }) => json.event_type === "primary");
  expect(leads).toMatchObject([{ first_submission_id: primary?.json.submission_id }]);
  expect(rows).toHaveLength(200);
  expect(rows.filter((row) => row.event_type === "primary")).toHaveLength(1);
  expect(stage.points).toHaveLength(200);
  expect(stage.points.filter((point) => point.event_type === "primary")).toHaveLength(1);
  expect(new Set(stage.points.map((point) => point.lead_id))).toEqual(new Set([leads[0]?.lead_id]));
});

test("people who share a phone, met with different e-mails at once, are one lead", async () => {
  const stage = await Stage.open();
  const { phone } = person();
  await Promise.all(Array.from({ length: 30 }, () => stage.post({ ...person(), phone })));
  expect(await stage.rows("leads")).toHaveLength(1);
  expect(stage.points.filter((point) => point.event_type === "primary")).toHaveLength(1);
  expect(await stage.rows("lead_identities"), "30 e-mails and one phone").toHaveLength(31);
});

test("a hundred people at once are a hundred leads", async () => {
  const stage = await Stage.open();
  await Promise.all(Array.from({ length: 100 }, () => stage.post(person())));
  expect(await stage.rows("leads")).toHaveLength(100);
  expect(stage.points.map((point) => point.event_type)).toEqual(Array(100).fill("primary"));
});
