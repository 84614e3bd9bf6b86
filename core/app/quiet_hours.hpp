// Quiet hours of a channel: alerts wait for their end.
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

/// Whether the clock of `zone`, which must be known at `now_s` (Unix seconds), reads a time within them. An
/// hour that comes twice counts both times.
[[nodiscard]] bool are_quiet_at(const QuietHours& hours, const time::Zone& zone, std::int64_t now_s);

enum class Quiet : std::uint8_t {
  no,
  yes,
  unknown_zone,  ///< the runtime does not know the zone; an alert at night is better than none
};
[[nodiscard]] Task<Quiet> ask_quiet(ZonePort zones, QuietHours hours, std::int64_t now_ms);

}  // namespace leadledger::app
