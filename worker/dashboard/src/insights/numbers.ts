// The numbers behind an insight, as rows of words and as places on a line. What they mean the API says; here they are
// only written.

import type {
  Compared,
  HoursNumbers,
  Insight,
  InsightNumbers,
  ShareNumbers,
  Window,
} from "../api/insights.ts";
import {
  formatChange,
  formatCount,
  formatHourSpan,
  formatRange,
  formatShare,
  formatSpan,
  formatTime,
} from "../format.ts";
import { type CountName, countLabels, dimensionLabels } from "../words.ts";

export const isCompared = (numbers: InsightNumbers): numbers is InsightNumbers & Compared =>
  "baseline" in numbers && Array.isArray(numbers.baseline);
const isShare = (numbers: InsightNumbers): numbers is ShareNumbers => "submissions" in numbers;
const isHours = (numbers: InsightNumbers): numbers is HoursNumbers => "hour_from" in numbers;

const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
/** Expected counts are medians and products: they may lie between whole numbers. */
const formatExpected = (value: number) => decimal.format(value);

/** How one of the compared numbers is written. */
export const writerOf = (numbers: InsightNumbers): ((value: number) => string) =>
  isShare(numbers) ? formatShare : formatExpected;

/** "Actual"; the API's own name of a count that has no other here. */
export const countLabel = (name: Insight["count"]): string =>
  name === "accepted" ? "Accepted leads" : (countLabels[name as CountName] ?? name);

export interface Fact {
  label: string;
  text: string;
}

/** What stands in the list of an insight's numbers. */
export function factsOf({ numbers, count }: Pick<Insight, "numbers" | "count">): Fact[] {
  if (isHours(numbers)) {
    return [
      { label: "Hours", text: formatHourSpan(numbers.hour_from, numbers.hour_to) },
      { label: "Leads then", text: `${formatCount(numbers.leads)} of ${formatCount(numbers.of)}` },
      { label: "Part of all", text: formatShare(numbers.share) },
      { label: "If all hours were alike", text: formatShare(numbers.even_share) },
    ];
  }
  if (!isCompared(numbers)) {
    const { submissions, leads, current, expected, rate, other_hot, other_submissions } = numbers as Exclude<
      InsightNumbers,
      Compared | HoursNumbers
    >;
    return [
      { label: "Submissions", text: formatCount(submissions) },
      { label: "Leads and follow-ups", text: formatCount(leads) },
      { label: "Hot", text: formatCount(current) },
      { label: "Hot expected", text: formatExpected(expected) },
      {
        label: "Hot among the others",
        text: `${formatShare(rate)}: ${formatCount(other_hot)} of ${formatCount(other_submissions)}`,
      },
    ];
  }
  const write = writerOf(numbers);
  const facts = [
    { label: "Now", text: write(numbers.current) },
    { label: "Expected", text: write(numbers.expected) },
    { label: "Usual range", text: `${write(numbers.low)} to ${write(numbers.high)}` },
  ];
  if (isShare(numbers)) {
    return [
      ...facts,
      {
        label: countLabel(count),
        text: `${formatCount(numbers.count)} of ${formatCount(numbers.submissions)}`,
      },
    ];
  }
  const { change, silent_hours: silent } = numbers as { change?: number | null; silent_hours?: number };
  if (change !== undefined) {
    facts.push({ label: "Change", text: change === null ? "New: none before" : formatChange(change) });
  }
  if (typeof silent === "number")
    facts.push({ label: "Hours without any, at least", text: formatCount(silent) });
  return facts;
}

/** Places on a line from 0 to the largest number of the insight, in parts of a hundred. */
export interface Places {
  current: number;
  expected: number;
  low: number;
  high: number;
  baseline: number[];
}

export function placesOf(numbers: Compared): Places {
  const { current, expected, low, high, baseline } = numbers;
  const most = Math.max(current, expected, high, ...baseline);
  const place = (value: number) => (most > 0 ? Math.round(Math.max(0, value / most) * 1000) / 10 : 0);
  return {
    current: place(current),
    expected: place(expected),
    low: place(low),
    high: place(high),
    baseline: baseline.map(place),
  };
}

/** A window as people read it: days, or hours of a day. */
export const windowText = ({ from, to }: Window, timezone: string) => formatSpan(from, to, timezone);

/** What the baseline of an insight was counted in; null: that is not said. */
export interface Looked {
  /** All that was looked at now. */
  now: Window;
  baseline: readonly Window[];
}

/** What was counted earlier, with the time of each in words. An insight may be about the end of what was looked at. */
export function earlierRows(
  { from, to, numbers }: Window & { numbers: Compared },
  looked: Looked | null,
  timezone: string,
): { label: string; value: number }[] {
  const at = (instant: string) => Date.parse(instant);
  const known = looked?.baseline.length === numbers.baseline.length && at(looked.now.to) === at(to);
  const whole = known && at(looked.now.from) === at(from);
  return numbers.baseline.map((value, index) => {
    const window = known ? looked.baseline[index] : undefined;
    if (window === undefined) return { label: `Earlier time ${formatCount(index + 1)}`, value };
    if (whole) return { label: windowText(window, timezone), value };
    return { label: `As long, up to ${formatTime(window.to, "moment", timezone)}`, value };
  });
}

/** What stands above a column of an insight's counts or shares. */
export const columnHead = ({ numbers, count }: Pick<Insight, "numbers" | "count">) =>
  isShare(numbers) ? `${countLabel(count)}, part of all` : countLabel(count);

/** "Source"; null where the insight is about everything. */
export const subjectLabel = ({ dimension }: Pick<Insight, "dimension">): string | null =>
  dimension === null ? null : (dimensionLabels[dimension] ?? dimension);

/** Why nothing is told: there is too little to tell from, or all is as it was. */
export const isTooLittle = (warnings: readonly { code: string }[]) =>
  warnings.some(({ code }) => code === "insufficient_history" || code === "no_data_yet");

/** "14 Nov – 20 Nov 2026" of whole days. */
export const rangeText = ({ from, to, timezone }: Window & { timezone: string }) =>
  formatRange(from, to, timezone);
