// The verdict, by the same data and in the same order as the core's.

import { allowsOrigin, blockedBy, isTestAddress, type Settings } from "./settings.ts";
import { countLinks, isGibberish, isOddName } from "./signs.ts";
import {
  disposableDomains,
  freeMailDomains,
  hostingNetworks,
  hostingWords,
  reasons,
  reservedDomains,
  reservedTopLevels,
  rules,
  strongCta,
} from "./tables.ts";
import { codePoints, cutBytes } from "./text.ts";
import type { Contact, Engagement, Facts, Submission, Verdict } from "./types.ts";

/** Whether the domain or one of its parents, down to two labels, is in the set. */
function hasDomain(set: ReadonlySet<string>, domain: string): boolean {
  for (let name = domain, dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".")) {
    if (set.has(name)) return true;
    name = name.slice(dot + 1);
  }
  return false;
}

const domainOf = (email: string) => email.slice(email.indexOf("@") + 1);

type Measure = keyof Engagement;

function engagementPoints(engagement: Engagement): number {
  let points = 0;
  for (const step of rules.engagement_points) {
    if ((engagement[step.measure as Measure] ?? 0) >= step.at_least) points += step.points;
  }
  return points;
}

function completeness(contact: Contact): number {
  const points = rules.completeness_points;
  let sum = 0;
  if (contact.name !== "") sum += points.name;
  if (contact.email !== "") sum += points.email;
  if (contact.callingCode !== "") sum += points.phone;
  if (contact.company !== "") sum += points.company;
  if (contact.message !== "") sum += points.message;
  const { message } = contact;
  const long =
    message.length >= 2 * rules.long_message_chars || codePoints(message) >= rules.long_message_chars;
  if (long) sum += points.long_message;
  if (contact.email !== "" && !freeMailDomains.has(domainOf(contact.email))) sum += points.business_email;
  return sum;
}

export function decide(
  submission: Submission,
  facts: Facts,
  settings: Settings,
  callingCodeOf: (country: string) => string,
): Verdict {
  const { contact, context, engagement } = submission;
  const given: Verdict["reasons"] = [];
  let botScore = 0;
  // The rules are asked in the order in which their reasons are listed.
  const add = (code: string, detail = "") => {
    given.push({ code, detail });
    botScore += reasons[code]?.weight ?? 0;
  };

  if (facts.rateLimited) add("rate_limited");
  if (facts.origin !== "" && !allowsOrigin(settings, facts.origin)) add("origin_not_allowed");
  const blocked = blockedBy(settings, facts.ip);
  if (blocked !== "") add("address_blocked", blocked);
  const isBlocked = given.length > 0;

  const score = facts.botScore;
  if (facts.botUserAgent) add("bot_user_agent");
  if (score > 0 && score <= rules.cloudflare_bot_certain_max) add("bot_score_certain");
  else if (score > 0 && score <= rules.cloudflare_bot_likely_max) add("bot_score_likely");
  if (submission.honeypotFilled) add("honeypot_filled");
  const least = settings.minFormSeconds > 0 ? settings.minFormSeconds : rules.min_form_seconds;
  if (engagement.form_seconds !== undefined && engagement.form_seconds < least) add("filled_too_fast");
  if (countLinks(contact.message) > rules.max_message_links) add("links_in_message");
  if (isGibberish(contact.message) || isGibberish(contact.name)) add("gibberish");
  if (facts.headersMissing) add("browser_headers_missing");
  botScore = Math.min(botScore, 100);

  const beforeTest = given.length;
  const { email } = contact;
  const domain = email === "" ? "" : domainOf(email);
  if (isTestAddress(settings, facts.ip)) add("test_address", facts.ip);
  if (email !== "") {
    if (settings.testEmails.has(email)) add("test_email", email);
    if (settings.testDomains.size > 0 && hasDomain(settings.testDomains, domain)) add("test_domain", domain);
    const plus = email.indexOf("+");
    if (
      plus > 0 &&
      email
        .slice(plus + 1, email.indexOf("@"))
        .split("+")
        .includes("test")
    )
      add("test_plus_tag");
    const top = domain.slice(domain.lastIndexOf(".") + 1);
    if (reservedTopLevels.has(top) || hasDomain(reservedDomains, domain)) add("reserved_domain", domain);
  }
  const isTest = given.length > beforeTest;

  const beforeVpn = given.length;
  if (facts.country === "T1") add("tor_exit");
  if (
    hostingNetworks.has(facts.asn) ||
    (facts.organization !== "" && hostingWords.test(facts.organization))
  ) {
    const name = facts.organization === "" ? "" : ` ${cutBytes(facts.organization, 100)}`;
    add("hosting_network", `AS${facts.asn}${name}`);
  }
  const vpn = given.length > beforeVpn;

  const beforeSuspicious = given.length;
  if (domain !== "" && hasDomain(disposableDomains, domain)) add("disposable_email", domain);
  if (contact.phone !== "") {
    if (contact.callingCode === "") add("phone_unreadable");
    else {
      const expected = callingCodeOf(facts.country);
      if (expected !== "" && expected !== contact.callingCode) {
        add("phone_country_differs", `+${contact.callingCode} from ${facts.country}`);
      }
    }
  }
  if (isOddName(contact.name)) add("odd_name");
  const isBot = botScore >= rules.bot_threshold;
  if (!isBot && botScore >= rules.bot_suspicious_from) add("bot_evidence");
  const suspicious = given.length > beforeSuspicious;

  const points = engagementPoints(engagement);
  const level =
    points >= rules.engagement_high_from
      ? "high"
      : points >= rules.engagement_medium_from
        ? "medium"
        : points > 0
          ? "low"
          : "none";
  const { cta } = context;
  const call = cta === "" ? 0 : strongCta.test(cta) ? rules.cta_points.strong : rules.cta_points.any;
  const leadScore = Math.min(Math.max(completeness(contact) + call + points, 0), 100);
  const hot = leadScore >= rules.hot_threshold;
  if (hot) add("high_lead_score");

  const type = isBlocked ? "blocked" : isBot ? "bot" : isTest ? "test" : "primary";
  const accepted = type === "primary";
  return {
    type,
    accepted,
    vpn,
    suspicious,
    hot,
    leadScore,
    botScore,
    engagement: level,
    temperature: hot ? "hot" : leadScore >= rules.warm_threshold ? "warm" : "cold",
    reasons: accepted
      ? given
      : [
          ...given.filter(({ code }) => reasons[code]?.of === type),
          ...given.filter(({ code }) => reasons[code]?.of !== type),
        ],
  };
}
