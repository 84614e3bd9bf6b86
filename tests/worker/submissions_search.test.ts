// Searching submissions: every filter, all of them together, hostile texts, and a bounded reading.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { limits } from "../../build/generated/schema.ts";
import type { Answer } from "./support/ask.ts";
import { ledger } from "./support/faults.ts";
import { person, robot } from "./support/people.ts";
import { type CallOptions, freshAddress, Stage } from "./support/stage.ts";

type Query = Record<string, string | number>;

const find = (stage: Stage, query: Query, options: CallOptions = {}): Promise<Answer> =>
  stage.call(`/api/submissions?${new URLSearchParams(query as Record<string, string>)}`, {
    key: "admin",
    ...options,
  });

/** The ids found in the stage's project, oldest first. */
const found = async (stage: Stage, query: Query): Promise<string[]> => {
  const { status, json, text } = await find(stage, { project: stage.project, ...query });
  expect(status, text).toBe(200);
  return json.data.map((row: { submission_id: string }) => row.submission_id).toReversed();
};

async function office() {
  const stage = await Stage.open();
  const ip = freshAddress();
  const word = () => Math.random().toString(36).slice(2, 10);
  const names = { ada: `Ada ${word()}`, grace: `Grâce ${word()}` };
  const ada = person({ name: names.ada, company: "50%_off! Mills \\ Sons", phone: "+91 98111 22333" });
  const grace = person({ name: names.grace, email: `gr_ce.${word()}@hopper.uk`, phone: undefined });
  const one = await stage.post(ada, { key: "admin", headers: { "cf-connecting-ip": ip } });
  const two = await stage.post(grace, { key: "admin" });
  const bot = await stage.post(person(), { key: "admin", headers: { "user-agent": robot } });
  const ids = [one, two, bot].map(({ json }) => json.submission_id as string) as [string, string, string];
  return { stage, ids, ada, grace, ip, leadId: one.json.lead_id as string };
}

test("q finds a part of name, e-mail, phone and company, without regard to case", async () => {
  const { stage, ids, ada, grace } = await office();
  const [first, second] = ids;
  const cases: [string, string[]][] = [
    [ada.name, [first]],
    [ada.name.toUpperCase(), [first]],
    [ada.name.slice(1, -1), [first]],
    [ada.email.toUpperCase(), [first]],
    ["@HOPPER.uk", [second]],
    ["+919811122333", [first]],
    ["98111 22333", [first]],
    ["(98111) 22-333", [first]],
    ["off! MILLS", [first]],
    [`  ${grace.name}  `, [second]],
    ["Grâce", [second]],
    ["raomills.in", [first, ids[2]]],
    ["nobody at all", []],
  ];
  for (const [q, expected] of cases) expect([q, await found(stage, { q })]).toEqual([q, expected]);
});

test("q finds ids and addresses as a whole only", async () => {
  const { stage, ids, ip, leadId } = await office();
  expect(await found(stage, { q: ids[1] })).toEqual([ids[1]]);
  expect(await found(stage, { q: leadId })).toEqual([ids[0]]);
  expect(await found(stage, { q: ip })).toEqual([ids[0]]);
  for (const part of [ids[1].slice(0, -1), leadId.slice(0, -1), ip.slice(0, -1), "sub_", "lead_"]) {
    expect([part, await found(stage, { q: part })]).toEqual([part, []]);
  }
});

test("a text that begins like an id is a text", async () => {
  const stage = await Stage.open();
  const { json } = await stage.post(person({ company: "Lead_Gen & Sub_Urban" }), { key: "admin" });
  for (const q of ["lead_gen", "sub_u"]) expect(await found(stage, { q })).toEqual([json.submission_id]);
});

test("q is a text and nothing else: no pattern, no SQL", async () => {
  const { stage, ids } = await office();
  const first = [ids[0]];
  const cases: [string, string[]][] = [
    ["50%_off!", first],
    ["mills \\ sons", first],
    ["%%", []],
    ["__", []],
    ["+-", []],
    ["(1)", []],
    ["50__", []],
    ["a%i", []],
    ["gr_ce.", [ids[1]]],
    ["m_lls", []],
    ["' OR 1=1 --", []],
    ["'; DROP TABLE submissions; --", []],
    ['") OR ("1"="1', []],
    ["*?[a-z]", []],
    ["NULL", []],
    ["\u{1f600}\u{1f600}", []],
    ["é".repeat(100), []],
    ["x".repeat(100), []],
  ];
  for (const [q, expected] of cases) expect([q, await found(stage, { q })]).toEqual([q, expected]);
  expect(await stage.rows("submissions")).toHaveLength(3);
});

