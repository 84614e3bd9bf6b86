// Who is asking: API keys, their roles and projects. Keys are known by their SHA-256 digests only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/request.hpp"
#include "core/support/result.hpp"
#include "leadledger/enums.hpp"

namespace leadledger::app {

using schema::Role;

struct Access {
  std::string key_id;
  std::string name;
  Role role = Role::marketing;
  bool all_projects = false;
  std::vector<std::string> projects;       // ["*"] where all
  std::optional<std::int64_t> expires_ms;  // of the key; none: it does not expire

  [[nodiscard]] bool reaches(std::string_view project) const;
};

/// The deployment's keys as they stand in its configuration; none where that cannot be read.
class KeyList {
 public:
  explicit KeyList(Part config);
  KeyList(const KeyList&) = delete;  // the document points into the text
  KeyList& operator=(const KeyList&) = delete;
  ~KeyList() = default;

  [[nodiscard]] json::Items keys() const { return document_.root()["api_keys"].items(); }

 private:
  std::string text_;
  json::Document document_;
};

/// One key of the list.
[[nodiscard]] Access read_access(const json::Value& key);
/// Also where its `expires_at` cannot be read.
[[nodiscard]] bool has_expired(const json::Value& key, std::int64_t now_ms);

/// Looks at every byte whatever differs, so that time tells nothing.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

/// The key that was presented. Errors: key_missing, session_ended, key_unknown (also where it has expired),
/// key_forbidden where its role is less than `least`.
[[nodiscard]] Result<Access> require_access(const Request& request, Role least);

/// The admin key of a trusted server, or none where no key came; an unknown key is key_unknown, a marketing
/// key key_forbidden, a session that is none session_ended.
[[nodiscard]] Result<std::optional<Access>> optional_admin(const Request& request);

/// What a key is told of a project that it does not reach.
[[nodiscard]] inline Error out_of_reach(std::string_view project) {
  return {ErrorCode::key_forbidden, "The API key does not reach the project " + std::string(project) + "."};
}

}  // namespace leadledger::app
