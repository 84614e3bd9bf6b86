// A project's settings and blocked addresses: read from D1, made ready for use once, kept for a minute.

import { addressHex, cidrRange, type Range } from "./address.ts";
import { selectForIntake } from "./statements.ts";
import { settingsCacheMs } from "./tables.ts";

export interface Settings {
  anyOrigin: boolean;
  origins: Set<string>;
  originPatterns: { scheme: string; suffix: string }[];
  honeypot: string;
  country: string;
  testEmails: Set<string>;
  testDomains: Set<string>;
  testRanges: Range[];
  rejectsBots: boolean;
  minFormSeconds: number;
  blocked: (Range & { id: string })[];
}

interface Row {
  settings: string;
  blocked: string | null;
}

function readSettings({ settings, blocked }: Row): Settings {
  const raw = JSON.parse(settings);
  const origins: string[] = raw.allowed_origins ?? [];
  const records = blocked?.match(/.{100}/g) ?? [];
  return {
    anyOrigin: origins.includes("*"),
    origins: new Set(origins),
    originPatterns: origins
      .filter((origin) => origin.includes("://*."))
      .map((origin) => ({
        scheme: origin.slice(0, origin.indexOf("*")),
        suffix: origin.slice(origin.indexOf("*") + 1),
      })),
    honeypot: raw.honeypot_field ?? "lead_hp",
    country: raw.default_country ?? "",
    testEmails: new Set(raw.test_rules?.emails ?? []),
    testDomains: new Set(raw.test_rules?.domains ?? []),
    testRanges: (raw.test_rules?.addresses ?? []).map(cidrRange),
    rejectsBots: raw.bot_response === "reject",
    minFormSeconds: raw.min_form_seconds ?? 0,
    blocked: records.map((record) => ({
      from: record.slice(0, 32),
      to: record.slice(32, 64),
      id: record.slice(64),
    })),
  };
}

const cache = new Map<string, { expires: number; settings: Settings }>();

export const forgetSettings = () => cache.clear();

export function cachedSettings(slug: string, now: number): Settings | undefined {
  const found = cache.get(slug);
  return found !== undefined && found.expires > now ? found.settings : undefined;
}

export async function loadSettings(db: D1Database, slug: string, now: number): Promise<Settings | undefined> {
  const [answer] = await db.batch<Row>([db.prepare(selectForIntake).bind(slug)]);
  const row = answer?.results[0];
  if (row === undefined) return undefined;
  const settings = readSettings(row);
  cache.set(slug, { expires: now + settingsCacheMs, settings });
  return settings;
}

export function allowsOrigin(settings: Settings, origin: string): boolean {
  if (settings.anyOrigin) return true;
  const lowered = origin.toLowerCase();
  if (settings.origins.has(lowered)) return true;
  return settings.originPatterns.some(
    ({ scheme, suffix }) =>
      lowered.length > scheme.length + suffix.length &&
      lowered.startsWith(scheme) &&
      lowered.endsWith(suffix),
  );
}

const within = (hex: string) => (range: Range) => range.from <= hex && hex <= range.to;

export function blockedBy(settings: Settings, ip: string): string {
  if (settings.blocked.length === 0 || ip === "") return "";
  return settings.blocked.find(within(addressHex(ip)))?.id ?? "";
}

export function isTestAddress(settings: Settings, ip: string): boolean {
  return settings.testRanges.length > 0 && ip !== "" && settings.testRanges.some(within(addressHex(ip)));
}
