// Who is asking: API keys, their roles and projects. Keys are known by their SHA-256 digests only.
#pragma once

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
  Role role = Role::marketing;
  bool all_projects = false;
  std::vector<std::string> projects;  // where not all

  [[nodiscard]] bool reaches(std::string_view project) const;
};

/// The key that was presented. Errors: key_missing, key_unknown (also where it has expired), key_forbidden
/// where its role is less than `least`.
[[nodiscard]] Result<Access> require_access(const Request& request, Role least);

/// The admin key of a trusted server, or none where no key came; an unknown key is key_unknown, a marketing
/// key key_forbidden.
[[nodiscard]] Result<std::optional<Access>> optional_admin(const Request& request);

/// What a key is told of a project that it does not reach.
[[nodiscard]] inline Error out_of_reach(std::string_view project) {
  return {ErrorCode::key_forbidden, "The API key does not reach the project " + std::string(project) + "."};
}

}  // namespace leadledger::app
