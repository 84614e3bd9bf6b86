// The data point of a submission.

import { browserOf, deviceOf } from "./agent.ts";
import { blobs, pointDimensions, schemaVersion } from "./tables.ts";
import { canonical } from "./text.ts";
import type { Facts, Submission, Verdict } from "./types.ts";

export function makePoint(
  project: string,
  facts: Facts,
  { context, engagement }: Submission,
  verdict: Verdict,
  type: string,
  reason: string,
  leadId: string,
) {
  const texts = [
    context.source,
    context.refererHost,
    context.landingPath,
    context.cta,
    context.utm_source,
    context.utm_medium,
    context.utm_campaign,
    context.utm_term,
    context.utm_content,
    facts.country === "XX" ? "" : facts.country,
    facts.region,
    facts.city,
    facts.botUserAgent ? "bot" : deviceOf(facts.userAgent),
    browserOf(facts.userAgent),
    verdict.temperature,
    verdict.engagement,
    context.channel,
    reason,
    leadId,
    type,
  ];
  for (let at = 0; at < texts.length; at += 1)
    texts[at] = canonical(texts[at] as string, blobs[at] as number);
  return {
    indexes: [project],
    blobs: texts,
    doubles: [
      verdict.vpn ? 1 : 0,
      verdict.suspicious ? 1 : 0,
      verdict.hot ? 1 : 0,
      verdict.leadScore,
      verdict.botScore,
      engagement.time_on_page ?? 0,
      engagement.scroll_depth ?? 0,
      engagement.pages_viewed ?? 0,
      engagement.form_seconds ?? 0,
      Math.floor(facts.now / 1000),
      schemaVersion,
    ],
  };
}

/** What the ledger remembers of a rejected submission's point. */
export function pointMemory(project: string, facts: Facts, submission: Submission, verdict: Verdict): string {
  const reason = verdict.reasons[0]?.code ?? "";
  const { blobs: texts } = makePoint(project, facts, submission, verdict, verdict.type, reason, "");
  const dimensions: Record<string, string> = {};
  for (const { name, slot } of pointDimensions) if (texts[slot]) dimensions[name] = texts[slot];
  const flags = (["vpn", "suspicious", "hot"] as const).filter((flag) => verdict[flag]);
  return JSON.stringify({ dimensions, flags, reason });
}
