/** What the lead stats page shows, read from its cards and tables, and what the API answers to the same question. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { unasked, until } from "../../support/browser.ts";
import { api, type KeyName, post, stack } from "./desk.ts";

export const counts = [
  "total",
  "primary",
  "follow_up",
  "test",
  "blocked",
  "bot",
  "vpn_count",
  "suspicious_count",
  "hot_count",
] as const;
type Counts = Record<(typeof counts)[number], number>;

/** What the page will come to, on a slow machine too: vitest.config.ts says how long that may take. */
export const soon = <T>(read: () => T) => expect.poll(read);

export interface Report {
  meta: {
    from: string;
    to: string;
    timezone: string;
    bucket: string;
    generated_at: string;
    data_through: string;
    cache: string;
    warnings: { code: string; detail: string }[];
  };
  totals: Counts;
  buckets: (Counts & { start: string; end: string; partial: boolean })[];
  groups: (Counts & { key: Record<string, string> | null; share: number })[];
  comparison: {
    totals: Counts;
    change: Record<keyof Counts, number | null>;
    buckets: Counts[];
  } | null;
  hour_of_week?: (Counts & { weekday: number; hour: number })[];
}

/** A view in the words of the API, as a test states it: nothing here is read from the page or its address. */
export interface Question {
  /** "days=7" */
  range: string;
  bucket: string;
  timezone?: string;
  compare?: string;
  /** "country=IN&vpn=true" */
  filters?: string;
  by?: string;
  sort?: string;
}

export const reports = "/analytics/lead-stats?";
const joined = (...parts: (string | undefined)[]) => reports + parts.filter(Boolean).join("&");
const named = (name: string, value: string | undefined) => (value ? `${name}=${value}` : undefined);

/** The three questions that a view is. */
export function questions({
  range,
  bucket,
  timezone,
  compare = "previous",
  filters,
  by = "source",
  sort,
}: Question) {
  const span = [range, named("timezone", timezone), filters];
  const groups = (dimensions: string) =>
    joined(...span, "bucket=none", `group_by=${dimensions}`, named("sort", sort), "limit=1000");
  return {
    stats: joined(...span, `bucket=${bucket}`, named("compare", compare), "include=hour_of_week"),
    groups: groups(by),
    countries: groups("country"),
  };
}

const whole = new Intl.NumberFormat("en-GB");
const percent = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat("en-GB", {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});
export const shareText = (share: number | null) => (share === null ? "–" : percent.format(share));
export const countText = (count: number) => whole.format(count);

const regions = new Intl.DisplayNames("en-GB", { type: "region", fallback: "code" });
const types: Record<string, string> = {
  primary: "Actual",
  follow_up: "Follow-up",
  test: "Test",
  blocked: "Blocked",
  bot: "Bot",
};
/** A value of a dimension as the page writes it. */
export function valueText(dimension: string, value: string): string {
  if (value === "") return "(not known)";
  if (dimension === "event_type") return types[value] ?? value;
  if (["device", "channel", "temperature"].includes(dimension))
    return value.charAt(0).toUpperCase() + value.slice(1);
  return dimension === "country" ? (regions.of(value) ?? value) : value;
}

const nine = (row: Counts) => counts.map((name) => whole.format(row[name]));

/** What is not held whole is compared with nothing. */
const isHeld = ({ meta }: Report) =>
  !meta.warnings.some(({ code }) => code === "comparison_before_retention");

function cardsOf(report: Report): Record<string, string> {
  const { totals } = report;
  const comparison = isHeld(report) ? report.comparison : null;
  const cards: Record<string, string> = {};
  for (const name of counts) {
    const change = comparison?.change[name] ?? null;
    const by = comparison === null ? "" : change === null ? " none before" : ` ${signed.format(change)}`;
    cards[name] = whole.format(totals[name]) + by;
  }
  const share = (part: number) => shareText(totals.total === 0 ? null : part / totals.total);
  cards.primary_share = share(totals.primary);
  cards.hot_count_share = share(totals.hot_count);
  return cards;
}

function timesOf(report: Report): string[][] {
  const { buckets, meta } = report;
  const comparison = isHeld(report) ? report.comparison : null;
  return buckets.map((row, index) => {
    const earlier = comparison?.buckets[index];
    const running = Date.parse(row.end) > Date.parse(meta.generated_at);
    const note = row.partial ? (running ? "Still running" : "Partial") : "";
    const compared = comparison === null ? [] : [earlier === undefined ? "–" : whole.format(earlier.total)];
    return [note, ...compared, ...nine(row)];
  });
}

