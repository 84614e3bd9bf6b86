#include "core/app/access.hpp"

#include <algorithm>

#include "core/support/json.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::app {

KeyList::KeyList(Part config) : text_(config.view()) {
  auto parsed = json::Document::parse(text_);
  if (parsed) document_ = std::move(*parsed);
}

bool same_secret(std::string_view a, std::string_view b) {
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
  access.name = key["name"].string();
  access.role = key["role"].string() == "admin" ? Role::admin : Role::marketing;
  for (const json::Value project : key["projects"].items()) {
    if (project.string() == "*") access.all_projects = true;
    access.projects.emplace_back(project.string());
  }
  if (access.all_projects) access.projects.assign(1, "*");
  access.expires_ms = parse_rfc3339(key["expires_at"].string());
  return access;
}

bool Access::reaches(std::string_view project) const {
  return all_projects || std::find(projects.begin(), projects.end(), project) != projects.end();
}

Result<Access> require_access(const Request& request, Role least) {
  if (request.key_digest.empty()) {
    if (request.session_ended) {
      return fail(ErrorCode::session_ended,
                  "The session has ended, or its cookie is none of ours. Sign in again with your API key.");
    }
    return fail(ErrorCode::key_missing, "Send an API key as Authorization: Bearer <key>, or as X-API-Key.");
  }
  const KeyList list(request.config);
  for (const json::Value key : list.keys()) {
    if (!same_secret(key["digest"].string(), request.key_digest) || has_expired(key, request.now_ms)) {
      continue;
    }
    Access access = read_access(key);
    if (least == Role::admin && access.role != Role::admin) {
      return fail(ErrorCode::key_forbidden, "This needs an admin key; the key that came is a marketing key.");
    }
    return access;
  }
  return fail(ErrorCode::key_unknown, "The API key is not known, or has expired.");
}

Result<std::optional<Access>> optional_admin(const Request& request) {
  std::optional<Access> found;
  // A test that a session was to vouch for must not become somebody's lead.
  if (request.key_digest.empty() && !request.session_ended) return found;
  auto access = require_access(request, Role::admin);
  if (!access) return tl::unexpected<Error>(access.error());
  found = std::move(*access);
  return found;
}

}  // namespace leadledger::app
