// The figures of the cards, from one answer.

import { comparisonOf, type LeadStats } from "../../api/stats.ts";
import type { CountName, Flag } from "../../words.ts";
import { countLabels, type EventType, eventTypeMeanings } from "../../words.ts";

export interface Figure {
  id: string;
  label: string;
  about: string;
  kind: "count" | "share";
  /** Counts as they are; shares 0 to 1, null of nothing. */
  value: number | null;
  /** Part of the total, of a count. */
  part: number | null;
  /** Of a count; null where it is exact, and of shares. */
  margin: number | null;
  earlier: number | null;
  /** Relative of counts, in parts of 1 of shares; null where it cannot be said. */
  change: number | null;
  /** Whether a rise is good news; null: it is neither. */
  riseIsGood: boolean | null;
  /** What a click filters by. */
  filter: { dimension: "event_type" | Flag; value: EventType | "true" } | null;
}

const riseIsGood: Partial<Record<CountName, boolean>> = { primary: true, follow_up: true, hot_count: true };

const aboutCounts: Record<CountName, string> = {
  total: "All five types together",
  ...eventTypeMeanings,
  vpn_count: "From a VPN, Tor or a hosting network, of any type",
  suspicious_count: "Worth a second look, of any type",
  hot_count: "With a high lead score, of any type",
};

const share = (part: number, total: number) => (total > 0 ? part / total : null);

export function countFigure(data: LeadStats, name: CountName, filter: Figure["filter"] = null): Figure {
  const { totals, meta } = data;
  const comparison = comparisonOf(data);
  return {
    id: name,
    label: countLabels[name],
    about: aboutCounts[name],
    kind: "count",
    value: totals[name],
    part: name === "total" ? null : share(totals[name], totals.total),
    margin: meta.margin?.[name] ?? null,
    earlier: comparison?.totals[name] ?? null,
    change: comparison?.change[name] ?? null,
    riseIsGood: riseIsGood[name] ?? null,
    filter,
  };
}

export function shareFigure(data: LeadStats, name: "primary" | "hot_count"): Figure {
  const { totals } = data;
  const comparison = comparisonOf(data);
  const value = share(totals[name], totals.total);
  const earlier = comparison === null ? null : share(comparison.totals[name], comparison.totals.total);
  return {
    id: `${name}_share`,
    label: `${countLabels[name]} %`,
    about: `Part of all submissions that is ${countLabels[name].toLowerCase()}`,
    kind: "share",
    value,
    part: null,
    // The part and the whole are estimates of the same points: from their margins alone it cannot be told.
    margin: null,
    earlier,
    change: value !== null && earlier !== null ? value - earlier : null,
    riseIsGood: true,
    filter: null,
  };
}

/** Whether a difference is news: a day that is still running has less than a whole one, whatever it will come to. */
export const isLikeForLike = ({ meta }: LeadStats): boolean =>
  !meta.warnings.some(({ code }) => code === "running_period");
