// Makes the demo submissions: who came when, from where, and what they were judged to be. What comes out is
// neutral; points.mjs and rows.mjs turn it into what Analytics Engine and D1 hold, so the two always agree.

import { dice } from "./random.mjs";
import * as world from "./world.mjs";

const dayMs = 86_400_000;

/** What is out of the ordinary in the last days, so that there is something worth knowing. */
const unusual = {
  /** Days in which it goes on; today is the first. */
  days: 3,
  silentSource: "newsletter",
  risingCampaign: "behind-the-scenes",
  risingPerDay: 60,
  robotsPerDay: 110,
  robotsProject: "demo-events",
  robotsCountry: "US",
  /** Brings many, but nobody who reads what is there. */
  coldCampaign: "whitepaper",
  coldDays: 21,
};

/** All submissions of the 90 days that end with `now`, oldest first. */
export function submissions({ now, rules, seed = 20_261, days = 90 }) {
  const chance = dice(seed);
  const known = new Map(world.demoProjects.map(({ slug }) => [slug, []]));
  const today = Math.floor(now / dayMs);
  const made = [];
  for (let day = today - days + 1; day <= today; day++) {
    const age = today - day;
    // 1970-01-01 was a Thursday; Monday comes first here.
    const weekday = world.weekdays[(day + 3) % 7];
    // Grows by a half over the time; chance moves each day a little.
    const expected =
      world.submissionsPerDay * weekday * (1.2 - (0.4 * age) / days) * chance.between(0.88, 1.12);
    for (let count = Math.round(expected); count > 0; count--) made.push(arrival(chance, day));
    if (age < unusual.days) made.push(...unusualDay(chance, day));
    // Two nights on which somebody let a robot loose.
    if (age === 17 || age === 52) for (let count = 0; count < 240; count++) made.push(flood(chance, day));
  }
  return made
    .filter(({ at, utm }) => at <= now && !(isLast(at, now) && utm.source === unusual.silentSource))
    .map((visit) => (now - visit.at < unusual.coldDays * dayMs ? cooled(visit) : visit))
    .sort((a, b) => a.at - b.at)
    .map((visit) => judge(chance, visit, known, rules));
}

const isLast = (at, now) => Math.floor(now / dayMs) - Math.floor(at / dayMs) < unusual.days;

const cooled = (visit) =>
  visit.utm.campaign === unusual.coldCampaign ? { ...visit, cta: "Send", isCold: true } : visit;

/** A campaign that many follow at once, and robots that found one project's form. */
function* unusualDay(chance, day) {
  const [referer, source, medium, , channel] = world.sources.find((source) =>
    /** @type {string[]} */ (source[3]).includes(unusual.risingCampaign),
  );
  for (let count = 0; count < unusual.risingPerDay; count++) {
    const visit = arrival(chance, day);
    const utm = { ...visit.utm, source, medium, campaign: unusual.risingCampaign, term: "" };
    yield { ...visit, kind: "person", referer, channel, utm };
  }
  const project = world.demoProjects.find(({ slug }) => slug === unusual.robotsProject);
  const [country, , cities] = world.places.find(([code]) => code === unusual.robotsCountry);
  for (let count = 0; count < unusual.robotsPerDay; count++) {
    const [region, city] = chance.weighted(cities);
    const visit = flood(chance, day, [0, 24 * 3600 - 1]);
    yield { ...visit, project, path: project.pages[0][0], place: { country, region, city } };
  }
}

/** A visit without a verdict: when, where, on what, by which way. */
function arrival(chance, day) {
  const project = chance.weighted(world.demoProjects.map((each) => [each, each.weight]))[0];
  const [country, eastOfUtc, cities] = chance.weighted(world.places);
  const [region, city] = chance.weighted(cities);
  const [hour] = chance.weighted(world.hours.map((weight, index) => [index, weight]));
  const [device, browser, userAgent] = chance.weighted(world.browsers);
  const [referer, utmSource, utmMedium, campaigns, channel] = chance.weighted(world.sources);
  const seconds = hour * 3600 + chance.whole(0, 3599) - eastOfUtc * 60;
  const [path] = chance.weighted(project.pages);
  return {
    project,
    at: day * dayMs + seconds * 1000 + chance.whole(0, 999),
    place: { country, region, city },
    browser: { device, browser, userAgent },
    path,
    cta: chance.weighted(project.ctas)[0],
    referer,
    channel,
    utm: {
      source: utmSource,
      medium: utmMedium,
      campaign: campaigns.length ? chance.pick(campaigns) : "",
      term: utmMedium === "cpc" ? chance.pick(world.terms) : "",
      content: campaigns.length ? chance.pick(world.contents) : "",
    },
    ip: `203.0.113.${chance.whole(1, 254)}`,
    kind: chance.weighted([
      ["person", 86],
      ["bot", 9],
      ["blocked", 3],
      ["test", 2],
    ])[0],
  };
}

/** A robot, between two seconds of the day. */
function flood(chance, day, [from, to] = [20 * 3600, 22 * 3600]) {
  const visit = arrival(chance, day);
  visit.at = day * dayMs + chance.whole(from, to) * 1000;
  return {
    ...visit,
    kind: "bot",
    referer: "",
    channel: "direct",
    utm: noUtm,
    ip: `198.51.100.${chance.whole(1, 40)}`,
  };
}

