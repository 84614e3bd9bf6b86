// What stands under the points of a chart.

import { formatTime } from "../../format.ts";
import { isOfYears, type Point } from "./series.ts";

/** `points`: those that the axis is of. */
export function tickLabel(
  start: string,
  bucket: string,
  timezone: string,
  points: readonly Point[] = [],
): string {
  if (bucket === "month")
    return formatTime(start, isOfYears(points, bucket) ? "year" : "shortMonth", timezone);
  return formatTime(start, start.slice(11, 16) === "00:00" ? "short" : "time", timezone);
}
