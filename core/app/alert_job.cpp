#include "core/app/alert_job.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/alerts/silence.hpp"
#include "core/alerts/steps.hpp"
#include "core/app/admin.hpp"
#include "core/app/alert_rows.hpp"
#include "core/app/channels.hpp"
#include "core/app/deliveries.hpp"
#include "core/app/report_json.hpp"
#include "core/support/text.hpp"
#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kMsPerHour = 3'600'000;
constexpr std::int64_t kMsPerDay = 24 * kMsPerHour;

/// Ids of one occasion: its UUID with a number in place of the last four digits.
class Ids {
 public:
  Ids(std::string_view prefix, std::string_view uuid) : first_(make_id(prefix, uuid)) {}
  std::string next() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string id = first_;
    for (std::size_t at = 0; at < 4; ++at) id[id.size() - 1 - at] = kDigits[(count_ >> (4 * at)) & 0x0FU];
    ++count_;
    return id;
  }

 private:
  std::string first_;
  std::uint32_t count_ = 0;
};

/// What is checked together, and the channels that are told of it.
struct Watched {
  std::string scope;  // scope_text()
  reports::Scope projects;
  std::vector<const Channel*> channels;
};

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

std::string insights_query() {
  std::string out = "hours=";
  text::append_number(out, schema::kAlertHours);
  out += "&kind=";
  for (const schema::InsightKind kind : schema::kAlertKinds) {
    if (out.back() != '=') out += ',';
    out += schema::info(kind).name;
  }
  out += "&limit=";
  text::append_number(out, schema::kInsightsMax);
  return out;
}

class Check {
 public:
  Check(AlertPorts ports, Call call, const Watched& watched, Ids& alert_ids)
      : ports_(ports),
        request_(call.request),
        watched_(watched),
        asker_{watched.projects, call.request.config, call.request.now_ms, call.request.random},
        alert_ids_(alert_ids) {}

  /// False where something could not be had; then what it would have decided stays as it was.
  Task<bool> run() {
    Batch batch;
    batch.add(std::string("SELECT ").append(kAlertColumns) +
                  ", calm FROM alerts WHERE scope = ?1 AND closed_at IS NULL ORDER BY id",
              watched_.scope);
    const Rows rows(co_await ports_.ledger.run(batch));
    if (!rows.ok()) co_return false;
    auto answer =
        co_await insights_json(ports_.reports, asker_, insights_query(), schema::kStrengthAlertCloses);
    if (!answer) co_return false;
    std::string body = std::move(*answer);
    const auto findings = alerts::read_findings(body, schema::kInsightsMax);
    if (!findings) co_return false;
    const std::vector<json::Value> open = list_rows(rows.of(0));
    std::vector<alerts::OpenAlert> known = read_open(open);
    const bool all_asked = co_await ask_silences(open, known, *findings);
    const bool kept = co_await keep(open, alerts::decide(known, *findings, request_.now_ms), *findings);
    co_return kept && all_asked && !findings->stale;
  }

 private:
  static std::vector<json::Value> list_rows(const json::Value& rows) {
    std::vector<json::Value> out;
    for (const json::Value row : rows.items()) out.push_back(row);
    return out;
  }

  static std::vector<alerts::OpenAlert> read_open(const std::vector<json::Value>& rows) {
    std::vector<alerts::OpenAlert> out;
    for (const json::Value& row : rows) {
      out.push_back({{row["kind"].string(), row["dimension"].string(), row["value"].string()},
                     row["seen_at"].integer(0),
                     row["calm"].integer(0)});
    }
    return out;
  }

  /// Asks of each silence that is not found now whether leads came; false where one was not answered.
  Task<bool> ask_silences(const std::vector<json::Value>& rows, std::vector<alerts::OpenAlert>& open,
                          const alerts::Findings& findings) {
    bool done = true;
    for (const std::size_t at : alerts::silences_to_ask(open, findings, request_.now_ms)) {
      std::string query = alerts::since_query(open[at].subject, rows[at]["insight"].string());
      if (query.empty()) continue;
      auto answer = co_await summary_json(ports_.reports, asker_, std::move(query));
      if (answer) open[at].leads = alerts::read_since(*answer);
      done = done && open[at].leads != alerts::SinceThen::not_known;
    }
    co_return done;
  }