const noUtm = { source: "", medium: "", campaign: "", term: "", content: "" };

function judge(chance, visit, known, rules) {
  const id = `sub_${chance.hex(32)}`;
  const none = { time_on_page: 0, scroll_depth: 0, pages_viewed: 0, form_seconds: 0 };
  const common = {
    ...visit,
    id,
    vpn: false,
    suspicious: false,
    hot: false,
    botScore: 0,
    lead: null,
    isNew: false,
  };
  if (visit.kind === "bot") {
    const [device, browser, userAgent] = world.robot;
    const naked = chance.chance(0.6);
    const reasons = naked
      ? ["bot_user_agent", "browser_headers_missing"]
      : ["honeypot_filled", "filled_too_fast"];
    return scored(
      {
        ...common,
        type: "bot",
        reasons,
        botScore: naked ? 90 : 85,
        vpn: chance.chance(0.5),
        browser: naked ? { device, browser, userAgent } : visit.browser,
        person: { name: "", email: `${chance.hex(10)}@spam.example`, phone: "", company: "", message: "" },
        engagement: { ...none, pages_viewed: 1, form_seconds: naked ? 0 : 1 },
      },
      rules,
    );
  }
  const engagement = visit.isCold
    ? { ...none, pages_viewed: 1, form_seconds: chance.whole(3, 9) }
    : {
        time_on_page: Math.round(chance.skewed(38)),
        scroll_depth: Math.min(100, Math.round(chance.skewed(42))),
        pages_viewed: Math.max(1, Math.round(chance.skewed(1.6))),
        form_seconds: Math.max(3, Math.round(chance.skewed(18))),
      };
  if (visit.kind === "blocked") {
    return scored(
      {
        ...common,
        type: "blocked",
        reasons: ["address_blocked"],
        person: person(chance),
        engagement,
        ip: `192.0.2.${chance.whole(1, 30)}`,
      },
      rules,
    );
  }
  if (visit.kind === "test") {
    const who = { ...person(chance), email: `qa+test${chance.whole(1, 9)}@${visit.project.host}` };
    return scored({ ...common, type: "test", reasons: ["test_plus_tag"], person: who, engagement }, rules);
  }
  const leads = known.get(visit.project.slug);
  const back = leads.length > 20 && chance.chance(0.22);
  const lead = back
    ? chance.pick(leads)
    : { id: `lead_${chance.hex(32)}`, person: person(chance), firstId: id, firstAt: visit.at };
  if (!back) leads.push(lead);
  const reasons = [back ? "known_email" : "new_person"];
  const vpn = chance.chance(0.06);
  const suspicious = chance.chance(vpn ? 0.3 : 0.05);
  if (vpn) reasons.push("hosting_network");
  if (suspicious) reasons.push("phone_country_differs");
  return scored(
    {
      ...common,
      type: back ? "follow_up" : "primary",
      reasons,
      vpn,
      suspicious,
      lead,
      isNew: !back,
      person: lead.person,
      engagement,
    },
    rules,
  );
}

function person(chance) {
  const first = chance.pick(world.firstNames);
  const last = chance.pick(world.lastNames);
  const company = chance.chance(0.35) ? chance.pick(world.companies) : "";
  const domain = company ? `${company.toLowerCase()}.example` : "post.example";
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}.${chance.hex(5)}@${domain}`.toLowerCase(),
    phone: chance.chance(0.3) ? `+120255501${String(chance.whole(0, 99)).padStart(2, "0")}` : "",
    company,
    message: chance.pick(world.messages),
  };
}

/** Score, temperature and engagement level, by the same table of points that the rules use. */
function scored(visit, rules) {
  let attention = 0;
  for (const { measure, at_least, points } of rules.engagement_points) {
    if (visit.engagement[measure] >= at_least) attention += points;
  }
  const points = rules.completeness_points;
  const person = visit.person;
  let score = attention;
  for (const field of ["name", "email", "phone", "company", "message"]) {
    if (person[field]) score += points[field];
  }
  if (person.message.length >= rules.long_message_chars) score += points.long_message;
  const domain = person.email.split("@")[1];
  if (domain && !rules.free_mail_domains.includes(domain)) score += points.business_email;
  const strong = rules.strong_cta_words.some((word) => visit.cta.toLowerCase().includes(word));
  if (visit.cta) score += strong ? rules.cta_points.strong : rules.cta_points.any;
  score = Math.min(100, score);
  const wanted = visit.type === "primary" || visit.type === "follow_up";
  const hot = wanted && score >= rules.hot_threshold;
  return {
    ...visit,
    leadScore: score,
    hot,
    reasons: hot ? [...visit.reasons, "high_lead_score"] : visit.reasons,
    temperature: score >= rules.hot_threshold ? "hot" : score >= rules.warm_threshold ? "warm" : "cold",
    level:
      attention >= rules.engagement_high_from
        ? "high"
        : attention >= rules.engagement_medium_from
          ? "medium"
          : attention > 0
            ? "low"
            : "none",
  };
}
