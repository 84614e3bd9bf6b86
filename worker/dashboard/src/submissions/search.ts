// What the submissions page looks for. All of it is in the address, so that a search can be shared and Back works; its
// parameters are the API's own. The cursors of the pages before are kept in the history entry.

import { parseDate } from "@internationalized/date";
import { eventTypes, flags, limits, reasons } from "~schema";
import { isAsked } from "../view/dropped.ts";
import { readDate } from "../view/range.ts";
import type { EventType, Flag } from "../words.ts";

export interface Search {
  q: string;
  project: string;
  event_type: EventType | "";
  reason: string;
  flag: Flag | "";
  lead_id: string;
  /** Local dates YYYY-MM-DD or "", `to` excluded. */
  from: string;
  to: string;
  limit: number;
  cursor: string;
}

export const pageSizes = [25, 50, 100, limits.page_size_max] as const;
const defaultSize = 50;

export const emptySearch: Search = {
  q: "",
  project: "",
  event_type: "",
  reason: "",
  flag: "",
  lead_id: "",
  from: "",
  to: "",
  limit: defaultSize,
  cursor: "",
};

const oneOf = <T extends string>(all: readonly T[], value: string | null): T | "" =>
  all.find((item) => item === value) ?? "";

const date = (value: string | null): string => readDate(value ?? "")?.toString() ?? "";

/** One letter finds nearly everybody, and the API refuses it: somebody is about to type on. */
export const isTooShort = (q: string) => [...q.trim()].length === 1;

/** What an address asks for; what it says wrongly counts as not said, which `droppedOf` tells. */
export function readSearch(address: URLSearchParams): Search {
  const limit = Number(address.get("limit"));
  return {
    q: isTooShort(address.get("q") ?? "") ? "" : (address.get("q") ?? ""),
    project: address.get("project") ?? "",
    event_type: oneOf(eventTypes, address.get("event_type")),
    reason: oneOf(
      reasons.map(({ code }) => code),
      address.get("reason"),
    ),
    flag: oneOf(flags, address.get("flag")),
    lead_id: address.get("lead_id") ?? "",
    from: date(address.get("from")),
    to: date(address.get("to")),
    limit: pageSizes.find((size) => size === limit) ?? defaultSize,
    cursor: address.get("cursor") ?? "",
  };
}

/** What an address asks for and the search has not: the list shows more than the link says. */
export function droppedOf(address: URLSearchParams): string[] {
  const search = readSearch(address);
  return [...address]
    .filter(([name, text]) =>
      name in search ? text.trim() !== "" && String(search[name as keyof Search]) !== text : isAsked(name),
    )
    .map(([name, text]) => `${name}=${text}`);
}

/** The address of a search: what is as usual is left out. */
export function writeSearch(search: Search): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const text = String(value).trim();
    if (text !== "" && value !== emptySearch[name as keyof Search]) address.set(name, text);
  }
  return address;
}

/** Local midnight as an instant, so that the days are those of the zone the page shows. */
const midnight = (day: string, timezone: string) => parseDate(day).toDate(timezone).toISOString();

/** The question to the API. */
export function questionOf(search: Search, timezone: string): URLSearchParams {
  const question = writeSearch(search);
  question.set("limit", String(search.limit));
  if (search.from !== "") question.set("from", midnight(search.from, timezone));
  if (search.to !== "") question.set("to", midnight(search.to, timezone));
  return question;
}

/** The page of a search starts anew when something else is looked for. */
export const changed = (search: Search, change: Partial<Search>): Search => ({
  ...search,
  cursor: "",
  ...change,
});

/** Whether anything narrows the list. */
export const isNarrowed = (search: Search) =>
  writeSearch({ ...search, cursor: "", limit: defaultSize }).size > 0;

/** People name the last day that they mean; the API the first that they do not. */
export const lastDayOf = (to: string) => (to === "" ? "" : parseDate(to).subtract({ days: 1 }).toString());
export const afterDay = (last: string) => (last === "" ? "" : parseDate(last).add({ days: 1 }).toString());

/** What is wrong with the days; null: nothing. */
export const daysFault = ({ from, to }: Pick<Search, "from" | "to">): string | null =>
  from !== "" && to !== "" && from >= to ? "The last day is before the first." : null;

/** A date that is being typed may have the year 0002, or 123456: no question yet. */
export const isWholeDate = (text: string) => text === "" || (readDate(text)?.year ?? 0) >= 2000;
