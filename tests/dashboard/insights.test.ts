// The numbers behind insights, in words and places. Locale: the machine's; numbers are compared through the same format.

import { describe, expect, it } from "vitest";
import { insightKinds, severities } from "~schema";
import type { Insight } from "../../worker/dashboard/src/api/insights.ts";
import { formatChange, formatCount, formatShare } from "../../worker/dashboard/src/format.ts";
import {
  columnHead,
  countLabel,
  earlierRows,
  factsOf,
  isCompared,
  isTooLittle,
  placesOf,
  subjectLabel,
} from "../../worker/dashboard/src/insights/numbers.ts";
import { insightsQuery } from "../../worker/dashboard/src/view/query.ts";
import { defaultView } from "../../worker/dashboard/src/view/view.ts";

const compared = { current: 45, expected: 12.5, low: 0, high: 24, baseline: [10, 12, 13, 20] };
const share = {
  current: 0.3,
  expected: 0.1,
  low: 0.05,
  high: 0.15,
  submissions: 1200,
  count: 360,
  baseline: [0.1],
};
const texts = (part: Pick<Insight, "numbers" | "count">) =>
  Object.fromEntries(factsOf(part).map(({ label, text }) => [label, text]));

describe("the facts of an insight", () => {
  it("are counts with their change for a rise, a fall and a silence", () => {
    expect(texts({ count: "primary", numbers: { ...compared, change: 2.6 } })).toEqual({
      Now: formatCount(45),
      Expected: (12.5).toLocaleString(),
      "Usual range": `0 to ${formatCount(24)}`,
      Change: formatChange(2.6),
    });
    expect(texts({ count: "primary", numbers: { ...compared, change: null } }).Change).toBe(
      "New: none before",
    );
    const silent = texts({
      count: "accepted",
      numbers: { ...compared, current: 0, change: -1, silent_hours: 30 },
    });
    expect(silent).toMatchObject({ Now: "0", "Hours without any, at least": "30" });
  });

  it("are shares with what they are shares of", () => {
    expect(texts({ count: "bot", numbers: share })).toEqual({
      Now: formatShare(0.3),
      Expected: formatShare(0.1),
      "Usual range": `${formatShare(0.05)} to ${formatShare(0.15)}`,
      Bot: `${formatCount(360)} of ${formatCount(1200)}`,
    });
  });

  it("of a campaign without hot leads say what the others have", () => {
    const numbers = {
      submissions: 66,
      leads: 64,
      current: 0,
      expected: 6.6,
      rate: 0.1,
      other_submissions: 1200,
      other_hot: 120,
    };
    expect(texts({ count: "hot_count", numbers })).toEqual({
      Submissions: "66",
      "Leads and follow-ups": "64",
      Hot: "0",
      "Hot expected": (6.6).toLocaleString(),
      "Hot among the others": `${formatShare(0.1)}: 120 of ${formatCount(1200)}`,
    });
    expect(isCompared(numbers)).toBe(false);
  });

  it("of best hours may go over midnight", () => {
    const numbers = { hour_from: 22, hour_to: 25, leads: 30, of: 120, share: 0.25, even_share: 0.125 };
    const { Hours = "" } = texts({ count: "primary", numbers });
    const at = (hour: number) =>
      new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone: "UTC" }).format(
        Date.UTC(2024, 0, 1, hour),
      );
    expect(Hours).toBe(`${at(22)}–${at(1)}`);
    expect(texts({ count: "primary", numbers: { ...numbers, hour_to: 1 } }).Hours).toBe(Hours);
  });
});

describe("the line of an insight", () => {
  it("goes from 0 to the largest of its numbers", () => {
    expect(placesOf(compared)).toEqual({
      current: 100,
      expected: 27.8,
      low: 0,
      high: 53.3,
      baseline: [22.2, 26.7, 28.9, 44.4],
    });
    expect(placesOf({ ...compared, current: 5 }).high).toBe(100);
    expect(Math.max(...placesOf({ ...compared, baseline: [90] }).baseline)).toBe(100);
  });
  it("is at its beginning where everything is 0", () => {
    expect(placesOf({ current: 0, expected: 0, low: 0, high: 0, baseline: [0] })).toEqual({
      current: 0,
      expected: 0,
      low: 0,
      high: 0,
      baseline: [0],
    });
  });
});

describe("earlier times", () => {
  const week = (day: number) => ({
    from: `2026-10-${String(day).padStart(2, "0")}T00:00:00+00:00`,
    to: `2026-10-${String(day + 7).padStart(2, "0")}T00:00:00+00:00`,
  });
  const looked = { now: week(22), baseline: [week(15), week(8), week(1)] };
  const numbers = { ...compared, baseline: [1, 2, 3] };
  const labels = (part: { from: string; to: string }, of = looked) =>
    earlierRows({ ...part, numbers }, of, "UTC").map(({ label }) => label);

  it("have the days that they were counted in", () => {
    const rows = earlierRows({ ...week(22), numbers }, looked, "UTC");
    expect(rows.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(rows[0]?.label).toContain("15");
    expect(new Set(rows.map(({ label }) => label)).size).toBe(3);
  });
  it("of an insight about the last part of a window do not claim all of it", () => {
    for (const label of labels({ from: "2026-10-28T00:00:00+00:00", to: week(22).to })) {
      expect(label).toMatch(/^As long, up to /);
    }
  });
  it("are numbered where it is not said which ones count", () => {
    expect(labels(week(22), { ...looked, baseline: [week(15)] })).toEqual(
      [1, 2, 3].map((n) => `Earlier time ${n}`),
    );
    expect(earlierRows({ ...week(22), numbers }, null, "UTC")[2]).toEqual({
      label: "Earlier time 3",
      value: 3,
    });
  });
});

it("every kind and severity of the schema has its words, and unknown names stand as they are", () => {
  for (const { count, title, meaning } of insightKinds) {
    expect(countLabel(count)).toMatch(/^[A-Z]/);
    expect(title + meaning).not.toBe("");
  }
  expect(severities).toEqual(["info", "notice", "warning"]);
  expect(columnHead({ count: "bot", numbers: share })).toBe("Bot, part of all");
  expect(columnHead({ count: "accepted", numbers: { ...compared, change: 0 } })).toBe("Accepted leads");
  expect(subjectLabel({ dimension: "utm_campaign" })).toBe("UTM campaign");
  expect(subjectLabel({ dimension: null })).toBeNull();
  expect(subjectLabel({ dimension: "later" as never })).toBe("later");
});

it("too little to tell from is not the same as nothing to tell", () => {
  expect(isTooLittle([{ code: "insufficient_history" }])).toBe(true);
  expect(isTooLittle([{ code: "no_data_yet" }])).toBe(true);
  expect(isTooLittle([{ code: "sampled" }])).toBe(false);
  expect(isTooLittle([])).toBe(false);
});

it("insights are asked for with the view's filters and zone, in a window of their own", () => {
  expect(insightsQuery({ ...defaultView, range: "90d" }).toString()).toBe("days=7");
  const view = {
    ...defaultView,
    timezone: "Europe/Berlin",
    filters: [
      { dimension: "vpn" as const, values: ["true"], negated: false, contains: false },
      { dimension: "source" as const, values: ["-a,b"], negated: true, contains: false },
    ],
  };
  expect([...insightsQuery(view)]).toEqual([
    ["days", "7"],
    ["timezone", "Europe/Berlin"],
    ["source", "-\\-a\\,b"],
    ["vpn", "true"],
  ]);
});
