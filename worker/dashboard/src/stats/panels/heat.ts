// Hours of the week: how dark each one is, and which are the busiest.

import type { HourOfWeek } from "../../api/stats.ts";
import type { CountName } from "../../words.ts";

const STEPS = 5;

/** A shade, and the counts that have it. */
export interface Shade {
  step: number;
  from: number;
  to: number;
}

/**
 * Shades 0 for nothing and 1 to 5, each for about as many of the numbers that occur: equal parts of the most would leave
 * a week with one burst in it without any difference.
 */
export function shadesOf(values: readonly number[]): Shade[] {
  const distinct = [...new Set(values)].filter((value) => value > 0).sort((a, b) => a - b);
  const count = Math.min(STEPS, distinct.length);
  const shades: Shade[] = [{ step: 0, from: 0, to: 0 }];
  let from = 1;
  for (let i = 1; i <= count; i += 1) {
    const to = distinct[Math.round((i / count) * distinct.length) - 1] ?? from;
    // The most is always the darkest.
    const step = i === count ? STEPS : Math.ceil((i / count) * STEPS);
    shades.push({ step, from, to });
    from = to + 1;
  }
  return shades;
}

export const stepOf = (shades: readonly Shade[], value: number) =>
  shades.find(({ to }) => value <= to)?.step ?? STEPS;

const DAY_MS = 86_400_000;
const dayOf = (instant: string) => Date.parse(`${instant.slice(0, 10)}T00:00:00Z`);
// 1 January 1970 was a Thursday.
const weekdayOf = (day: number) => ((day / DAY_MS + 3) % 7) + 1;

/** How often the range, as far as it is over, came to each hour of the week: times[weekday - 1][hour]. */
export function timesOf({
  from,
  to,
  data_from,
  generated_at,
}: {
  from: string;
  to: string;
  data_from: string;
  generated_at: string;
}): number[][] {
  const times = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  // All carry the offset of the zone, so their digits are its clock.
  const start = Date.parse(data_from) > Date.parse(from) ? data_from : from;
  const end = Date.parse(generated_at) < Date.parse(to) ? generated_at : to;
  if (Date.parse(start) >= Date.parse(end)) return times;
  const [firstDay, lastDay] = [dayOf(start), dayOf(end)];
  const firstHour = Number(start.slice(11, 13));
  const lastHour = Number(end.slice(11, 13)) - (end.slice(14, 19) === "00:00" ? 1 : 0);
  for (let day = firstDay; day <= lastDay; day += DAY_MS) {
    const hours = times[weekdayOf(day) - 1];
    const until = day === lastDay ? lastHour : 23;
    for (let hour = day === firstDay ? firstHour : 0; hours !== undefined && hour <= until; hour += 1) {
      hours[hour] = (hours[hour] ?? 0) + 1;
    }
  }
  return times;
}

/** How many days the range has, and which weekdays it has more often than others. */
export function daysOf({ from, to }: { from: string; to: string }) {
  const days = [0, 0, 0, 0, 0, 0, 0];
  // To the last moment that is within.
  const end = dayOf(to) - (to.slice(11, 19) === "00:00:00" ? DAY_MS : 0);
  let count = 0;
  for (let day = dayOf(from); day <= end; day += DAY_MS) {
    const at = weekdayOf(day) - 1;
    days[at] = (days[at] ?? 0) + 1;
    count += 1;
  }
  const most = Math.max(...days);
  const least = Math.min(...days);
  return {
    count,
    most,
    least,
    /** 1 is Monday; all seven where none came more often. */
    often: [1, 2, 3, 4, 5, 6, 7].filter((weekday) => days[weekday - 1] === most),
  };
}

/** cells[weekday - 1][hour] */
export function weekOf(hours: readonly HourOfWeek[], name: CountName): number[][] {
  const week = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const hour of hours) {
    const day = week[hour.weekday - 1];
    if (day !== undefined && hour.hour in day) day[hour.hour] = hour[name];
  }
  return week;
}

/** The busiest hours, the earliest of equal ones first; none where nothing came. */
export const busiest = (hours: readonly HourOfWeek[], name: CountName, count: number) =>
  hours
    .filter((hour) => hour[name] > 0)
    .sort((a, b) => b[name] - a[name] || a.weekday - b.weekday || a.hour - b.hour)
    .slice(0, count);

/** The cell that an arrow key leads to; the same where there is none further. */
export function neighbour(
  cell: { weekday: number; hour: number },
  key: string,
  daysAcross: boolean,
): { weekday: number; hour: number } | null {
  const by = (days: number, hours: number) => ({
    weekday: Math.min(7, Math.max(1, cell.weekday + days)),
    hour: Math.min(23, Math.max(0, cell.hour + hours)),
  });
  switch (key) {
    case "ArrowLeft":
      return daysAcross ? by(-1, 0) : by(0, -1);
    case "ArrowRight":
      return daysAcross ? by(1, 0) : by(0, 1);
    case "ArrowUp":
      return daysAcross ? by(0, -1) : by(-1, 0);
    case "ArrowDown":
      return daysAcross ? by(0, 1) : by(1, 0);
    case "Home":
      return daysAcross ? { ...cell, weekday: 1 } : { ...cell, hour: 0 };
    case "End":
      return daysAcross ? { ...cell, weekday: 7 } : { ...cell, hour: 23 };
    default:
      return null;
  }
}
