// Keeping a submission: the statements of its one transaction, and what the ledger answers.
//
// Theory of operation. The row of a submission is inserted once, whoever comes first; its `attempt` says who
// that was, and so who owes its data point. The point says what the row was judged to be when it was kept:
// who claims a row of somebody else's has judged the submission anew, and that counts for nothing. Within the
// same transaction the identities decide between primary and follow_up, so of two simultaneous first
// submissions of one person exactly one is primary. Repeating the whole batch changes nothing: every
// statement either does nothing the second time or is bound to the row's attempt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/intake/facts.hpp"
#include "core/intake/verdict.hpp"
#include "core/ledger/batch.hpp"

namespace leadledger::ledger {

/// What is to be kept.
struct Entry {
  const intake::Facts& facts;
  std::string_view project;
  const intake::Submission& submission;
  const intake::Verdict& verdict;
  int status = 0;            // HTTP status for the sender
  std::string_view point;    // of a rejected one: what write_point_memory() writes
  bool maybe_older = false;  // the row may be from before this batch: a correction of it is asked for too
  bool insert = true;        // false: it is not kept where it is not there already
};

/// Adds the statements. The last one gives the row that is there afterwards, see read_kept.
void add_keep_statements(Batch& batch, const Entry& entry);

/// The row as it stands in the ledger; views point into the document it was read from.
struct Kept {
  bool found = false;
  bool fresh = false;  // ours, so its point is to be written
  std::string_view event_type;
  std::string_view lead_id;  // "" for test, blocked and bot
  bool vpn = false;
  bool suspicious = false;
  bool hot = false;
  int lead_score = 0;
  int bot_score = 0;
  std::string_view person_reason;
  std::string_view reasons;  // JSON
  std::string_view ruleset;
  std::string_view content_digest;
  int status = 0;
  // Of a row that may be older, where a correction of it stands:
  std::string_view from_type;         // what it was judged to be
  std::string_view correction_month;  // such as "2026-11"

  /// The row as it was before it was corrected.
  [[nodiscard]] Kept first_judged() const;
};

[[nodiscard]] Kept read_kept(const json::Value& batch_reply, std::string_view attempt);

/// Makes the row a lead's, where its lead_id says whose: the lead and the identities. `attempt` must be the
/// row's. The phone number is one in E.164, or "".
void add_lead_statements(Batch& batch, std::string_view submission_id, std::string_view attempt,
                         std::string_view email, std::string_view phone_identity);

/// Notes which rule made the row a test, or blocked it; nothing for another type. `attempt` and `type` must
/// be the row's.
void add_rule_statements(Batch& batch, std::string_view submission_id, std::string_view attempt,
                         intake::EventType type, const std::vector<intake::ReasonGiven>& reasons);

/// The reasons of a kept row, from its JSON.
[[nodiscard]] std::vector<intake::ReasonGiven> read_reasons(std::string_view kept);

/// The lead of an e-mail (?2) and of a phone number (?3) in a project (?1): by_email, by_phone.
inline constexpr std::string_view kSelectPerson =
    "SELECT "
    "(SELECT lead_id FROM lead_identities WHERE project = ?1 AND kind = 'email' AND value = ?2) AS by_email, "
    "(SELECT lead_id FROM lead_identities WHERE project = ?1 AND kind = 'phone' AND value = ?3) AS by_phone";

/// Asks whether a person is known, without writing anything.
void add_select_person(Batch& batch, std::string_view project, const intake::Contact& contact);

struct KnownPerson {
  schema::Reason reason = schema::Reason::new_person;  // or known_email, known_phone
  std::string lead_id;                                 // "" for a new person
};
[[nodiscard]] KnownPerson read_person(const json::Value& batch_reply);

}  // namespace leadledger::ledger
