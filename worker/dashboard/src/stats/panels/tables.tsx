// The tables behind the charts.

import { useMemo } from "react";
import { comparisonOf, type LeadStats } from "../../api/stats.ts";
import { formatCount, formatHourSpan, formatSpan, formatWeekday } from "../../format.ts";
import type { Change } from "../../view/use_view.ts";
import { CountsTable } from "./counts_table.tsx";
import { groupRows } from "./groups.tsx";
import { timesOf } from "./heat.ts";
import { partialWords, pointsOf } from "./series.ts";

/** `compared`: with the total of the earlier time beside each. */
export function BucketsTable({ data, compared = false }: { data: LeadStats; compared?: boolean }) {
  const earlier = compared ? comparisonOf(data)?.buckets : undefined;
  const rows = useMemo(
    () =>
      pointsOf(data.buckets, earlier, { minutes: null, generatedAt: data.meta.generated_at }).map(
        (point) => ({
          id: point.start,
          labels: () => [
            formatSpan(point.start, point.end, data.meta.timezone),
            ...(earlier === undefined ? [] : [point.before === null ? "–" : formatCount(point.before)]),
          ],
          counts: point,
          note: partialWords(point),
        }),
      ),
    [data, earlier],
  );
  return (
    <CountsTable
      caption={compared ? "Submissions by time" : "Each type by time"}
      heads={earlier === undefined ? ["Time"] : ["Time", "Earlier time"]}
      rows={rows}
      sort="here"
    />
  );
}

export function HoursTable({ data }: { data: LeadStats }) {
  const times = useMemo(() => timesOf(data.meta), [data]);
  const rows = useMemo(
    () =>
      (data.hour_of_week ?? []).map((hour) => ({
        id: `${hour.weekday} ${hour.hour}`,
        labels: () => [`${formatWeekday(hour.weekday, "long")} ${formatHourSpan(hour.hour)}`],
        counts: hour,
        note: hour.total > 0 || (times[hour.weekday - 1]?.[hour.hour] ?? 0) > 0 ? null : "Not in this range",
      })),
    [data, times],
  );
  return <CountsTable caption="Submissions by hour of the week" heads={["Hour"]} rows={rows} sort="here" />;
}

export function CountriesTable({ data, change }: { data: LeadStats; change: Change }) {
  const { rows, last } = useMemo(() => groupRows(data.groups, ["country"], change), [data, change]);
  return (
    <CountsTable
      caption="Submissions by country"
      heads={["Country"]}
      rows={rows}
      last={last}
      sort="here"
      height={396}
    />
  );
}
