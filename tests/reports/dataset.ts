// Points as the local engine takes them in bulk, and random sets of them.

import { type Random, randomOf } from "./random.ts";

export interface Point {
  timestamp: number;
  sample_interval: number;
  index1: string;
  blobs: string[];
  doubles: number[];
}

export const eventTypes = ["primary", "follow_up", "test", "blocked", "bot"] as const;
export const flags = ["vpn", "suspicious", "hot"] as const;

/** Where a dimension of a report lies in a point; -1 is the index. From the table of the design. */
export const slots = {
  event_type: 19,
  project: -1,
  source: 0,
  country: 9,
  region: 10,
  city: 11,
  referer: 1,
  cta: 3,
  utm_source: 4,
  utm_medium: 5,
  utm_campaign: 6,
  utm_term: 7,
  utm_content: 8,
  engagement: 15,
  temperature: 14,
  device: 12,
  browser: 13,
  channel: 16,
  landing_path: 2,
  reason: 17,
} as const;

export type Dimension = keyof typeof slots;
export const dimensions = Object.keys(slots) as Dimension[];

export const textOf = (point: Point, dimension: Dimension): string =>
  slots[dimension] < 0 ? point.index1 : (point.blobs[slots[dimension]] ?? "");

/** Texts as they are stored: canonical, so an apostrophe is ’ and a backslash ⧵. */
export const values: Record<Dimension, readonly string[]> = {
  event_type: eventTypes,
  project: ["acme", "zen", "north-star", "a_1"],
  source: ["google", "Google", "bing", "", "-minus", "~tilde", "a,b", "=1+1", "partner ’s", "naïve café"],
  country: ["IN", "US", "DE", "", "GB", "AU"],
  region: ["Maharashtra", "Île-de-France", "", "São Paulo", "+OR"],
  city: ["Mumbai", "O’Fallon", "München", "", "東京", "Saint John’s", "-"],
  referer: ["example.com", "", "sub.example.com", "müller.de"],
  cta: [
    "Book a DEMO",
    "book a demo",
    "",
    "Don’t wait",
    "50% off_now",
    "@SUM(A1)",
    "a ⧵ b",
    '"quoted", twice',
  ],
  utm_source: ["newsletter", "", "ads", "a-b~c,d"],
  utm_medium: ["cpc", "email", "", "CPC"],
  utm_campaign: ["spring", "", "Spring, ’26", "-x", "--", "~", "\u{1f680} launch", "ss=1"],
  utm_term: ["crm", "", "crm%", "crm_", "c{r}m", "best crm"],
  utm_content: ["", "a", "b;c", "<b>bold</b>"],
  engagement: ["none", "low", "medium", "high"],
  temperature: ["cold", "warm", "hot"],
  device: ["other", "desktop", "mobile", "tablet", "bot"],
  browser: ["Chrome", "Firefox", "", "Safari"],
  channel: ["direct", "paid", "organic", "social", "email", "referral"],
  landing_path: ["/", "/a b", "", "/pricing", "/pri,cing", "/ü"],
  reason: ["", "honeypot_filled", "origin_not_allowed", "test_email"],
};

/** A rarer value of its own now and then, so that more groups come up than a report shows. */
function pickValue(random: Random, dimension: Dimension): string {
  const known = values[dimension];
  const open = dimension === "city" || dimension === "utm_campaign" || dimension === "landing_path";
  if (open && random.below(6) === 0) return `${known[0]} ${random.below(40)}`;
  // Earlier values come up more often, so ranks differ.
  return known[Math.min(random.below(known.length), random.below(known.length))] as string;
}

/** `moments` are instants around which something happens: half of the points lie close to one of them. */
export function randomPoints(
  seed: string,
  count: number,
  from: number,
  to: number,
  moments: number[],
): Point[] {
  const random = randomOf(seed);
  const near = [-3600, -1800, -900, -60, -1, 0, 1, 59, 900, 1800, 3599, 3600, 5400, 7200];
  return Array.from({ length: count }, () => {
    let timestamp = from + random.below(to - from);
    if (moments.length > 0 && random.below(2) === 0) {
      const moment = random.of(moments);
      const kind = random.below(3);
      if (kind === 0) timestamp = moment + random.of(near);
      else if (kind === 1) timestamp = moment - 43_200 + random.below(86_400);
      else timestamp = moment + random.of(near) + 900 * (random.below(193) - 96);
    }
    const blobs = Array.from({ length: 20 }, () => "");
    for (const dimension of dimensions)
      if (slots[dimension] >= 0) blobs[slots[dimension]] = pickValue(random, dimension);
    blobs[18] = `lead_${random.below(1000)}`;
    const doubles = Array.from({ length: 11 }, () => random.below(100));
    for (let flag = 0; flag < flags.length; flag += 1) doubles[flag] = random.below(3) === 0 ? 1 : 0;
    return {
      timestamp: Math.max(0, timestamp),
      sample_interval: random.of([1, 1, 1, 10, 37, 100]),
      index1: pickValue(random, "project"),
      blobs,
      doubles,
    };
  });
}
