// Since when, and for how long, in words.

import { formatMinutes } from "../format.ts";

const HOUR = 60;
const DAY = 1440;

/** "3 hours", "2 days": in whole units, the largest that there are at least two of; never less than a minute. */
export function formatDuration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 2 * HOUR) return formatMinutes(minutes, "minute");
  if (minutes < 2 * DAY) return formatMinutes(Math.round(minutes / HOUR) * HOUR, "hour");
  return formatMinutes(Math.round(minutes / DAY) * DAY, "day");
}
