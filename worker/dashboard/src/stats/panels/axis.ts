// What stands under the points of a chart.

import { formatTime } from "../../format.ts";

export function tickLabel(start: string, bucket: string, timezone: string): string {
  if (bucket === "month") return formatTime(start, "month", timezone);
  return formatTime(start, start.slice(11, 16) === "00:00" ? "short" : "time", timezone);
}
