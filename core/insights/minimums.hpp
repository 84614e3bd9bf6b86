// What there must be at least, before anything is said: and what is made of that which nearly is there.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/insights/observed.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::insights {

inline double real(std::uint64_t count) { return static_cast<double>(count); }

inline Counts whole(const WindowCounts& window) {
  Counts sum = window.head;
  sum += window.tail;
  return sum;
}
inline double total(const WindowCounts& window) { return real(whole(window).total()); }

/// As how many a point counts: minimums are of points.
inline double interval_of(const Series& series) {
  return real(std::max<std::uint64_t>(series.largest_interval, 1));
}

/// The strength of what has only the part `reach` of a minimum: never enough to be shown, less the less there
/// is, and just enough to hold an alert where the part `held` is there. A number that swings around a minimum
/// so does not open and close an alert.
[[nodiscard]] double limited(double strength, double reach, double held = schema::kInsightHeldPct / 100.0);

/// How far all submissions are more than those of one project: the most that a window has beside those of the
/// largest project, as a part of what is worth looking at them all.
[[nodiscard]] double reach_of_others(const Observed& observed);

}  // namespace leadledger::insights
