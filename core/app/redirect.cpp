#include "core/app/redirect.hpp"

#include <algorithm>

#include "core/intake/web_address.hpp"

namespace leadledger::app {

std::string resolve_redirect(std::string_view redirect, std::string_view origin, std::string_view own_origin,
                             const intake::ProjectSettings& project) {
  // White space, control characters and backslashes are read differently by different browsers.
  const auto odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == '\x7f'; };
  if (redirect.empty() || std::any_of(redirect.begin(), redirect.end(), odd)) return {};
  if (redirect.front() == '/') {
    if (redirect.size() > 1 && redirect[1] == '/') return {};  // another host's address without its scheme
    const std::string_view base = origin.empty() ? own_origin : origin;
    return std::string(base) + std::string(redirect);
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
  return allowed ? std::string(redirect) : std::string();
}

}  // namespace leadledger::app
