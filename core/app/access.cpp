#include "core/app/access.hpp"

#include <algorithm>
#include <cstdint>

#include "core/support/json.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::app {

namespace {

/// Looks at every byte whatever differs, so that time tells nothing.
bool same_digest(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t at = 0; at < a.size(); ++at) difference |= static_cast<unsigned char>(a[at] ^ b[at]);
  return difference == 0;
}

bool has_expired(const json::Value& key, std::int64_t now_ms) {
  const json::Value expires = key["expires_at"];
  if (expires.is(json::Kind::none) || expires.is(json::Kind::null)) return false;
  const auto instant = parse_rfc3339(expires.string());
  return !instant || *instant <= now_ms;  // what cannot be read lets nobody in
}

Access read_access(const json::Value& key) {
  Access access;
  access.key_id = key["id"].string();
  access.role = key["role"].string() == "admin" ? Role::admin : Role::marketing;
  for (const json::Value project : key["projects"].items()) {
    if (project.string() == "*") access.all_projects = true;
    access.projects.emplace_back(project.string());
  }
  return access;
}

}  // namespace

bool Access::reaches(std::string_view project) const {
  return all_projects || std::find(projects.begin(), projects.end(), project) != projects.end();
}

Result<Access> require_access(const Request& request, Role least) {
  if (request.key_digest.empty()) {
    return fail(ErrorCode::key_missing, "Send an API key as Authorization: Bearer <key>, or as X-API-Key.");
  }
  std::string text(request.config.view());
  const auto config = json::Document::parse(text);
  if (config) {
    for (const json::Value key : config->root()["api_keys"].items()) {
      if (!same_digest(key["digest"].string(), request.key_digest) || has_expired(key, request.now_ms))
        continue;
      Access access = read_access(key);
      if (least == Role::admin && access.role != Role::admin) {
        return fail(ErrorCode::key_forbidden,
                    "This needs an admin key; the key that came is a marketing key.");
      }
      return access;
    }
  }
  return fail(ErrorCode::key_unknown, "The API key is not known, or has expired.");
}

Result<std::optional<Access>> optional_admin(const Request& request) {
  std::optional<Access> found;
  if (request.key_digest.empty()) return found;
  auto access = require_access(request, Role::admin);
  if (!access) return tl::unexpected<Error>(access.error());
  found = std::move(*access);
  return found;
}

}  // namespace leadledger::app
