// How promising a lead is: completeness of the contact, call to action, engagement.
#pragma once

#include "core/intake/submission.hpp"

namespace leadledger::intake {

/// Sum of the points of schema/rules.json, 0 to 100.
[[nodiscard]] int lead_score(const Submission& submission);

}  // namespace leadledger::intake
