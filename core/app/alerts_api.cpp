// GET /api/alerts: what was found that was worth telling at once, and whether it still holds. Not a report:
// it reads the ledger.

#include "core/app/admin.hpp"
#include "core/app/alert_rows.hpp"
#include "core/app/deliveries.hpp"

namespace leadledger::app {

namespace {

/// The rows of a page, for the list and for their deliveries alike. An alert is for those who reach all of
/// its projects.
std::string select_page(std::string_view columns) {
  return std::string("SELECT ")
      .append(columns)
      .append(" FROM alerts WHERE id < ?1 AND (?2 IS NULL OR (?2 = 'open') = (closed_at IS NULL)) AND ")
      .append(scope_within("?3"))
      .append(" ORDER BY id DESC LIMIT ?4");
}

}  // namespace

Task<Response> list_alerts(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"state", "limit", "cursor"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string_view state = query->get("state");
  if (!state.empty() && state != "open" && state != "closed") {
    co_return call.refuse(bad_parameter("state", "It is open or closed; both where it is left out."));
  }
  const std::string reachable = reachable_projects(*access);
  Batch batch;
  batch.add(select_page(kAlertColumns), page->before, TextOrNull{state}, TextOrNull{reachable},
            page->limit + 1);
  batch.add(std::string("SELECT ").append(kDeliveryColumns) + " FROM deliveries WHERE subject_id IN (" +
                select_page("alert_id") + ") ORDER BY id",
            page->before, TextOrNull{state}, TextOrNull{reachable}, page->limit + 1);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const json::Value deliveries = rows.of(1);
  const auto write = [&](json::Writer& writer, const json::Value& row) {
    const alerts::Alert alert = read_alert(row);
    writer.begin_object();
    alerts::write_alert_members(writer, alert);
    writer.key("deliveries");
    writer.begin_array();
    for (const json::Value delivery : deliveries.items()) {
      if (delivery["subject_id"].string() != alert.id) continue;
      writer.begin_object();
      write_delivery(writer, delivery);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  };
  co_return list_response(rows.of(0), page->limit, write);
}

}  // namespace leadledger::app
