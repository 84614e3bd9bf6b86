// GET /api/submissions/{submission_id}: one submission, why it was judged so, and what can be done about it.

#include "core/app/submission_answer.hpp"
#include "core/ledger/rows.hpp"
#include "core/ledger/why.hpp"

namespace leadledger::app {

namespace {

/// Whether something can be done, and the sentence why not.
void write_can(json::Writer& writer, const std::string& name, std::string_view why_not) {
  writer.member("can_" + name, why_not.empty());
  writer.member_or_null("can_" + name + "_detail", why_not);
}

}  // namespace

Response submission_response(const ledger::OneSubmission& one, std::string_view reports) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  ledger::write_submission_members(writer, one.row);
  ledger::write_instant(writer, "counted_at", one.row["counted_at"]);
  writer.key("why");
  ledger::write_why(writer, one);
  writer.key("corrections");
  ledger::write_corrections(writer, one);
  write_can(writer, "correct", ledger::why_not_correct(one));
  write_can(writer, "undo", ledger::why_not_undo(one));
  write_can(writer, "erase", ledger::why_not_erase(one));
  if (!reports.empty()) writer.member("reports", reports);
  writer.end_object();
  writer.finish();
  return json_response(200, std::move(body));
}

Task<Response> get_submission(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {});
  if (!query) co_return call.refuse(query.error());
  Batch batch;
  ledger::add_select_one(batch, call.tail);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const ledger::OneSubmission one = one_of(rows, 0);
  if (!is_in_reach(one, *access)) co_return call.refuse(no_such_submission());
  co_return submission_response(one);
}

}  // namespace leadledger::app
