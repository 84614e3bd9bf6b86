#include "core/app/ports.hpp"

#include "core/app/ask.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

void PointsPort::write(std::string_view dataset, std::string_view point) const {
  json::Writer& writer = operation_->begin_effect("ae.write", 0);
  writer.member("dataset", dataset);
  writer.key("point");
  writer.raw(point);
  operation_->end_effect();
}

Effect QueuePort::send(std::string message) const {
  return ask(*operation_, "queue.send", [&](json::Writer& writer) {
    writer.member("binding", "LEADS_QUEUE");
    operation_->attach_body(std::move(message));
  });
}

Effect DeliveryPort::send(std::string message) const {
  return ask(*operation_, "queue.send", [&](json::Writer& writer) {
    writer.member("binding", "DELIVERIES_QUEUE");
    operation_->attach_body(std::move(message));
  });
}

Effect ModelPort::run(std::string_view model, std::string input) const {
  return ask(*operation_, "ai.run", [&](json::Writer& writer) {
    writer.member("model", model);
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kModelTimeoutMs));
    operation_->attach_body(std::move(input));
  });
}

Effect McpPort::answer(std::string message) const {
  return ask(*operation_, "mcp", [&](json::Writer&) { operation_->attach_body(std::move(message)); });
}

Effect LimitPort::take(std::string_view limit, std::string_view key) const {
  return ask(*operation_, "rate.limit", [&](json::Writer& writer) {
    writer.member("limit", limit);
    writer.member("key", key);
  });
}

Effect DigestPort::sha256_of(std::string_view first, std::string_view second) const {
  return ask(*operation_, "digest", [&](json::Writer& writer) {
    writer.member("split", static_cast<std::int64_t>(first.size()));
    std::string both(first);
    both += second;
    operation_->attach_body(std::move(both));
  });
}

Effect SignalPort::bot_user_agent(std::string_view user_agent) const {
  return ask(*operation_, "signal.bot_user_agent",
             [&](json::Writer& writer) { writer.member("user_agent", user_agent); });
}

Effect HttpPort::fetch(HttpRequest request) const {
  return ask(*operation_, "http.fetch", [&](json::Writer& writer) {
    writer.member("method", request.method);
    writer.member("url", request.url);
    writer.member("content_type", request.content_type);
    writer.member("timeout_ms", static_cast<std::int64_t>(request.timeout_ms));
    writer.member("at_most", static_cast<std::int64_t>(request.at_most));
    writer.member("with_secrets", request.with_secrets);
    writer.key("headers");
    writer.begin_object();
    for (const HttpHeader& header : request.headers) writer.member(header.name, header.value);
    writer.end_object();
    operation_->attach_body(std::move(request.body));
  });
}

Effect ArchivePort::put(std::string_view key, std::string value, std::uint32_t keep_s) const {
  return ask(*operation_, "kv.put", [&](json::Writer& writer) {
    writer.member("key", key);
    writer.member("keep_s", static_cast<std::int64_t>(keep_s));
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kArchiveTimeoutMs));
    operation_->attach_body(std::move(value));
  });
}

Effect CorrectionsPort::get(std::string_view key) const {
  return ask(*operation_, "kv.get", [&](json::Writer& writer) {
    writer.member("key", key);
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kCorrectionsTimeoutMs));
  });
}

Effect SignaturePort::hmac_sha256(std::string_view key, std::string_view text) const {
  return ask(*operation_, "hmac", [&](json::Writer& writer) {
    writer.member("key", key);
    writer.member("text", text);
  });
}

Effect SignaturePort::hmac_sha256_base64(std::string_view key, std::string_view text) const {
  return ask(*operation_, "hmac", [&](json::Writer& writer) {
    writer.member("key_base64", key);
    writer.member("text", text);
  });
}

Effect AnalyticsPort::query(std::string sql) const {
  return ask(*operation_, "ae.query", [&](json::Writer& writer) {
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kAnalyticsTimeoutMs));
    writer.member("at_most", static_cast<std::int64_t>(schema::kAnalyticsPieceBytes));
    operation_->attach_body(std::move(sql));
  });
}

Effect AnalyticsPort::read(std::uint32_t query) const {
  return ask(*operation_, "ae.read", [&](json::Writer& writer) {
    writer.member("query", static_cast<std::int64_t>(query));
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kAnalyticsTimeoutMs));
    writer.member("at_most", static_cast<std::int64_t>(schema::kAnalyticsPieceBytes));
  });
}

Effect CachePort::ask_for(std::string_view key, bool lead) const {
  return ask(*operation_, "cache.get", [&](json::Writer& writer) {
    writer.member("key", key);
    writer.member("lease", lead);
    writer.member("wait_ms", static_cast<std::int64_t>(schema::kReportWaitMs));
  });
}

void CachePort::put(std::initializer_list<CacheKeep> keep, std::string value) const {
  json::Writer& writer = operation_->begin_effect("cache.put", 0);
  writer.key("keep");
  writer.begin_array();
  for (const CacheKeep& entry : keep) {
    writer.begin_object();
    writer.member("key", entry.key);
    writer.member("keep_s", static_cast<std::int64_t>(entry.seconds));
    writer.end_object();
  }
  writer.end_array();
  operation_->attach_body(std::move(value));
  operation_->end_effect();
}

Effect ZonePort::transitions(std::string_view timezone, std::int64_t from_s, std::int64_t to_s) const {
  return ask(*operation_, "zone.transitions", [&](json::Writer& writer) {
    writer.member("timezone", timezone);
    writer.member("from", from_s);
    writer.member("to", to_s);
  });
}

Effect TimerPort::wait(std::uint32_t milliseconds) const {
  return ask(*operation_, "timer.wait",
             [&](json::Writer& writer) { writer.member("ms", static_cast<std::int64_t>(milliseconds)); });
}

Effect StreamPort::read(std::uint32_t at_most) const {
  return ask(*operation_, "stream.read",
             [&](json::Writer& writer) { writer.member("at_most", static_cast<std::int64_t>(at_most)); });
}

Effect StreamPort::write(std::string piece) const {
  return ask(*operation_, "stream.write", [&](json::Writer&) { operation_->attach_body(std::move(piece)); });
}

}  // namespace leadledger::app
