// Filters that a click in a panel makes.

import type { GroupRow } from "../../api/stats.ts";
import type { Filter } from "../../view/view.ts";
import type { DimensionName, EventType } from "../../words.ts";

const isPlain = (filter: Filter, dimension: Filter["dimension"]) =>
  filter.dimension === dimension && !filter.negated && !filter.contains;

const plainOf = (filters: readonly Filter[], dimension: Filter["dimension"]) =>
  filters.find((filter) => isPlain(filter, dimension));

const replaced = (filters: readonly Filter[], dimension: Filter["dimension"], values: string[]): Filter[] => {
  const others = filters.filter((filter) => !isPlain(filter, dimension));
  return values.length === 0 ? others : [...others, { dimension, values, negated: false, contains: false }];
};

export const isOn = (filters: readonly Filter[], dimension: Filter["dimension"], value: string) =>
  plainOf(filters, dimension)?.values.includes(value) ?? false;

/** Adds the value to those that are looked for, or takes it out. */
export function toggled(
  filters: readonly Filter[],
  dimension: Filter["dimension"],
  value: EventType | "true",
): Filter[] {
  const values = plainOf(filters, dimension)?.values ?? [];
  return replaced(
    filters,
    dimension,
    values.includes(value) ? values.filter((one) => one !== value) : [...values, value],
  );
}

/** Only this value of the dimension; what excludes others stays. */
export const narrowed = (filters: readonly Filter[], dimension: DimensionName, value: string) =>
  replaced(filters, dimension, [value]);

/** Only this group: each of its dimensions is narrowed. */
export function narrowedTo(filters: readonly Filter[], key: NonNullable<GroupRow["key"]>): Filter[] {
  let next = [...filters];
  for (const [dimension, value] of Object.entries(key)) {
    next = narrowed(next, dimension as DimensionName, value);
  }
  return next;
}
