// Which values of a dimension are offered, and in which order.

import { valuesOf } from "../../view/filters.ts";
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

/** A country is two letters, of Tor a letter and a digit. */
const COUNTRY = /^[a-z][a-z\d]$/i;

/**
 * The value that a typed text stands for, or why it stands for none. `options`: those that match it. Of countries, and of
 * what has its fixed values, people read names that are not the values; elsewhere any text is a value.
 */
export function meantBy(
  dimension: DimensionName,
  typed: string,
  options: readonly Option[],
): { value: string } | { fault: string } {
  const text = typed.trim();
  const lower = text.toLowerCase();
  const named =
    options.find(({ value }) => value === text) ??
    options.find(
      ({ value }) =>
        (value !== "" && value.toLowerCase() === lower) ||
        valueLabel(dimension, value).toLowerCase() === lower,
    );
  if (named !== undefined) return { value: named.value };
  const isCountry = dimension === "country";
  if (!isCountry && valuesOf(dimension) === undefined) return { value: text };
  if (isCountry && COUNTRY.test(text)) return { value: text.toUpperCase() };
  const [only, ...others] = options;
  if (only !== undefined && others.length === 0) return { value: only.value };
  return {
    fault: isCountry
      ? "Tick a country of the list, or type its two letters, such as IN."
      : "Tick what is meant in the list.",
  };
}
