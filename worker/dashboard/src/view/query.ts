// What each part of the lead stats page asks of GET /analytics/lead-stats. Parameters that mean the same are written
// the same, so that equal questions share one answer.

import { type CalendarDate, minDate, parseDate, startOfMonth, startOfWeek } from "@internationalized/date";
import { limits } from "~schema";
import type { DimensionName } from "../words.ts";
import { bucketOf } from "./buckets.ts";
import { filterParameters } from "./filters.ts";
import { dateIn, datesOf, presetDays } from "./range.ts";
import type { Filter, View } from "./view.ts";
import { zoneOf } from "./zone.ts";

export type ExportFormat = "csv" | "json" | "ndjson";

function addRange(to: URLSearchParams, view: View, now: Date, zone: string) {
  const days = typeof view.range === "string" ? presetDays[view.range] : undefined;
  if (days !== undefined) {
    to.set("days", String(days));
  } else {
    const dates = datesOf(view.range, now, zone);
    to.set("from", dates.from);
    to.set("to", dates.to);
  }
  if (view.timezone !== null) to.set("timezone", view.timezone);
}

function addFilters(to: URLSearchParams, filters: readonly Filter[]) {
  for (const [name, value] of filterParameters(filters)) to.append(name, value);
}

function timeQuery(view: View, now: Date, zone: string): URLSearchParams {
  const query = new URLSearchParams();
  addRange(query, view, now, zone);
  query.set("bucket", bucketOf(view, now, zone));
  addFilters(query, view.filters);
  return query;
}

/** The largest groups, without buckets. */
function groupQuery(view: View, by: readonly DimensionName[], now: Date, zone: string): URLSearchParams {
  const query = new URLSearchParams();
  addRange(query, view, now, zone);
  query.set("bucket", "none");
  query.set("group_by", by.join(","));
  if (view.sort !== "total") query.set("sort", view.sort);
  query.set("limit", String(limits.report_groups_max));
  addFilters(query, view.filters);
  return query;
}

/** The longest range whose hours of the week can be asked for: the API sums them up from the hours of the range. */
export const daysOfHours = Math.floor(limits.max_buckets / 24);

/** The first day that is not counted: of what is to come, the API counts to the end of the bucket that runs. */
function endOfCounted(view: View, now: Date, zone: string): CalendarDate {
  const today = dateIn(now, zone);
  const bucket = bucketOf(view, now, zone);
  const running =
    bucket === "month"
      ? startOfMonth(today).add({ months: 1 })
      : bucket === "week"
        ? startOfWeek(today, "en", "mon").add({ weeks: 1 })
        : today.add({ days: 1 });
  return minDate(parseDate(datesOf(view.range, now, zone).to), running);
}

function hasHoursOfWeek(view: View, now: Date, zone: string): boolean {
  const from = parseDate(datesOf(view.range, now, zone).from)
    .toDate(zone)
    .getTime();
  const to = endOfCounted(view, now, zone).toDate(zone).getTime();
  return to - from <= limits.max_buckets * 3_600_000;
}

/** Buckets, totals, comparison and, where the range is not too long for them, hours of the week. */
export function statsQuery(view: View, now: Date, zone = zoneOf(view)): URLSearchParams {
  const query = timeQuery(view, now, zone);
  if (view.compare !== "none") query.set("compare", view.compare);
  if (hasHoursOfWeek(view, now, zone)) query.set("include", "hour_of_week");
  return query;
}

/** Groups of the breakdown's dimensions. */
export const breakdownQuery = (view: View, now: Date, zone = zoneOf(view)): URLSearchParams =>
  groupQuery(view, view.by, now, zone);

/** Groups by country; a breakdown by country is the very same question. */
export const countriesQuery = (view: View, now: Date, zone = zoneOf(view)): URLSearchParams =>
  groupQuery(view, ["country"], now, zone);

/** Values of a dimension in the view's range, to choose from. */
export function suggestionsQuery(
  view: View,
  dimension: DimensionName,
  now: Date,
  zone = zoneOf(view),
): URLSearchParams {
  const query = groupQuery({ ...view, sort: "total" }, [dimension], now, zone);
  query.set("limit", "200");
  return query;
}

/**
 * A file of the view: its buckets ("time"), the breakdown's groups ("groups"), or the buckets of each group ("both").
 * Only JSON has a place for the comparison and the hours of the week.
 */
export function exportQuery(
  view: View,
  now: Date,
  format: ExportFormat,
  what: "time" | "groups" | "both" = "time",
  zone = zoneOf(view),
): URLSearchParams {
  let query: URLSearchParams;
  if (what === "groups") query = breakdownQuery(view, now, zone);
  else if (what === "time" && format === "json") query = statsQuery(view, now, zone);
  else query = timeQuery(view, now, zone);
  if (what === "both") {
    query.set("group_by", view.by.join(","));
    if (view.sort !== "total") query.set("sort", view.sort);
    query.set("limit", String(limits.report_groups_max));
  }
  query.set("format", format);
  return query;
}

/** What stands out in the last whole days, whatever the view's range: insights have a window of their own. */
export function insightsQuery(view: View): URLSearchParams {
  const query = new URLSearchParams({ days: String(limits.insight_days_default) });
  if (view.timezone !== null) query.set("timezone", view.timezone);
  addFilters(query, view.filters);
  return query;
}

/** The last half hour by the minute: this one and 29 before. */
export function realtimeQuery(view: View, now: Date): URLSearchParams {
  const minute = Math.floor(now.getTime() / 60_000) * 60_000;
  const query = new URLSearchParams({
    from: new Date(minute - 29 * 60_000).toISOString().replace(/\.\d+Z$/, "Z"),
    bucket: "1min",
  });
  if (view.timezone !== null) query.set("timezone", view.timezone);
  addFilters(query, view.filters);
  return query;
}
