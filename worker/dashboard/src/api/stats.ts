// Answers of the reporting API, as docs/api/lead-stats.md describes them.

import type { CountName, DimensionName } from "../words.ts";

export type Counts = Record<CountName, number>;

export interface Meta {
  from: string;
  to: string;
  timezone: string;
  bucket: string;
  group_by: DimensionName[];
  filters: { dimension: string; match: string; values: string[] }[];
  compare: string;
  generated_at: string;
  data_from: string;
  data_through: string;
  newest_submission_at: string | null;
  sampled: boolean;
  sample_interval_max: number;
  rows_read: number;
  /** Half the width of the 95 % confidence interval of each total; null where nothing was sampled. */
  margin: Counts | null;
  cache: "hit" | "miss" | "stale";
  corrections: number;
  warnings: { code: string; detail: string }[];
}

export interface BucketRow extends Counts {
  start: string;
  end: string;
  partial: boolean;
}

export interface GroupRow extends Counts {
  /** null: the rest, summed. */
  key: Partial<Record<DimensionName, string>> | null;
  other?: boolean;
  /** Part of totals.total, 0 to 1. */
  share: number | null;
}

export interface HourOfWeek extends Counts {
  /** 1 is Monday. */
  weekday: number;
  hour: number;
}

export interface Comparison {
  from: string;
  to: string;
  totals: Counts;
  /** (now - then) / then; null where then is 0 or cannot be known. */
  change: Record<CountName, number | null>;
  buckets: BucketRow[];
}

/** What the numbers can be compared with: none where the API says that the earlier ones are too small. */
export const comparisonOf = ({ comparison, meta }: LeadStats): Comparison | null =>
  meta.warnings.some(({ code }) => code === "comparison_before_retention") ? null : comparison;

export interface LeadStats {
  meta: Meta;
  totals: Counts;
  buckets: BucketRow[];
  groups: GroupRow[];
  comparison: Comparison | null;
  hour_of_week?: HourOfWeek[];
}
