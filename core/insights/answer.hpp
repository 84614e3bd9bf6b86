// The answer of GET /analytics/insights, from what was counted.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/insights/find.hpp"
#include "core/insights/intervals.hpp"
#include "core/insights/windows.hpp"
#include "core/reports/report.hpp"
#include "core/reports/tally.hpp"
#include "leadledger/insights.hpp"

namespace leadledger::insights {

/// Counts of one dimension's values by piece of the frame.
struct Counted {
  const reports::Tally& tally;
  const Intervals& intervals;
  bool is_cut = false;  // the smallest rows are missing
};

/// All that was counted; it outlives what is made from it.
struct Material {
  const Frame& frame;
  std::array<Counted, schema::kInsightDimensions.size()> values;
  const reports::Tally* hours = nullptr;  // by bucket of Frame::hours, where it has them
};

/// The dimension whose values are so few that nothing of it is ever cut off: all submissions are told from
/// it.
inline constexpr std::size_t kWholeDimension = schema::kInsightDimensions.size() - 1;
static_assert(schema::kInsightDimensions[kWholeDimension] == schema::Dimension::channel);

/// What is told of a query: values to which a filter holds their dimension are left out of `observed`, and
/// what is the same is told once, but not to those who follow alerts (`least_strength` below kStrengthShown).
[[nodiscard]] std::vector<Insight> insights_of(Observed& observed, const reports::Query& query,
                                               double least_strength);

/// {"meta", "data"} and, where asked for, "explain". `source` is of what Material::values[kWholeDimension]
/// counts; insights are those of at least that strength.
[[nodiscard]] std::string render_insights(const reports::Source& source, const Material& material,
                                          double least_strength);

}  // namespace leadledger::insights
