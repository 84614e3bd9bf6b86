// What insights are found in: counts of windows of time, for all submissions and for each value of a few
// dimensions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/reports/counts.hpp"
#include "core/reports/plan.hpp"
#include "leadledger/insights.hpp"

namespace leadledger::insights {

using reports::Counts;
using reports::Range;

/// A window of time, cut in two: its tail is short, so that a silence is told early.
struct Window {
  Range whole;
  std::int64_t tail_from_s = 0;
};

/// The window that is looked at, and the same local days or hours of earlier weeks, the latest first.
struct Windows {
  Window now;
  std::vector<Window> baseline;
};

/// Counts of one window.
struct WindowCounts {
  Counts head;
  Counts tail;
};

/// One value of a dimension, or all submissions. `baseline` is as long as Windows::baseline.
struct Series {
  std::string_view value;
  WindowCounts now;
  std::vector<WindowCounts> baseline;
  std::uint64_t largest_interval = 1;  // of sampling, in these windows
};

struct Observed {
  const Windows& windows;  // those before the first submission, or beyond retention, are left out
  Series all;
  /// By dimension, in the order of schema::kInsightDimensions; without the value "".
  std::array<std::vector<Series>, schema::kInsightDimensions.size()> values;
  /// By local hour of the day, over schema::kInsightHoursDays whole days; where that was asked for.
  std::optional<std::array<Counts, 24>> hours_of_day;
  Range hours_range;
  std::uint64_t hours_interval = 1;    // the largest of sampling, in these
  std::uint64_t largest_interval = 1;  // of all that was counted
};

}  // namespace leadledger::insights
