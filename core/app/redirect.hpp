// Where a form without JavaScript is sent afterwards: only to pages of origins the project allows.
#pragma once

#include <string>
#include <string_view>

#include "core/intake/project_settings.hpp"

namespace leadledger::app {

/// The absolute address to go to, in ASCII, or "" where `redirect` is empty, broken, or leads elsewhere. A
/// path counts from the page's origin. `own_origin` is the Worker's, which serves pages too.
[[nodiscard]] std::string resolve_redirect(std::string_view redirect, std::string_view origin,
                                           std::string_view own_origin,
                                           const intake::ProjectSettings& project);

}  // namespace leadledger::app
