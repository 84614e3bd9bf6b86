// Cards, clicks, the heat map and the zoom: what they make of an answer.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counts } from "~schema";
import type { Counts, HourOfWeek, LeadStats } from "../../worker/dashboard/src/api/stats.ts";
import { countFigure, isLikeForLike, shareFigure } from "../../worker/dashboard/src/stats/panels/figures.ts";
import { isOn, narrowedTo, toggled } from "../../worker/dashboard/src/stats/panels/filters.ts";
import {
  busiest,
  daysOf,
  neighbour,
  shadesOf,
  stepOf,
  timesOf,
  weekOf,
} from "../../worker/dashboard/src/stats/panels/heat.ts";
import { isWhole, moved, wholeOf, zoomed } from "../../worker/dashboard/src/stats/panels/zoom.ts";
import type { Filter } from "../../worker/dashboard/src/view/view.ts";

const countsOf = (some: Partial<Counts>): Counts => ({
  ...(Object.fromEntries(counts.map((name) => [name, 0])) as Counts),
  ...some,
});

const answer = (now: Partial<Counts>, then: Partial<Counts> | null, known = true): LeadStats =>
  ({
    meta: { margin: null, warnings: known ? [] : [{ code: "comparison_before_retention", detail: "" }] },
    totals: countsOf(now),
    comparison: then && {
      totals: countsOf(then),
      change: Object.fromEntries(
        counts.map((name) => {
          const [a, b] = [countsOf(now)[name], countsOf(then)[name]];
          return [name, known && b > 0 ? (a - b) / b : null];
        }),
      ),
    },
  }) as unknown as LeadStats;

describe("cards", () => {
  test("a share changes by points of a hundred, not by a part of itself", () => {
    const figure = shareFigure(answer({ total: 10, primary: 5 }, { total: 10, primary: 4 }), "primary");
    expect(figure.value).toBe(0.5);
    expect(figure.earlier).toBe(0.4);
    expect(figure.change).toBeCloseTo(0.1);
  });
  test("of nothing there is no share, and where the earlier time is not held there is no change", () => {
    expect(shareFigure(answer({}, null), "primary").value).toBeNull();
    const gone = shareFigure(answer({ total: 10, primary: 5 }, { total: 1, primary: 1 }, false), "primary");
    expect(gone.change).toBeNull();
    expect(gone.earlier).toBeNull();
    const bots = countFigure(answer({ total: 10, bot: 5 }, { total: 1, bot: 1 }, false), "bot");
    expect([bots.earlier, bots.change]).toEqual([null, null]);
  });
  test("of estimates a share has no margin: its own cannot be told from that of its part", () => {
    const data = answer({ total: 100, primary: 50 }, null);
    data.meta.margin = countsOf({ total: 10, primary: 7 });
    expect(countFigure(data, "primary").margin).toBe(7);
    expect(shareFigure(data, "primary").margin).toBeNull();
  });
  test("a range that is still running is no worse for being shorter", () => {
    const data = answer({ total: 1 }, { total: 2 });
    expect(isLikeForLike(data)).toBe(true);
    data.meta.warnings.push({ code: "running_period", detail: "" });
    expect(isLikeForLike(data)).toBe(false);
  });
  test("more bots are neither good nor bad news; more leads are good", () => {
    const data = answer({ total: 3, bot: 2, primary: 1 }, { total: 2, bot: 1, primary: 1 });
    expect(countFigure(data, "bot").riseIsGood).toBeNull();
    expect(countFigure(data, "blocked").riseIsGood).toBeNull();
    expect(countFigure(data, "primary").riseIsGood).toBe(true);
    expect(countFigure(data, "bot").change).toBe(1);
  });
});

describe("clicks", () => {
  const filter = (dimension: Filter["dimension"], values: string[], more: Partial<Filter> = {}): Filter => ({
    dimension,
    values,
    negated: false,
    contains: false,
    ...more,
  });
  test("cards of types add up, and a second click takes one out", () => {
    const one = toggled([], "event_type", "bot");
    const two = toggled(one, "event_type", "primary");
    expect(two).toEqual([filter("event_type", ["bot", "primary"])]);
    expect(isOn(two, "event_type", "primary")).toBe(true);
    expect(toggled(two, "event_type", "bot")).toEqual([filter("event_type", ["primary"])]);
    expect(toggled(one, "event_type", "bot")).toEqual([]);
  });
  test("a negated filter is not a pressed card", () => {
    const not = [filter("event_type", ["bot"], { negated: true })];
    expect(isOn(not, "event_type", "bot")).toBe(false);
    expect(toggled(not, "event_type", "bot")).toHaveLength(2);
  });
  test("a row narrows each of its dimensions and leaves the others", () => {
    const before = [filter("country", ["IN", "US"]), filter("cta", ["x"], { contains: true })];
    expect(narrowedTo(before, { country: "IN", source: "" })).toEqual([
      filter("cta", ["x"], { contains: true }),
      filter("country", ["IN"]),
      filter("source", [""]),
    ]);
  });
});

