// A view as the parameters of the page's address and back. Names and values are the API's own wherever it has them;
// what is left out is as it is by default, and what cannot be understood is as if it were left out, which `droppedOf`
// tells.

import { compares } from "~schema";
import { type DimensionName, eventTypes } from "../words.ts";
import { offeredBuckets } from "./buckets.ts";
import { isAsked } from "./dropped.ts";
import { isDimension, isFlag, readFilter, writeFilter } from "./filters.ts";
import { presetDays, presets, readDate } from "./range.ts";
import { countNames, defaultView, dimensionNames, type Filter, flagNames, type View } from "./view.ts";
import { isZone } from "./zone.ts";

const oneOf = <T extends string>(values: readonly T[], text: string | null): T | undefined =>
  values.find((value) => value === text);

function readRange(parameters: URLSearchParams): View["range"] {
  const preset = oneOf(presets, parameters.get("range"));
  if (preset !== undefined) return preset;
  const from = readDate(parameters.get("from") ?? "");
  const to = readDate(parameters.get("to") ?? "");
  if (from !== undefined && to !== undefined && from.compare(to) < 0) {
    return { from: from.toString(), to: to.toString() };
  }
  const days = presets.find((name) => presetDays[name] === Number(parameters.get("days")));
  return days ?? defaultView.range;
}

function readFilters(parameters: URLSearchParams): Filter[] {
  const filters: Filter[] = [];
  for (const [name, text] of parameters) {
    const filter = readFilter(name, text);
    if (filter === undefined) continue;
    // A flag is set or not: the API takes it once.
    if (isFlag(filter.dimension) && filters.some(({ dimension }) => dimension === filter.dimension)) continue;
    const isThere = (other: Filter) =>
      other.dimension === filter.dimension && writeFilter(other) === writeFilter(filter);
    if (!filters.some(isThere)) filters.push(filter);
  }
  return filters;
}

function readBy(text: string | null): DimensionName[] {
  const names = (text ?? "").split(",");
  const isGood = names.length <= 2 && new Set(names).size === names.length && names.every(isDimension);
  return isGood ? (names as DimensionName[]) : defaultView.by;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const isInstant = (text: string) => INSTANT.test(text) && !Number.isNaN(Date.parse(text));

function readZoom(text: string | null): View["zoom"] {
  const [from = "", to = "", ...rest] = (text ?? "").split("/");
  const isGood = rest.length === 0 && isInstant(from) && isInstant(to) && Date.parse(from) < Date.parse(to);
  return isGood ? { from, to } : defaultView.zoom;
}

const names = (text: string | null) => [...new Set((text ?? "").split(",").filter((name) => name !== ""))];

export function readView(parameters: URLSearchParams): View {
  const zone = parameters.get("timezone");
  return {
    range: readRange(parameters),
    timezone: zone !== null && isZone(zone) ? zone : defaultView.timezone,
    bucket: oneOf(offeredBuckets, parameters.get("bucket")) ?? defaultView.bucket,
    filters: readFilters(parameters),
    compare: oneOf(compares, parameters.get("compare")) ?? defaultView.compare,
    by: readBy(parameters.get("group_by")),
    sort: oneOf(countNames, parameters.get("sort")) ?? defaultView.sort,
    hidden: eventTypes.filter((type) => names(parameters.get("hidden")).includes(type)),
    zoom: readZoom(parameters.get("zoom")),
    hours: oneOf(countNames, parameters.get("hours")) ?? defaultView.hours,
    tables: names(parameters.get("tables"))
      .filter((name) => /^[a-z-]+$/.test(name))
      .sort(),
  };
}

/** Whether one parameter says what the view has, where it is the only one of its name. */
function isUnderstood(name: string, text: string, view: View): boolean {
  switch (name) {
    case "range":
      return view.range === text;
    case "days":
      return typeof view.range === "string" && presetDays[view.range] === Number(text);
    case "from":
    case "to":
      return typeof view.range !== "string" && view.range[name] === text;
    case "timezone":
      return view.timezone === text;
    case "bucket":
    case "compare":
    case "sort":
    case "hours":
      return view[name] === text;
    case "group_by":
      return view.by.join() === text;
    case "hidden":
      return names(text).every((type) => view.hidden.some((one) => one === type));
    case "tables":
      return names(text).every((slug) => view.tables.includes(slug));
    case "zoom":
      return view.zoom !== null;
    default: {
      const filter = readFilter(name, text);
      return (
        filter !== undefined &&
        view.filters.some(
          (one) => one.dimension === filter.dimension && writeFilter(one) === writeFilter(filter),
        )
      );
    }
  }
}

/** What a link asks for and the view has not: it shows more, or something else, than the link says. */
export function droppedOf(parameters: URLSearchParams): string[] {
  const view = readView(parameters);
  return [...parameters]
    .filter(([name, text]) => (isOfView(name) ? !isUnderstood(name, text, view) : isAsked(name)))
    .map(([name, text]) => `${name}=${text}`);
}

export function writeView(view: View): URLSearchParams {
  const parameters = new URLSearchParams();
  const { range } = view;
  if (typeof range !== "string") {
    parameters.set("from", range.from);
    parameters.set("to", range.to);
  } else if (range !== defaultView.range) {
    const days = presetDays[range];
    if (days === undefined) parameters.set("range", range);
    else parameters.set("days", String(days));
  }
  if (view.timezone !== null) parameters.set("timezone", view.timezone);
  if (view.bucket !== null) parameters.set("bucket", view.bucket);
  if (view.compare !== defaultView.compare) parameters.set("compare", view.compare);
  if (view.by.join() !== defaultView.by.join()) parameters.set("group_by", view.by.join(","));
  if (view.sort !== defaultView.sort) parameters.set("sort", view.sort);
  if (view.hidden.length > 0) parameters.set("hidden", view.hidden.join(","));
  if (view.zoom !== null) parameters.set("zoom", `${view.zoom.from}/${view.zoom.to}`);
  if (view.hours !== defaultView.hours) parameters.set("hours", view.hours);
  if (view.tables.length > 0) parameters.set("tables", view.tables.join(","));
  for (const filter of view.filters) {
    if (filter.values.length > 0) parameters.append(filter.dimension, writeFilter(filter));
  }
  return parameters;
}

/** As people read an address: what needs no escape there has none. */
export const addressText = (parameters: URLSearchParams): string =>
  parameters
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%2F", "/")
    .replaceAll("%7E", "~")
    .replaceAll("%3A", ":");

const own = new Set<string>([
  "range",
  "days",
  "from",
  "to",
  "timezone",
  "bucket",
  "compare",
  "group_by",
  "sort",
  "hidden",
  "zoom",
  "hours",
  "tables",
  "type",
  ...dimensionNames,
  ...flagNames,
]);

/** Whether a parameter of the address is a part of the view. */
export const isOfView = (name: string): boolean => own.has(name);
