// The outside of an operation, played by hand: starts one, shows what it asks for, answers in any order.
//
//   Host host(post(R"({"project":"acme","email":"ada@lovelace.uk"})"));
//   host.answer("rate.limit", "ok pass");
//   host.answer("d1.batch", "ok", settings_reply("{}"));
//   host.answer("d1.batch", "ok", kept_reply(host.only("d1.batch")));
//   host.response().status;  // 201
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/app/operation.hpp"
#include "core/support/json.hpp"

namespace leadledger::tests {

/// What the shim hands over. The defaults are a browser's form post.
struct Incoming {
  std::string occasion = "http";
  std::string queue = "leadledger-leads";  // of a message
  std::string cron;                        // of what runs at a time
  std::string method = "POST";
  std::string url = "https://leads.example/api/leads";
  std::vector<std::pair<std::string, std::string>> headers = {
      {"accept", "*/*"},
      {"accept-language", "en"},
      {"cf-connecting-ip", "203.0.113.7"},
      {"content-type", "application/json"},
      {"origin", "https://www.acme.com"},
      {"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
  };
  std::string cf =
      R"({"country":"IN","city":"Pune","region":"Maharashtra","asn":55836,"asOrganization":"Jio"})";
  std::string body;
  bool body_partial = false;
  bool bot_user_agent = false;
  std::string key_digest;
  std::string config = "{}";
  std::int64_t now_ms = 1'795'248'000'000;  // 2026-11-21T08:00:00Z
  /// Values of KV, by key; nothing lies under any other. Every report asks, so kv.get is answered at once and
  /// waits for a test only where this is nothing.
  std::optional<std::vector<std::pair<std::string, std::string>>> kv = {{}};

  Incoming& with(std::string_view name, std::string_view value);  // "" takes the header away
  [[nodiscard]] std::string message() const;
};

/// POST /api/leads with a JSON body.
[[nodiscard]] Incoming post(std::string body);
/// A request of an admin key that reaches every project.
[[nodiscard]] Incoming admin(std::string method, std::string path, std::string body = {});
[[nodiscard]] std::string admin_config();
inline constexpr std::string_view kAdminDigest = "aaaa";
inline constexpr std::string_view kMarketingDigest = "bbbb";
inline constexpr std::string_view kLimitedDigest = "cccc";  // admin, reaches only acme
inline constexpr std::string_view kExpiredDigest = "dddd";

/// An effect that was asked for and not answered.
struct Asked {
  std::string kind;
  std::uint32_t id = 0;
  std::string json;  // the effect as written
  std::string body;
  std::vector<std::string> sql;
  std::vector<std::vector<std::string>> params;  // text or digits; "NULL" for null

  /// A member's text or digits.
  [[nodiscard]] std::string member(std::string_view name) const;
};

/// Bytes that were put into the cache under a key.
struct Kept {
  std::string key;
  std::int64_t seconds = 0;
  std::string body;
};

struct Answer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool streamed = false;

  [[nodiscard]] std::string header(std::string_view name) const;  // "" where there is none
  /// A member of the JSON body, at a path such as "flags.vpn"; "(none)" where it is not there.
  [[nodiscard]] std::string member(std::string_view path) const;
};

/// The text at a path such as "reasons.0.code" of a JSON document; "(none)" where there is nothing.
[[nodiscard]] std::string at_path(std::string_view document, std::string_view path);

/// Checks on the way that every statement has a parameter for each of its placeholders, and no more.
class Host {
 public:
  explicit Host(const Incoming& incoming);

  /// What waits, in the order in which it was asked for.
  [[nodiscard]] const std::vector<Asked>& waiting() const { return waiting_; }
  /// The kinds of what waits, such as "rate.limit d1.batch".
  [[nodiscard]] std::string kinds() const;
  /// The first one of that kind that waits; fails the test where there is none.
  [[nodiscard]] const Asked& only(std::string_view kind) const;
  /// Answers the first of that kind.
  void answer(std::string_view kind, std::string_view status, std::string_view body = {});
  /// Answers by id whatever it is; whether somebody waited for it.
  bool answer_id(std::uint32_t id, std::string_view status, std::string_view body = {});
  bool answer_raw(std::uint32_t id, std::string_view reply);

  /// Cancels: the operation is destroyed while its effects wait.
  void drop() { operation_.reset(); }

  [[nodiscard]] bool done() const { return operation_->done(); }
  /// Fails the test where there is none yet.
  [[nodiscard]] const Answer& response() const;
  [[nodiscard]] bool responded() const { return response_.has_value(); }
  /// Points written, as JSON.
  [[nodiscard]] const std::vector<std::string>& points() const { return points_; }
  /// What was put into the cache.
  [[nodiscard]] const std::vector<Kept>& kept() const { return kept_; }
  /// Every kind ever asked for.
  [[nodiscard]] const std::vector<std::string>& history() const { return history_; }
  /// Every SQL statement ever asked for.
  [[nodiscard]] const std::vector<std::string>& statements() const { return statements_; }
  [[nodiscard]] std::optional<bool> ended_complete() const { return ended_complete_; }

 private:
  void collect();

  void answer_kv();

  std::unique_ptr<app::Operation> operation_;
  std::optional<std::vector<std::pair<std::string, std::string>>> kv_;
  std::vector<Asked> waiting_;
  std::vector<std::string> history_;
  std::vector<std::string> statements_;
  std::vector<std::string> points_;
  std::vector<Kept> kept_;
  std::optional<Answer> response_;
  std::optional<bool> ended_complete_;
};

[[nodiscard]] app::Buffer make_buffer(std::string_view bytes);

}  // namespace leadledger::tests
