// Insights as lines of a brief: their headlines, with the name in them marked.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/briefs/brief.hpp"
#include "core/support/json.hpp"

namespace leadledger::briefs {

/// Those of the given kinds in the order of `insights`, which is the body of /analytics/insights; no more
/// than fit into a brief.
[[nodiscard]] std::vector<Line> insight_lines(const json::Value& insights,
                                              std::initializer_list<std::string_view> kinds);

}  // namespace leadledger::briefs
