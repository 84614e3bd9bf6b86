// The four questions of the lead stats page. Each asks for its own part of the view, so changing one part asks again
// only for what it changes; together they cost four posts to Analytics Engine.

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { requestJson } from "../api/http.ts";
import type { LeadStats } from "../api/stats.ts";
import { breakdownQuery, countriesQuery, statsQuery } from "../view/query.ts";
import type { View } from "../view/view.ts";

export const reportPath = "/analytics/lead-stats";

export type LeadStatsQuery = UseQueryResult<LeadStats>;

/** The parameters are the key: two panels that ask the same share one answer. */
function useReport(parameters: URLSearchParams): LeadStatsQuery {
  const question = parameters.toString();
  return useQuery({
    queryKey: ["lead-stats", question],
    queryFn: ({ signal }) => requestJson<LeadStats>(`${reportPath}?${question}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Buckets, totals, comparison and hours of the week. */
export const useStats = (view: View, now: Date) => useReport(statsQuery(view, now));
/** Groups of the breakdown's dimensions. */
export const useBreakdown = (view: View, now: Date) => useReport(breakdownQuery(view, now));
/** Groups by country. */
export const useCountries = (view: View, now: Date) => useReport(countriesQuery(view, now));
