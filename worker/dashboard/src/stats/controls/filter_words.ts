// Filters in words.

import { isFlag } from "../../view/filters.ts";
import type { Filter } from "../../view/view.ts";
import { countLabels, dimensionLabels, type Flag, valueLabel } from "../../words.ts";

/** "Country"; "VPN". */
export const filterLabel = (dimension: Filter["dimension"]): string =>
  isFlag(dimension) ? flagLabel(dimension) : dimensionLabels[dimension];

export const flagLabel = (flag: Flag): string => countLabels[`${flag}_count`];

/** How it compares: "is", "is not", "contains", "does not contain". */
export function filterVerb(filter: Filter): string {
  if (isFlag(filter.dimension)) return filter.values[0] === "true" ? "yes" : "no";
  if (filter.contains) return filter.negated ? "does not contain" : "contains";
  return filter.negated ? "is not" : "is";
}

const SHOWN_VALUES = 3;

/** "India or United States"; of a long list the beginning. */
export function filterValues(filter: Filter, most = SHOWN_VALUES): string {
  const { dimension } = filter;
  if (isFlag(dimension)) return "";
  const label = (value: string) => (filter.contains ? `“${value}”` : valueLabel(dimension, value));
  const shown = filter.values.slice(0, most).map(label);
  const rest = filter.values.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} or ${rest} more` : shown.join(" or ");
}

/** "Country is not India or United States". */
export const filterText = (filter: Filter): string =>
  [filterLabel(filter.dimension), filterVerb(filter), filterValues(filter, filter.values.length)]
    .filter((part) => part !== "")
    .join(" ");
