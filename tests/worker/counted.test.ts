// What a row remembers of its point: when it was written, and of a rejected one the texts that it has in reports.

import { expect, test } from "vitest";
import reports from "../../schema/reports.json" with { type: "json" };
import { ledger, limit, queue } from "./support/faults.ts";
import { person, robot } from "./support/people.ts";
import type { NamedPoint } from "./support/points.ts";
import { type CallOptions, Stage } from "./support/stage.ts";

const hostile = {
  source: "O'Brien \\ \u0007 Sons",
  page: "https://www.acme.com/a'b?utm_source=x&utm_medium=cpc&utm_campaign=c%27&utm_term=t&utm_content=v",
  referer: "https://www.google.com/search",
  cta: "Go".repeat(400),
};
const tor = { cf: { country: "T1", asn: 1 } };
const visits: [string, Record<string, unknown>, CallOptions][] = [
  ["primary", {}, {}],
  ["test", hostile, { headers: { "x-lead-test": "1" } }],
  ["blocked", { email: "a@mailinator.com" }, { headers: { origin: "https://evil.example" }, ...tor }],
  ["bot", hostile, { headers: { "user-agent": robot } }],
];

/** What the schema says a correction has to know of a point. */
function remembered(point: NamedPoint) {
  const dimensions = reports.dimensions
    .filter(({ name }) => !["project", "event_type", "reason"].includes(name))
    .map(({ name, column }) => [name, point[column]] as const)
    .filter(([, text]) => text !== "");
  return {
    dimensions: Object.fromEntries(dimensions),
    flags: ["vpn", "suspicious", "hot"].filter((flag) => point[flag] === 1),
    reason: point.reason,
  };
}

const memory = (row: Record<string, unknown> | undefined) => JSON.parse(String(row?.point));

test.each(visits)(
  "%s: counted_at is when it was posted, and the point is that which was written",
  async (type, fields, options) => {
    const stage = await Stage.open();
    const asha = person(fields);
    const begun = Date.now();
    if (type === "primary") await stage.post(asha);
    await stage.post(asha, { key: "admin", ...options });
    const rows = await stage.rows("submissions");
    expect(rows.map(({ event_type }) => event_type)).toEqual(
      type === "primary" ? ["primary", "follow_up"] : [type],
    );
    for (const [at, row] of rows.entries()) {
      expect(row.counted_at).toBeGreaterThanOrEqual(begun);
      expect(row.counted_at).toBeLessThanOrEqual(Date.now());
      if (type === "primary") expect(row.point).toBeNull();
      else expect(memory(row)).toEqual(remembered(stage.points[at] as NamedPoint));
    }
    if (type === "bot") expect(Object.keys(memory(rows[0]).dimensions).length).toBeGreaterThan(10);
    if (type === "blocked") expect(memory(rows[0]).flags).toEqual(["vpn", "suspicious"]);
  },
);

test.each(visits)("%s, through the queue: the same, as of its delivery", async (type, fields, options) => {
  const stage = await Stage.open();
  const waiting = queue();
  const asha = person(fields);
  // The settings are read, the row is refused.
  const down = { DB: ledger("works", "rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE };
  const posted = await stage.post(asha, { key: "admin", ...options, env: down });
  expect(posted.status).toBe(202);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const begun = Date.now();
  await stage.deliver(waiting.messages);
  const [row] = await stage.rows("submissions");
  expect(row).toMatchObject({ event_type: type, submission_id: posted.json.submission_id });
  expect(row?.received_at).toBeLessThan(begun);
  expect(row?.counted_at).toBeGreaterThanOrEqual(begun);
  if (type === "primary") expect(row?.point).toBeNull();
  else expect(memory(row)).toEqual(remembered(stage.points[0] as NamedPoint));
});

test("a row whose answer was lost counts from the delivery that wrote its point, and no later one", async () => {
  const stage = await Stage.open();
  const waiting = queue();
  const lost = { DB: ledger("works", "loses the answer", "rejects").DB, LEADS_QUEUE: waiting.LEADS_QUEUE };
  const posted = await stage.post(person(), { headers: { "user-agent": robot }, env: lost });
  expect(posted.status).toBe(202);
  const [before] = await stage.rows("submissions");
  expect(stage.points).toHaveLength(0);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await stage.deliver(waiting.messages);
  const [claimed] = await stage.rows("submissions");
  expect(claimed?.counted_at).toBeGreaterThan(before?.counted_at as number);
  expect(memory(claimed)).toEqual(remembered(stage.points[0] as NamedPoint));
  await new Promise((resolve) => setTimeout(resolve, 30));
  await stage.deliver(waiting.messages);
  expect(stage.points).toHaveLength(1);
  expect((await stage.rows("submissions"))[0]).toEqual(claimed);
});

test("a rejected submission without a row has nothing to correct, and its point all the same", async () => {
  const stage = await Stage.open();
  await stage.post(person(), { headers: { "user-agent": robot }, env: { REJECTED_ROWS_LIMIT: limit(0) } });
  expect(await stage.rows("submissions")).toEqual([]);
  expect(stage.points).toHaveLength(1);
});
