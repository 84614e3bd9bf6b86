#include "core/app/facts.hpp"

#include "core/intake/address.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

// One list for all that is kept, so that packing and unpacking cannot differ.
template <class Facts, class Visit>
void each_text(Facts& facts, Visit visit) {
  visit("submission_id", facts.submission_id);
  visit("lead_id", facts.lead_id);
  visit("attempt", facts.attempt);
  visit("content_type", facts.content_type);
  visit("origin", facts.origin);
  visit("idempotency_key", facts.idempotency_key);
  visit("content_digest", facts.content_digest);
  visit("ip", facts.ip);
  visit("user_agent", facts.user_agent);
  visit("country", facts.country);
  visit("region", facts.region);
  visit("city", facts.city);
  visit("as_organization", facts.as_organization);
}

template <class Facts, class Visit>
void each_flag(Facts& facts, Visit visit) {
  visit("trusted", facts.trusted);
  visit("test_header", facts.test_header);
  visit("rate_limited", facts.rate_limited);
  visit("bot_user_agent", facts.bot_user_agent);
  visit("browser_headers_missing", facts.browser_headers_missing);
}

/// Well-formed text of at most `max_bytes`.
std::string bounded(std::string_view text, std::size_t max_bytes) {
  return text::is_utf8(text) ? std::string(text::cut(text, max_bytes)) : std::string();
}

constexpr std::size_t kMaxPlaceBytes = 200;

std::string country_code(std::string_view text) {
  std::string code;
  if (text.size() != 2) return code;
  for (const char c : text) code.push_back(text::to_upper(c));
  return code;
}

std::uint32_t asn_of(const json::Value& value) {
  const std::int64_t asn = value.integer(0);
  return asn > 0 && asn <= 0xFFFFFFFFLL ? static_cast<std::uint32_t>(asn) : 0;
}

}  // namespace

bool asks_for_test(const Request& request) {
  const std::string_view header = request.header("x-lead-test");
  return !header.empty() && header != "0" && header != "false";
}

Facts read_facts(const Request& request, bool trusted) {
  Facts facts;
  facts.submission_id = make_id("sub_", request.random[0]);
  facts.lead_id = make_id("lead_", request.random[1]);
  facts.attempt = make_id("", request.random[2]);
  facts.received_at_ms = request.now_ms;
  facts.content_type = request.header("content-type");
  // Browsers send "null" where a page hides its origin; that is nobody's origin rather than a wrong one.
  const std::string_view origin = request.header("origin");
  if (origin != "null") facts.origin = bounded(origin, kMaxPlaceBytes);
  facts.idempotency_key = request.header("idempotency-key");
  facts.trusted = trusted;
  facts.test_header = trusted && asks_for_test(request);

  facts.ip = intake::canonical_address(request.header("cf-connecting-ip"));
  facts.user_agent = bounded(request.header("user-agent"), schema::kMaxUserAgentBytes);
  facts.country = country_code(request.connection("country").string());
  facts.region = bounded(request.connection("region").string(), kMaxPlaceBytes);
  facts.city = bounded(request.connection("city").string(), kMaxPlaceBytes);
  facts.asn = asn_of(request.connection("asn"));
  facts.as_organization = bounded(request.connection("asOrganization").string(), kMaxPlaceBytes);
  facts.cloudflare_bot_score =
      static_cast<int>(request.connection("botManagement")["score"].integer(0) % 100);
  facts.bot_user_agent = request.bot_user_agent;
  facts.browser_headers_missing = facts.user_agent.empty() || request.header("accept").empty() ||
                                  request.header("accept-language").empty();
  return facts;
}

void apply_visitor(Facts& facts, const json::Value& visitor) {
  facts.ip = intake::canonical_address(visitor["ip"].string());
  facts.user_agent = bounded(visitor["user_agent"].string(), schema::kMaxUserAgentBytes);
  facts.country = country_code(visitor["country"].string());
  facts.region = bounded(visitor["region"].string(), kMaxPlaceBytes);
  facts.city = bounded(visitor["city"].string(), kMaxPlaceBytes);
  facts.asn = asn_of(visitor["asn"]);
  facts.as_organization = bounded(visitor["as_organization"].string(), kMaxPlaceBytes);
  facts.cloudflare_bot_score = 0;
  facts.bot_user_agent = false;
  facts.browser_headers_missing = false;
}

std::string pack(const Facts& facts, std::string_view body) {
  std::string header;
  json::Writer writer(header);
  writer.begin_object();
  each_text(facts, [&](std::string_view name, const std::string& value) { writer.member(name, value); });
  each_flag(facts, [&](std::string_view name, bool value) { writer.member(name, value); });
  writer.member("received_at_ms", facts.received_at_ms);
  writer.member("asn", static_cast<std::int64_t>(facts.asn));
  writer.member("cloudflare_bot_score", facts.cloudflare_bot_score);
  writer.member("turnstile", static_cast<std::int64_t>(facts.turnstile));
  writer.end_object();
  writer.finish();
  return write_parts({body, header});
}

std::optional<Unpacked> unpack(Part message) {
  constexpr std::uint32_t kParts = 2;
  const auto parts = read_parts(message.data, message.size, kParts);
  if (!parts) return std::nullopt;
  std::string header((*parts)[1].view());
  const auto document = json::Document::parse(header);
  if (!document || !document->root().is(json::Kind::object)) return std::nullopt;
  const json::Value root = document->root();
  Unpacked out;
  Facts& facts = out.facts;
  each_text(facts, [&](std::string_view name, std::string& value) { value = root[name].string(); });
  each_flag(facts, [&](std::string_view name, bool& value) { value = root[name].is_true(); });
  facts.received_at_ms = root["received_at_ms"].integer(0);
  facts.asn = asn_of(root["asn"]);
  facts.cloudflare_bot_score = static_cast<int>(root["cloudflare_bot_score"].integer(0));
  const std::int64_t turnstile = root["turnstile"].integer(0);
  if (turnstile > 0 && turnstile <= static_cast<std::int64_t>(intake::TurnstileOutcome::unavailable)) {
    facts.turnstile = static_cast<intake::TurnstileOutcome>(turnstile);
  }
  if (facts.submission_id.empty() || facts.attempt.empty()) return std::nullopt;
  out.body = (*parts)[0].view();
  return out;
}

}  // namespace leadledger::app
