// GET /api/leads and /api/leads/{lead_id}: operational reading of leads. Not a report: it reads the ledger.

#include "core/app/admin.hpp"
#include "core/ledger/rows.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

/// "SELECT columns rest".
std::string select(std::string_view columns, std::string_view rest) {
  return std::string("SELECT ").append(columns).append(rest);
}

void write_lead(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
  ledger::write_lead_members(writer, row);
  writer.end_object();
}

}  // namespace

Task<Response> list_leads(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"limit", "cursor", "project", "email"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string_view project = query->get("project");
  if (!project.empty() && !access->reaches(project)) co_return call.refuse(out_of_reach(project));
  const std::string email = text::lower(text::trim(query->get("email")));
  Batch batch;
  batch.add(
      select(ledger::kLeadColumns,
             " FROM leads l WHERE l.id < ?1 AND (?2 IS NULL OR l.project = ?2) "
             "AND (?3 IS NULL OR l.project IN (SELECT value FROM json_each(?3))) "
             "AND (?4 IS NULL OR l.lead_id IN (SELECT lead_id FROM lead_identities WHERE kind = 'email' AND "
             "value = ?4)) ORDER BY l.id DESC LIMIT ?5"),
      page->before, TextOrNull{project}, TextOrNull{reachable_projects(*access)}, TextOrNull{email},
      page->limit + 1);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  co_return list_response(rows.of(0), page->limit, write_lead);
}

Task<Response> get_lead(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  constexpr std::uint32_t kMostSubmissions = 1000;
  Batch batch;
  batch.add(select(ledger::kLeadColumns, " FROM leads l WHERE l.lead_id = ?1"), call.tail);
  batch.add(
      select(ledger::kSubmissionColumns, " FROM submissions WHERE lead_id = ?1 ORDER BY id DESC LIMIT ?2"),
      call.tail, kMostSubmissions);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const json::Value lead = rows.first();
  // A lead out of reach is not told apart from one that is not there.
  if (lead.is(json::Kind::none) || !access->reaches(lead["project"].string())) {
    co_return call.refuse({ErrorCode::not_found, "There is no such lead that the key reaches."});
  }
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  ledger::write_lead_members(writer, lead);
  writer.key("submissions");
  writer.begin_array();
  for (const json::Value row : rows.of(1).items()) ledger::write_submission(writer, row);
  writer.end_array();
  writer.end_object();
  writer.finish();
  co_return json_response(200, std::move(body));
}

}  // namespace leadledger::app
