// The channel a visit came through.

import { rules } from "./tables.ts";

const set = (words: string[]) => new Set(words);
const mediums: [Set<string>, string][] = [
  [set(rules.paid_mediums), "paid"],
  [set(rules.email_mediums), "email"],
  [set(rules.social_mediums), "social"],
  [set(rules.organic_mediums), "organic"],
  [set(rules.referral_mediums), "referral"],
];
const channelOfMedium = new Map<string, string>();
for (const [words, channel] of mediums) {
  for (const word of words) if (!channelOfMedium.has(word)) channelOfMedium.set(word, channel);
}
const emailMediums = set(rules.email_mediums);
const hosts: [Set<string>, string][] = [
  [set(rules.mail_hosts), "email"],
  [set(rules.search_hosts), "organic"],
  [set(rules.social_hosts), "social"],
];

function channelOfHost(host: string): string | undefined {
  if (host === "") return undefined;
  const labels = host.toLowerCase().split(".");
  for (const [names, channel] of hosts) {
    for (let at = 0; at < labels.length; at += 1) {
      const label = labels[at] as string;
      // A name of one or two letters counts only right before the ending.
      if (names.has(label) && (label.length > 2 || at >= labels.length - 2)) return channel;
    }
  }
  return undefined;
}

export interface ChannelSigns {
  medium: string;
  source: string;
  paidClick: string;
  socialClick: string;
  refererHost: string;
  pageHost: string;
}

export function channelOf(signs: ChannelSigns): string {
  const { medium, source } = signs;
  const referer = signs.refererHost === signs.pageHost ? "" : signs.refererHost;
  if (medium !== "") {
    const channel = channelOfMedium.get(medium.toLowerCase());
    if (channel !== undefined) return channel;
  }
  if (signs.paidClick !== "") return "paid";
  if (signs.socialClick !== "") return "social";
  if (source !== "" && emailMediums.has(source.toLowerCase())) return "email";
  const named = channelOfHost(source) ?? channelOfHost(referer);
  if (named !== undefined) return named;
  return medium === "" && source === "" && referer === "" ? "direct" : "referral";
}