  /// One transaction. Each statement says of which state it was decided: of two checks at once the second one
  /// finds another, and does nothing.
  Task<bool> keep(const std::vector<json::Value>& rows, const alerts::Steps& steps,
                  const alerts::Findings& findings) {
    Batch batch;
    bool any = false;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const alerts::AlertStep& step = steps.alerts[at];
      const std::string_view id = rows[at]["alert_id"].string();
      const std::int64_t seen_at = rows[at]["seen_at"].integer(0);
      const std::int64_t calm = rows[at]["calm"].integer(0);
      switch (step.step) {
        case alerts::Step::stays: continue;
        case alerts::Step::holds:
          batch.add(
              "UPDATE alerts SET seen_at = ?2, calm = 0, insight = ?3 WHERE alert_id = ?1 AND closed_at IS "
              "NULL AND seen_at <= ?2",
              id, request_.now_ms, findings.list[step.finding].insight);
          break;
        case alerts::Step::calms:
          batch.add(
              "UPDATE alerts SET calm = ?2 WHERE alert_id = ?1 AND closed_at IS NULL AND calm = ?3 AND "
              "seen_at "
              "= ?4",
              id, step.calm, calm, seen_at);
          break;
        case alerts::Step::closes:
          batch.add(
              "UPDATE alerts SET calm = ?2, closed_at = ?5 WHERE alert_id = ?1 AND closed_at IS NULL AND "
              "calm "
              "= ?3 AND seen_at = ?4",
              id, step.calm, calm, seen_at, request_.now_ms);
          break;
      }
      any = true;
    }
    for (const std::size_t at : steps.opens) {
      const alerts::Finding& finding = findings.list[at];
      batch.add(
          "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, insight) VALUES "
          "(?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7) ON CONFLICT DO NOTHING",
          alert_ids_.next(), watched_.scope, finding.subject.kind, finding.subject.dimension,
          finding.subject.value, request_.now_ms, finding.insight);
      any = true;
    }
    if (!any) co_return true;
    const Reply kept = co_await ports_.ledger.run(batch);
    co_return kept.ok;
  }

  AlertPorts ports_;
  const Request& request_;
  const Watched& watched_;
  Asker asker_;
  Ids& alert_ids_;
};

/// What a channel has to be told: alerts that are open and that it was not told of, and those that are closed
/// since it was told that they opened. What opened and closed while it was not to be disturbed is neither.
void add_select_untold(Batch& batch, std::string_view scope, const Channel& channel, std::int64_t now_ms) {
  constexpr std::uint32_t kMostAtOnce = 50;
  batch.add(
      std::string("SELECT ").append(kAlertColumns) +
          " FROM alerts a WHERE a.scope = ?1 AND ("
          "(a.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = ?2 "
          "AND d.topic = ?3 AND d.subject_id = a.alert_id)) "
          "OR (a.closed_at > ?5 AND EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = ?2 AND d.topic = ?3 "
          "AND d.subject_id = a.alert_id AND d.status <> ?7) AND NOT EXISTS (SELECT 1 FROM deliveries d "
          "WHERE d.channel = ?2 AND d.topic = ?4 AND d.subject_id = a.alert_id))) ORDER BY a.id LIMIT ?6",
      scope, channel.id, schema::kTopicAlertOpened, schema::kTopicAlertClosed,
      now_ms - std::int64_t{schema::kAlertNoticeDays} * kMsPerDay, kMostAtOnce, schema::kDeliveryDead);
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

/// Tells the channels of one scope. What was not sent in spite of being kept, send_stranded() sends.
Task<bool> tell(AlertPorts ports, Call call, const Watched& watched, Ids& delivery_ids) {
  if (watched.channels.empty()) co_return true;
  const std::int64_t now_ms = call.request.now_ms;
  Batch asking;
  for (const Channel* channel : watched.channels) {
    add_select_untold(asking, watched.scope, *channel, now_ms);
  }
  const Rows untold(co_await ports.ledger.run(asking));
  if (!untold.ok()) co_return false;
  Batch batch;
  std::size_t count = 0;
  for (std::size_t at = 0; at < watched.channels.size(); ++at) {
    const Channel& channel = *watched.channels[at];
    if (untold.first(at).is(json::Kind::none)) continue;
    if (channel.quiet_hours) {
      const Quiet quiet = co_await ask_quiet(ports.reports.zones, *channel.quiet_hours, now_ms);
      if (quiet == Quiet::yes) continue;
    }
    for (const json::Value row : untold.of(at).items()) {
      const alerts::Alert alert = read_alert(row);
      const std::string_view topic =
          alert.closed_at_ms == 0 ? schema::kTopicAlertOpened : schema::kTopicAlertClosed;
      const std::string id = delivery_ids.next();
      add_delivery(batch,
                   {id, channel.id, topic, alert.id, watched.scope, body_for(channel, topic, alert, now_ms)},
                   now_ms);
      ++count;
    }
  }
  if (count == 0) co_return true;
  const Rows kept(co_await ports.ledger.run(batch));
  if (!kept.ok()) co_return false;
  bool done = true;
  for (std::size_t at = 0; at < count; ++at) {
    const std::string_view id = kept.first(at)["delivery_id"].string();
    if (id.empty()) continue;  // another check was faster
    const Reply sent = co_await ports.deliveries.send(std::string(id));
    done = sent.ok && done;
  }
  co_return done;
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
  for (const Watched& one : watched) {
    Check check(ports, call, one, alert_ids);
    done = co_await check.run() && done;
    done = co_await tell(ports, call, one, delivery_ids) && done;
  }
  co_return done;
}

}  // namespace leadledger::app
