// The last half hour, in numbers and words.

import type { BucketRow, Meta } from "../../api/stats.ts";
import { formatAgo, formatCount, formatMinutes } from "../../format.ts";
import { eventTypeLabels, eventTypes } from "../../words.ts";

export const MINUTES = 30;

/** "3 actual, 1 bot"; kinds that did not come are left out. */
export function kindsText(row: Pick<BucketRow, (typeof eventTypes)[number]>): string {
  const kinds = eventTypes.filter((type) => row[type] > 0);
  return kinds.map((type) => `${formatCount(row[type])} ${eventTypeLabels[type].toLowerCase()}`).join(", ");
}

/**
 * How far Analytics Engine may be behind, and how old the newest submission is. The API knows no more than the time that
 * Analytics Engine usually takes: `data_through` is that much before the answer.
 */
export function lagText(
  meta: Pick<Meta, "generated_at" | "data_through" | "newest_submission_at">,
  now: number,
): string {
  const behind = (Date.parse(meta.generated_at) - Date.parse(meta.data_through)) / 60_000;
  const open = behind < 1.5 ? "a minute" : formatMinutes(Math.ceil(behind));
  const lag = behind <= 0 ? "" : `Up to about ${open} behind`;
  const newest =
    meta.newest_submission_at === null
      ? "no submission in this time"
      : // A clock that differs a little from the server's must not tell of the future.
        `newest submission ${formatAgo(Math.min(Date.parse(meta.newest_submission_at), now), now)}`;
  return lag === "" ? `${newest.charAt(0).toUpperCase()}${newest.slice(1)}` : `${lag}; ${newest}`;
}
