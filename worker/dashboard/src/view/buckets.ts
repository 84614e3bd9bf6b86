// Which buckets a range can be cut into, and which one it is cut into unless somebody chooses. How many there are is a
// guess that only disables buttons: the API decides.

import { parseDate } from "@internationalized/date";
import { buckets, limits } from "~schema";
import { formatCount } from "../format.ts";
import { datesOf, instantsOf } from "./range.ts";
import type { BucketName, View } from "./view.ts";

const labels: Record<string, string> = {
  "15min": "15 min",
  "30min": "30 min",
  "60min": "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
};

/** Those that one can choose: minutes are for watching the present, and a chart of no buckets is none. */
export const offeredBuckets: readonly BucketName[] = buckets
  .map(({ name }) => name)
  .filter((name) => name in labels);

export const bucketLabel = (bucket: string): string => labels[bucket] ?? bucket;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How many buckets the range touches until now. Below a day it is what real time holds, so a night of 25 hours counts as
 * one; where a zone's clock changes by less than a bucket the API may count one more.
 */
export function countBuckets(bucket: BucketName, range: View["range"], now: Date, zone: string): number {
  const { from, to } = instantsOf(range, now, zone);
  if (to <= from) return 0;
  const seconds = buckets.find(({ name }) => name === bucket)?.seconds ?? 0;
  if (seconds > 0) return Math.ceil((to - from) / (seconds * 1000));
  const dates = datesOf(range, now, zone);
  const first = parseDate(dates.from);
  const end = parseDate(dates.to);
  // Noon, so that no change of a clock moves a date.
  const number = (date: typeof first) => Math.round(date.toDate("UTC").getTime() / DAY_MS);
  const last = end.subtract({ days: 1 });
  switch (bucket) {
    case "week":
      // 1970-01-01 was a Thursday.
      return Math.floor((number(last) + 3) / 7) - Math.floor((number(first) + 3) / 7) + 1;
    case "month":
      return (last.year - first.year) * 12 + last.month - first.month + 1;
    case "day":
      return number(end) - number(first);
    default:
      return 1;
  }
}

export interface BucketChoice {
  name: BucketName;
  label: string;
  /** Why it cannot be chosen; null where it can. */
  reason: string | null;
}

export function bucketChoices(range: View["range"], now: Date, zone: string): BucketChoice[] {
  return offeredBuckets.map((name) => {
    const count = countBuckets(name, range, now, zone);
    const reason =
      count > limits.max_buckets
        ? `Too many: the range has ${formatCount(count)} of them, and an answer has at most ${formatCount(limits.max_buckets)}. Choose a shorter range or a larger bucket.`
        : null;
    return { name, label: bucketLabel(name), reason };
  });
}

/** Some twenty to a hundred points where that can be. */
export function defaultBucket(range: View["range"], now: Date, zone: string): BucketName {
  const dates = datesOf(range, now, zone);
  const days = parseDate(dates.to).compare(parseDate(dates.from));
  if (days <= 2) return "60min";
  if (days <= 120) return "day";
  return days <= 730 ? "week" : "month";
}

/** What the view is cut into: what was chosen where the range allows it. */
export function bucketOf(view: View, now: Date, zone: string): BucketName {
  const { bucket, range } = view;
  if (bucket !== null && countBuckets(bucket, range, now, zone) <= limits.max_buckets) return bucket;
  return defaultBucket(range, now, zone);
}
