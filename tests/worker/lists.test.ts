// Operational reading: pages, filters, streams.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { liveCore } from "../../worker/src/core.ts";
import { begin } from "./support/ask.ts";
import { ledger } from "./support/faults.ts";
import { person, robot } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

async function filled(count: number): Promise<Stage> {
  const stage = await Stage.open();
  for (let each = 0; each < count; each += 1) await stage.post(person({ name: `Asha Rao ${each}` }));
  return stage;
}

const names = (rows: { name: string }[]) => rows.map(({ name }) => Number(name.split(" ").at(-1)));

test.each(["leads", "submissions"])(
  "pages of %s show every row once, newest first, while new ones come",
  async (kind) => {
    const stage = await filled(23);
    const seen: number[] = [];
    let cursor = "";
    do {
      const { status, json } = await stage.call(`/api/${kind}?project=${stage.project}&limit=5${cursor}`, {
        key: "admin",
      });
      expect(status).toBe(200);
      expect(json.data.length).toBeLessThanOrEqual(5);
      seen.push(...names(json.data));
      cursor = json.next_cursor === null ? "" : `&cursor=${encodeURIComponent(json.next_cursor)}`;
      await stage.post(person({ name: "Late Comer 999" }));
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, at) => 22 - at));
  },
);

test("a full last page has no next one", async () => {
  const stage = await filled(4);
  const { json } = await stage.call(`/api/leads?project=${stage.project}&limit=4`, { key: "admin" });
  expect(json.data).toHaveLength(4);
  expect(json.next_cursor).toBeNull();
});

test("a cursor that was changed is a 400", async () => {
  const stage = await filled(3);
  const { json } = await stage.call(`/api/leads?project=${stage.project}&limit=2`, { key: "admin" });
  const good: string = json.next_cursor;
  expect(good).toMatch(/./);
  const changed = [
    good.slice(0, -1),
    `${good}0`,
    good.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
    "c1",
    "x",
    "c1-5.0",
  ];
  for (const cursor of changed) {
    const answer = await stage.call(`/api/leads?cursor=${encodeURIComponent(cursor)}`, { key: "admin" });
    expect([cursor, answer.status, answer.json.invalid_params?.[0].name]).toEqual([cursor, 400, "cursor"]);
  }
});

test("a lead is shown with its submissions, and found by its e-mail", async () => {
  const stage = await Stage.open();
  const asha = person({ company: "Rao Mills", cta: "Book a demo", wish: "blue" });
  const first = await stage.post(asha, { key: "admin" });
  const second = await stage.post(
    { ...asha, message: "Once more, with feeling and a reason." },
    { key: "admin" },
  );
  const { json } = await stage.call(`/api/leads/${first.json.lead_id}`, { key: "admin" });
  expect(json).toMatchObject({
    lead_id: first.json.lead_id,
    project: stage.project,
    email: asha.email,
    company: "Rao Mills",
    submission_count: 2,
    first_submission_id: first.json.submission_id,
    first_seen_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/),
  });
  expect(json.submissions.map((each: { submission_id: string }) => each.submission_id)).toEqual([
    second.json.submission_id,
    first.json.submission_id,
  ]);
  expect(json.submissions[1]).toMatchObject({
    event_type: "primary",
    flags: first.json.flags,
    reasons: first.json.reasons,
    cta: "Book a demo",
    country: "IN",
    custom: { wish: "blue" },
    erased_at: null,
  });
  const found = await stage.call(`/api/leads?email=${encodeURIComponent(asha.email.toUpperCase())}`, {
    key: "admin",
  });
  expect(found.json.data.map((each: { lead_id: string }) => each.lead_id)).toEqual([first.json.lead_id]);
});

test("submissions are narrowed to one of the five types", async () => {
  const stage = await filled(2);
  await stage.post(person(), { headers: { "user-agent": robot } });
  const bots = await stage.call(`/api/submissions?project=${stage.project}&event_type=bot`, { key: "admin" });
  expect(bots.json.data.map((each: { event_type: string }) => each.event_type)).toEqual(["bot"]);
});

const ndjson = { key: "admin", headers: { accept: "application/x-ndjson" } } as const;

/** A stage with so many submissions, without posting each. */
async function crowded(count: number): Promise<Stage> {
  const stage = await filled(1);
  const [row] = await stage.rows("submissions");
  const columns = Object.keys(row ?? {}).filter((name) => name !== "id" && name !== "submission_id");
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO submissions (submission_id, ${columns})
     SELECT 'sub_' || lower(hex(randomblob(16))), ${columns} FROM submissions, n WHERE project = ?1`,
  )
    .bind(stage.project, count - 1)
    .run();
  return stage;
}

test("all submissions stream as NDJSON, over as many pages as there are", async () => {
  const stage = await crowded(450);
  const { status, headers, text } = await stage.call(`/api/submissions?project=${stage.project}`, ndjson);
  expect(status).toBe(200);
  expect(headers.get("content-type")).toMatch(/^application\/x-ndjson/);
  expect(text.endsWith("\n")).toBe(true);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(450);
  expect(new Set(lines.map((line) => line.submission_id)).size).toBe(450);
  expect(lines[0].submission_id).toBe((await stage.rows("submissions")).at(-1)?.submission_id);
});

test("a reader who leaves a stream ends it: D1 is asked no more, and the operation is gone", async () => {
  const stage = await crowded(3000);
  const watched = ledger();
  const request = stage.request(`/api/submissions?project=${stage.project}`, ndjson);
  const { response, finished } = await begin(request, stage.bindings({ DB: watched.DB }));
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await reader.cancel();
  await finished();
  expect(liveCore().count).toBe(0);
  expect(watched.batches.length).toBeLessThan(5);
});

test("a stream that D1 leaves in the middle breaks off, and never looks complete", async () => {
  const stage = await filled(2);
  const broken = { DB: ledger("rejects").DB };
  await expect(
    stage.call(`/api/submissions?project=${stage.project}`, { ...ndjson, env: broken }),
  ).rejects.toThrow(/incomplete/);
});
