// What a request tells beside its body.

import { isBotUserAgent } from "../../../../worker/src/user_agents.ts";
import { canonicalAddress } from "./address.ts";
import type { Facts } from "./types.ts";

interface Place {
  country?: string;
  region?: string;
  city?: string;
  asn?: number;
  asOrganization?: string;
  botManagement?: { score?: number };
}

const id = (prefix: string) => prefix + crypto.randomUUID().replaceAll("-", "");

export function readFacts(request: Request): Facts {
  const { headers } = request;
  const cf = ((request as { cf?: unknown }).cf ?? {}) as Place;
  const origin = headers.get("origin") ?? "";
  const userAgent = headers.get("user-agent") ?? "";
  return {
    submissionId: id("sub_"),
    leadId: id("lead_"),
    attempt: id(""),
    requestId: id("req_"),
    now: Date.now(),
    origin: origin === "null" ? "" : origin,
    ip: canonicalAddress(headers.get("cf-connecting-ip") ?? ""),
    userAgent: userAgent.slice(0, 512),
    country: (cf.country ?? "").toUpperCase(),
    region: cf.region ?? "",
    city: cf.city ?? "",
    asn: Number(cf.asn ?? 0),
    organization: cf.asOrganization ?? "",
    botScore: cf.botManagement?.score ?? 0,
    botUserAgent: isBotUserAgent(userAgent),
    headersMissing: userAgent === "" || !headers.get("accept") || !headers.get("accept-language"),
    rateLimited: false,
  };
}
