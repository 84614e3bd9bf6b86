// Ports: what a handler may ask of the outside. A handler is given only the ports it needs, and so cannot do
// more. Each call leaves an effect in the operation's outbox at once; awaiting it gives the reply.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/operation.hpp"
#include "core/support/json_writer.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

class PointsPort {
 public:
  explicit PointsPort(Operation& operation) : operation_(&operation) {}
  /// Writes a point. Nobody waits for it: analytics may never fail a lead. `point` is
  /// {"indexes", "blobs", "doubles"}.
  void write(std::string_view dataset, std::string_view point) const;

 private:
  Operation* operation_;
};

class QueuePort {
 public:
  explicit QueuePort(Operation& operation) : operation_(&operation) {}
  [[nodiscard]] Effect send(std::string message) const;

 private:
  Operation* operation_;
};

/// The queue of what is delivered to channels.
class DeliveryPort {
 public:
  explicit DeliveryPort(Operation& operation) : operation_(&operation) {}
  [[nodiscard]] Effect send(std::string message) const;

 private:
  Operation* operation_;
};

/// A language model, where the deployment has bound one.
class ModelPort {
 public:
  explicit ModelPort(Operation& operation) : operation_(&operation) {}
  /// `input` is JSON as Workers AI takes it: {"messages": [{"role", "content"}], "max_tokens"}. Reply: the
  /// text that the model wrote; failed where there is no model, or it took longer than
  /// schema::kModelTimeoutMs.
  [[nodiscard]] Effect run(std::string_view model, std::string input) const;

 private:
  Operation* operation_;
};

/// The library that speaks the Model Context Protocol. Its tools come back as requests of their own.
class McpPort {
 public:
  explicit McpPort(Operation& operation) : operation_(&operation) {}
  /// `message` is the body of the request that is being answered. Reply: status "<HTTP status> <media type>",
  /// or the HTTP status alone where there is no body.
  [[nodiscard]] Effect answer(std::string message) const;

 private:
  Operation* operation_;
};

class LimitPort {
 public:
  explicit LimitPort(Operation& operation) : operation_(&operation) {}
  /// Counts one use of `key` against the named limit. Reply: status "pass" or "over".
  [[nodiscard]] Effect take(std::string_view limit, std::string_view key) const;

 private:
  Operation* operation_;
};

class DigestPort {
 public:
  explicit DigestPort(Operation& operation) : operation_(&operation) {}
  /// SHA-256 of two texts. Reply: 64 bytes, one digest after the other.
  [[nodiscard]] Effect sha256_of(std::string_view first, std::string_view second) const;

 private:
  Operation* operation_;
};

/// What a library of the host knows: whether a user agent is a robot's.
class SignalPort {
 public:
  explicit SignalPort(Operation& operation) : operation_(&operation) {}
  /// Reply: status "yes" or "no".
  [[nodiscard]] Effect bot_user_agent(std::string_view user_agent) const;

 private:
  Operation* operation_;
};

struct HttpHeader {
  std::string_view name;
  std::string value;
};

struct HttpRequest {
  std::string_view method;
  std::string_view url;
  std::string_view content_type;
  std::string body;
  std::uint32_t timeout_ms = 0;
  bool with_secrets = false;  // {{NAME}} in the body stands for the Worker's secret of that name
  std::vector<HttpHeader> headers = {};
  std::uint32_t at_most = schema::kMaxFetchedBytes;  // bytes of the answer that are read
};

class HttpPort {
 public:
  explicit HttpPort(Operation& operation) : operation_(&operation) {}
  /// Reply: status "<HTTP status> <Retry-After in seconds, or 0>", and the beginning of the body.
  /// Redirections are not followed. Failed, with "timeout" where what is read of it was not there in time.
  [[nodiscard]] Effect fetch(HttpRequest request) const;

 private:
  Operation* operation_;
};

