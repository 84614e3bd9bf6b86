// The context of a submission, with addresses read by the platform's URL.

import { channelOf } from "../shared/channel.ts";
import { maxContextBytes } from "../shared/tables.ts";
import { cleanLine, cutBytes, trimAscii } from "../shared/text.ts";
import type { Context } from "../shared/types.ts";
import type { Fields } from "./schema.ts";

const base = "https://relative.invalid";

function readUrl(text: string): URL | undefined {
  if (!/^(?:https?:)?\/\/|^\//i.test(text)) return undefined;
  const url = URL.parse(text, base);
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
}

function hostOf(url: URL | undefined): string {
  if (url === undefined || url.origin === base) return "";
  return url.hostname.replace(/^www\./, "");
}

const tags = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "gclid",
  "fbclid",
  "msclkid",
] as const;
const cut = (text: string) => trimAscii(cutBytes(text, maxContextBytes));

export function contextOf(fields: Fields): Context {
  const page = readUrl(fields.page);
  const referer = readUrl(fields.referer);
  const tagged = {} as Record<(typeof tags)[number], string>;
  for (const tag of tags) {
    tagged[tag] =
      fields[tag] || cut(cleanLine(page?.searchParams.get(tag) || referer?.searchParams.get(tag) || ""));
  }
  const pageHost = hostOf(page);
  const refererHost = hostOf(referer);
  return {
    ...tagged,
    source: fields.source || tagged.utm_source || (refererHost === pageHost ? "" : refererHost),
    refererHost,
    referer: referer === undefined ? "" : cut(fields.referer),
    page: page === undefined ? "" : cut(fields.page),
    landingPath: page === undefined ? "" : cutBytes(page.pathname, maxContextBytes),
    cta: fields.cta,
    channel: channelOf({
      medium: tagged.utm_medium,
      source: tagged.utm_source,
      paidClick: tagged.gclid || tagged.msclkid,
      socialClick: tagged.fbclid,
      refererHost,
      pageHost,
    }),
  };
}
