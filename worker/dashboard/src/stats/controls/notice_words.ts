// What a reader of the figures should know about them, in words.

import { limits } from "~schema";
import type { LeadStats } from "../../api/stats.ts";
import { formatAgo, formatCount, formatTime } from "../../format.ts";
import { droppedText } from "../../view/dropped.ts";

export interface Note {
  key: string;
  /** "quiet": worth a line, not a box. */
  tone: "quiet" | "info" | "warn";
  text: string;
}

/** Warnings whose own words are for those who read the API's answer. */
const words: Record<string, string> = {
  comparison_before_retention: `There is nothing to compare with: the earlier time begins before the ${limits.retention_days} days that Analytics Engine keeps.`,
  no_data_yet:
    "Analytics Engine knows no submission yet. The first one appears here about a minute after it came.",
};

/** Of a running week or month, too, the API counts and compares the days until today. */
const runningText =
  "Today is still running while the earlier days are whole, so changes read too low. By hour, both end at the same time of day.";

const SAME_DAY_MS = 20 * 3_600_000;

/** "14:20" of about today, else with the date. */
function moment(instant: string, now: number, timezone: string): string {
  const isNear = Math.abs(Date.parse(instant) - now) < SAME_DAY_MS;
  return formatTime(instant, isNear ? "time" : "moment", timezone);
}

/** Of parameters that a link has and the view has not. */
export const droppedNote = (dropped: readonly string[]): Note => ({
  key: "dropped",
  tone: "warn",
  text: droppedText(dropped),
});

export function notesOf(
  { meta, totals, buckets }: Pick<LeadStats, "meta" | "totals" | "buckets">,
  now: number,
): Note[] {
  const notes: Note[] = [];
  const { timezone } = meta;
  const counted = `${moment(meta.generated_at, now, timezone)}, ${formatAgo(meta.generated_at, now)}`;
  const has = (code: string) => meta.warnings.some((warning) => warning.code === code);

  if (has("stale") || meta.cache === "stale") {
    notes.push({
      key: "stale",
      tone: "warn",
      text: `Analytics Engine gives no answer at the moment. These are the last good figures, counted at ${counted}.`,
    });
  }
  if (Date.parse(meta.data_from) > Date.parse(meta.from)) {
    const isNothingHeld = Date.parse(meta.data_from) >= Date.parse(meta.to);
    notes.push({
      key: "data_from",
      tone: "warn",
      text: isNothingHeld
        ? `Nothing of this range is held any more: Analytics Engine keeps ${limits.retention_days} days.`
        : `Counts begin on ${formatTime(meta.data_from, "date", timezone)}: Analytics Engine keeps ${limits.retention_days} days, so what came earlier in this range is missing.`,
    });
  }
  if (meta.sampled) {
    const range =
      meta.margin === null
        ? ""
        : ` In 19 of 20 cases the true number of submissions lies within ±${formatCount(meta.margin.total)} of ${formatCount(totals.total)}.`;
    notes.push({
      key: "sampled",
      tone: "warn",
      text: `The figures are estimates: there were so many submissions that one point stands for up to ${formatCount(meta.sample_interval_max)} of them.${range}`,
    });
  }
  for (const { code, detail } of meta.warnings) {
    if (code === "stale" || code === "range_before_retention") continue;
    if (code === "running_period") {
      // Where nothing is compared, nothing reads too low.
      if (!has("comparison_before_retention")) notes.push({ key: code, tone: "info", text: runningText });
      continue;
    }
    const known = words[code];
    notes.push({ key: code, tone: known === undefined ? "warn" : "info", text: known ?? detail });
  }
  const isRunning = Date.parse(meta.data_through) < Date.parse(meta.to);
  if (isRunning) {
    const partial = buckets.at(-1)?.partial === true ? " The last bucket is still filling." : "";
    notes.push({
      key: "running",
      tone: "quiet",
      text: `Complete up to ${moment(meta.data_through, now, timezone)}.${partial}`,
    });
  }
  if (meta.corrections > 0) {
    const what =
      meta.corrections === 1
        ? "1 corrected verdict is"
        : `${formatCount(meta.corrections)} corrected verdicts are`;
    notes.push({ key: "corrections", tone: "quiet", text: `${what} counted as corrected.` });
  }
  return notes;
}
