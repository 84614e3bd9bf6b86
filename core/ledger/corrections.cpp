#include "core/ledger/corrections.hpp"

#include <algorithm>

#include "core/intake/phone.hpp"
#include "core/ledger/keep.hpp"
#include "core/ledger/rows.hpp"
#include "core/support/rfc3339.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::ledger {

namespace {

using schema::EventType;

// Of the row s: corrections that reports apply in the month of its point, and its project's among them.
constexpr std::string_view kOfItsMonth =
    "(SELECT count(*) FROM corrections c WHERE c.month = strftime('%Y-%m', s.counted_at / 1000, 'unixepoch') "
    "AND c.undone_at IS NULL)";
constexpr std::string_view kOfItsProject =
    "(SELECT count(*) FROM corrections c WHERE c.month = strftime('%Y-%m', s.counted_at / 1000, 'unixepoch') "
    "AND c.undone_at IS NULL AND c.project = s.project)";

// Whether the transaction is ours: ?1 the submission, ?2 the id that marks it.
constexpr std::string_view kOurs =
    "EXISTS (SELECT 1 FROM submissions WHERE submission_id = ?1 AND attempt = ?2)";

constexpr std::string_view kInsertCorrection =
    "INSERT INTO corrections (correction_id, submission_id, project, counted_at, month, dimensions, flags, "
    "from_type, from_reason, to_type, to_reason, key_id, note, corrected_at) "
    "SELECT ?2, submission_id, project, counted_at, strftime('%Y-%m', counted_at / 1000, 'unixepoch'), "
    "point -> '$.dimensions', point -> '$.flags', ?3, point ->> '$.reason', event_type, person_reason, ?4, "
    "?5, "
    "?6 FROM submissions WHERE submission_id = ?1 AND attempt = ?2";

constexpr std::string_view kReturnAttempt =
    "UPDATE submissions SET attempt = ?3 WHERE submission_id = ?1 AND attempt = ?2";

constexpr std::string_view kTakeBack =
    "UPDATE submissions SET event_type = ?3, lead_id = NULL, person_reason = NULL, attempt = ?2 "
    "WHERE submission_id = ?1 AND attempt = ?4 AND erased_at IS NULL "
    "AND (event_type = 'follow_up' OR NOT EXISTS "
    "(SELECT 1 FROM submissions o WHERE o.lead_id = submissions.lead_id AND o.id <> submissions.id)) "
    "AND EXISTS (SELECT 1 FROM corrections WHERE correction_id = ?5 AND undone_at IS NULL)";

// What its submissions make of the lead, one after the other as they became its own: a corrected one by being
// corrected.
constexpr std::string_view kRebuildLead =
    "UPDATE leads SET (last_seen_at, lead_score, name, email, phone, company) = ("
    "WITH o AS MATERIALIZED (SELECT s.received_at, s.lead_score, s.name, s.email, s.phone, s.company, "
    "row_number() OVER (ORDER BY COALESCE((SELECT corrected_at FROM corrections c WHERE c.submission_id = "
    "s.submission_id AND c.undone_at IS NULL), s.counted_at, s.received_at), s.id) AS nth "
    "FROM submissions s WHERE s.lead_id = ?3) "
    "SELECT max(received_at), max(lead_score), "
    "(SELECT name FROM o WHERE name IS NOT NULL ORDER BY nth LIMIT 1), "
    "(SELECT email FROM o WHERE email IS NOT NULL ORDER BY nth LIMIT 1), "
    "(SELECT phone FROM o WHERE phone IS NOT NULL ORDER BY nth LIMIT 1), "
    "(SELECT company FROM o WHERE company IS NOT NULL ORDER BY nth LIMIT 1) FROM o) "
    "WHERE lead_id = ?3 AND ";

constexpr std::string_view kForgetIdentities =
    "DELETE FROM lead_identities WHERE lead_id = ?3 AND NOT EXISTS (SELECT 1 FROM submissions s WHERE "
    "s.lead_id = ?3 AND CASE kind WHEN 'email' THEN s.email ELSE s.phone END = value) AND ";

constexpr std::string_view kDeleteEmptyLead =
    "DELETE FROM leads WHERE lead_id = ?3 AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.lead_id = ?3) "
    "AND ";

std::string joined(std::string_view first, std::string_view second, std::string_view third = {}) {
  return std::string(first).append(second).append(third);
}

EventType type_of(std::string_view name) {
  const auto& names = schema::kEventTypeNames;
  const auto found = std::find(names.begin(), names.end(), name);
  return static_cast<EventType>(found == names.end() ? 0 : found - names.begin());
}

void write_verdict_pair(json::Writer& writer, std::string_view name, const json::Value& type,
                        const json::Value& reason) {
  writer.key(name);
  writer.begin_object();
  writer.member("event_type", type.string());
  writer.member("reason", reason.string());
  writer.end_object();
}

}  // namespace

