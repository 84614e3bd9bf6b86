// The renderings behind render().
#pragma once

#include <memory>

#include "core/reports/rendering.hpp"

namespace leadledger::reports {

[[nodiscard]] std::unique_ptr<Rendering> render_json(Report& report);
[[nodiscard]] std::unique_ptr<Rendering> render_csv(Report& report);
[[nodiscard]] std::unique_ptr<Rendering> render_ndjson(Report& report);

}  // namespace leadledger::reports
