#include "core/ledger/keep.hpp"

#include "leadledger/rules.hpp"

namespace leadledger::ledger {

namespace {

using intake::Context;
using intake::Engagement;

// A redelivered queue message carries the attempt of the request that sent it. Whoever changes that attempt
// to its own is the one who writes the point; the next delivery finds a stranger's attempt and writes none.
// What the row says of its point stays: the point says it too.
constexpr std::string_view kClaim =
    "UPDATE submissions SET attempt = ?1, counted_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) "
    "WHERE submission_id = ?2 AND attempt = ?3";

// A correction is of its point's time, and of what the row says of its point.
constexpr std::string_view kMoveCorrection =
    "UPDATE corrections SET counted_at = s.counted_at, month = strftime('%Y-%m', s.counted_at / 1000, "
    "'unixepoch'), dimensions = COALESCE(s.point -> '$.dimensions', dimensions), "
    "flags = COALESCE(s.point -> '$.flags', flags) "
    "FROM submissions s WHERE s.submission_id = ?1 AND s.attempt = ?2 "
    "AND corrections.submission_id = ?1 AND corrections.undone_at IS NULL";

constexpr std::string_view kInsertSubmission =
    "INSERT INTO submissions (submission_id, project, lead_id, event_type, vpn, suspicious, hot, lead_score, "
    "bot_score, person_reason, reasons, ruleset, status, received_at, attempt, content_digest, ip, "
    "user_agent, name, "
    "email, phone, company, message, consent, context, custom, counted_at, point) "
    "SELECT ?1, ?2, CASE WHEN ?3 IS NULL THEN NULL ELSE COALESCE(by_email, by_phone, ?3) END, "
    "CASE WHEN ?3 IS NOT NULL AND COALESCE(by_email, by_phone) IS NOT NULL THEN 'follow_up' ELSE ?4 END, "
    "?5, ?6, ?7, ?8, ?9, "
    "CASE WHEN ?3 IS NULL THEN NULL WHEN by_email IS NOT NULL THEN 'known_email' "
    "WHEN by_phone IS NOT NULL THEN 'known_phone' ELSE 'new_person' END, "
    "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, "
    "CAST(unixepoch('subsec') * 1000 AS INTEGER), ?27 "
    "FROM (SELECT "
    "(SELECT lead_id FROM lead_identities WHERE project = ?2 AND kind = 'email' AND value = ?19) AS "
    "by_email, "
    "(SELECT lead_id FROM lead_identities WHERE project = ?2 AND kind = 'phone' AND value = ?26) AS "
    "by_phone) "
    "WHERE true ON CONFLICT (submission_id) DO NOTHING";

constexpr std::string_view kUpsertLead =
    "INSERT INTO leads (lead_id, project, first_submission_id, first_seen_at, last_seen_at, name, email, "
    "phone, "
    "company, lead_score) "
    "SELECT lead_id, project, submission_id, received_at, received_at, name, email, phone, company, "
    "lead_score "
    "FROM submissions WHERE submission_id = ?1 AND attempt = ?2 AND lead_id IS NOT NULL "
    "ON CONFLICT (lead_id) DO UPDATE SET last_seen_at = max(last_seen_at, excluded.last_seen_at), "
    "name = COALESCE(name, excluded.name), email = COALESCE(email, excluded.email), "
    "phone = COALESCE(phone, excluded.phone), company = COALESCE(company, excluded.company), "
    "lead_score = max(lead_score, excluded.lead_score)";

constexpr std::string_view kInsertIdentities =
    "INSERT INTO lead_identities (project, kind, value, lead_id) "
    "SELECT s.project, v.kind, v.value, s.lead_id FROM submissions s, "
    "(SELECT 'email' AS kind, ?3 AS value UNION ALL SELECT 'phone', ?4) v "
    "WHERE s.submission_id = ?1 AND s.attempt = ?2 AND s.lead_id IS NOT NULL AND v.value IS NOT NULL "
    "ON CONFLICT (project, kind, value) DO NOTHING";

constexpr std::string_view kInsertTestingLead =
    "INSERT INTO testing_leads (submission_id, project, rule, matched, received_at) "
    "SELECT submission_id, project, ?3, ?4, received_at FROM submissions WHERE submission_id = ?1 AND "
    "attempt = ?2 AND event_type = ?5 "
    "ON CONFLICT (submission_id) DO NOTHING";

constexpr std::string_view kInsertBlockedLead =
    "INSERT INTO blocked_ip_leads (submission_id, project, rule, ip, blocked_ip_id, received_at) "
    "SELECT submission_id, project, ?3, ip, ?4, received_at FROM submissions WHERE submission_id = ?1 AND "
    "attempt = ?2 AND event_type = ?5 "
    "ON CONFLICT (submission_id) DO NOTHING";

constexpr std::string_view kSelectKept =
    "SELECT event_type, lead_id, vpn, suspicious, hot, lead_score, bot_score, person_reason, reasons, "
    "ruleset, "
    "content_digest, status, attempt FROM submissions WHERE submission_id = ?1";

std::string write_context(const intake::Facts& facts, const Context& context, const Engagement& engagement) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  const auto text = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) writer.member(name, value);
  };
  const auto number = [&](std::string_view name, const std::optional<double>& value) {
    if (value) writer.key(name), writer.real(*value);
  };
  text("source", context.source);
  text("referer", context.referer);
  text("page", context.page);
  text("cta", context.cta);
  text("utm_source", context.utm_source);
  text("utm_medium", context.utm_medium);
  text("utm_campaign", context.utm_campaign);
  text("utm_term", context.utm_term);
  text("utm_content", context.utm_content);
  text("gclid", context.gclid);
  text("fbclid", context.fbclid);
  text("msclkid", context.msclkid);
  text("channel", schema::to_text(context.channel));
  text("origin", facts.origin);
  text("country", facts.country);
  text("region", facts.region);
  text("city", facts.city);
  text("as_organization", facts.as_organization);
  if (facts.asn != 0) writer.member("asn", static_cast<std::int64_t>(facts.asn));
  number("time_on_page", engagement.time_on_page);
  number("scroll_depth", engagement.scroll_depth);
  number("pages_viewed", engagement.pages_viewed);
  number("form_seconds", engagement.form_seconds);
  writer.end_object();
  writer.finish();
  return out;
}

