// A question to the reports, typed, and the query string that asks it.

import type { Dimension } from "./dataset.ts";
import type { BucketName } from "./wall_clock.ts";

/** A local date (days since 1970-01-01), or an instant in Unix seconds and how it is written. */
export type Moment = { date: number } | { at: number; text: string };

export type Range = { days?: number } | { from: Moment; to?: Moment };

export interface Filter {
  dimension: Dimension;
  negated: boolean;
  contains: boolean;
  values: string[];
}

export interface Question {
  range: Range;
  timezone: string;
  bucket?: BucketName | "none";
  groupBy: Dimension[];
  filters: Filter[];
  flags: Partial<Record<"vpn" | "suspicious" | "hot", boolean>>;
  compare?: "none" | "previous" | "previous_week" | "previous_year";
  /** One of the nine counts, by which groups are ranked. */
  sort?: string;
  hourOfWeek?: boolean;
  limit?: number;
  /** Says the same in another spelling: aliases, escapes that are not needed, spaces, ASCII for what is stored. */
  spelling: number;
}

export const dateText = (date: number) => new Date(date * 86_400_000).toISOString().slice(0, 10);

const momentText = (moment: Moment) => ("date" in moment ? dateText(moment.date) : moment.text);

/** What may not stand as it is: a comma and a backslash anywhere, "-" and "~" at the beginning of all. */
function written(value: string, first: boolean, spelling: number): string {
  let text = value;
  if (spelling & 1) text = text.replaceAll("’", "'").replaceAll("⧵", "\\");
  text = text.replaceAll(/[\\,]/g, "\\$&");
  text = (first || spelling & 2) && /^[-~]/.test(text) ? `\\${text}` : text;
  if (spelling & 4) text = text.replaceAll(" ", " \t ");
  return spelling & 8 && text !== "" ? ` ${text} ` : text;
}

function filterText({ negated, contains, values }: Filter, spelling: number): string {
  // A sign counts only as the very first character, so there the text must not begin with a space.
  const text = values.map((value, at) => written(value, at === 0, at === 0 ? spelling & 7 : spelling));
  return `${negated ? "-" : ""}${contains ? "~" : ""}${text.join(",")}`;
}

export function queryString(question: Question, more: Record<string, string> = {}): string {
  const { range, bucket, groupBy, filters, flags, compare, sort, hourOfWeek, limit, spelling } = question;
  const name = (dimension: Dimension) =>
    dimension === "event_type" && spelling & 1 ? "type" : (dimension as string);
  const pairs: [string, string][] = [];
  if ("from" in range) {
    pairs.push(["from", momentText(range.from)]);
    if (range.to !== undefined) pairs.push(["to", momentText(range.to)]);
  } else if (range.days !== undefined) pairs.push(["days", String(range.days)]);
  pairs.push(["timezone", question.timezone]);
  if (bucket !== undefined) pairs.push(["bucket", bucket]);
  if (groupBy.length > 0) pairs.push(["group_by", groupBy.map(name).join(",")]);
  for (const filter of filters) pairs.push([name(filter.dimension), filterText(filter, spelling)]);
  for (const [flag, value] of Object.entries(flags)) pairs.push([flag, String(value)]);
  if (compare !== undefined) pairs.push(["compare", compare]);
  if (sort !== undefined) pairs.push(["sort", sort]);
  if (hourOfWeek) pairs.push(["include", "hour_of_week"]);
  if (limit !== undefined) pairs.push(["limit", String(limit)]);
  pairs.push(...Object.entries(more));
  if (spelling & 4) pairs.reverse();
  return new URLSearchParams(pairs).toString();
}
