// How many corrections there may be, what is left of them, and what undoing one leaves of a lead.

import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { correct, listed, post, show, undo } from "./support/corrections.ts";
import { ledger } from "./support/faults.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

const september = Date.UTC(2001, 8, 9, 12);

/** Corrections of September 2001 that others made. */
async function fill(project: string, count: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO corrections (correction_id, submission_id, project, counted_at, month, dimensions, flags, from_type,
       from_reason, to_type, to_reason, key_id, note, corrected_at)
     SELECT ?1 || i, 'none', ?1, ?3, '2001-09', '{}', '[]', 'bot', 'gibberish', 'primary', 'new_person', 'k', '', 0 FROM n`,
  )
    .bind(project, count, september)
    .run();
}

async function postInSeptember(stage: Stage): Promise<string> {
  const id = await post(stage, "bot");
  await env.DB.prepare("UPDATE submissions SET counted_at = ?2 WHERE submission_id = ?1")
    .bind(id, september)
    .run();
  return id;
}

test("a project has 500 corrections of a month, whatever others have", async () => {
  const [stage, other] = [await Stage.open(), await Stage.open()];
  const [id, theirs] = [await postInSeptember(stage), await postInSeptember(other)];
  await fill(stage.project, 500);
  const { status, json } = await correct(stage, id);
  expect([status, json.code]).toEqual([409, "not_possible"]);
  expect(json.detail).toMatch(/500/);
  expect(json.detail).toMatch(/project/);
  expect((await show(stage, id)).json).toMatchObject({ can_correct: false, can_correct_detail: json.detail });
  expect((await correct(other, theirs)).status, "another project has its own").toBe(200);
  await env.DB.prepare("UPDATE corrections SET undone_at = 1 WHERE correction_id = ?1 || '7'")
    .bind(stage.project)
    .run();
  expect((await correct(stage, id)).status).toBe(200);
  await env.DB.prepare("DELETE FROM corrections WHERE month = '2001-09'").run();
});

test("where all projects together have too many, nothing is told of how many", async () => {
  const stage = await Stage.open();
  const id = await postInSeptember(stage);
  for (const other of ["a", "b", "c", "d"]) await fill(other, 500);
  const { status, json } = await correct(stage, id);
  expect([status, json.code]).toEqual([409, "not_possible"]);
  expect(json.detail).not.toMatch(/[0-9]|project/);
  await env.DB.prepare("DELETE FROM corrections WHERE month = '2001-09'").run();
});

test("erasing empties the notes of those who are erased, and reads no others", async () => {
  const stage = await Stage.open();
  const people = [person(), person(), person()] as const;
  const ids = await Promise.all(people.map((each) => post(stage, "bot", each)));
  for (const id of ids) await correct(stage, id, { body: { note: `of ${id}` } });
  await undo(stage, ids[1] as string);
  const left = async () =>
    (await stage.rows("corrections")).map(({ note }) => note).filter((note) => note !== "");

  await stage.call(`/api/leads?email=${encodeURIComponent(people[0].email)}`, {
    method: "DELETE",
    key: "admin",
  });
  expect((await left()).toSorted()).toEqual([`of ${ids[1]}`, `of ${ids[2]}`].toSorted());
  await stage.call(`/api/submissions/${ids[1]}`, { method: "DELETE", key: "admin" });
  expect(await left()).toEqual([`of ${ids[2]}`]);

  const watched = ledger("works");
  const { lead_id } = await stage.submission(ids[2] as string);
  await stage.call(`/api/leads/${lead_id}`, { method: "DELETE", key: "admin", env: { DB: watched.DB } });
  expect(await left()).toEqual([]);
  const forgets = watched.batches.flat().filter((sql) => sql.startsWith("UPDATE corrections SET note"));
  expect(forgets.length).toBeGreaterThan(0);
  for (const sql of forgets) {
    const bound = [...sql.matchAll(/\?([0-9])/g)].map(([, number]) => Number(number));
    const params = Array.from({ length: Math.max(...bound) }, () => "x");
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...params)
      .all<{ detail: string }>();
    const plan = results.map(({ detail }) => detail);
    expect(
      plan.filter((step) => /^SCAN (corrections|submissions|s)\b/.test(step)),
      sql,
    ).toEqual([]);
  }
});

test("undoing one correction leaves the lead as its own submissions and the other corrections made it", async () => {
  const stage = await Stage.open();
  const asha = person({ company: "Rao Mills" });
  const wrong = await post(stage, "bot", {
    ...asha,
    name: "Wrong Name",
    company: "Wrong",
    phone: "+91 98002 11111",
  });
  await stage.post(asha);
  const again = await post(stage, "bot", { ...asha, message: "Did you get what I wrote last week?" });
  await correct(stage, wrong);
  const before = await stage.rows("leads");
  expect(before).toMatchObject([{ name: asha.name, company: "Rao Mills" }]);
  await correct(stage, again);
  await undo(stage, again);
  expect(await stage.rows("leads")).toEqual(before);
});

test("what was undone takes what it brought to the lead along", async () => {
  const stage = await Stage.open();
  const asha = person({ phone: undefined });
  const early = await post(stage, "bot", { ...asha, company: "Second", phone: "+91 98002 22222" });
  await stage.post(asha);
  const late = await post(stage, "test", { ...asha, company: "First" });
  await correct(stage, late);
  await correct(stage, early);
  expect(await stage.rows("leads")).toMatchObject([{ company: "First", phone: "+919800222222" }]);
  await undo(stage, late);
  expect(await stage.rows("leads")).toMatchObject([{ company: "Second" }]);
  await undo(stage, early);
  expect(await stage.rows("leads")).toMatchObject([{ company: null, phone: null, name: asha.name }]);
});

test("a correction and an undoing whose answer D1 lost are found done, and reports follow", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const lost = () => ({ DB: ledger("works", "loses the answer", "works").DB });
  const { status, json } = await correct(stage, id, { env: lost() });
  expect([status, json.event_type, json.reports]).toEqual([200, "primary", "applied"]);
  expect(await listed(stage)).toHaveLength(1);
  const back = await undo(stage, id, { env: lost() });
  expect([back.status, back.json.event_type, back.json.reports]).toEqual([200, "bot", "applied"]);
  expect(await listed(stage)).toEqual([]);
  expect(await stage.rows("corrections")).toHaveLength(1);
  vi.restoreAllMocks();
});

test("a correction that D1 refused once is made at the second try", async () => {
  const stage = await Stage.open();
  const id = await post(stage, "bot");
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const { status, json } = await correct(stage, id, { env: { DB: ledger("works", "rejects", "works").DB } });
  expect([status, json.event_type, json.reports]).toEqual([200, "primary", "applied"]);
  expect(await stage.rows("corrections")).toHaveLength(1);
  vi.restoreAllMocks();
});
