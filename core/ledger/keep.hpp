// Keeping a submission: the statements of its one transaction, and what the ledger answers.
//
// Theory of operation. The row of a submission is inserted once, whoever comes first; its `attempt` says who
// that was, and so who owes its data point. Within the same transaction the identities decide between primary
// and follow_up, so of two simultaneous first submissions of one person exactly one is primary. Repeating the
// whole batch changes nothing: every statement either does nothing the second time or is bound to the row's
// attempt.
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
  int status = 0;  // HTTP status for the sender
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
};

[[nodiscard]] Kept read_kept(const json::Value& batch_reply, std::string_view attempt);

/// Asks whether a person is known, without writing anything.
void add_select_person(Batch& batch, std::string_view project, const intake::Contact& contact);

struct KnownPerson {
  schema::Reason reason = schema::Reason::new_person;  // or known_email, known_phone
  std::string lead_id;                                 // "" for a new person
};
[[nodiscard]] KnownPerson read_person(const json::Value& batch_reply);

}  // namespace leadledger::ledger
