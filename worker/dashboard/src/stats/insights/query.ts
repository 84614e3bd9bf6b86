// The question of the insights panel. It costs six posts to Analytics Engine, so it is asked only where somebody looks.

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { requestJson } from "../../api/http.ts";
import type { Insights } from "../../api/insights.ts";
import { insightsQuery } from "../../view/query.ts";
import type { View } from "../../view/view.ts";

/** `looking`: somebody is there to see it. What was asked before is kept. */
export function useInsights(view: View, looking: boolean): UseQueryResult<Insights> {
  const question = insightsQuery(view).toString();
  return useQuery({
    queryKey: ["lead-stats", "insights", question],
    queryFn: ({ signal }) => requestJson<Insights>(`/analytics/insights?${question}`, { signal }),
    enabled: looking,
    // They are of whole days: to come back to them is no reason to ask again. Whatever renews the page renews them.
    staleTime: Number.POSITIVE_INFINITY,
    // Nobody sees the old ones go, and on paper they must not stand for others.
    ...(looking ? { placeholderData: keepPreviousData } : {}),
  });
}
