// A summary, shaped and written: what a digest of the last days needs, from two statements.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/reports/report.hpp"
#include "core/reports/statements.hpp"
#include "core/reports/tally.hpp"
#include "core/support/result.hpp"

namespace leadledger::reports {

/// The summarised range and the one before it, cut into hours of the local clock; the ends of both are
/// boundaries too. Between them may lie hours that belong to neither: a running day is compared with as much
/// of the day before.
struct SummaryHours {
  Period period;
  std::int64_t previous_end_s = 0;
  std::int64_t split_s = 0;  // the first instant of the summarised range

  /// The bucket of the summarised range that this one is, or nothing where it lies before.
  [[nodiscard]] std::optional<std::size_t> current(std::size_t bucket) const;
  [[nodiscard]] std::size_t current_count() const;
  [[nodiscard]] bool is_previous(std::size_t bucket) const {
    return period.boundaries.at[bucket] < previous_end_s;
  }
};

/// What a caller is told whose range has more hours than a summary reads.
[[nodiscard]] Error summary_too_long();

/// `plan` has a comparison. Errors (bad_parameter): the range has too many hours.
[[nodiscard]] Result<SummaryHours> summary_hours(const time::Zone& zone, const Plan& plan);

/// Combinations of the dimensions of the top lists that one statement may bring.
inline constexpr std::uint32_t kMostCombinations = 20'000;

struct SummarySource {
  const SummaryHours& hours;
  const Tally& current;                                           // by hour of the summarised range
  const Tally& previous;                                          // in all
  std::array<const Tally*, schema::kSummaryTop.size()> top = {};  // one dimension each
  bool top_incomplete = false;
};

/// {"meta", "totals", "rates", "change", "top", "busiest_hour"} and, where asked for, "explain". `source` is
/// of the summarised range and of the one before.
[[nodiscard]] std::string render_summary(const Source& source, const SummarySource& summary);

}  // namespace leadledger::reports
