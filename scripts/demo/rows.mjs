// Demo submissions as rows of D1: a file of INSERT statements.

import { dimensions } from "./points.mjs";
import { demoProjects } from "./world.mjs";

/** D1 takes statements of up to 100 KB; a row is about 1 KB. */
const rowsPerStatement = 40;

const literal = (value) => {
  if (value === null || value === undefined || value === "") return "NULL";
  if (typeof value === "boolean") return String(Number(value));
  if (typeof value === "number") return String(value);
  return `'${String(value).replaceAll("'", "''")}'`;
};

/** INSERT OR REPLACE, so that a load that was cut short can be begun again. */
function* inserts(table, rows) {
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const part = rows.slice(from, from + rowsPerStatement);
    const columns = Object.keys(part[0]);
    const values = part.map((row) => `(${columns.map((column) => literal(row[column])).join(",")})`);
    yield `INSERT OR REPLACE INTO ${table} (${columns.join(",")}) VALUES\n${values.join(",\n")};`;
  }
}

export function* statements(visits, { now, rules, reasons, reports }) {
  const texts = new Map(reasons.map(({ code, text }) => [code, text]));
  const leads = leadsOf(visits);
  const only = (type) => visits.filter((visit) => visit.type === type);
  yield* inserts(
    "projects",
    demoProjects.map((project) => projectRow(project, now)),
  );
  yield* inserts("leads", leads.map(leadRow));
  yield* inserts("lead_identities", leads.flatMap(identityRows));
  yield* inserts(
    "submissions",
    visits.map((visit) => submissionRow(visit, rules.version, texts, reports)),
  );
  yield* inserts("testing_leads", only("test").map(testRow));
  yield* inserts("blocked_ip_leads", only("blocked").map(blockedRow));
}

function projectRow({ slug, name, host }, now) {
  const settings = {
    name,
    allowed_origins: [`https://${host}`],
    honeypot_field: "lead_hp",
    default_country: "IN",
    test_rules: { emails: [], domains: [], addresses: [] },
    bot_response: "accept",
    min_form_seconds: 0,
    turnstile_secret: "",
  };
  return { slug, name, settings: JSON.stringify(settings), created_at: now, updated_at: now };
}

/** The leads with their last visit, in the order in which they first came. */
function leadsOf(visits) {
  const found = new Map();
  for (const visit of visits) if (visit.lead) found.set(visit.lead.id, { ...visit.lead, last: visit });
  return [...found.values()].sort((a, b) => a.firstAt - b.firstAt);
}

function leadRow({ id, firstId, firstAt, person, last }) {
  return {
    lead_id: id,
    project: last.project.slug,
    first_submission_id: firstId,
    first_seen_at: firstAt,
    last_seen_at: last.at,
    name: person.name,
    email: person.email,
    phone: person.phone,
    company: person.company,
    lead_score: last.leadScore,
  };
}

/** The e-mail only: the few phone numbers that are kept for fiction belong to many here. */
const identityRows = ({ id, person, last }) => [
  { project: last.project.slug, kind: "email", value: person.email, lead_id: id },
];

/** The reason that tells a new person from a known one has a column of its own. */
const personReasons = new Set(["new_person", "known_email", "known_phone"]);

/** Dimensions that a correction changes, or that are its project: the ledger keeps the others of a rejected one. */
const ofVerdict = new Set(["project", "event_type", "reason"]);

/** What the ledger remembers of a rejected submission's point, so that it can be corrected. */
function pointOf(visit, reports) {
  const texts = dimensions(visit);
  const kept = reports.dimensions.filter(({ name, column }) => !ofVerdict.has(name) && texts[column]);
  return JSON.stringify({
    dimensions: Object.fromEntries(kept.map(({ name, column }) => [name, texts[column]])),
    flags: ["vpn", "suspicious", "hot"].filter((flag) => visit[flag]),
    reason: visit.reasons[0],
  });
}

function submissionRow(visit, ruleset, texts, reports) {
  const reasons = visit.reasons.filter((code) => !personReasons.has(code));
  return {
    submission_id: visit.id,
    project: visit.project.slug,
    lead_id: visit.lead?.id,
    event_type: visit.type,
    vpn: visit.vpn,
    suspicious: visit.suspicious,
    hot: visit.hot,
    lead_score: visit.leadScore,
    bot_score: visit.botScore,
    person_reason: visit.reasons.find((code) => personReasons.has(code)),
    reasons: JSON.stringify(reasons.map((code) => ({ code, detail: texts.get(code) }))),
    ruleset,
    status: visit.type === "blocked" ? 403 : 201,
    received_at: visit.at,
    counted_at: visit.at,
    point: visit.lead ? null : pointOf(visit, reports),
    attempt: visit.id.slice(4),
    ip: visit.ip,
    user_agent: visit.browser.userAgent,
    ...visit.person,
    consent: "true",
    context: JSON.stringify(contextOf(visit)),
    custom: JSON.stringify({ demo: "made up" }),
  };
}

function contextOf(visit) {
  const utm = Object.entries(visit.utm).map(([name, value]) => [`utm_${name}`, value]);
  const all = {
    source: visit.utm.source,
    referer: visit.referer,
    page: `https://${visit.project.host}${visit.path}`,
    cta: visit.cta,
    ...Object.fromEntries(utm),
    channel: visit.channel,
    ...visit.place,
    ...visit.engagement,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

const testRow = (visit) => ({
  submission_id: visit.id,
  project: visit.project.slug,
  rule: visit.reasons[0],
  matched: visit.person.email,
  received_at: visit.at,
});

const blockedRow = (visit) => ({
  submission_id: visit.id,
  project: visit.project.slug,
  rule: visit.reasons[0],
  ip: visit.ip,
  received_at: visit.at,
});
