// Weekly briefs, as docs/api/briefs.md describes them.

import { useQuery } from "@tanstack/react-query";
import type { Delivery } from "./deliveries.ts";
import { requestJson } from "./http.ts";
import type { Insights } from "./insights.ts";
import { usePages } from "./pages.ts";
import type { Counts } from "./stats.ts";

export interface BriefItem {
  /** null: of a preview, which is kept nowhere. */
  brief_id: string | null;
  /** ["*"] or slugs. */
  projects: string[];
  from: string;
  to: string;
  timezone: string;
  generated_at: string;
  title: string;
  written_by: "template" | "model";
  deliveries: Delivery[];
}

export interface TopRow extends Counts {
  key: string;
  /** Part of all submissions, 0 to 1. */
  share: number | null;
}

/** The part of GET /analytics/lead-stats/summary that is shown. */
export interface Summary {
  totals: Counts;
  rates: Record<"actual" | "hot" | "bot" | "blocked" | "rejected", number | null>;
  change: Partial<Record<keyof Counts, number | null>>;
  top: Partial<Record<"project" | "country" | "source" | "utm_campaign", TopRow[]>>;
  busiest_hour: { hour: number; total: number } | null;
}

export interface Brief extends BriefItem {
  /** All of it as plain text. */
  text: string;
  sections: { title: string; lines: string[] }[];
  summary: Summary;
  insights: Insights;
}

const path = "/api/briefs";

export const useBriefs = () => usePages<BriefItem>(["briefs"], path);

export function useBrief(id: string) {
  return useQuery({
    queryKey: ["brief", id],
    queryFn: ({ signal }) => requestJson<Brief>(`${path}/${encodeURIComponent(id)}`, { signal }),
  });
}

/** What a preview is of; what is left out the API chooses: all projects of the key, the last whole week. */
export interface PreviewOf {
  projects?: string[];
  /** A local date: the seven days before it. */
  to?: string;
}

/** Nothing is kept and nothing goes out, so asking twice does no harm. */
export function useBriefPreview(of: PreviewOf) {
  return useQuery({
    queryKey: ["brief-preview", of],
    queryFn: ({ signal }) => requestJson<Brief>(`${path}/preview`, { method: "POST", json: of, signal }),
    staleTime: 300_000,
  });
}