/** With the row of the rest at the end. */
const groupsOf = ({ groups }: Report, by: string): string[][] =>
  groups.map((row) => [
    ...by
      .split(",")
      .map((name, index) =>
        row.key === null ? (index === 0 ? "All others" : "") : valueText(name, row.key[name] ?? ""),
      ),
    ...nine(row).toSpliced(1, 0, shareText(row.share)),
  ]);

export interface Shown {
  cards: Record<string, string>;
  times: string[][];
  groups: string[][];
  countries: string[][];
}

/** What the API answers, and whether all of that was in the cache. */
async function answered(question: Question, key: KeyName): Promise<{ right: Shown; isKept: boolean }> {
  const asked = questions(question);
  const [stats, groups, countries] = [
    await api<Report>(asked.stats, key),
    await api<Report>(asked.groups, key),
    await api<Report>(asked.countries, key),
  ];
  const right = {
    cards: cardsOf(stats),
    times: timesOf(stats),
    groups: groupsOf(groups, question.by ?? "source"),
    countries: groupsOf(countries, "country"),
  };
  return { right, isKept: [stats, groups, countries].every(({ meta }) => meta.cache === "hit") };
}

export const panel = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

/** Shows the table of the buckets instead of their chart; it stays so while the view changes. */
export const showTimes = (page: Page) =>
  panel(page, "Submissions over time").getByRole("button", { name: "Table", exact: true }).click();

/** Rows of tables that are short enough to be in the document whole. */
export const rowsOf = (page: Page, titled: string): Promise<string[][]> =>
  page.evaluate((start) => {
    const frame = [...document.querySelectorAll("section.counts-frame")].find((one) =>
      one.getAttribute("aria-label")?.startsWith(start),
    );
    return [...(frame?.querySelectorAll("tbody tr, tfoot tr") ?? [])].map((row) =>
      [...row.children].map(
        (cell) =>
          (
            cell.querySelector(".name") ??
            cell.querySelector(".pick")?.firstChild ??
            cell
          ).textContent?.trim() ?? "",
      ),
    );
  }, titled);

async function shown(page: Page): Promise<Shown> {
  const cards = await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll(".kpi")].map((card) => {
        const text = (part: string) => card.querySelector(part)?.textContent.trim() ?? "";
        const isShare = card.className.includes("_share");
        const change = text(".change .by") || text(".change");
        return [
          card.className.split(" ").at(-1) ?? "",
          isShare || change === "" ? text(".value") : `${text(".value")} ${change}`,
        ];
      }),
    ),
  );
  const times = await rowsOf(page, "Submissions by time");
  return {
    cards,
    // Of the first column only what it says of a bucket that is not whole.
    times: times.map(([label = "", ...rest]) => [/Still running|Partial/.exec(label)?.[0] ?? "", ...rest]),
    groups: await rowsOf(
      page,
      (await page.locator(".panel.breakdown section.counts-frame").getAttribute("aria-label")) ?? "?",
    ),
    countries: await rowsOf(page, "Submissions by country"),
  };
}

/** Cards, breakdown, countries, and the table of buckets (see showTimes) say what the API answers. */
export async function expectShown(
  page: Page,
  question: Question,
  key: KeyName = "admin_key",
): Promise<Shown> {
  const { right, isKept } = await answered(question, key);
  const same = () => soon(() => shown(page)).toEqual(right);
  if (isKept) await same();
  else {
    // What the page was told before may have been kept from a time with fewer submissions, and be gone since.
    await same().catch(async () => {
      await page.getByRole("button", { name: "Refresh" }).click();
      await same();
    });
  }
  return right;
}

/**
 * A submission of today, which has none yet right after midnight. Returned is a filter that leaves nothing out, and
 * that nobody has asked with: no report from before is in the cache for it.
 */
export async function submitToday(): Promise<string> {
  const cta = `today-${Date.now()}`;
  await post("/api/leads", {
    project: stack.project,
    name: "Ada Today",
    email: `${cta}@engines.co.uk`,
    cta,
    visitor: { ip: "198.51.100.77", country: "IN", user_agent: "Mozilla/5.0 Firefox/142.0" },
  });
  await until("it is counted", async () => {
    const { totals } = await api<Report>(`${reports}from=${unasked()}&bucket=none&cta=${cta}`);
    return totals.total === 1;
  });
  return `cta=-not-${cta}`;
}

/** A date of the stack's own zone, so many days from today. */
export function day(offset = 0, zone = "Asia/Kolkata"): string {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(Date.now());
  return new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
}

/** What the address says of the view; not which panels `showTimes` and others have turned into tables. */
export const searchOf = (page: Page) =>
  decodeURIComponent(new URL(page.url()).search)
    .replace(/([?&])tables=[^&]*&?/, "$1")
    .replace(/[?&]$/, "");
