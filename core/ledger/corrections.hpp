// Corrected verdicts: a person moves a bot, blocked or test submission to where it belongs as a lead, or
// back.
//
// Theory of operation. The row of the submission says what it is now, `corrections` what it was: a row each
// time, which stays when the correction is undone. Within the transaction the submission's `attempt` is the
// correction's own id, so every statement does something exactly where this correction is the one that came
// first; at its end the attempt is as before, since it says who owes the data point.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/ledger/batch.hpp"
#include "core/support/json.hpp"

namespace leadledger::ledger {

/// How many statements add_select_one() adds.
inline constexpr std::size_t kSelectOneStatements = 2;

/// Adds the statements that read one submission with all that is shown and decided of it.
void add_select_one(Batch& batch, std::string_view submission_id);

/// What they gave; points into the ledger's reply.
struct OneSubmission {
  json::Value row;          // of kind none where there is no such submission
  json::Value corrections;  // oldest first
  json::Value standing;     // the correction that holds now, or none

  OneSubmission() = default;
  OneSubmission(const json::Value& rows, const json::Value& corrections_of_it);
  [[nodiscard]] bool found() const { return row.is(json::Kind::object); }
  /// What the rules judged it to be, whatever a person made of it: "bot".
  [[nodiscard]] std::string_view judged() const;
  /// Its phone number where that is one in E.164, else "".
  [[nodiscard]] std::string_view phone_identity() const;
};

/// Why it cannot be moved to the leads, moved back, or erased by itself; "" where it can.
[[nodiscard]] std::string why_not_correct(const OneSubmission& one);
[[nodiscard]] std::string why_not_undo(const OneSubmission& one);
[[nodiscard]] std::string why_not_erase(const OneSubmission& one);

struct Correcting {
  std::string_view correction_id;  // new; of an undoing, it only marks the row as ours meanwhile
  std::string_view lead_id;        // should this be a new person
  std::string_view key_id;
  std::string_view note;
  std::int64_t now_ms = 0;
};

/// Adds the statements that make a lead of what why_not_correct() says can be one: primary or follow_up, as
/// the identities of the ledger decide. They do nothing where it has changed since it was read.
void add_correct_statements(Batch& batch, const OneSubmission& one, const Correcting& how);

/// Adds the statements that undo the standing correction. A primary takes its lead along; a lead that stays
/// is left as its other submissions make it. They do nothing where it has changed since it was read.
void add_undo_statements(Batch& batch, const OneSubmission& one, const Correcting& how);

/// Adds the statement that reads what reports apply of a month, such as "2026-11".
void add_select_month(Batch& batch, std::string_view month);
/// Its rows as the document that reports read: {"corrections": [{at, project, dimensions, flags, from, to}]}.
[[nodiscard]] std::string write_month(const json::Value& rows);
/// The key of that document in KV.
[[nodiscard]] std::string month_key(std::string_view month);

/// Adds the statement that names the months that have corrections, each as `month`, from that of `from_ms`
/// on.
void add_select_months(Batch& batch, std::int64_t from_ms);

/// A note of a person is a text about somebody: it goes with what tells who a submission was. What selects
/// the submissions follows: a condition, as for kEraseSubmission, before which it has to be, and a
/// parenthesis.
inline constexpr std::string_view kForgetNotes =
    "UPDATE corrections SET note = '' WHERE note <> '' AND submission_id IN (SELECT submission_id FROM "
    "submissions WHERE ";
/// The same of the submissions that the sweep has erased at ?1; they are no leads', so nothing stands.
inline constexpr std::string_view kForgetSweptNotes =
    "UPDATE corrections SET note = '' WHERE note <> '' AND undone_at IS NOT NULL AND EXISTS (SELECT 1 FROM "
    "submissions s WHERE s.submission_id = corrections.submission_id AND s.erased_at = ?1)";

/// Writes the corrections of a submission as an array.
void write_corrections(json::Writer& writer, const OneSubmission& one);

}  // namespace leadledger::ledger
