#include "core/app/alert_check.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/alerts/silence.hpp"
#include "core/alerts/steps.hpp"
#include "core/app/alert_rows.hpp"
#include "core/app/report_json.hpp"
#include "core/support/text.hpp"
#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

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

/// JSON array that json_each() takes apart: one statement for all alerts of which the same becomes.
class List {
 public:
  List() : writer_(text_) { writer_.begin_array(); }
  json::Writer& begin(std::string_view alert_id) {
    any_ = true;
    writer_.begin_object();
    writer_.member("alert_id", alert_id);
    return writer_;
  }
  void end() { writer_.end_object(); }
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] const std::string& finish() {
    writer_.end_array();
    writer_.finish();
    return text_;
  }

 private:
  std::string text_;
  json::Writer writer_;
  bool any_ = false;
};

class Check {
 public:
  Check(AlertPorts ports, Call call, const Watched& watched, Ids& alert_ids)
      : ports_(ports),
        request_(call.request),
        watched_(watched),
        asker_{watched.projects, call.request.config, call.request.now_ms, call.request.random},
        alert_ids_(alert_ids) {}

  Task<bool> run() {
    Batch batch;
    batch.add(std::string("SELECT ").append(kAlertColumns) +
                  ", calm, checked_to FROM alerts WHERE scope = ?1 AND closed_at IS NULL ORDER BY id",
              watched_.scope);
    batch.add("SELECT slug FROM projects ORDER BY slug");
    const Rows rows(co_await ports_.ledger.run(batch));
    if (!rows.ok()) co_return false;
    auto answer =
        co_await insights_json(ports_.reports, asker_, insights_query(), schema::kStrengthAlertCloses);
    if (!answer) co_return false;
    std::string body = std::move(*answer);
    auto findings = alerts::read_findings(body, schema::kInsightsMax);
    if (!findings) co_return false;
    read_open(rows.of(0));
    for (const json::Value row : rows.of(1).items()) projects_.push_back(row["slug"].string());
    std::erase_if(findings->list, [&](const alerts::Finding& one) { return is_of_deleted(one.subject); });
    const bool all_answered = co_await ask_silences(*findings);
    const bool kept = co_await keep(alerts::decide(open_, *findings, request_.now_ms), *findings);
    co_return kept && all_answered && !findings->stale;
  }

 private:
  void read_open(const json::Value& rows) {
    for (const json::Value row : rows.items()) {
      rows_.push_back(row);
      open_.push_back({{row["kind"].string(), row["dimension"].string(), row["value"].string()},
                       row["seen_at"].integer(0),
                       row["calm"].integer(0),
                       row["checked_to"].integer(0)});
    }
  }

  /// Whether it is the silence of a project that was deleted: of that nobody has to hear.
  [[nodiscard]] bool is_of_deleted(const alerts::Subject& subject) const {
    return subject.kind == schema::info(schema::InsightKind::silence).name &&
           subject.dimension == schema::info(schema::Dimension::project).name &&
           !std::binary_search(projects_.begin(), projects_.end(), subject.value);
  }

  /// Asks of silences that are not found now whether leads came; false where a question was not answered.
  Task<bool> ask_silences(const alerts::Findings& findings) {
    std::vector<alerts::Silence> silences;
    for (const std::size_t at : alerts::silences_to_ask(open_, findings, request_.now_ms)) {
      silences.push_back({at, open_[at].subject, rows_[at]["insight"].string()});
    }
    bool done = true;
    for (const alerts::Question& question : alerts::questions_about(silences)) {
      auto answer = co_await stats_json(ports_.reports, asker_, question.query);
      if (!answer) {
        done = false;
        continue;
      }
      const std::vector<alerts::SinceThen> since = alerts::read_since(*answer, question);
      for (std::size_t at = 0; at < since.size(); ++at) {
        open_[question.about[at].alert].leads = since[at];
        done = done && since[at] != alerts::SinceThen::not_known;
      }
    }
    // Leads of a deleted project do not come: its alert ends as if they had.
    for (alerts::OpenAlert& alert : open_) {
      if (is_of_deleted(alert.subject)) alert.leads = alerts::SinceThen::some_came;
    }
    co_return done;
  }

  /// One transaction. Each change says of which state it was decided: of two checks at once the second one
  /// finds another, and does nothing.
  Task<bool> keep(const alerts::Steps& steps, const alerts::Findings& findings) {
    Batch batch;
    List held;
    List gone;
    List opened;
    for (std::size_t at = 0; at < open_.size(); ++at) {
      const alerts::AlertStep& step = steps.alerts[at];
      if (step.step == alerts::Step::stays) continue;
      const std::string_view id = rows_[at]["alert_id"].string();
      if (step.step == alerts::Step::holds) {
        held.begin(id).member("insight", findings.list[step.finding].insight);
        held.end();
        continue;
      }
      json::Writer& writer = gone.begin(id);
      writer.member("calm", step.calm);
      writer.member("was_calm", open_[at].calm);
      writer.member("seen_at", open_[at].seen_at_ms);
      writer.member("closes", std::int64_t{step.step == alerts::Step::closes ? 1 : 0});
      gone.end();
    }
    for (const std::size_t at : steps.opens) {
      const alerts::Finding& finding = findings.list[at];
      json::Writer& writer = opened.begin(alert_ids_.next());
      writer.member("kind", finding.subject.kind);
      writer.member("dimension", finding.subject.dimension);
      writer.member("value", finding.subject.value);
      writer.member("insight", finding.insight);
      opened.end();
    }
    if (held.any()) {
      batch.add(
          "UPDATE alerts SET seen_at = ?2, calm = 0, insight = now.value ->> 'insight' FROM json_each(?1) AS "
          "now WHERE alert_id = now.value ->> 'alert_id' AND closed_at IS NULL AND seen_at <= ?2",
          held.finish(), request_.now_ms);
    }
    if (gone.any()) {
      batch.add(
          "UPDATE alerts SET calm = now.value ->> 'calm', checked_to = ?2, closed_at = iif(now.value ->> "
          "'closes', ?3, NULL) FROM json_each(?1) AS now WHERE alert_id = now.value ->> 'alert_id' AND "
          "closed_at IS NULL AND calm = now.value ->> 'was_calm' AND seen_at = now.value ->> 'seen_at' AND "
          "checked_to < ?2",
          gone.finish(), findings.to_ms, request_.now_ms);
    }
    if (opened.any()) {
      // The gravest last: lists are newest first.
      batch.add(
          "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, insight) SELECT "
          "value ->> 'alert_id', ?2, value ->> 'kind', value ->> 'dimension', value ->> 'value', ?3, ?3, "
          "value ->> 'insight' FROM json_each(?1) WHERE true ORDER BY key DESC ON CONFLICT DO NOTHING",
          opened.finish(), watched_.scope, request_.now_ms);
    }
    if (!held.any() && !gone.any() && !opened.any()) co_return true;
    const Reply kept = co_await ports_.ledger.run(batch);
    co_return kept.ok;
  }

  AlertPorts ports_;
  const Request& request_;
  const Watched& watched_;
  Asker asker_;
  Ids& alert_ids_;
  std::vector<json::Value> rows_;  // open alerts, as the ledger has them
  std::vector<alerts::OpenAlert> open_;
  std::vector<std::string_view> projects_;  // sorted; as the ledger has them
};

}  // namespace

Task<bool> check_scope(AlertPorts ports, Call call, const Watched& watched, Ids& alert_ids) {
  Check check(ports, call, watched, alert_ids);
  co_return co_await check.run();
}

}  // namespace leadledger::app