void add_select_one(Batch& batch, std::string_view submission_id) {
  const std::string what =
      joined("SELECT ", kSubmissionColumns,
             ", attempt, counted_at, point, (SELECT count(*) FROM submissions o WHERE o.lead_id = s.lead_id "
             "AND o.id <> s.id) AS others, ");
  const std::string counts = joined(kOfItsMonth, " AS of_its_month, ", kOfItsProject);
  batch.add(joined(what, counts, " AS of_its_project FROM submissions s WHERE submission_id = ?1"),
            submission_id);
  batch.add(
      "SELECT correction_id, month, from_type, from_reason, to_type, to_reason, key_id, note, corrected_at, "
      "undone_at FROM corrections WHERE submission_id = ?1 ORDER BY id",
      submission_id);
}

OneSubmission::OneSubmission(const json::Value& rows, const json::Value& corrections_of_it)
    : corrections(corrections_of_it) {
  for (const json::Value found : rows.items()) row = found;
  for (const json::Value correction : corrections.items()) {
    if (correction["undone_at"].is(json::Kind::null)) standing = correction;
  }
}

std::string_view OneSubmission::judged() const {
  return standing.is(json::Kind::none) ? row["event_type"].string() : standing["from_type"].string();
}

std::string_view OneSubmission::phone_identity() const {
  const std::string_view phone = row["phone"].string();
  const auto read = intake::parse_phone(phone, {});
  return read && read->e164 == phone ? phone : std::string_view{};
}

std::string why_not_correct(const OneSubmission& one) {
  const json::Value& row = one.row;
  if (row["erased_at"].is(json::Kind::number)) {
    return "Its person was erased: nothing tells whose lead it would be.";
  }
  if (one.standing.is(json::Kind::object)) {
    return "It was corrected already; that can be undone.";
  }
  const EventType type = type_of(row["event_type"].string());
  if (type == EventType::primary || type == EventType::follow_up) return "It is a lead's already.";
  if (row["email"].string().empty() && one.phone_identity().empty()) {
    return "It has neither an e-mail address nor a phone number by which a lead is known.";
  }
  if (row["point"].string().empty() || !row["counted_at"].is(json::Kind::number)) {
    return "It was received before submissions remembered their data points, so reports could not follow.";
  }
  if (row["of_its_project"].integer(0) >= schema::kMaxProjectCorrections) {
    static_assert(schema::kMaxProjectCorrections == 500, "the sentence below names the limit");
    return "Its project has 500 corrections in that month already, which is the most of one project.";
  }
  if (row["of_its_month"].integer(0) >= schema::kMaxCorrections) {
    return "No more corrections can be made in its month: the list that reports apply is full.";
  }
  return {};
}

std::string why_not_undo(const OneSubmission& one) {
  if (one.standing.is(json::Kind::none)) return "There is no correction that could be undone.";
  if (one.row["erased_at"].is(json::Kind::number)) {
    return "Its person was erased: it stays counted as it was corrected.";
  }
  const bool made_the_lead = type_of(one.row["event_type"].string()) == EventType::primary;
  if (made_the_lead && one.row["others"].integer(0) > 0) {
    return "It is the first submission of a lead that has other submissions by now, which are follow-ups of "
           "it.";
  }
  return {};
}

std::string why_not_erase(const OneSubmission& one) {
  const std::string_view lead = one.row["lead_id"].string();
  if (one.row["erased_at"].is(json::Kind::number)) return "It was erased already.";
  if (lead.empty()) return {};
  return joined("It belongs to a lead, which is erased as a whole: DELETE /api/leads/", lead, ".");
}