class ArchivePort {
 public:
  explicit ArchivePort(Operation& operation) : operation_(&operation) {}
  /// Keeps bytes in KV under a key, for so many seconds; 0: for good. Failed where that took longer than
  /// schema::kArchiveTimeoutMs.
  [[nodiscard]] Effect put(std::string_view key, std::string value, std::uint32_t keep_s = 0) const;

 private:
  Operation* operation_;
};

/// Lists of corrected verdicts, which reports read beside Analytics Engine.
class CorrectionsPort {
 public:
  explicit CorrectionsPort(Operation& operation) : operation_(&operation) {}
  /// Reply: status "hit" with the bytes under the key, or "miss"; failed where nothing came in
  /// schema::kCorrectionsTimeoutMs.
  [[nodiscard]] Effect get(std::string_view key) const;

 private:
  Operation* operation_;
};

class SignaturePort {
 public:
  explicit SignaturePort(Operation& operation) : operation_(&operation) {}
  /// HMAC-SHA-256 of a text. Reply: 64 hexadecimal digits.
  [[nodiscard]] Effect hmac_sha256(std::string_view key, std::string_view text) const;
  /// The same with a key of bytes, which comes in base64. Reply: the signature in base64; failed where the
  /// key is no base64.
  [[nodiscard]] Effect hmac_sha256_base64(std::string_view key, std::string_view text) const;

 private:
  Operation* operation_;
};

/// The SQL API of Analytics Engine.
class AnalyticsPort {
 public:
  explicit AnalyticsPort(Operation& operation) : operation_(&operation) {}
  /// Sends a statement. Reply: status "<HTTP status> <more|end> <elapsed ms> <Retry-After in seconds, or 0>",
  /// and the first piece of the answer; failed with "timeout" where nothing came in time.
  [[nodiscard]] Effect query(std::string sql) const;
  /// The next piece of that answer. Reply: status "<more|end> <elapsed ms>".
  [[nodiscard]] Effect read(std::uint32_t query) const;

 private:
  Operation* operation_;
};

struct CacheKeep {
  std::string_view key;
  std::uint32_t seconds = 0;
};

/// Answers that are kept for a while, shared by all requests of a data centre.
class CachePort {
 public:
  explicit CachePort(Operation& operation) : operation_(&operation) {}
  /// Reply: status "hit" with what was kept, or "miss".
  [[nodiscard]] Effect get(std::string_view key) const { return ask_for(key, false); }
  /// The same; but who misses is the one that answers, and whoever asks for that key meanwhile waits for its
  /// put(). "late": the one that answers has taken too long.
  [[nodiscard]] Effect get_or_lead(std::string_view key) const { return ask_for(key, true); }
  /// Keeps the bytes under each key for so long; 0: only for those who wait for it.
  void put(std::initializer_list<CacheKeep> keep, std::string value) const;

 private:
  [[nodiscard]] Effect ask_for(std::string_view key, bool lead) const;
  Operation* operation_;
};

class ZonePort {
 public:
  explicit ZonePort(Operation& operation) : operation_(&operation) {}
  /// A zone's offset at `from_s` and its changes until `to_s` (Unix seconds). Reply: JSON as
  /// time::Zone::read() takes it, or status "unknown".
  [[nodiscard]] Effect transitions(std::string_view timezone, std::int64_t from_s, std::int64_t to_s) const;

 private:
  Operation* operation_;
};

class TimerPort {
 public:
  explicit TimerPort(Operation& operation) : operation_(&operation) {}
  [[nodiscard]] Effect wait(std::uint32_t milliseconds) const;

 private:
  Operation* operation_;
};

/// The rest of a request's body, and an answer in pieces.
class StreamPort {
 public:
  explicit StreamPort(Operation& operation) : operation_(&operation) {}
  /// Up to `at_most` further bytes of the request's body. Reply: status "more" or "end", the bytes as body.
  [[nodiscard]] Effect read(std::uint32_t at_most) const;
  /// A piece of the response's body; answered when the client has taken it (backpressure), failed when it has
  /// gone.
  [[nodiscard]] Effect write(std::string piece) const;

 private:
  Operation* operation_;
};

}  // namespace leadledger::app
