// The four questions of the lead stats page. Each asks for its own part of the view, so changing one part asks again
// only for what it changes; together they cost four posts to Analytics Engine.

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { requestText } from "../api/http.ts";
import type { LeadStats } from "../api/stats.ts";
import { breakdownQuery, countriesQuery, statsQuery } from "../view/query.ts";
import type { View } from "../view/view.ts";

export const reportPath = "/analytics/lead-stats";

/** Where an answer came from: exports need its text, since only that is byte for byte what the server said. */
export interface Source {
  text: string;
  question: string;
}

const sources = new WeakMap<LeadStats, Source>();
export const sourceOf = (answer: LeadStats) => sources.get(answer);

export type LeadStatsQuery = UseQueryResult<LeadStats>;

/** The answer to the very question; undefined while one of an older view stands in for it. */
export const ownAnswer = ({ data, isPlaceholderData }: LeadStatsQuery): LeadStats | undefined =>
  isPlaceholderData ? undefined : data;

/** The parameters are the key: two panels that ask the same share one answer. */
function useReport(parameters: URLSearchParams): LeadStatsQuery {
  const question = parameters.toString();
  return useQuery({
    queryKey: ["lead-stats", question],
    queryFn: async ({ signal }) => {
      const { text, answer } = await requestText<LeadStats>(`${reportPath}?${question}`, { signal });
      sources.set(answer, { text, question });
      return answer;
    },
    placeholderData: keepPreviousData,
    // A shared structure would be another object than the one whose text is kept, and slow to find in 9,000 buckets.
    structuralSharing: false,
  });
}

/** Buckets, totals, comparison and hours of the week. */
export const useStats = (view: View, now: Date) => useReport(statsQuery(view, now));
/** Groups of the breakdown's dimensions. */
export const useBreakdown = (view: View, now: Date) => useReport(breakdownQuery(view, now));
/** Groups by country. */
export const useCountries = (view: View, now: Date) => useReport(countriesQuery(view, now));
