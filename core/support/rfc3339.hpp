// Instants as text: RFC 3339, in UTC when written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadledger {

/// Unix milliseconds as "2026-11-21T08:30:00.000Z". Years 0 to 9999.
[[nodiscard]] std::string format_rfc3339(std::int64_t unix_ms);

/// Unix milliseconds of a full date-time with Z or a numeric offset; fractions below a millisecond are
/// dropped. Nothing where the text is not one or names no real day or time.
[[nodiscard]] std::optional<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace leadledger
