// What a reader must know of a brief's numbers: that they are sampled, old, or not all there.
#pragma once

#include <vector>

#include "core/briefs/brief.hpp"
#include "core/support/json.hpp"

namespace leadledger::briefs {

[[nodiscard]] std::vector<Line> notes(const json::Value& summary, const json::Value& insights);

}  // namespace leadledger::briefs
