// How much attention a visitor gave the site before sending.
#pragma once

#include "core/intake/submission.hpp"

namespace leadledger::intake {

/// The measures of a form: numbers, or text that is one, cut to the field's largest value. What is negative
/// or not a number is absent.
[[nodiscard]] Engagement read_engagement(const Selection& fields);

/// The sum of schema::kEngagementPoints that the measures reach.
[[nodiscard]] int engagement_points(const Engagement& engagement);

/// none without a point, then by the thresholds of the rules.
[[nodiscard]] schema::Engagement engagement_level(const Engagement& engagement);

}  // namespace leadledger::intake