void add_correct_statements(Batch& batch, const OneSubmission& one, const Correcting& how) {
  const json::Value& row = one.row;
  const std::string_view id = row["submission_id"].string();
  const std::string_view email = row["email"].string();
  const std::string_view attempt = row["attempt"].string();
  const std::string update =
      joined(
          "UPDATE submissions AS s SET lead_id = COALESCE(by_email, by_phone, ?4), "
          "event_type = CASE WHEN COALESCE(by_email, by_phone) IS NULL THEN 'primary' ELSE 'follow_up' END, "
          "person_reason = CASE WHEN by_email IS NOT NULL THEN 'known_email' "
          "WHEN by_phone IS NOT NULL THEN 'known_phone' ELSE 'new_person' END, attempt = ?5 FROM (",
          kSelectPerson,
          ") WHERE s.submission_id = ?6 AND s.attempt = ?7 AND s.event_type = ?8 AND s.lead_id IS NULL "
          "AND s.erased_at IS NULL AND s.point IS NOT NULL AND s.counted_at IS NOT NULL AND ") +
      joined(kOfItsMonth, " < ?9 AND ", kOfItsProject) + " < ?10";
  batch.add(update, row["project"].string(), TextOrNull{email}, TextOrNull{one.phone_identity()}, how.lead_id,
            how.correction_id, id, attempt, row["event_type"].string(), schema::kMaxCorrections,
            schema::kMaxProjectCorrections);
  add_lead_statements(batch, id, how.correction_id, email, one.phone_identity());
  batch.add(kInsertCorrection, id, how.correction_id, row["event_type"].string(), how.key_id, how.note,
            how.now_ms);
  batch.add(joined("DELETE FROM testing_leads WHERE submission_id = ?1 AND ", kOurs), id, how.correction_id);
  batch.add(joined("DELETE FROM blocked_ip_leads WHERE submission_id = ?1 AND ", kOurs), id,
            how.correction_id);
  batch.add(kReturnAttempt, id, how.correction_id, attempt);
}

void add_undo_statements(Batch& batch, const OneSubmission& one, const Correcting& how) {
  const json::Value& row = one.row;
  const std::string_view id = row["submission_id"].string();
  const std::string_view lead = row["lead_id"].string();
  const std::string_view correction = one.standing["correction_id"].string();
  const std::string_view attempt = row["attempt"].string();
  batch.add(kTakeBack, id, how.correction_id, one.judged(), attempt, correction);
  batch.add(joined("UPDATE corrections SET undone_at = ?3 WHERE correction_id = ?4 AND ", kOurs), id,
            how.correction_id, how.now_ms, correction);
  add_rule_statements(batch, id, how.correction_id, type_of(one.judged()),
                      read_reasons(row["reasons"].string()));
  batch.add(joined(kDeleteEmptyLead, kOurs), id, how.correction_id, lead);
  batch.add(joined(kRebuildLead, kOurs), id, how.correction_id, lead);
  batch.add(joined(kForgetIdentities, kOurs), id, how.correction_id, lead);
  batch.add(kReturnAttempt, id, how.correction_id, attempt);
}

void add_select_month(Batch& batch, std::string_view month) {
  batch.add(
      "SELECT project, counted_at / 1000 AS at, dimensions, flags, from_type, from_reason, to_type, "
      "to_reason "
      "FROM corrections WHERE month = ?1 AND undone_at IS NULL ORDER BY counted_at, id LIMIT ?2",
      month, schema::kMaxCorrections);
}

std::string write_month(const json::Value& rows) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.key("corrections");
  writer.begin_array();
  for (const json::Value row : rows.items()) {
    writer.begin_object();
    writer.member("at", row["at"].integer(0));
    writer.member("project", row["project"].string());
    writer.key("dimensions");
    writer.raw(row["dimensions"].string());
    writer.key("flags");
    writer.raw(row["flags"].string());
    write_verdict_pair(writer, "from", row["from_type"], row["from_reason"]);
    write_verdict_pair(writer, "to", row["to_type"], row["to_reason"]);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  writer.finish();
  return out;
}

std::string month_key(std::string_view month) { return joined("corrections/", month); }

void add_select_months(Batch& batch, std::int64_t from_ms) {
  batch.add(
      "SELECT DISTINCT month FROM corrections WHERE month >= strftime('%Y-%m', ?1 / 1000, 'unixepoch') "
      "ORDER BY month",
      from_ms);
}

void write_corrections(json::Writer& writer, const OneSubmission& one) {
  writer.begin_array();
  for (const json::Value row : one.corrections.items()) {
    writer.begin_object();
    write_verdict_pair(writer, "from", row["from_type"], row["from_reason"]);
    write_verdict_pair(writer, "to", row["to_type"], row["to_reason"]);
    writer.member("note", row["note"].string());
    writer.member("key_id", row["key_id"].string());
    writer.member("corrected_at", format_rfc3339(row["corrected_at"].integer(0)));
    write_instant(writer, "undone_at", row["undone_at"]);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace leadledger::ledger
