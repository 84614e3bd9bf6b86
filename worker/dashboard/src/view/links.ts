// Links to the lead stats of something that is told elsewhere.

import type { DimensionName } from "../words.ts";
import { writeFilter } from "./filters.ts";

/** `range` as the page's address has it; `projects` of ["*"] are all; `narrowed` to one value of a dimension. */
export function statsLink(
  range: Record<string, string>,
  projects: readonly string[],
  narrowed?: { dimension: DimensionName | null; value: string | null },
): string {
  const query = new URLSearchParams(range);
  const add = (dimension: DimensionName, values: readonly string[]) =>
    query.set(dimension, writeFilter({ dimension, values: [...values], negated: false, contains: false }));
  if (!projects.includes("*")) add("project", projects);
  if (narrowed !== undefined && narrowed.dimension !== null && narrowed.value !== null) {
    add(narrowed.dimension, [narrowed.value]);
  }
  return `/?${query}`;
}
