// Headers of reports' answers, and what a caller is told where there is none.
#include <algorithm>
#include <cstring>
#include <string>

#include "core/app/report_material.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

using reports::CacheState;

bool names_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const auto [item, rest] = text::split_once(list, ',');
    list = rest;
    std::string_view one = text::trim(item);
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

std::string_view cache_status(CacheState cache) {
  switch (cache) {
    case CacheState::miss: return "leadledger; fwd=uri-miss";
    case CacheState::hit: return "leadledger; hit";
    case CacheState::stale: return "leadledger; hit; detail=stale";
  }
  return {};
}

}  // namespace

/// Not cryptographic: an entity tag tells versions of one answer apart.
std::uint64_t fingerprint(std::string_view bytes, std::uint64_t hash) {
  constexpr std::uint64_t kPrime = 0x9e37'79b9'7f4a'7c15U;
  while (!bytes.empty()) {
    std::uint64_t word = bytes.size();
    const std::size_t size = std::min(sizeof word, bytes.size());
    std::memcpy(&word, bytes.data(), size);
    bytes.remove_prefix(size);
    hash = (hash ^ word) * kPrime;
    hash ^= hash >> 32U;
  }
  return hash;
}

bool add_report_headers(Response& response, const Request& request, const Asked& asked,
                        const Material& material, std::string_view variant) {
  std::uint64_t hash = fingerprint(asked.key, material.fingerprint);
  hash = fingerprint(variant, hash);
  hash = fingerprint(cache_status(material.cache == CacheState::stale ? CacheState::stale : CacheState::hit),
                     hash);
  const std::string_view bytes(reinterpret_cast<const char*>(&hash), sizeof hash);
  const std::string tag = '"' + text::to_hex(bytes) + '"';
  // Weak: an answer from the cache says so in its meta, and is else the same.
  response.with("etag", "W/" + tag)
      .with("cache-control", "private, no-cache")
      .with("vary", "accept, authorization, x-api-key, cookie")
      .with("cache-status", std::string(cache_status(material.cache)));
  return names_tag(request.header("if-none-match"), tag);
}

Response refuse_report(const Call& call, const Error& error) {
  Response response = call.refuse(error);
  const bool may_pass =
      error.code == ErrorCode::analytics_unavailable || error.code == ErrorCode::analytics_timeout;
  constexpr std::uint32_t kRetryAfterS = 10;
  if (!may_pass) return response;
  std::string seconds;
  text::append_number(seconds, std::max(kRetryAfterS, error.retry_after_s));
  response.with("retry-after", std::move(seconds));
  return response;
}

}  // namespace leadledger::app
