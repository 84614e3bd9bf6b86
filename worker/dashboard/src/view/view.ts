// A view: what the lead stats page shows. All of it is in the address, so that a view can be shared; its parameters are
// the API's own wherever the API has them.

import { type buckets, type compares, counts, dimensions, flags } from "~schema";
import type { CountName, DimensionName, EventType, Flag } from "../words.ts";

export type BucketName = (typeof buckets)[number]["name"];
export type CompareName = (typeof compares)[number];

/** Relative ranges stay relative when they are shared. */
export type Preset = "today" | "7d" | "30d" | "90d" | "this_week" | "last_week" | "this_month" | "last_month";

/** Local dates YYYY-MM-DD, `to` excluded. */
export interface DateRange {
  from: string;
  to: string;
}

export interface Filter {
  dimension: DimensionName | Flag;
  /** Of a flag: "true" or "false". "" is "not known". */
  values: string[];
  negated: boolean;
  contains: boolean;
}

/** Instants as RFC 3339 in UTC, `to` excluded. */
export interface Zoom {
  from: string;
  to: string;
}

export interface View {
  range: Preset | DateRange;
  /** null: the deployment's. */
  timezone: string | null;
  /** null: chosen by the range. */
  bucket: BucketName | null;
  filters: Filter[];
  compare: CompareName;
  /** Of the breakdown: one or two. */
  by: DimensionName[];
  /** What the breakdown ranks by. */
  sort: CountName;
  /** Types that the chart over time does not draw. */
  hidden: EventType[];
  /** The part of the range that is drawn large; null: all of it. */
  zoom: Zoom | null;
  /** What the hours of the week count. */
  hours: CountName;
  /** Panels, by their slugs, that show their table. */
  tables: string[];
}

export const defaultView: View = {
  range: "7d",
  timezone: null,
  bucket: null,
  filters: [],
  compare: "previous",
  by: ["source"],
  sort: "total",
  hidden: [],
  zoom: null,
  hours: "total",
  tables: [],
};

export const dimensionNames: readonly DimensionName[] = dimensions.map(({ name }) => name);
export const flagNames: readonly Flag[] = flags;
export const countNames: readonly CountName[] = counts;