test.each(["x", " x ", "x".repeat(101), "\u00e9"])("q has 2 to 100 characters: %j", async (q) => {
  const { status, json } = await find(await Stage.open(), { q });
  expect([status, json.invalid_params[0].name]).toEqual([400, "q"]);
  expect(json.invalid_params[0].reason).toMatch(/2 to 100 characters/);
});

test("broken text is a 400", async () => {
  const stage = await Stage.open();
  for (const q of ["%ff%fe", "a%00b", "%ed%a0%80"]) {
    expect((await stage.call(`/api/submissions?q=${q}`, { key: "admin" })).status).toBe(400);
  }
});

test("reason, flag, lead_id and event_type narrow, and all together", async () => {
  const { stage, ids, leadId } = await office();
  await stage.post(person({ email: `x${Math.random()}@mailinator.com` }), { key: "admin" });
  const suspicious = (await stage.rows("submissions")).at(-1)?.submission_id;
  expect(await found(stage, { reason: "bot_user_agent" })).toEqual([ids[2]]);
  expect(await found(stage, { reason: "new_person" })).toEqual([ids[0], ids[1], suspicious]);
  expect(await found(stage, { reason: "disposable_email" })).toEqual([suspicious]);
  expect(await found(stage, { flag: "suspicious", reason: "disposable_email" })).toEqual([suspicious]);
  expect(await found(stage, { flag: "vpn" })).toEqual([]);
  expect(await found(stage, { lead_id: leadId })).toEqual([ids[0]]);
  expect(await found(stage, { lead_id: leadId, event_type: "bot" })).toEqual([]);
  expect(
    await found(stage, { lead_id: leadId, event_type: "primary", reason: "new_person", q: "mills" }),
  ).toEqual([ids[0]]);
});

test.each([
  ["reason", "nonsense", "honeypot_filled"],
  ["flag", "cold", "It is vpn, suspicious or hot."],
  ["event_type", "total", "It is primary, follow_up, test, blocked or bot."],
  ["from", "yesterday", "RFC 3339"],
  ["to", "2026-02-30", "RFC 3339"],
])("%s=%s is a 400 that says what is allowed", async (name, value, allowed) => {
  const { status, json } = await find(await Stage.open(), { [name]: value });
  expect([status, json.code, json.invalid_params[0].name]).toEqual([400, "bad_parameter", name]);
  expect(json.invalid_params[0].reason).toContain(allowed);
});

test("an unknown parameter stays a 400", async () => {
  expect((await find(await Stage.open(), { query: "x" })).status).toBe(400);
});

test("from and to: dates in UTC and instants, half-open", async () => {
  const { stage, ids } = await office();
  const times = ["2026-03-01T00:00:00.000Z", "2026-03-01T23:59:59.999Z", "2026-03-02T00:00:00.000Z"];
  for (const [at, time] of times.entries()) {
    await env.DB.prepare("UPDATE submissions SET received_at = ?2 WHERE submission_id = ?1")
      .bind(ids[at], Date.parse(time))
      .run();
  }
  expect(await found(stage, { from: "2026-03-01", to: "2026-03-02" })).toEqual([ids[0], ids[1]]);
  expect(await found(stage, { from: "2026-03-02" })).toEqual([ids[2]]);
  expect(await found(stage, { to: "2026-03-01" })).toEqual([]);
  expect(await found(stage, { to: "2026-03-01T05:30:00.001+05:30" })).toEqual([ids[0]]);
  expect(await found(stage, { from: times[1] as string, to: times[2] as string })).toEqual([ids[1]]);
  for (const to of ["2026-03-01", "2026-02-01"]) {
    expect((await find(stage, { from: "2026-03-01", to })).json.invalid_params[0].name).toBe("to");
  }
});

