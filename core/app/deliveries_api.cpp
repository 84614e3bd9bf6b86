// /api/admin/deliveries: what was posted to channels, what waits, and what was given up.

#include <algorithm>

#include "core/app/admin.hpp"
#include "core/app/deliveries.hpp"
#include "core/app/delivery_handlers.hpp"

namespace leadledger::app {

namespace {

std::string status_allowed() {
  std::string reason = "It is one of";
  for (const std::string_view status : schema::kDeliveryStatuses) {
    reason += ' ';
    reason += status;
    reason += status == schema::kDeliveryStatuses.back() ? '.' : ',';
  }
  return reason;
}

bool is_status(std::string_view text) {
  return std::find(schema::kDeliveryStatuses.begin(), schema::kDeliveryStatuses.end(), text) !=
         schema::kDeliveryStatuses.end();
}

void write_row(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
  write_whole_delivery(writer, row);
  writer.end_object();
}

/// SQL: whether a delivery tells that an alert opened, which is over by now. The receiver would have it open,
/// and hear of no end. `topic` is the parameter that has kTopicAlertOpened.
std::string opened_and_is_over(std::string_view topic) {
  return std::string("(topic = ")
      .append(topic)
      .append(
          " AND EXISTS (SELECT 1 FROM alerts a WHERE a.alert_id = subject_id AND a.closed_at IS NOT NULL))");
}

}  // namespace

Task<Response> list_deliveries(LedgerPort ledger, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"limit", "cursor", "status", "channel"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string_view status = query->get("status");
  if (!status.empty() && !is_status(status)) {
    co_return call.refuse(bad_parameter("status", status_allowed()));
  }
  Batch batch;
  batch.add("SELECT " + std::string(kDeliveryColumns) +
                ", body FROM deliveries WHERE id < ?1 AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR "
                "channel = ?3) AND " +
                scope_within("?4") + " ORDER BY id DESC LIMIT ?5",
            page->before, TextOrNull{status}, TextOrNull{query->get("channel")},
            TextOrNull{reachable_projects(*access)}, page->limit + 1);
  const Rows rows(co_await ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  co_return list_response(rows.of(0), page->limit, write_row);
}

// The attempts begin anew; what is pending or delivered is left alone.
Task<Response> retry_delivery(DeliveryAdminPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const std::string id(call.tail);
  const std::string reachable = reachable_projects(*access);
  Batch batch;
  batch.add(
      "UPDATE deliveries SET status = 'pending', attempts = 0, finished_at = NULL, due_at = ?3 WHERE "
      "delivery_id = ?1 AND status = 'dead' AND NOT " +
          opened_and_is_over("?4") + " AND " + scope_within("?2") + " RETURNING id",
      id, TextOrNull{reachable}, call.request.now_ms, schema::kTopicAlertOpened);
  batch.add("SELECT status, " + opened_and_is_over("?3") +
                " AS is_over FROM deliveries WHERE delivery_id = ?1 AND " + scope_within("?2"),
            id, TextOrNull{reachable}, schema::kTopicAlertOpened);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const json::Value row = rows.first(1);
  if (!row.is(json::Kind::object)) {
    co_return call.refuse({ErrorCode::not_found, "There is no delivery of this id that the key reaches."});
  }
  if (!rows.first(0).is(json::Kind::object)) {
    const bool is_dead = row["status"].string() == schema::kDeliveryDead;
    if (is_dead && row["is_over"].integer(0) != 0) {
      co_return call.refuse(
          {ErrorCode::not_possible, "It says that an alert is open, which is over by now."});
    }
    co_return call.refuse({ErrorCode::not_possible, "Only a dead delivery can be tried again; this one is " +
                                                        std::string(row["status"].string()) + "."});
  }
  // Where the queue fails, it goes out a little later.
  const Reply sent = co_await ports.deliveries.send(id);
  static_cast<void>(sent);
  co_return accepted_delivery(id);
}

}  // namespace leadledger::app
