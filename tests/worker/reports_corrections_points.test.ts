// Where the point of a corrected submission is: in the next bucket, not readable yet, or nowhere; and every view of one
// answer agrees all the same.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  corrected,
  day,
  dropLists,
  groupOf,
  keep,
  misjudged,
  only,
  present,
  type Rows,
} from "./support/misjudged.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  await dropLists();
  desk = await Desk.open([]);
});
afterEach(() => Desk.close());

describe("a point that was written a moment after its row, in the next hour", () => {
  const hour = Date.UTC(2026, 10, 21, 7, 30) / 1000; // 13:00 in Kolkata

  test.each(["day", "60min", "15min", "none"])("is moved with buckets of %s alike", async (bucket) => {
    desk.analytics.points = [misjudged({ at: hour + 1 })];
    await keep([corrected(desk, misjudged({ at: hour - 1 }))]);
    const { json } = await desk.stats(`days=1&bucket=${bucket}&include=hour_of_week`);
    expect(json.totals).toMatchObject({ total: 1, primary: 1, bot: 0 });
    expect(json.meta.corrections).toBe(1);
    const primary = (rows: Rows) => rows.reduce((all, row) => all + row.primary, 0);
    expect(primary(json.hour_of_week)).toBe(1);
    if (bucket !== "none") expect(primary(json.buckets)).toBe(1);
  });

  test("is moved in a summary and in a group", async () => {
    desk.analytics.points = [misjudged({ at: hour + 1 })];
    await keep([corrected(desk, misjudged({ at: hour - 1 }))]);
    expect((await desk.summary("days=1")).json).toMatchObject({ totals: { primary: 1, bot: 0 } });
    const { json } = await desk.stats("days=1&bucket=15min&group_by=country,reason");
    expect(groupOf(json.groups, "IN", "new_person")).toMatchObject({ total: 1, primary: 1 });
  });
});

describe("the hours of the week are those of the totals", () => {
  const bots = (rows: Rows) => rows.reduce((all, row) => all + row.bot, 0);

  test.each([
    ["another hour of the day", "days=8&bucket=day", present - 3 * 3600],
    ["the same hour, a week before", "days=8&bucket=60min", present - 3600 - 7 * day],
  ])("where a bot of %s was counted, and the corrected one was not", async (_, query, at) => {
    desk.analytics.points = [misjudged({ at })];
    await keep([corrected(desk, misjudged())]);
    const { json } = await desk.stats(`${query}&include=hour_of_week`);
    expect(json.totals).toMatchObject({ total: 1, bot: 1 });
    expect([bots(json.hour_of_week), bots(json.buckets), json.meta.corrections]).toEqual([1, 1, 0]);
  });
});

test("a submission of the last minute waits for its point, whatever is asked for", async () => {
  const late = misjudged({ at: present - 30 });
  await keep([corrected(desk, late)]);
  const queries = ["event_type=primary", "reason=new_person", "event_type=-bot", ""];
  for (const query of queries) {
    const { json } = await desk.stats(query);
    expect([query, json.totals.total, json.meta.corrections]).toEqual([query, 0, 0]);
  }
  desk.after(30);
  desk.analytics.points = [late];
  desk.analytics.plays(only(({ event_type }) => event_type === "primary"));
  for (const query of queries.slice(0, 3)) {
    const { json } = await desk.stats(`${query}&bucket=none`);
    expect([query, json.totals.primary, json.meta.corrections]).toEqual([query, 1, 1]);
  }
});
