// What one statement counts in time: a range (or two, with a gap between them) in stretches, each of which
// lies whole in a bucket of the period, in one of what it is compared with, in an hour of the week, or in
// several of these.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/reports/plan.hpp"

namespace leadledger::reports {

/// Where a stretch belongs.
struct Place {
  std::optional<std::uint32_t> period;        // the bucket of it; 0 where it has none
  std::optional<std::uint32_t> comparison;    // the same of what it is compared with
  std::optional<std::uint32_t> hour_of_week;  // (ISO weekday - 1) * 24 + hour
};

class Timeline {
 public:
  /// Every edge of both periods, as far as they are given, and of the hours of the week, once. At least one
  /// period is given.
  Timeline(const Period* period, const Period* comparison, const WeekHours& hours);

  /// Its boundaries are the stretches' edges; none where it is one stretch without a cell.
  [[nodiscard]] const Period& stretches() const { return stretches_; }
  /// What lies between the two periods and is not to be counted; empty where they touch.
  [[nodiscard]] const Range& gap() const { return gap_; }
  /// Whether cells are stretches; else they are smaller, and may be very many.
  [[nodiscard]] bool is_exact() const { return stretches_.grid.cell_is_bucket(); }
  [[nodiscard]] bool has_comparison() const { return has_comparison_; }
  [[nodiscard]] bool has_period() const { return has_period_; }
  /// Where the rows of a cell belong; null where no such cell was asked for.
  [[nodiscard]] const Place* place_of(std::int64_t cell) const;

 private:
  Period stretches_;
  Range gap_;
  std::vector<Place> places_;  // of the stretches
  bool has_period_;
  bool has_comparison_;
};

/// What each statement of a plan counts, the period's first. `in_one`: period and comparison in one
/// statement, where their edges allow that. What a comparison that is gone would count is in none.
[[nodiscard]] std::vector<Timeline> timelines_of(const Plan& plan, bool in_one);

}  // namespace leadledger::reports
