#include "core/app/alert_job.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/app/alert_check.hpp"
#include "core/app/alert_rows.hpp"
#include "core/app/alert_told.hpp"
#include "core/app/deliveries.hpp"
#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kMsPerHour = 3'600'000;

/// All projects first. A channel that cannot be used keeps nobody waiting, and its alerts are not closed for
/// that: they are still checked.
std::vector<Watched> list_watched(const std::vector<Channel>& channels) {
  std::vector<Watched> out;
  out.push_back({scope_text({"*"}), {true, {"*"}}, {}});
  for (const Channel& channel : channels) {
    if (!channel.takes_alerts || channel.projects.empty()) continue;
    const std::string scope = scope_text(channel.projects);
    auto at = std::find_if(out.begin(), out.end(), [&](const Watched& one) { return one.scope == scope; });
    if (at == out.end()) at = out.insert(out.end(), {scope, {false, read_scope(scope)}, {}});
    if (channel.usable()) at->channels.push_back(&channel);
  }
  return out;
}

/// Those that are checked now, kAlertScopesPerWatch at most: all projects each time, and of the others those
/// whose turn it is. Watches a quarter of an hour apart take one turn after the other, and no turn has to be
/// kept.
std::vector<const Watched*> those_in_turn(const std::vector<Watched>& watched, std::int64_t now_ms) {
  constexpr std::size_t kEachTurn = schema::kAlertScopesPerWatch - 1;
  std::vector<const Watched*> out{&watched.front()};
  const std::size_t others = watched.size() - 1;
  const std::size_t first = static_cast<std::size_t>(now_ms / (kMsPerHour / 4)) * kEachTurn;
  for (std::size_t n = 0; n < std::min(others, kEachTurn); ++n) {
    out.push_back(&watched[1 + (first + n) % others]);
  }
  return out;
}

/// Alerts of projects that nobody watches together any more, and that nobody could have found again.
Task<bool> close_unwatched(LedgerPort ledger, const std::vector<Watched>& watched, std::int64_t now_ms) {
  std::string scopes;
  json::Writer writer(scopes);
  writer.begin_array();
  for (const Watched& one : watched) writer.text(one.scope);
  writer.end_array();
  writer.finish();
  Batch batch;
  batch.add(
      "UPDATE alerts SET closed_at = ?2 WHERE closed_at IS NULL AND seen_at < ?3 AND scope NOT IN (SELECT "
      "value FROM json_each(?1))",
      scopes, now_ms, now_ms - schema::kAlertHours * kMsPerHour);
  const Reply closed = co_await ledger.run(batch);
  co_return closed.ok;
}

}  // namespace

Task<bool> check_alerts(AlertPorts ports, Call call) {
  const std::vector<Channel> channels = read_channels(call.request.config);
  const std::vector<Watched> watched = list_watched(channels);
  Ids alert_ids(kAlertIdPrefix, call.request.random[0]);
  Ids delivery_ids(kDeliveryIdPrefix, call.request.random[2]);
  if (!co_await close_unwatched(ports.ledger, watched, call.request.now_ms)) co_return false;
  bool done = true;
  for (const Watched* one : those_in_turn(watched, call.request.now_ms)) {
    done = co_await check_scope(ports, call, *one, alert_ids) && done;
  }
  co_return co_await tell(ports, call, watched, delivery_ids) && done;
}

}  // namespace leadledger::app