const intake::ReasonGiven* first_reason_of(const std::vector<intake::ReasonGiven>& reasons,
                                           std::string_view what) {
  for (const intake::ReasonGiven& given : reasons) {
    if (schema::info(given.reason).of == what) return &given;
  }
  return nullptr;
}

}  // namespace

void add_lead_statements(Batch& batch, std::string_view submission_id, std::string_view attempt,
                         std::string_view email, std::string_view phone_identity) {
  batch.add(kUpsertLead, submission_id, attempt);
  batch.add(kInsertIdentities, submission_id, attempt, TextOrNull{email}, TextOrNull{phone_identity});
}

void add_rule_statements(Batch& batch, std::string_view submission_id, std::string_view attempt,
                         intake::EventType type, const std::vector<intake::ReasonGiven>& reasons) {
  if (type != intake::EventType::test && type != intake::EventType::blocked) return;
  const intake::ReasonGiven* given = first_reason_of(reasons, to_text(type));
  if (given == nullptr) return;
  const std::string_view code = schema::info(given->reason).code;
  if (type == intake::EventType::test) {
    batch.add(kInsertTestingLead, submission_id, attempt, code, given->detail, to_text(type));
  } else {
    batch.add(kInsertBlockedLead, submission_id, attempt, code, TextOrNull{given->detail}, to_text(type));
  }
}

std::vector<intake::ReasonGiven> read_reasons(std::string_view kept) {
  std::vector<intake::ReasonGiven> reasons;
  std::string text(kept);
  const auto document = json::Document::parse(text);
  if (!document) return reasons;
  for (const json::Value item : document->root().items()) {
    const auto reason = intake::find_reason(item["code"].string());
    if (!reason) continue;
    // The kept detail is the whole sentence; what follows the rule's own text is the part that is ours to
    // give.
    std::string_view detail = item["detail"].string();
    const std::string_view own = schema::info(*reason).text;
    detail = detail.size() > own.size() + 2 ? detail.substr(own.size() + 2) : std::string_view{};
    reasons.push_back({*reason, std::string(detail)});
  }
  return reasons;
}

