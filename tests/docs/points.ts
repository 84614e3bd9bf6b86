/** The submissions that docs/api/lead-stats.md counts: few, with their times fixed, so that its answers are exact. */
import { readSchema } from "../../schema/generator/io.mjs";

interface Layout {
  name: string;
  schema_version: number;
  blobs: { name: string }[];
  doubles: { name: string }[];
}

interface Submission {
  at: string;
  project: string;
  /** Blobs and doubles by their names; those that are missing are empty. */
  values: Record<string, string | number>;
  /** How many it stands for. */
  interval?: number;
}

const layout = readSchema("datasets/lead_submissions.json") as Layout;

const of =
  (project: string) =>
  (at: string, event_type: string, values: Submission["values"] = {}, interval = 1): Submission => ({
    at,
    project,
    values: { event_type, ...values },
    interval,
  });
const acme = of("acme");
const globex = of("globex");
const initech = of("initech");

const diwali = { source: "google", utm_campaign: "diwali", country: "IN" };
const brand = { source: "google", utm_campaign: "brand" };

const submissions: Submission[] = [
  acme("2026-11-03T10:05:00+05:30", "primary", diwali),
  acme("2026-11-04T10:30:00+05:30", "primary", diwali),
  acme("2026-11-05T19:00:00+05:30", "bot", { country: "US", vpn: 1 }),
  globex("2026-11-06T12:00:00+05:30", "primary", { ...brand, country: "US" }),

  acme("2026-11-09T10:15:00+05:30", "primary", { ...diwali, cta: "Book a demo", hot: 1 }),
  acme("2026-11-09T10:40:00+05:30", "primary", { ...diwali, cta: "Book a demo" }),
  acme("2026-11-09T11:05:00+05:30", "follow_up", { ...diwali, cta: "Pricing, please" }),
  acme("2026-11-10T10:20:00+05:30", "primary", { ...brand, country: "US", cta: "Book a demo" }),
  acme("2026-11-10T18:30:00+05:30", "bot", { country: "US", cta: "=1+1", vpn: 1 }),
  acme("2026-11-11T10:00:00+05:30", "primary", { source: "O’Brien", country: "IE", cta: "Book a demo" }),
  acme("2026-11-12T09:45:00+05:30", "test", { country: "IN" }),
  globex("2026-11-13T16:00:00+05:30", "primary", { ...brand, country: "US" }),
  globex("2026-11-14T23:50:00+05:30", "blocked", { country: "DE", suspicious: 1 }),

  // Between 1:00 and 2:00 twice, the night in which New York's clocks are set back.
  globex("2026-11-01T01:30:00-04:00", "primary", { country: "US" }),
  globex("2026-11-01T01:15:00-05:00", "primary", { country: "US" }),
  globex("2026-11-01T01:45:00-05:00", "follow_up", { country: "US" }),
  globex("2026-11-01T02:20:00-05:00", "primary", { country: "US" }),

  ...Array.from({ length: 40 }, (_, at) =>
    initech(`2026-10-05T12:${10 + at}:00+05:30`, at < 30 ? "primary" : "bot", { country: "GB" }, 10),
  ),
];

/** What docs/api/alerts.md tells of: of two projects with leads all the time, one has fallen silent hours ago. */
export function silencePoints(nowMs: number): string {
  const minute = 60_000;
  const weeks = 9 * 7 * 24 * 60;
  const steady = (project: string, every: number, until: number) =>
    Array.from({ length: Math.floor((weeks - until) / every) }, (_, n) => {
      const at = nowMs - (until + n * every) * minute;
      return of(project)(new Date(at).toISOString(), "primary");
    });
  return linesOf([...steady("hooli", 10, 8 * 60), ...steady("umbrella", 60, 0)]);
}

/** What docs/api/insights.md tells of: a newsletter that brings more than in the eight weeks before, as of the last midnight. */
export function newsletterPoints(nowMs: number): string {
  const [day, kolkata] = [24 * 3_600_000, 5.5 * 3_600_000];
  const midnight = Math.floor((nowMs + kolkata) / day) * day - kolkata;
  const weekly = (counts: number[], values: Submission["values"]) =>
    counts.flatMap((count, week) =>
      Array.from({ length: count }, (_, n) => {
        const at = midnight - week * 7 * day - 3_600_000 - Math.floor((n * 7 * day) / count);
        return of("wayne")(new Date(at).toISOString(), "primary", { channel: "email", ...values });
      }),
    );
  return linesOf([
    ...weekly([45, 12, 11, 13, 12, 10, 14, 12, 11], { source: "newsletter", country: "IN" }),
    ...weekly([28, 28, 28, 28, 28, 28, 28, 28, 28], { source: "google", channel: "organic", country: "IN" }),
  ]);
}

export const pointLines = (): string => linesOf(submissions);

const linesOf = (all: Submission[]): string =>
  all
    .map(({ at, project, values, interval }) => {
      const numbers: Submission["values"] = { ...values, schema_version: layout.schema_version };
      const point = {
        dataset: layout.name,
        timestamp: Date.parse(at) / 1000,
        sample_interval: interval,
        index1: project,
        blobs: layout.blobs.map(({ name }) => values[name] ?? ""),
        doubles: layout.doubles.map(({ name }) => numbers[name] ?? 0),
      };
      return `${JSON.stringify(point)}\n`;
    })
    .join("");
