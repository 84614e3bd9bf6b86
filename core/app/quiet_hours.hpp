// Quiet hours of a channel: alerts wait for their end, and so do further attempts to post them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/app/ports.hpp"
#include "core/app/task.hpp"
#include "core/time/zone.hpp"

namespace leadledger::app {

/// From one reading of the local clock to another, which is excluded; over midnight where `to` is less. Where
/// both are the same there are none.
struct QuietHours {
  int from_minute = 0;  // minutes after local midnight, 0 to 1439
  int to_minute = 0;
  std::string timezone;  // IANA
};

/// "22:00" as minutes after midnight; nothing where the text is no time of the day.
[[nodiscard]] std::optional<int> parse_clock(std::string_view text);
[[nodiscard]] std::string print_clock(int minute);

/// Seconds from `now_s` (Unix seconds) until they end, to the minute; 0 where the clock of `zone`, which must
/// be known for two days from then, reads a time without them. An hour that comes twice counts both times.
[[nodiscard]] std::int64_t quiet_left_s(const QuietHours& hours, const time::Zone& zone, std::int64_t now_s);

/// The same, of the zone by its name. Nothing where the runtime does not know the zone: an alert at night is
/// better than none.
[[nodiscard]] Task<std::optional<std::int64_t>> ask_quiet_left(ZonePort zones, QuietHours hours,
                                                               std::int64_t now_s);

}  // namespace leadledger::app
