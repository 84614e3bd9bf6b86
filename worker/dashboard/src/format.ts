// Numbers, shares and times as the reader's locale writes them; times in the report's zone. Words among them (units,
// "ago", "and", weekdays) are English, since the sentences that they stand in are; their digits are the reader's.

const { numberingSystem } = new Intl.NumberFormat().resolvedOptions();
/** Of words that stand in English sentences, with the reader's digits. */
export const english = new Intl.Locale("en", { numberingSystem });

const whole = new Intl.NumberFormat();
const compacted = (maximumFractionDigits: number) =>
  new Intl.NumberFormat(undefined, {
    notation: "compact",
    maximumFractionDigits,
    // Else some locales write "1778" here and "1.778" beside it.
    useGrouping: true,
  });
const compact = compacted(1);
const ofAxis = compacted(2);
const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });
const signedPercent = new Intl.NumberFormat(undefined, {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

export const formatCount = (value: number) => whole.format(value);
/** "1.2K": for narrow places; never where the exact number matters. */
export const formatCompact = (value: number) => compact.format(value);
/** "1.35K": exact, as the chart library's ticks are multiples of a twentieth of a power of ten. */
export const formatTick = (value: number) => ofAxis.format(value);
/** 0 to 1; null where there is nothing to be a part of. */
export const formatShare = (share: number | null) => (share === null ? "–" : percent.format(share));
export const formatChange = (change: number | null) => (change === null ? "–" : signedPercent.format(change));

const formats = new Map<string, Intl.DateTimeFormat>();
function formatter(
  timezone: string,
  options: Intl.DateTimeFormatOptions,
  locale?: Intl.Locale,
): Intl.DateTimeFormat {
  const key = `${locale} ${timezone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone: timezone });
    formats.set(key, format);
  }
  return format;
}

const styles = {
  date: { dateStyle: "medium" },
  day: { weekday: "short", day: "numeric", month: "short" },
  short: { day: "numeric", month: "short" },
  month: { month: "long", year: "numeric" },
  shortMonth: { month: "short", year: "numeric" },
  year: { year: "numeric" },
  time: { timeStyle: "short" },
  seconds: { timeStyle: "medium" },
  moment: { dateStyle: "medium", timeStyle: "short" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;
export type TimeStyle = keyof typeof styles;

/** `instant`: RFC 3339 or Unix milliseconds. */
export function formatTime(instant: string | number, style: TimeStyle, timezone: string): string {
  return formatter(timezone, styles[style]).format(new Date(instant));
}

/** "14 Nov – 21 Nov 2026"; `to` is excluded. */
export function formatRange(from: string, to: string, timezone: string): string {
  return formatter(timezone, styles.date).formatRange(new Date(from), new Date(Date.parse(to) - 1));
}

const relative = new Intl.RelativeTimeFormat(english, { numeric: "auto" });

/** "2 minutes ago". */
export function formatAgo(instant: string | number, now: number): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 90) return relative.format(seconds, "second");
  if (size < 90 * 60) return relative.format(Math.round(seconds / 60), "minute");
  if (size < 36 * 3600) return relative.format(Math.round(seconds / 3600), "hour");
  return relative.format(Math.round(seconds / 86_400), "day");
}

const isMidnight = (instant: string) => instant.slice(11, 19) === "00:00:00";

/** "14 Nov 2026" where it is whole days, else "14 Nov 2026, 06:00 – 12:00". RFC 3339 in the report's zone, `to` excluded. */
export function formatSpan(from: string, to: string, timezone: string): string {
  if (isMidnight(from) && isMidnight(to)) return formatRange(from, to, timezone);
  return formatter(timezone, styles.moment).formatRange(new Date(from), new Date(to));
}

// 1 January 2024 was a Monday.
const dayOfWeek = (weekday: number) => Date.UTC(2024, 0, weekday);

/** 1 is Monday. In English: it stands in sentences. */
export const formatWeekday = (weekday: number, length: "short" | "long") =>
  formatter("UTC", { weekday: length }, english).format(dayOfWeek(weekday));
/** As a calendar of the reader's has it, beside its dates. */
export const formatCalendarWeekday = (weekday: number, length: "short" | "long") =>
  formatter("UTC", { weekday: length }).format(dayOfWeek(weekday));
/** "14:00" or "2 PM": the beginning of an hour of the day. */
export const formatHour = (hour: number) =>
  formatter("UTC", { hour: "numeric" }).format(Date.UTC(2024, 0, 1, hour));
const timeOf = (hour: number) => formatter("UTC", styles.time).format(Date.UTC(2024, 0, 1, hour));
/** "14:00–15:00", one hour unless told; a range of instants would name the days where it ends at midnight. */
export const formatHourSpan = (from: number, to = from + 1) => `${timeOf(from)}–${timeOf(to)}`;

const unitFormats = new Map<string, Intl.NumberFormat>();
function unitFormat(unit: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${unit} ${JSON.stringify(options)}`;
  let format = unitFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(english, { ...options, style: "unit", unit });
    unitFormats.set(key, format);
  }
  return format;
}

let listing: Intl.ListFormat | undefined;
/** "Thursday and Friday". */
export function formatList(items: readonly string[]): string {
  listing ??= new Intl.ListFormat(english, { type: "conjunction" });
  return listing.format(items);
}

const units = { minute: 1, hour: 60, day: 1440, week: 10_080 } as const;

/** "6 hours": the largest unit that divides it, or that of `within`. */
export function formatMinutes(minutes: number, within?: keyof typeof units): string {
  const unit =
    within ??
    (["week", "day", "hour"] as const).find((name) => minutes % units[name] === 0) ??
    ("minute" as const);
  return unitFormat(unit, { unitDisplay: "long" }).format(minutes / units[unit]);
}

/** "12 seconds". */
export const formatSeconds = (seconds: number) =>
  unitFormat("second", { unitDisplay: "long" }).format(seconds);

const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: "exceptZero" });

/** A difference of two shares, in percentage points: "+1.2 points". */
export const formatPoints = (difference: number) =>
  `${decimal.format(difference * 100)} ${Math.abs(Math.round(difference * 1000)) === 10 ? "point" : "points"}`;

/** "1.4 MB". */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes < 1e3
      ? (["byte", 1] as const)
      : bytes < 1e6
        ? (["kilobyte", 1e3] as const)
        : (["megabyte", 1e6] as const);
  return unitFormat(unit, {
    unitDisplay: "short",
    maximumFractionDigits: unit === "megabyte" ? 1 : 0,
  }).format(bytes / size);
}
