// Answers of GET /analytics/insights, as docs/api/insights.md describes them.

import type { insightKinds, severities } from "~schema";
import type { CountName, DimensionName } from "../words.ts";
import type { Meta } from "./stats.ts";

export type InsightKind = (typeof insightKinds)[number]["name"];
export type Severity = (typeof severities)[number];

/** A range of time, RFC 3339, `to` excluded. */
export interface Window {
  from: string;
  to: string;
}

/** Now against what the same days or hours of earlier weeks let expect: counts, or shares from 0 to 1. */
export interface Compared {
  current: number;
  expected: number;
  low: number;
  high: number;
  baseline: number[];
}

/** Of rise, fall and silence. */
export interface CountNumbers extends Compared {
  /** (current - expected) / expected; null where nothing was expected. */
  change?: number | null;
  silent_hours?: number;
}

/** Of shares: how many there were, and of them how many of what is told about. */
export interface ShareNumbers extends Compared {
  submissions: number;
  count: number;
}

/** Of a campaign without hot leads. */
export interface NoHotNumbers {
  /** The campaign’s own; of them the leads are accepted. */
  submissions: number;
  leads: number;
  current: number;
  expected: number;
  /** Of the submissions of all others. */
  rate: number;
  other_submissions: number;
  other_hot: number;
}

/** Of best hours: `hour_to` is excluded, and may be smaller where the block goes over midnight. */
export interface HoursNumbers {
  hour_from: number;
  hour_to: number;
  leads: number;
  of: number;
  share: number;
  even_share: number;
}

export type InsightNumbers = CountNumbers | ShareNumbers | NoHotNumbers | HoursNumbers;

export interface Insight extends Window {
  id: string;
  kind: InsightKind;
  severity: Severity;
  /** null: of all that was looked at. */
  dimension: DimensionName | null;
  value: string | null;
  count: CountName | "accepted";
  strength: number | null;
  headline: string;
  explanation: string;
  numbers: InsightNumbers;
}

export interface Insights {
  meta: Pick<
    Meta,
    "from" | "to" | "timezone" | "generated_at" | "data_through" | "sampled" | "cache" | "warnings"
  > & {
    days: number | null;
    hours: number | null;
    baseline: Window[];
  };
  data: Insight[];
}
