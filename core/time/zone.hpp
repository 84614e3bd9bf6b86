// A time zone over a span of time: its offset at the beginning and the instants at which that changes. The
// core has no zone table; the runtime's own Intl is asked for the span that a report needs.
//
// Instants are Unix seconds throughout, local times are seconds of the local clock since 1970-01-01 00:00
// there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.hpp"

namespace leadledger::time {

struct Transition {
  std::int64_t at_s = 0;      // the first instant of the new offset
  std::int64_t offset_s = 0;  // local time minus UTC from then on
};

/// The span for which a zone must be known.
struct Span {
  std::int64_t from_s = 0;
  std::int64_t to_s = 0;
};

/// A stretch of time in which the offset does not change: from_s to to_s, which is excluded. The first one
/// has no beginning (kLongAgo), the last one no end (kNever).
struct Stretch {
  std::int64_t from_s = 0;
  std::int64_t to_s = 0;
  std::int64_t offset_s = 0;
};
/// Beyond every instant that is asked for, and far from where sums overflow.
inline constexpr std::int64_t kNever = std::int64_t{1} << 60U;
inline constexpr std::int64_t kLongAgo = -kNever;

class Zone {
 public:
  /// `transitions` in ascending order. Before the first one `first_offset_s` holds. Offsets are shorter than
  /// a day.
  Zone(std::string name, std::int64_t first_offset_s, std::vector<Transition> transitions);

  /// Reads {"offset": s, "transitions": [[at, offset], ...]}, which is rewritten in place. Errors (internal):
  /// not of that form, offsets of a day or more, instants not ascending
  /// or beyond the years 1 to 9999.
  [[nodiscard]] static Result<Zone> read(std::string name, char* json, std::size_t size);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t offset_at(std::int64_t instant) const { return stretch_at(instant).offset_s; }
  [[nodiscard]] std::int64_t local_at(std::int64_t instant) const { return instant + offset_at(instant); }
  [[nodiscard]] const std::vector<Transition>& transitions() const { return transitions_; }
  /// The stretch that contains the instant; stretch_at(stretch.to_s) is the next one.
  [[nodiscard]] Stretch stretch_at(std::int64_t instant) const;

  /// The first instant at which the local clock reads `local_s` or later: where that reading is skipped the
  /// first instant after it, where it comes twice the first of the two.
  [[nodiscard]] std::int64_t first_at_local(std::int64_t local_s) const;

  /// The first instant whose local date is `day` (days since 1970) or later: where midnight is skipped the
  /// first one after it, where it comes twice the first of the two, for a date that never was the start of
  /// the next.
  [[nodiscard]] std::int64_t start_of_day(std::int64_t day) const;
  /// The day that contains the instant: start_of_day(day) <= instant < start_of_day(day + 1), and the day is
  /// one that was.
  [[nodiscard]] std::int64_t day_at(std::int64_t instant) const;

 private:
  std::string name_;
  std::int64_t first_offset_s_;
  std::vector<Transition> transitions_;
};

}  // namespace leadledger::time