namespace {

/// The row with what is written along with it. All but the row itself is bound to our attempt, so nothing is
/// added to a row that somebody else has kept.
void add_row_statements(Batch& batch, const Entry& entry) {
  const intake::Facts& facts = entry.facts;
  const intake::Verdict& verdict = entry.verdict;
  const intake::Contact& contact = entry.submission.contact;
  const auto or_null = [](std::string_view text) { return TextOrNull{text}; };
  const std::string_view new_lead = verdict.accepted ? std::string_view(facts.lead_id) : std::string_view{};
  const std::string_view phone_identity =
      contact.phone_is_e164 ? std::string_view(contact.phone) : std::string_view{};
  std::string reasons;
  json::Writer writer(reasons);
  intake::write_reasons(writer, verdict.reasons);
  writer.finish();

  batch.add(kInsertSubmission, facts.submission_id, entry.project, or_null(new_lead),
            to_text(verdict.event_type), verdict.vpn, verdict.suspicious, verdict.hot, verdict.lead_score,
            verdict.bot_score, reasons, schema::kRulesetVersion, entry.status, facts.received_at_ms,
            facts.attempt, or_null(facts.content_digest), or_null(facts.ip), or_null(facts.user_agent),
            or_null(contact.name), or_null(contact.email), or_null(contact.phone), or_null(contact.company),
            or_null(contact.message), or_null(entry.submission.consent),
            write_context(facts, entry.submission.context, entry.submission.engagement),
            or_null(entry.submission.custom_json), or_null(phone_identity), or_null(entry.point));
  if (verdict.accepted) {
    add_lead_statements(batch, facts.submission_id, facts.attempt, contact.email, phone_identity);
  } else {
    add_rule_statements(batch, facts.submission_id, facts.attempt, verdict.event_type, verdict.reasons);
  }
}

}  // namespace

void add_keep_statements(Batch& batch, const Entry& entry) {
  const intake::Facts& facts = entry.facts;
  if (entry.insert) add_row_statements(batch, entry);
  // Claimed last: what belongs to a row that was there before was written with it, or is erased by now.
  if (!facts.claimed_from.empty()) {
    batch.add(kClaim, facts.attempt, facts.submission_id, facts.claimed_from);
    batch.add(kMoveCorrection, facts.submission_id, facts.attempt);
  }
  if (entry.maybe_older) {
    batch.add("SELECT k.*, c.from_type, c.month FROM (" + std::string(kSelectKept) +
                  ") k LEFT JOIN corrections c ON c.submission_id = ?1 AND c.undone_at IS NULL",
              facts.submission_id);
  } else {
    batch.add(kSelectKept, facts.submission_id);
  }
}

void add_select_person(Batch& batch, std::string_view project, const intake::Contact& contact) {
  batch.add(kSelectPerson, project, TextOrNull{contact.email},
            TextOrNull{contact.phone_is_e164 ? std::string_view(contact.phone) : std::string_view{}});
}

KnownPerson read_person(const json::Value& batch_reply) {
  KnownPerson person;
  for (const json::Value rows : batch_reply.items()) {
    for (const json::Value row : rows.items()) {
      const std::string_view by_email = row["by_email"].string();
      const std::string_view by_phone = row["by_phone"].string();
      if (!by_email.empty()) {
        person = {schema::Reason::known_email, std::string(by_email)};
      } else if (!by_phone.empty()) {
        person = {schema::Reason::known_phone, std::string(by_phone)};
      }
    }
  }
  return person;
}

Kept Kept::first_judged() const {
  Kept first = *this;
  if (from_type.empty()) return first;
  first.event_type = from_type;
  first.lead_id = {};
  first.person_reason = {};
  return first;
}

Kept read_kept(const json::Value& batch_reply, std::string_view attempt) {
  json::Value last;
  for (const json::Value rows : batch_reply.items()) last = rows;
  Kept kept;
  for (const json::Value row : last.items()) {
    kept.found = true;
    kept.fresh = row["attempt"].string() == attempt;
    kept.event_type = row["event_type"].string();
    kept.lead_id = row["lead_id"].string();
    kept.vpn = row["vpn"].integer(0) != 0;
    kept.suspicious = row["suspicious"].integer(0) != 0;
    kept.hot = row["hot"].integer(0) != 0;
    kept.lead_score = static_cast<int>(row["lead_score"].integer(0));
    kept.bot_score = static_cast<int>(row["bot_score"].integer(0));
    kept.person_reason = row["person_reason"].string();
    kept.reasons = row["reasons"].string();
    kept.ruleset = row["ruleset"].string();
    kept.content_digest = row["content_digest"].string();
    kept.status = static_cast<int>(row["status"].integer(0));
    kept.from_type = row["from_type"].string();
    kept.correction_month = row["month"].string();
  }
  return kept;
}

}  // namespace leadledger::ledger
