// Which values of a dimension are offered, and in which order.

import { type DimensionName, valueLabel } from "../../words.ts";

export interface Option {
  value: string;
  /** Submissions in the range; null where it was not counted. */
  count: number | null;
}

/**
 * What nobody has sent but somebody chose, then `first`, then what the data has, most frequent first, then what there
 * could be, and "not known" at the end. Ticking one must not move it from under the pointer: hence `first`, which is
 * what was chosen to begin with.
 */
export function optionsOf(
  dimension: DimensionName,
  {
    counted,
    fixed,
    first,
    chosen,
    needle,
  }: {
    counted: readonly { value: string; count: number }[];
    fixed: readonly string[] | undefined;
    first: readonly string[];
    chosen: readonly string[];
    needle: string;
  },
): Option[] {
  const counts = new Map(counted.map(({ value, count }) => [value, count]));
  const isThere = (value: string) => value === "" || counts.has(value) || fixed?.includes(value) === true;
  const values = new Set([
    ...chosen.filter((value) => !isThere(value)),
    ...first,
    ...counted.map(({ value }) => value).filter((value) => value !== ""),
    ...(fixed ?? []),
    "",
  ]);
  const sought = needle.trim().toLowerCase();
  return [...values]
    .filter(
      (value) =>
        sought === "" ||
        value.toLowerCase().includes(sought) ||
        valueLabel(dimension, value).toLowerCase().includes(sought),
    )
    .map((value) => ({ value, count: counts.get(value) ?? null }));
}
