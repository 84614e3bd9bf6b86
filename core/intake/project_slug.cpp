#include "core/intake/project_slug.hpp"

#include "core/intake/project_settings.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

Result<std::string> read_project_slug(const Form& form) {
  const FormValue value = form[Field::project];
  const std::string_view slug = text::trim(value.text);
  if (value.kind == ValueKind::absent || slug.empty()) {
    return fail(ErrorCode::validation_failed, "The submission names no project.",
                {{"project", "required", "Give the project's slug."}});
  }
  if (!is_project_slug(slug)) {
    return fail(ErrorCode::validation_failed, "The project's name is not well-formed.",
                {{"project", "not_allowed", "A project's slug has 1 to 64 of a-z, 0-9, - and _."}});
  }
  return std::string(slug);
}

Error unknown_project(std::string_view slug) {
  return {ErrorCode::unknown_project,
          "There is no project " + std::string(slug) + ".",
          {{"project", "unknown", "No project has this slug."}}};
}

}  // namespace leadledger::intake
