// GET /api/submissions/{submission_id}: one submission, why it was judged so, and what can be done about it.

#include "core/app/submission_answer.hpp"
#include "core/ledger/rows.hpp"
#include "core/ledger/why.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

/// Whether something can be done, and the sentence why not.
void write_can(json::Writer& writer, const std::string& name, std::string_view why_not) {
  writer.member("can_" + name, why_not.empty());
  writer.member_or_null("can_" + name + "_detail", why_not);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || text::is_digit(c) || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

/// What erases the person: by the lead, else by the address, else the one submission alone.
void write_erase(json::Writer& writer, const json::Value& row) {
  writer.key("erase");
  if (row["erased_at"].is(json::Kind::number)) return writer.null();
  const std::string_view lead = row["lead_id"].string();
  const std::string_view email = row["email"].string();
  const auto write = [&](std::string_view what, std::string_view id, const std::string& path) {
    writer.begin_object();
    writer.member("what", what);
    writer.member("id", id);
    writer.member("method", "DELETE");
    writer.member("path", path);
    writer.end_object();
  };
  if (!lead.empty()) return write("lead", lead, "/api/leads/" + percent_encoded(lead));
  if (!email.empty()) return write("email", email, "/api/leads?email=" + percent_encoded(email));
  const std::string_view id = row["submission_id"].string();
  write("submission", id, "/api/submissions/" + percent_encoded(id));
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
  write_erase(writer, one.row);
  if (!reports.empty()) writer.member("reports", reports);
  writer.end_object();
  writer.finish();
  return json_response(200, std::move(body));
}

Task<Response> get_submission(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  Batch batch;
  ledger::add_select_one(batch, call.tail);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const ledger::OneSubmission one = one_of(rows, 0);
  if (!is_in_reach(one, *access)) co_return call.refuse(no_such_submission());
  co_return submission_response(one);
}

}  // namespace leadledger::app
