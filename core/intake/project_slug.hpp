// Which project a form belongs to.
#pragma once

#include <string>

#include "core/intake/form.hpp"
#include "core/support/result.hpp"

namespace leadledger::intake {

/// The slug that `form` names, well-formed; whether there is such a project is not known here. Errors:
/// validation_failed with `project` required or not_allowed.
[[nodiscard]] Result<std::string> read_project_slug(const Form& form);

/// The error of a slug that no project has.
[[nodiscard]] Error unknown_project(std::string_view slug);

}  // namespace leadledger::intake
