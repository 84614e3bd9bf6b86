// Which local days a view's range has. Pure: the present and the zone are given.

import {
  type CalendarDate,
  fromDate,
  parseDate,
  startOfMonth,
  startOfWeek,
  toCalendarDate,
} from "@internationalized/date";
import type { DateRange, Preset, View } from "./view.ts";

/** Presets that the API counts itself, as its parameter `days`. */
export const presetDays: Partial<Record<Preset, number>> = { today: 1, "7d": 7, "30d": 30, "90d": 90 };

export const presetLabels: Record<Preset, string> = {
  today: "Today",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  this_week: "This week",
  last_week: "Last week",
  this_month: "This month",
  last_month: "Last month",
};
export const presets = Object.keys(presetLabels) as Preset[];

/** The local date of an instant. */
export const dateIn = (now: Date, zone: string): CalendarDate => toCalendarDate(fromDate(now, zone));

/** undefined where it is no date of the calendar, or one that the API does not count. */
export function readDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    const date = parseDate(text);
    return date.year >= 1970 ? date : undefined;
  } catch {
    return undefined;
  }
}

/** Local dates, `to` excluded. */
export function datesOf(range: View["range"], now: Date, zone: string): DateRange {
  if (typeof range !== "string") return range;
  const today = dateIn(now, zone);
  const between = (from: CalendarDate, to: CalendarDate) => ({ from: from.toString(), to: to.toString() });
  const week = startOfWeek(today, "en", "mon");
  const month = startOfMonth(today);
  switch (range) {
    case "this_week":
      return between(week, week.add({ weeks: 1 }));
    case "last_week":
      return between(week.subtract({ weeks: 1 }), week);
    case "this_month":
      return between(month, month.add({ months: 1 }));
    case "last_month":
      return between(month.subtract({ months: 1 }), month);
    default: {
      const tomorrow = today.add({ days: 1 });
      return between(tomorrow.subtract({ days: presetDays[range] ?? 1 }), tomorrow);
    }
  }
}

/** The range's beginning, and its end or, where that is to come, the present; in Unix milliseconds. */
export function instantsOf(range: View["range"], now: Date, zone: string): { from: number; to: number } {
  const dates = datesOf(range, now, zone);
  const midnight = (text: string) => parseDate(text).toDate(zone).getTime();
  const from = midnight(dates.from);
  return { from, to: Math.max(from, Math.min(midnight(dates.to), now.getTime())) };
}
