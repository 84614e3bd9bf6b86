#include "core/app/turnstile.hpp"

#include "core/support/json.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

Task<intake::TurnstileOutcome> ask_turnstile(HttpPort http, std::string_view url, std::string secret_name,
                                             std::string token, std::string ip) {
  using intake::TurnstileOutcome;
  constexpr std::size_t kMaxTokenBytes = 2048;
  if (token.empty()) co_return TurnstileOutcome::missing;
  if (token.size() > kMaxTokenBytes) co_return TurnstileOutcome::failed;
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("secret", "{{" + secret_name + "}}");
  writer.member("response", token);
  if (!ip.empty()) writer.member("remoteip", ip);
  writer.end_object();
  writer.finish();
  Reply reply = co_await http.fetch(
      {"POST", url, "application/json", std::move(body), schema::kTurnstileTimeoutMs, true});
  if (!reply.ok || text::split_once(reply.status, ' ').head != "200") co_return TurnstileOutcome::unavailable;
  const auto document = json::Document::parse(reply.body.data, reply.body.size);
  if (!document || !document->root()["success"].is(json::Kind::boolean))
    co_return TurnstileOutcome::unavailable;
  if (document->root()["success"].is_true()) co_return TurnstileOutcome::passed;
  for (const json::Value code : document->root()["error-codes"].items()) {
    const std::string_view ours = code.string();
    // Our own misconfiguration and the service's faults are not the visitor's.
    if (ours == "internal-error" || ours == "missing-input-secret" || ours == "invalid-input-secret" ||
        ours == "bad-request") {
      co_return TurnstileOutcome::unavailable;
    }
  }
  co_return TurnstileOutcome::failed;
}

}  // namespace leadledger::app
