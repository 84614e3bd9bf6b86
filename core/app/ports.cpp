#include "core/app/ports.hpp"

#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// Writes one effect whose members `write` adds, and gives what to await.
template <class Write>
Effect ask(Operation& operation, std::string_view kind, Write write) {
  const std::uint32_t id = operation.next_id();
  write(operation.begin_effect(kind, id));
  operation.end_effect();
  return Effect(operation, id);
}

Effect run_batch(Operation& operation, Batch& batch, LedgerCache cache, bool forget) {
  return ask(operation, "d1.batch", [&](json::Writer& writer) {
    if (cache.rows_s > 0) {
      writer.member("cache_s", static_cast<std::int64_t>(cache.rows_s));
      writer.member("cache_empty_s", static_cast<std::int64_t>(cache.empty_s));
    }
    if (forget) writer.member("forget_cache", true);
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kLedgerTimeoutMs));
    writer.key("statements");
    writer.raw(batch.finish());
  });
}

}  // namespace

Effect LedgerPort::run(Batch& batch, LedgerCache cache) const {
  return run_batch(*operation_, batch, cache, false);
}

Effect LedgerPort::run_and_forget_cache(Batch& batch) const {
  return run_batch(*operation_, batch, {}, true);
}

void PointsPort::write(std::string_view dataset, std::string_view point) const {
  json::Writer& writer = operation_->begin_effect("ae.write", 0);
  writer.member("dataset", dataset);
  writer.key("point");
  writer.raw(point);
  operation_->end_effect();
}

Effect QueuePort::send(std::string message) const {
  return ask(*operation_, "queue.send", [&](json::Writer&) { operation_->attach_body(std::move(message)); });
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
    operation_->attach_body(std::move(request.body));
  });
}

Effect ArchivePort::put(std::string_view key, std::string value) const {
  return ask(*operation_, "kv.put", [&](json::Writer& writer) {
    writer.member("key", key);
    operation_->attach_body(std::move(value));
  });
}

Effect StreamPort::read(std::uint32_t at_most) const {
  return ask(*operation_, "stream.read",
             [&](json::Writer& writer) { writer.member("at_most", static_cast<std::int64_t>(at_most)); });
}

Effect StreamPort::write(std::string piece) const {
  return ask(*operation_, "stream.write", [&](json::Writer&) { operation_->attach_body(std::move(piece)); });
}

}  // namespace leadledger::app
