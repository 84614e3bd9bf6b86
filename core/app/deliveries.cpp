#include "core/app/deliveries.hpp"

#include <algorithm>

#include "core/app/admin.hpp"
#include "core/support/rfc3339.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

std::string scope_text(const std::vector<std::string>& projects) {
  std::vector<std::string> all = projects;
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (std::find(all.begin(), all.end(), "*") != all.end()) all = {"*"};
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  for (const std::string& project : all) writer.text(project);
  writer.end_array();
  writer.finish();
  return out;
}

std::vector<std::string> read_scope(std::string_view text) {
  std::string copy(text);
  std::vector<std::string> projects;
  const auto document = json::Document::parse(copy);
  if (!document) return projects;
  for (const json::Value project : document->root().items()) projects.emplace_back(project.string());
  return projects;
}

void add_delivery(Batch& batch, const NewDelivery& delivery, std::int64_t now_ms) {
  batch.add(
      "INSERT INTO deliveries (delivery_id, channel, topic, subject_id, scope, body, created_at, due_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) ON CONFLICT DO NOTHING RETURNING delivery_id",
      delivery.delivery_id, delivery.channel, delivery.topic, delivery.subject_id, delivery.scope,
      delivery.body, now_ms);
}

std::string webhook_body(std::string_view topic, std::int64_t now_ms, std::string_view data_json) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.member("type", topic);
  writer.member("timestamp", format_rfc3339(now_ms));
  writer.key("data");
  writer.raw(data_json);
  writer.end_object();
  writer.finish();
  return out;
}

std::string slack_body(const SlackText& words) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.member("text", words.text());
  writer.end_object();
  writer.finish();
  return out;
}

std::string slack_body(std::string_view plain_text) { return slack_body(SlackText().plain(plain_text)); }

// Who sends a message again makes its delivery due anew, so that another check at the same time does not.
Task<bool> send_stranded(LedgerPort ledger, DeliveryPort deliveries, std::int64_t now_ms) {
  Batch batch;
  batch.add(
      "UPDATE deliveries SET due_at = ?1 WHERE id IN (SELECT id FROM deliveries WHERE status = 'pending' "
      "AND due_at <= ?2 ORDER BY id LIMIT ?3) RETURNING delivery_id",
      now_ms, now_ms - std::int64_t{schema::kDeliveryStrandedS} * 1000, schema::kDeliveryStrandedRows);
  const Rows rows(co_await ledger.run(batch));
  bool done = rows.ok();
  if (!done) co_return false;
  for (const json::Value row : rows.of(0).items()) {
    const Reply sent = co_await deliveries.send(std::string(row["delivery_id"].string()));
    done = sent.ok && done;
  }
  co_return done;
}

void write_delivery(json::Writer& writer, const json::Value& row) {
  const auto instant = [&](std::string_view name) {
    const std::int64_t at = row[name].integer(0);
    writer.member_or_null(name, at == 0 ? std::string() : format_rfc3339(at));
  };
  for (const std::string_view name : {"delivery_id", "channel", "topic", "status"}) {
    writer.member(name, row[name].string());
  }
  writer.member("attempts", row["attempts"].integer(0));
  writer.key("response_status");
  const std::int64_t status = row["response_status"].integer(0);
  status == 0 ? writer.null() : writer.number(status);
  writer.member_or_null("error", row["error"].string());
  instant("created_at");
  instant("attempted_at");
  instant("finished_at");
}

void write_whole_delivery(json::Writer& writer, const json::Value& row) {
  write_delivery(writer, row);
  writer.member("subject_id", row["subject_id"].string());
  writer.key("projects");
  writer.begin_array();
  for (const std::string& project : read_scope(row["scope"].string())) writer.text(project);
  writer.end_array();
  writer.key("body");
  const std::string_view body = row["body"].string();
  body.empty() ? writer.null() : writer.raw(body);
}

// All projects, "*", are among those of no key that names its own.
std::string scope_within(std::string_view parameter) {
  const std::string given(parameter);
  return "(" + given +
         " IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(scope) WHERE value NOT IN (SELECT value FROM "
         "json_each(" +
         given + "))))";
}

Response accepted_delivery(std::string_view delivery_id) {
  constexpr int kAccepted = 202;
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("delivery_id", delivery_id);
  writer.end_object();
  writer.finish();
  return json_response(kAccepted, std::move(body));
}

}  // namespace leadledger::app