describe("hours of the week", () => {
  const hour = (weekday: number, at: number, total: number): HourOfWeek => ({
    weekday,
    hour: at,
    ...countsOf({ total }),
  });
  test("shades: nothing is the lightest, the most the darkest, and every number is in the range that the legend says", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 168 }), (values) => {
        const shades = shadesOf(values);
        for (const value of values) {
          const said = shades.find(({ from, to }) => value >= from && value <= to);
          expect(said?.step).toBe(stepOf(shades, value));
          expect(stepOf(shades, value) === 0).toBe(value === 0);
        }
        const most = Math.max(...values);
        if (most > 0) expect(stepOf(shades, most)).toBe(5);
        expect(new Set(shades.map(({ step }) => step)).size).toBe(shades.length);
      }),
    );
  });
  test("one burst does not take the difference from all other hours", () => {
    const shades = shadesOf([0, 2, 5, 9, 14, 20, 26, 30, 4000]);
    expect(stepOf(shades, 2)).toBeLessThan(stepOf(shades, 14));
    expect(stepOf(shades, 14)).toBeLessThan(stepOf(shades, 30));
  });
  test("hours that the range does not come to, or has yet to come to, are none of it", () => {
    const meta = {
      from: "2026-11-21T00:00:00+05:30",
      to: "2026-11-22T00:00:00+05:30",
      data_from: "2026-11-21T00:00:00+05:30",
      generated_at: "2026-11-21T17:28:03+05:30",
    };
    const saturday = Array.from({ length: 24 }, (_, at) => (at <= 17 ? 1 : 0));
    const none = new Array<number>(24).fill(0);
    expect(timesOf(meta)).toEqual([none, none, none, none, none, saturday, none]);
    const sharp = timesOf({ ...meta, generated_at: "2026-11-21T17:00:00+05:30" });
    expect(sharp[5]?.slice(16, 18)).toEqual([1, 0]);
    const later = { generated_at: "2026-12-24T09:00:00+05:30" };
    expect(timesOf({ ...meta, ...later })[5]).toEqual(new Array<number>(24).fill(1));
    const held = timesOf({ ...meta, ...later, data_from: "2026-11-21T06:00:00+05:30" });
    expect(held[5]?.slice(5, 7)).toEqual([0, 1]);
    const months = timesOf({
      ...meta,
      from: "2026-10-23T00:00:00+05:30",
      data_from: "2026-10-23T00:00:00+05:30",
    });
    expect(months.map((day) => day[12])).toEqual([4, 4, 4, 4, 5, 5, 4]);
  });
  test("days are counted by their weekday", () => {
    const days = (from: string, to: string) =>
      daysOf({ from: `${from}T00:00:00+05:30`, to: `${to}T00:00:00+05:30` });
    expect(days("2026-10-23", "2026-11-22")).toEqual({ count: 30, most: 5, least: 4, often: [5, 6] });
    expect(days("2026-11-21", "2026-11-22")).toEqual({ count: 1, most: 1, least: 0, often: [6] });
    const week = days("2026-11-15", "2026-11-22");
    expect(week.most).toBe(week.least);
  });
  test("the busiest first, of equal ones the earliest, and none that is empty", () => {
    const hours = [hour(2, 9, 3), hour(1, 10, 3), hour(1, 9, 5), hour(7, 0, 0)];
    expect(busiest(hours, "total", 9).map(({ weekday, hour: at }) => [weekday, at])).toEqual([
      [1, 9],
      [1, 10],
      [2, 9],
    ]);
    expect(weekOf(hours, "total")[0]?.[9]).toBe(5);
  });
  test("arrow keys stay within the week, also where days stand side by side", () => {
    expect(neighbour({ weekday: 1, hour: 0 }, "ArrowLeft", false)).toEqual({ weekday: 1, hour: 0 });
    expect(neighbour({ weekday: 1, hour: 0 }, "ArrowDown", false)).toEqual({ weekday: 2, hour: 0 });
    expect(neighbour({ weekday: 1, hour: 0 }, "ArrowDown", true)).toEqual({ weekday: 1, hour: 1 });
    expect(neighbour({ weekday: 3, hour: 5 }, "End", true)).toEqual({ weekday: 7, hour: 5 });
    expect(neighbour({ weekday: 3, hour: 5 }, "a", false)).toBeNull();
  });
});

describe("zoom", () => {
  test("the part is always within the series, and a step that changes nothing is none", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.array(fc.constantFrom("in", "out", "earlier", "later"), { maxLength: 30 }),
        (count, steps) => {
          let part = wholeOf(count);
          for (const step of steps) {
            const next =
              step === "in" || step === "out"
                ? zoomed(part, count, step === "in" ? 0.5 : 2)
                : moved(part, count, step === "later" ? 0.5 : -0.5);
            expect(next).not.toEqual(part);
            part = next ?? part;
            expect(part.from).toBeGreaterThanOrEqual(0);
            expect(part.to).toBeLessThanOrEqual(count);
            expect(part.to - part.from).toBeGreaterThanOrEqual(Math.min(8, count));
          }
          for (let i = 0; i < 14; i += 1) part = zoomed(part, count, 2) ?? part;
          expect(isWhole(part, count)).toBe(true);
        },
      ),
    );
  });
});
