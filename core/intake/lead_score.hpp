// How promising a lead is: completeness of the contact, call to action, engagement.
#pragma once

#include <string_view>
#include <vector>

#include "core/intake/submission.hpp"

namespace leadledger::intake {

/// Sum of the points of schema/rules.json, 0 to 100.
[[nodiscard]] int lead_score(const Submission& submission);

/// A part of that sum, by the name of the field or rule that earns it.
struct ScorePart {
  std::string_view name;  // a constant
  std::string_view text;  // what earns it, as people read it; a constant
  int points = 0;
};

/// The parts that the submission earns, none of 0 points. Their sum may be more than 100.
[[nodiscard]] std::vector<ScorePart> lead_score_parts(const Submission& submission);

}  // namespace leadledger::intake