test("what is out of the key's reach is not found, whatever is asked for", async () => {
  const { stage, ids, ada, ip, leadId } = await office();
  const ours = await Stage.open({}, { slug: "limited-project" });
  const mine = await ours.post(person({ name: ada.name }), { key: "admin" });
  const all: Query[] = [
    { q: ada.name },
    { q: ids[0] },
    { q: leadId },
    { q: ip },
    { lead_id: leadId },
    { reason: "bot_user_agent" },
  ];
  const answers = await Promise.all(all.map((query) => find(stage, query, { key: "limited" })));
  const seen = answers.flatMap(({ json }) =>
    json.data.map((row: { submission_id: string }) => row.submission_id),
  );
  expect(seen).toEqual([mine.json.submission_id]);
  expect((await find(stage, { q: "mills", project: stage.project }, { key: "limited" })).status).toBe(403);
});

/** So many further rows of the project, copies of its first. */
async function crowd(stage: Stage, count: number): Promise<void> {
  const [row] = await stage.rows("submissions");
  const columns = Object.keys(row ?? {}).filter((name) => name !== "id" && name !== "submission_id");
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO submissions (submission_id, ${columns})
     SELECT 'sub_' || lower(hex(randomblob(16))), ${columns} FROM submissions, n WHERE submission_id = ?1`,
  )
    .bind(row?.submission_id, count)
    .run();
}

test("a search looks at a bounded number of rows, and goes on from its cursor", async () => {
  const stage = await Stage.open();
  const needle = `Needle ${Math.random().toString(36).slice(2)}`;
  const deep = await stage.post(person({ name: needle }), { key: "admin" });
  await stage.post(person());
  await env.DB.prepare("UPDATE submissions SET name = 'Hay' WHERE project = ?1 AND name <> ?2")
    .bind(stage.project, needle)
    .run();
  const [first, hay] = await stage.rows("submissions");
  const columns = Object.keys(first ?? {}).filter((name) => name !== "id" && name !== "submission_id");
  const more = limits.search_window_rows * 2;
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO submissions (submission_id, ${columns})
     SELECT 'sub_' || lower(hex(randomblob(16))), ${columns} FROM submissions, n WHERE project = ?1 AND name = 'Hay'`,
  )
    .bind(stage.project, more)
    .run();

  const query = { project: stage.project, q: needle.toUpperCase() };
  // Copies have the time of the row that they were made from; the deep one is older.
  await env.DB.prepare("UPDATE submissions SET received_at = received_at - 5000 WHERE submission_id = ?1")
    .bind(deep.json.submission_id)
    .run();
  const pages: string[][] = [];
  const searched: unknown[] = [];
  let cursor: string | null = null;
  do {
    const { json }: Answer = await find(stage, cursor === null ? query : { ...query, cursor });
    pages.push(json.data.map((row: { submission_id: string }) => row.submission_id));
    cursor = json.next_cursor;
    searched.push([json.searched_to === null, cursor === null]);
    if (searched.length === 1) {
      expect(json.searched_to).toBe(new Date(Number(hay?.received_at)).toISOString());
    }
  } while (cursor !== null && pages.flat().length === 0);
  expect(searched.slice(0, 2)).toEqual([
    [false, false],
    [false, false],
  ]);
  const cut = (await find(stage, { project: stage.project, limit: 1 })).json;
  expect(cut.searched_to, "a page that is cut").toBe(cut.data[0].received_at);
  expect(pages).toEqual([[], [], [deep.json.submission_id]]);

  const watched = ledger();
  const stream = await find(stage, { ...query, format: "ndjson" }, { env: { DB: watched.DB } });
  expect(stream.text.trimEnd().split("\n")).toHaveLength(1);
  expect(JSON.parse(stream.text).submission_id).toBe(deep.json.submission_id);
  expect(await found(stage, { q: deep.json.submission_id }), "an id is found at once").toEqual([
    deep.json.submission_id,
  ]);
  expect(await found(stage, { lead_id: deep.json.lead_id, q: "needle" })).toEqual([deep.json.submission_id]);
});

test("NDJSON streams what the filters leave, over as many pages as there are", async () => {
  const { stage, ids, ada } = await office();
  await crowd(stage, 450);
  const { text } = await find(stage, { project: stage.project, q: ada.name, format: "ndjson" });
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).submission_id);
  expect(lines).toHaveLength(451);
  expect(new Set(lines).size).toBe(451);
  expect(lines).not.toContain(ids[1]);
});
