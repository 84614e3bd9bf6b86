// Windows of time in a zone: the one that is looked at, and the same local days or hours of earlier weeks;
// and how a statement cuts time so that it counts them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/insights/observed.hpp"
#include "core/reports/plan.hpp"
#include "core/reports/query.hpp"
#include "core/support/result.hpp"
#include "core/time/zone.hpp"

namespace leadledger::insights {

/// The part of a window that a piece of time is.
struct Part {
  std::size_t window = 0;  // 0: the one that is looked at; n: Windows::baseline[n - 1]
  bool is_tail = false;
};

/// What a query for insights means in its zone at a moment.
struct Frame {
  Windows windows;                         // earlier ones only where all of it is within retention
  reports::Period pieces;                  // heads, tails, and what lies between windows, ascending
  std::vector<std::optional<Part>> parts;  // of each piece; none: it lies between windows
  std::vector<Range> gaps;                 // what lies between windows, ascending
  /// By hour of the local clock, the whole days from which the best hours are told; where days were asked for
  /// and all of these are within retention.
  std::optional<reports::Period> hours;

  /// The part that the instant lies in; none between windows and beyond them.
  [[nodiscard]] std::optional<Part> part_at(std::int64_t instant_s) const;
};

/// The span for which the query's zone must be known before its windows can be found.
[[nodiscard]] time::Span window_span(const reports::Query& query, std::int64_t now_s);

/// `days` = n is the n local calendar days that end with the midnight `to`, which is that of today where it
/// is left out; `hours` = n the n hours of the local clock that end with its last full one. Earlier windows
/// have the same local dates or clock times, moved by whole weeks, so that each has the same weekdays; one
/// that a clock change makes longer or shorter stays so. The tail of a window is its last day; of a single
/// day its last six hours; of hours their last quarter. Errors (bad_parameter): to lies in the future, or the
/// window before 1970.
[[nodiscard]] Result<Frame> frame_of(const reports::Query& query, const time::Zone& zone, std::int64_t now_s,
                                     std::int64_t retention_days);

/// What the rest of a report must know of it: the range of all that is counted, and that of the hours as what
/// it is compared with.
[[nodiscard]] reports::Plan plan_of(const Frame& frame, std::int64_t now_s, std::int64_t retention_days);

/// The hour that the local clock reads at the instant: 0 to 23.
[[nodiscard]] std::size_t hour_of_day(const time::Zone& zone, std::int64_t instant_s);

}  // namespace leadledger::insights
