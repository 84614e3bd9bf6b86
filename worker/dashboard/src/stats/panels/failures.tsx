// Failures of the lead stats page: each is said once, with a button that takes away the filter that it is about.

import { useMemo } from "react";
import { Problem } from "../../api/http.ts";
import type { Failures } from "../../ui/states.tsx";
import { isDimension, isFlag } from "../../view/filters.ts";
import type { Change } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { filterLabel } from "../controls/filter_words.ts";
import type { LeadStatsQuery } from "../queries.ts";

const nameOf = (error: unknown) =>
  error instanceof Problem ? `${error.status} ${error.code} ${error.message}` : String(error);

/** The filters that the API does not take, or that ask for what the key does not reach. */
export function blamed(error: unknown, filters: View["filters"]): View["filters"] {
  if (!(error instanceof Problem)) return [];
  if (error.status === 403) return filters.filter(({ dimension }) => dimension === "project");
  const names = error.invalidParams.map(({ name }) => name);
  return filters.filter(({ dimension }) => names.includes(dimension));
}

/** What the panels show, and how they change it. */
export interface PageParts {
  view: View;
  change: Change;
  stats: LeadStatsQuery;
  breakdown: LeadStatsQuery;
  countries: LeadStatsQuery;
}

export function useFailures({ view, change, stats, breakdown, countries }: PageParts): Failures {
  return useMemo(() => {
    const speakers = new Map<string, string>();
    // In the order in which they stand on the page.
    for (const [part, query] of [
      ["figures", stats],
      ["breakdown", breakdown],
      ["countries", countries],
    ] as const) {
      if (query.data !== undefined || !query.isError) continue;
      const name = nameOf(query.error);
      if (!speakers.has(name)) speakers.set(name, part);
    }
    return {
      labelOf: (name) => (isDimension(name) || isFlag(name) ? filterLabel(name) : undefined),
      saidBy: (error) => speakers.get(nameOf(error)),
      // Above the panels, which have several parts of that answer.
      saysOld: (error) => error === stats.error,
      help: (error) => {
        const filters = blamed(error, view.filters);
        const dimensions = [...new Set(filters.map(({ dimension }) => dimension))];
        if (dimensions.length === 0) return null;
        return (
          <div className="advice no-print">
            {dimensions.map((name) => (
              <button
                key={name}
                type="button"
                className="button"
                onClick={() =>
                  change(({ filters: all }) => ({
                    filters: all.filter(({ dimension }) => dimension !== name),
                  }))
                }
              >
                Remove the filter {filterLabel(name)}
              </button>
            ))}
          </div>
        );
      },
    };
  }, [view.filters, change, stats, breakdown, countries]);
}
