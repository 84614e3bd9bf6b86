// The demo may begin at any time: what is out of the ordinary in it must be found at any hour of any weekday, and
// surely enough to open an alert. The data of two days differ by their weekday alone, so one week is all there is.

import { afterAll, expect, it } from "vitest";
import schema from "../../schema/datasets/lead_submissions.json" with { type: "json" };
import insights from "../../schema/insights.json" with { type: "json" };
import rules from "../../schema/rules.json" with { type: "json" };
import { pointWriter } from "../../scripts/demo/points.mjs";
import { submissions } from "../../scripts/demo/visitors.mjs";
import type { Point } from "./dataset.ts";
import { Reports } from "./harness.ts";

const reports = await Reports.start("");
afterAll(() => reports.stop());

const hour = 3_600_000;
const monday = Date.UTC(2026, 10, 16);
const { kinds, hours } = insights.alerts;
const opens = insights.strength.alert_opens;
const writePoint = pointWriter(schema);

const pointsUpTo = (now: number): Point[] =>
  submissions({ now, rules }).map((visit) => ({ sample_interval: 1, ...JSON.parse(writePoint(visit)) }));

const week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

it.each(week)("on a %s it has an alert of each kind at any hour", async (weekday) => {
  const midnight = monday + week.indexOf(weekday) * 24 * hour;
  await reports.load(pointsUpTo(midnight + 24 * hour - 1));
  for (let at = 0; at < 24; at += 2) {
    const now = midnight + at * hour + hour / 2;
    const query = `hours=${hours}&kind=${kinds.join()}&limit=100`;
    const { text } = await reports.get(`/analytics/insights?${query}`, { now });
    const { data } = JSON.parse(text) as { data: { kind: string; strength: number }[] };
    const found = new Set(data.filter(({ strength }) => strength >= opens).map(({ kind }) => kind));
    expect([...found].sort(), new Date(now).toISOString()).toEqual(kinds.toSorted());
  }
});
