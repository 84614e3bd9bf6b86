// The API's language of a filter's value (docs/api/lead-stats.md): commas between alternatives, a leading `-` not, a
// leading `~` contains, a backslash before what shall be plain, nothing at all for "not known". It is read here only
// because the page's address has the same language; what a filter matches, and whether it is allowed, the API decides.

import { dimensions } from "~schema";
import type { DimensionName, Flag } from "../words.ts";
import { dimensionNames, type Filter, flagNames } from "./view.ts";

const fixedValues = new Map<string, readonly string[]>(
  dimensions.flatMap(({ name, values }) => (values === null ? [] : [[name, values]])),
);

/** The values that a dimension can have; undefined where it is free text. */
export const valuesOf = (dimension: string): readonly string[] | undefined => fixedValues.get(dimension);

export const isDimension = (name: string): name is DimensionName =>
  (dimensionNames as readonly string[]).includes(name);
export const isFlag = (name: string): name is Flag => (flagNames as readonly string[]).includes(name);

/** undefined: a lone backslash at the end. */
function split(text: string): string[] | undefined {
  const values: string[] = [];
  let value = "";
  for (let at = 0; at <= text.length; at++) {
    if (at === text.length || text[at] === ",") {
      values.push(value);
      value = "";
      continue;
    }
    if (text[at] === "\\") at++;
    if (at === text.length) return undefined;
    value += text[at];
  }
  return values;
}

/** undefined where the API would refuse it. */
export function readFilter(name: string, text: string): Filter | undefined {
  if (isFlag(name)) {
    if (text !== "true" && text !== "false") return undefined;
    return { dimension: name, values: [text], negated: false, contains: false };
  }
  // The API's other name of it.
  const dimension = name === "type" ? "event_type" : name;
  if (!isDimension(dimension)) return undefined;
  const negated = text.startsWith("-");
  const signed = negated ? text.slice(1) : text;
  const contains = signed.startsWith("~");
  const values = split(contains ? signed.slice(1) : signed);
  if (values === undefined) return undefined;
  const fixed = valuesOf(dimension);
  const isAllowed = (value: string) =>
    contains
      ? value.trim() !== ""
      : value === "" || (value.trim() !== "" && (fixed === undefined || fixed.includes(value)));
  if (!values.every(isAllowed)) return undefined;
  return { dimension, values: [...new Set(values)], negated, contains };
}

const escapeValue = (value: string, isFirst: boolean) => {
  const escaped = value.replaceAll(/[\\,]/g, "\\$&");
  // Only in front of the first value would these two be taken for signs.
  return isFirst && /^[-~]/.test(escaped) ? `\\${escaped}` : escaped;
};

/** The value of the parameter `filter.dimension`. */
export function writeFilter(filter: Filter): string {
  if (isFlag(filter.dimension)) {
    const isSet = filter.values[0] === "true";
    return String(isSet !== filter.negated);
  }
  const signs = (filter.negated ? "-" : "") + (filter.contains ? "~" : "");
  return signs + filter.values.map((value, index) => escapeValue(value, index === 0)).join(",");
}

/** Filters as parameters: equal questions are written alike. */
export function filterParameters(filters: readonly Filter[]): [string, string][] {
  const written = filters
    .filter(({ values }) => values.length > 0)
    .map((filter): [string, string] => [
      filter.dimension,
      writeFilter({ ...filter, values: [...filter.values].sort() }),
    ]);
  const unique = new Map(written.map((parameter) => [parameter.join("="), parameter]));
  const place = ([name]: [string, string]) =>
    [...dimensionNames, ...flagNames].indexOf(name as DimensionName);
  return [...unique.values()].sort((a, b) => place(a) - place(b) || (a[1] < b[1] ? -1 : 1));
}

/** Of these alternatives and those of another such filter one could make one list. */
const joins = (a: Filter, b: Filter) =>
  a.dimension === b.dimension &&
  a.negated === b.negated &&
  a.contains === b.contains &&
  (a.negated || !a.contains);

/** A name for each of the filters, which stays the same while the filter is turned round. */
export function filterKeys(filters: readonly Filter[]): string[] {
  const seen = new Map<string, number>();
  return filters.map((filter) => {
    const key = isFlag(filter.dimension)
      ? filter.dimension
      : `${filter.dimension}=${writeFilter({ ...filter, negated: false })}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return `${key}#${nth}`;
  });
}

/**
 * The filters with one more, or with the one at `place` changed into it. "Is IN" and "is US" could never both hold, so they
 * become one; a flag is asked for once.
 */
export function withFilter(filters: readonly Filter[], added: Filter, place = -1): Filter[] {
  const others = place < 0 ? [...filters] : filters.toSpliced(place, 1);
  if (isFlag(added.dimension)) {
    const same = others.findIndex(({ dimension }) => dimension === added.dimension);
    if (same >= 0) return others.with(same, added);
  } else {
    const same = others.find((other) => joins(other, added));
    if (same !== undefined) {
      return others.with(others.indexOf(same), {
        ...same,
        values: [...new Set([...same.values, ...added.values])],
      });
    }
  }
  return others.toSpliced(place < 0 ? others.length : place, 0, added);
}

/** The opposite: what it kept is left out. */
export function negate(filter: Filter): Filter {
  if (!isFlag(filter.dimension)) return { ...filter, negated: !filter.negated };
  return { ...filter, values: [filter.values[0] === "true" ? "false" : "true"] };
}
