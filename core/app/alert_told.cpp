#include "core/app/alert_told.hpp"

#include <string>

#include "core/app/alert_rows.hpp"
#include "core/app/deliveries.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

/// What opened and was over before a channel took the message is not posted any more: it would be the
/// channel's last word. An attempt that is under way and succeeds makes the delivery a delivered one all the
/// same, and the end is told then.
void add_withdraw(Batch& batch, std::int64_t now_ms) {
  batch.add(
      "UPDATE deliveries SET status = ?1, finished_at = ?4, error = 'The alert was over before the receiver "
      "took this.' WHERE status = ?2 AND topic = ?3 AND EXISTS (SELECT 1 FROM alerts a WHERE a.alert_id = "
      "subject_id AND a.closed_at IS NOT NULL)",
      schema::kDeliveryDead, schema::kDeliveryPending, schema::kTopicAlertOpened, now_ms);
}

/// What a channel has to be told: alerts that are open and that it was not told of, and those that are closed
/// since it took the message that they opened. What opened and closed while it was not to be disturbed is
/// neither. In the order in which they opened, of one check the gravest first.
void add_select_untold(Batch& batch, std::string_view scope, const Channel& channel, std::int64_t now_ms) {
  constexpr std::uint32_t kMostAtOnce = 50;
  batch.add(
      std::string("SELECT ").append(kAlertColumns) +
          " FROM alerts a WHERE a.scope = ?1 AND ("
          "(a.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = ?2 "
          "AND d.topic = ?3 AND d.subject_id = a.alert_id)) "
          "OR (a.closed_at > ?5 AND EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = ?2 AND d.topic = ?3 "
          "AND d.subject_id = a.alert_id AND d.status = ?7) AND NOT EXISTS (SELECT 1 FROM deliveries d "
          "WHERE d.channel = ?2 AND d.topic = ?4 AND d.subject_id = a.alert_id))) ORDER BY a.opened_at, a.id "
          "DESC LIMIT ?6",
      scope, channel.id, schema::kTopicAlertOpened, schema::kTopicAlertClosed,
      now_ms - std::int64_t{schema::kAlertNoticeDays} * kMsPerDay, kMostAtOnce, schema::kDeliveryDelivered);
}

std::string body_for(const Channel& channel, std::string_view topic, const alerts::Alert& alert,
                     std::int64_t now_ms) {
  std::string words = alerts::plain_text(alert);
  if (channel.type == ChannelType::slack) return slack_body(words);
  std::string data;
  json::Writer writer(data);
  writer.begin_object();
  alerts::write_alert_members(writer, alert);
  writer.member("text", words);
  writer.end_object();
  writer.finish();
  return webhook_body(topic, now_ms, data);
}

/// Adds a delivery for each row, as long as there is room.
void add_deliveries(Batch& batch, std::size_t& count, const Watched& watched, const Channel& channel,
                    const json::Value& rows, Ids& ids, std::int64_t now_ms) {
  for (const json::Value row : rows.items()) {
    if (count == schema::kAlertsToldMax) return;
    const alerts::Alert alert = read_alert(row);
    const std::string_view topic =
        alert.closed_at_ms == 0 ? schema::kTopicAlertOpened : schema::kTopicAlertClosed;
    add_delivery(
        batch,
        {ids.next(), channel.id, topic, alert.id, watched.scope, body_for(channel, topic, alert, now_ms)},
        now_ms);
    ++count;
  }
}

Task<bool> send(DeliveryPort deliveries, const Rows& kept, std::size_t count) {
  bool done = true;
  for (std::size_t at = 0; at < count; ++at) {
    const std::string_view id = kept.first(at)["delivery_id"].string();
    if (id.empty()) continue;  // another check was faster
    const Reply sent = co_await deliveries.send(std::string(id));
    done = sent.ok && done;
  }
  co_return done;
}

}  // namespace

Task<bool> tell(AlertPorts ports, Call call, const std::vector<Watched>& watched, Ids& delivery_ids) {
  const std::int64_t now_ms = call.request.now_ms;
  Batch asking;
  add_withdraw(asking, now_ms);
  for (const Watched& one : watched) {
    for (const Channel* channel : one.channels) add_select_untold(asking, one.scope, *channel, now_ms);
  }
  const Rows untold(co_await ports.ledger.run(asking));
  if (!untold.ok()) co_return false;
  Batch batch;
  std::size_t count = 0;
  std::size_t at = 0;
  for (const Watched& one : watched) {
    for (const Channel* channel : one.channels) {
      ++at;
      if (untold.first(at).is(json::Kind::none)) continue;
      if (channel->quiet_hours) {
        const auto left_s =
            co_await ask_quiet_left(ports.reports.zones, *channel->quiet_hours, now_ms / 1000);
        if (left_s.value_or(0) > 0) continue;
      }
      add_deliveries(batch, count, one, *channel, untold.of(at), delivery_ids, now_ms);
    }
  }
  if (count == 0) co_return true;
  const Rows kept(co_await ports.ledger.run(batch));
  if (!kept.ok()) co_return false;
  co_return co_await send(ports.deliveries, kept, count);
}

}  // namespace leadledger::app
