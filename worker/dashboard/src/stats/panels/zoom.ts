// The part of a series that is drawn large: indexes of buckets, `to` excluded.

import type { BucketRow } from "../../api/stats.ts";
import type { Zoom } from "../../view/view.ts";

export interface Part {
  from: number;
  to: number;
}

const FEWEST = 8;

export const wholeOf = (count: number): Part => ({ from: 0, to: count });
export const isWhole = ({ from, to }: Part, count: number) => from === 0 && to === count;

const within = (from: number, size: number, count: number): Part => {
  const start = Math.max(0, Math.min(count - size, Math.round(from)));
  return { from: start, to: start + size };
};

const changed = (next: Part, part: Part) => (next.from === part.from && next.to === part.to ? null : next);

/** So many times as long, around the same middle; null where it is at its limit. */
export function zoomed(part: Part, count: number, times: number): Part | null {
  const middle = (part.from + part.to) / 2;
  const size = Math.min(count, Math.max(Math.min(FEWEST, count), Math.round((part.to - part.from) * times)));
  return changed(within(middle - size / 2, size, count), part);
}

/** Earlier (negative) or later by a part of its length; null where there is nothing more. */
export function moved(part: Part, count: number, times: number): Part | null {
  const size = part.to - part.from;
  return changed(
    within(part.from + Math.sign(times) * Math.max(1, Math.round(size * Math.abs(times))), size, count),
    part,
  );
}

type Ends = Pick<BucketRow, "start" | "end">;
const utc = (instant: string) => new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");

/** A part as a view keeps it: other buckets of the same range have it too. */
export function zoomOf(part: Part, buckets: readonly Ends[]): Zoom | null {
  const [first, last] = [buckets[part.from], buckets[part.to - 1]];
  if (isWhole(part, buckets.length) || first === undefined || last === undefined) return null;
  return { from: utc(first.start), to: utc(last.end) };
}

/** The buckets that a zoom touches; all where it touches none. */
export function partOf(zoom: Zoom | null, buckets: readonly Ends[]): Part {
  const whole = wholeOf(buckets.length);
  if (zoom === null) return whole;
  const [from, to] = [Date.parse(zoom.from), Date.parse(zoom.to)];
  const first = buckets.findIndex(({ end }) => Date.parse(end) > from);
  const last = buckets.findLastIndex(({ start }) => Date.parse(start) < to);
  return first < 0 || last < first ? whole : { from: first, to: last + 1 };
}
