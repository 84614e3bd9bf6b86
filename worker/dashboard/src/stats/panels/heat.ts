// Hours of the week: how dark each one is, and which are the busiest.

import type { HourOfWeek } from "../../api/stats.ts";
import type { CountName } from "../../words.ts";

export const HEAT_STEPS = 5;

/** 0 for nothing, else 1 to 5 in equal parts of the most. */
export const heatStep = (value: number, most: number) =>
  value <= 0 || most <= 0 ? 0 : Math.min(HEAT_STEPS, Math.ceil((value / most) * HEAT_STEPS));

/** What each step stands for, without steps that no whole number falls into. */
export function heatSteps(most: number): { step: number; from: number; to: number }[] {
  const steps = [{ step: 0, from: 0, to: 0 }];
  for (let step = 1; step <= HEAT_STEPS; step += 1) {
    const from = Math.floor(((step - 1) / HEAT_STEPS) * most) + 1;
    const to = Math.floor((step / HEAT_STEPS) * most);
    if (to >= from) steps.push({ step, from, to });
  }
  return steps;
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
