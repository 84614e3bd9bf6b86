// The zones that one can choose, as people look for them.

import { isZone } from "../../view/zone.ts";

/** Names that browsers still list under, and those that people look for. The API takes both. */
const renamed: Record<string, string> = {
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Europe/Kiev": "Europe/Kyiv",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
};

export interface Zone {
  name: string;
  /** "GMT+5:30" at the moment that is asked about. */
  offset: string;
  /** "deployment" and "browser" come first. */
  note: string;
}

export function offsetOf(name: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: name, timeZoneName: "shortOffset" }).formatToParts(
    now,
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

export const zoneText = (name: string) => name.replaceAll("_", " ");

/** All of them, those that matter most in front. */
export function allZones(now: Date, deployment: string, browser: string): Zone[] {
  const first = [deployment, browser, "UTC"].filter(isZone);
  const names = new Set([
    ...first,
    ...Intl.supportedValuesOf("timeZone").map((name) => renamed[name] ?? name),
  ]);
  return [...names].map((name) => ({
    name,
    offset: offsetOf(name, now),
    note: name === deployment ? "the deployment’s" : name === browser ? "yours" : "",
  }));
}

/** Every word that was typed occurs somewhere. */
export function matchingZones(zones: readonly Zone[], typed: string): Zone[] {
  const words = typed.toLowerCase().replaceAll("_", " ").split(/\s+/).filter(Boolean);
  return zones.filter((zone) => {
    const text = `${zoneText(zone.name)} ${zone.name} ${zone.offset} ${zone.note}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
