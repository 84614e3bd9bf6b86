// DELETE /api/leads/{lead_id}, /api/leads?email= and /api/submissions/{submission_id}: a person is forgotten,
// the count of submissions stays.

#include "core/app/admin.hpp"
#include "core/app/submission_answer.hpp"
#include "core/ledger/rows.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

/// Whom to erase. `lead_ids` selects their leads and `rejected` their submissions that belong to no lead,
/// both with ?1 as the subject.
struct Erasure {
  std::string_view lead_ids;
  std::string_view rejected;
  std::string subject;
};

constexpr std::string_view kOfLead = "SELECT lead_id FROM leads WHERE lead_id = ?1";
constexpr std::string_view kRejectedOfLead =
    "lead_id IS NULL AND project = (SELECT project FROM leads WHERE lead_id = ?1) AND email IN "
    "(SELECT value FROM lead_identities WHERE kind = 'email' AND lead_id = ?1)";
constexpr std::string_view kOfEmail =
    "SELECT lead_id FROM lead_identities WHERE kind = 'email' AND value = ?1";
constexpr std::string_view kRejectedOfEmail = "lead_id IS NULL AND email = ?1";

Response erased_response(std::int64_t leads, std::int64_t submissions) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("erased_leads", leads);
  writer.member("erased_submissions", submissions);
  writer.end_object();
  writer.finish();
  return json_response(200, std::move(body));
}

Task<Response> erase(LedgerPorts ports, Call call, Erasure erasure, std::string reachable) {
  // ?1 the subject, ?2 now, ?3 the projects in reach
  const std::string in_reach = " AND (?3 IS NULL OR project IN (SELECT value FROM json_each(?3)))";
  const std::string leads = "lead_id IN (" + std::string(erasure.lead_ids) + in_reach + ")";
  const std::string rejected = std::string(erasure.rejected) + in_reach;
  const std::string of_rejected =
      "submission_id IN (SELECT submission_id FROM submissions WHERE " + rejected + ")";
  Batch batch;
  const auto add = [&](const std::string& statement) {
    batch.add(statement, erasure.subject, call.request.now_ms, TextOrNull{reachable});
  };
  const std::string forget_notes(ledger::kForgetNotes);
  add("SELECT count(DISTINCT lead_id) AS leads FROM leads WHERE " + leads);
  add(forget_notes + rejected + ")");
  add(forget_notes + leads + ")");
  add("UPDATE testing_leads SET matched = '' WHERE " + of_rejected);
  add("UPDATE blocked_ip_leads SET ip = NULL WHERE " + of_rejected);
  add(std::string(ledger::kEraseSubmission) + rejected + " RETURNING id");
  add(std::string(ledger::kEraseSubmission) + leads + " RETURNING id");
  add("DELETE FROM leads WHERE " + leads);
  add("DELETE FROM lead_identities WHERE lead_id IN "
      "(SELECT lead_id FROM submissions WHERE erased_at = ?2 AND lead_id IS NOT NULL)" +
      in_reach);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  std::int64_t erased = 0;
  for (const std::size_t statement : {std::size_t{5}, std::size_t{6}}) {
    for ([[maybe_unused]] const json::Value row : rows.of(statement).items()) ++erased;
  }
  if (erased == 0) {
    co_return call.refuse({ErrorCode::not_found, "There is no such lead that the key reaches."});
  }
  co_return erased_response(rows.first()["leads"].integer(0), erased);
}

}  // namespace

Task<Response> erase_lead(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  Erasure erasure{kOfLead, kRejectedOfLead, std::string(call.tail)};
  co_return co_await erase(ports, call, std::move(erasure), reachable_projects(*access));
}

Task<Response> erase_by_email(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"email"});
  if (!query) co_return call.refuse(query.error());
  Erasure erasure{kOfEmail, kRejectedOfEmail, text::lower(text::trim(query->get("email")))};
  if (erasure.subject.empty()) {
    co_return call.refuse(bad_parameter("email", "Give the address of the person to erase.", "required"));
  }
  co_return co_await erase(ports, call, std::move(erasure), reachable_projects(*access));
}

// Where there is neither a lead nor an e-mail to go by, one submission alone is erased.
Task<Response> erase_submission(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const std::string reachable = reachable_projects(*access);
  // ?1 the submission, ?2 now, ?3 the projects in reach
  const std::string rejected =
      "submission_id = ?1 AND lead_id IS NULL AND erased_at IS NULL "
      "AND (?3 IS NULL OR project IN (SELECT value FROM json_each(?3)))";
  const std::string of_rejected =
      "submission_id IN (SELECT submission_id FROM submissions WHERE " + rejected + ")";
  Batch batch;
  const auto add = [&](const std::string& statement) {
    batch.add(statement, call.tail, call.request.now_ms, TextOrNull{reachable});
  };
  ledger::add_select_one(batch, call.tail);
  add(std::string(ledger::kForgetNotes) + rejected + ")");
  add("UPDATE testing_leads SET matched = '' WHERE " + of_rejected);
  add("UPDATE blocked_ip_leads SET ip = NULL WHERE " + of_rejected);
  add(std::string(ledger::kEraseSubmission) + rejected);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const ledger::OneSubmission before = one_of(rows, 0);
  if (!is_in_reach(before, *access)) co_return call.refuse(no_such_submission());
  if (before.row["erased_at"].is(json::Kind::number)) co_return erased_response(0, 0);
  std::string why_not = why_not_erase(before);
  if (!why_not.empty()) co_return call.refuse({ErrorCode::not_possible, std::move(why_not)});
  co_return erased_response(0, 1);
}

}  // namespace leadledger::app
