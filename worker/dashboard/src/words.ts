// What the API's names are called on the page. The words are those of the product; nothing here is a rule.

import { type counts, type dimensions, eventTypes, flags, reasons } from "~schema";
import { english } from "./format.ts";

export type EventType = (typeof eventTypes)[number];
export type Flag = (typeof flags)[number];
export type CountName = (typeof counts)[number];
export type DimensionName = (typeof dimensions)[number]["name"];

export { eventTypes };

export const eventTypeLabels: Record<EventType, string> = {
  primary: "Actual",
  follow_up: "Follow-up",
  test: "Test",
  blocked: "Blocked",
  bot: "Bot",
};

/** One sentence each, for tooltips and cards. */
export const eventTypeMeanings: Record<EventType, string> = {
  primary: "First accepted submission of a person in a project",
  follow_up: "A further submission of a person who is known already",
  test: "Sent to try the form",
  blocked: "Refused: blocked address, foreign origin or too many posts",
  bot: "Judged to be sent by a machine",
};

export const countLabels: Record<CountName, string> = {
  total: "Submissions",
  ...eventTypeLabels,
  vpn_count: "VPN",
  suspicious_count: "Suspicious",
  hot_count: "Hot",
};

/** The count of each flag. */
export const flagCounts = Object.fromEntries(flags.map((flag) => [flag, `${flag}_count`])) as {
  [F in Flag]: `${F}_count`;
};

export const dimensionLabels: Record<DimensionName, string> = {
  event_type: "Type",
  project: "Project",
  source: "Source",
  country: "Country",
  region: "Region",
  city: "City",
  referer: "Referer",
  cta: "Call to action",
  utm_source: "UTM source",
  utm_medium: "UTM medium",
  utm_campaign: "UTM campaign",
  utm_term: "UTM term",
  utm_content: "UTM content",
  engagement: "Engagement",
  temperature: "Temperature",
  device: "Device",
  browser: "Browser",
  channel: "Channel",
  landing_path: "Landing path",
  reason: "Reason",
};

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const reasonTexts = new Map<string, string>(reasons.map(({ code, text }) => [code, text]));

/** "the e-mail has the tag +test"; the code itself where it is not known here. */
export const reasonText = (code: string) => sentence(reasonTexts.get(code) ?? code.replaceAll("_", " "));

let names: Intl.DisplayNames | undefined;

/** In English, as the sentences that it stands in; the code itself where it names no country. */
export function countryName(code: string): string {
  names ??= new Intl.DisplayNames(english, { type: "region", fallback: "code" });
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** A value of a dimension as people read it; "" is not known. */
export function valueLabel(dimension: DimensionName, value: string): string {
  if (value === "") return "(not known)";
  switch (dimension) {
    case "event_type":
      return eventTypeLabels[value as EventType] ?? value;
    case "country":
      return countryName(value);
    case "reason":
      return reasonText(value);
    case "engagement":
    case "temperature":
    case "device":
    case "channel":
      return sentence(value);
    default:
      return value;
  }
}
