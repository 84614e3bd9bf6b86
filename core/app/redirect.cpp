#include "core/app/redirect.hpp"

#include <algorithm>

#include "core/intake/web_address.hpp"

namespace leadledger::app {

namespace {

/// A header's value is ASCII; browsers read the escapes as the characters they stand for, in hosts and paths
/// alike.
std::string as_header_value(std::string_view address) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(address.size());
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out.push_back(c);
    } else {
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]};
    }
  }
  return out;
}

}  // namespace

std::string resolve_redirect(std::string_view redirect, std::string_view origin, std::string_view own_origin,
                             const intake::ProjectSettings& project) {
  // White space, control characters and backslashes are read differently by different browsers.
  const auto odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == '\x7f'; };
  if (redirect.empty() || std::any_of(redirect.begin(), redirect.end(), odd)) return {};
  if (redirect.front() == '/') {
    if (redirect.size() > 1 && redirect[1] == '/') return {};  // another host's address without its scheme
    const std::string_view base = origin.empty() ? own_origin : origin;
    return as_header_value(std::string(base) + std::string(redirect));
  }
  // The same lists guard Origin headers, with one difference: * lets any site post, but sends nobody
  // anywhere.
  const auto address = intake::parse_web_address(redirect);
  const std::string target = address ? address->origin : std::string();
  intake::ProjectSettings listed;
  for (const std::string& allowed : project.allowed_origins) {
    if (allowed != "*") listed.allowed_origins.push_back(allowed);
  }
  const bool allowed = !target.empty() && (target == own_origin || intake::allows_origin(listed, target));
  return allowed ? as_header_value(redirect) : std::string();
}

}  // namespace leadledger::app
