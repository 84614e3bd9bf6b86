// One submission as the statements of one transaction, and what the ledger then says of it.

import { pointMemory } from "./point.ts";
import * as sql from "./sql.ts";
import { reasons, rules } from "./tables.ts";
import type { Facts, ReasonGiven, Submission, Verdict } from "./types.ts";

export const selectForIntake = sql.selectForIntake;

const orUndefined = (text: string) => (text === "" ? undefined : text);
const orNull = (text: string) => (text === "" ? null : text);

function contextJson(facts: Facts, { context, engagement }: Submission): string {
  return JSON.stringify({
    source: orUndefined(context.source),
    referer: orUndefined(context.referer),
    page: orUndefined(context.page),
    cta: orUndefined(context.cta),
    utm_source: orUndefined(context.utm_source),
    utm_medium: orUndefined(context.utm_medium),
    utm_campaign: orUndefined(context.utm_campaign),
    utm_term: orUndefined(context.utm_term),
    utm_content: orUndefined(context.utm_content),
    gclid: orUndefined(context.gclid),
    fbclid: orUndefined(context.fbclid),
    msclkid: orUndefined(context.msclkid),
    channel: context.channel,
    origin: orUndefined(facts.origin),
    country: orUndefined(facts.country),
    region: orUndefined(facts.region),
    city: orUndefined(facts.city),
    as_organization: orUndefined(facts.organization),
    asn: facts.asn === 0 ? undefined : facts.asn,
    time_on_page: engagement.time_on_page,
    scroll_depth: engagement.scroll_depth,
    pages_viewed: engagement.pages_viewed,
    form_seconds: engagement.form_seconds,
  });
}

const sentence = ({ code, detail }: ReasonGiven) => {
  const text = reasons[code]?.text ?? "";
  return { code, detail: detail === "" ? text : `${text}: ${detail}` };
};

type Value = string | number | null;

export interface Entry {
  facts: Facts;
  project: string;
  submission: Submission;
  verdict: Verdict;
  status: number;
}

export function keepStatements(db: D1Database, entry: Entry): D1PreparedStatement[] {
  const { facts, project, submission, verdict, status } = entry;
  const { contact } = submission;
  const phoneIdentity = contact.callingCode === "" ? null : contact.phone;
  const statements: D1PreparedStatement[] = [];
  const add = (text: string, ...params: Value[]) => statements.push(db.prepare(text).bind(...params));
  add(
    sql.insertSubmission,
    facts.submissionId,
    project,
    verdict.accepted ? facts.leadId : null,
    verdict.type,
    verdict.vpn ? 1 : 0,
    verdict.suspicious ? 1 : 0,
    verdict.hot ? 1 : 0,
    verdict.leadScore,
    verdict.botScore,
    JSON.stringify(verdict.reasons.map(sentence)),
    rules.version,
    status,
    facts.now,
    facts.attempt,
    null,
    orNull(facts.ip),
    orNull(facts.userAgent),
    orNull(contact.name),
    orNull(contact.email),
    orNull(contact.phone),
    orNull(contact.company),
    orNull(contact.message),
    orNull(submission.consent),
    contextJson(facts, submission),
    orNull(submission.custom),
    phoneIdentity,
    verdict.accepted ? null : pointMemory(project, facts, submission, verdict),
  );
  if (verdict.accepted) {
    add(sql.upsertLead, facts.submissionId, facts.attempt);
    add(sql.insertIdentities, facts.submissionId, facts.attempt, orNull(contact.email), phoneIdentity);
  } else if (verdict.type !== "bot") {
    const first = verdict.reasons.find(({ code }) => reasons[code]?.of === verdict.type);
    if (first !== undefined) {
      const isTest = verdict.type === "test";
      const detail = isTest ? first.detail : orNull(first.detail);
      add(
        isTest ? sql.insertTestingLead : sql.insertBlockedLead,
        facts.submissionId,
        facts.attempt,
        first.code,
        detail,
        verdict.type,
      );
    }
  }
  add(sql.selectKept, facts.submissionId);
  return statements;
}

export interface KeptRow {
  attempt: string;
  lead_id: string | null;
  person_reason: string | null;
  status: number;
}

/** One retry; then nothing. */
export async function keep(db: D1Database, entry: Entry): Promise<KeptRow | undefined> {
  for (let again = false; ; again = true) {
    try {
      const answers = await db.batch<KeptRow>(keepStatements(db, entry));
      return answers.at(-1)?.results[0];
    } catch (error) {
      if (again) {
        console.error(error);
        return undefined;
      }
    }
  }
}
