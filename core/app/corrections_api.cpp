// /api/submissions/{submission_id}/correction: a bot, blocked or test submission is moved to where it belongs
// as a lead, and back. The ledger is the truth; reports follow by a list in KV, which the nightly sweep puts
// again.

#include "core/app/body.hpp"
#include "core/app/publish_corrections.hpp"
#include "core/app/submission_answer.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

enum class Move : std::uint8_t { to_leads, back };

Error invalid_note(std::string_view name, std::string_view code, std::string reason) {
  return {ErrorCode::validation_failed,
          "The correction was not made.",
          {{std::string(name), std::string(code), std::move(reason)}}};
}

/// The note of the body; no body, or none in it, is an empty one.
Task<Result<std::string>> read_note(StreamPort stream, const Request& request) {
  if (request.body.size == 0 && request.body_complete) co_return std::string();
  std::string text;
  const auto document = co_await read_json_object(stream, request, text);
  if (!document) co_return tl::unexpected<Error>(document.error());
  std::string note;
  for (const auto& [name, value] : document->root().members()) {
    if (name != "note") {
      co_return tl::unexpected<Error>(
          invalid_note(text::cut(name, 100), "unknown", "Only note is taken here."));
    }
    note = text::trim(value.string());
    const bool is_text = value.is(json::Kind::string) || value.is(json::Kind::null);
    if (!is_text || text::count_code_points(note) > schema::kMaxNoteChars) {
      static_assert(schema::kMaxNoteChars == 500, "the sentence below names the limit");
      co_return tl::unexpected<Error>(invalid_note("note", is_text ? "too_long" : "not_allowed",
                                                   "note is a text of at most 500 characters."));
    }
  }
  co_return note;
}

/// The month of the correction that the submission had last; "" where it never had one.
std::string month_of(const ledger::OneSubmission& one) {
  std::string month;
  for (const json::Value correction : one.corrections.items()) month = correction["month"].string();
  return month;
}

Task<Response> answer_published(CorrectionPorts ports, const ledger::OneSubmission& one) {
  const std::string month = month_of(one);
  const bool applied =
      month.empty() || co_await publish_corrections({ports.ledger, ports.archive, ports.timer}, month);
  co_return submission_response(one, applied ? "applied" : "pending");
}

/// Whether there is nothing to do, since it was done before.
bool is_done(const ledger::OneSubmission& one, Move move) {
  const bool stands = one.standing.is(json::Kind::object);
  if (move == Move::to_leads) return stands && !one.row["erased_at"].is(json::Kind::number);
  return !stands && !month_of(one).empty();
}

// Read, decide, write where it still is what was read: somebody else may do the same at once.
Task<Response> move_submission(CorrectionPorts ports, Call call, const Access& access, Move move,
                               std::string note) {
  constexpr int kTries = 3;
  const std::string correction_id = make_id("cor_", call.request.random[0]);
  const std::string lead_id = make_id("lead_", call.request.random[1]);
  const ledger::Correcting how{correction_id, lead_id, access.key_id, note, call.request.now_ms};
  Batch select;
  ledger::add_select_one(select, call.tail);
  auto rows = std::make_unique<Rows>(co_await ports.ledger.run(select));
  bool failed_before = false;
  for (int tries = 0; tries <= kTries; ++tries) {
    if (!rows->ok() && tries > 0 && !failed_before) {
      // It may be done all the same, with the answer lost on the way.
      failed_before = true;
      Batch again;
      ledger::add_select_one(again, call.tail);
      rows = std::make_unique<Rows>(co_await ports.ledger.run(again));
    }
    if (!rows->ok()) co_return call.refuse(ledger_down());
    // What was read comes last, behind what the statements before it gave.
    std::size_t statements = 0;
    for ([[maybe_unused]] const json::Value of_one : rows->document->root().items()) ++statements;
    if (statements < ledger::kSelectOneStatements) co_return call.refuse(ledger_down());
    const ledger::OneSubmission one = one_of(*rows, statements - ledger::kSelectOneStatements);
    if (!is_in_reach(one, access)) co_return call.refuse(no_such_submission());
    if (is_done(one, move)) co_return co_await answer_published(ports, one);
    std::string why_not = move == Move::to_leads ? why_not_correct(one) : why_not_undo(one);
    if (!why_not.empty()) co_return call.refuse({ErrorCode::not_possible, std::move(why_not)});
    if (tries == kTries) break;
    Batch batch;
    if (move == Move::to_leads) {
      ledger::add_correct_statements(batch, one, how);
    } else {
      ledger::add_undo_statements(batch, one, how);
    }
    ledger::add_select_one(batch, call.tail);
    rows = std::make_unique<Rows>(co_await ports.ledger.run(batch));
  }
  co_return call.refuse(
      {ErrorCode::not_possible, "The submission is being changed by somebody else. Please try again."});
}

}  // namespace

Task<Response> correct_submission(CorrectionPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  auto note = co_await read_note(ports.stream, call.request);
  if (!note) co_return call.refuse(note.error());
  co_return co_await move_submission(ports, call, *access, Move::to_leads, std::move(*note));
}

Task<Response> undo_correction(CorrectionPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  co_return co_await move_submission(ports, call, *access, Move::back, {});
}

}  // namespace leadledger::app
