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

/// The summarised range and the one before it, cut into hours of the local clock; where the ranges meet is a
/// boundary too.
struct SummaryHours {
  Period period;
  std::int64_t split_s = 0;  // the first instant of the summarised range

  /// The bucket of the summarised range that this one is, or nothing where it belongs to the range before.
  [[nodiscard]] std::optional<std::size_t> current(std::size_t bucket) const;
  [[nodiscard]] std::size_t current_count() const;
};

/// `plan` has a comparison. Errors (bad_parameter): the range has too many hours.
[[nodiscard]] Result<SummaryHours> summary_hours(const time::Zone& zone, const Plan& plan);

/// Combinations of the dimensions of the top lists that one statement may bring.
inline constexpr std::uint32_t kMostCombinations = 50'000;

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
