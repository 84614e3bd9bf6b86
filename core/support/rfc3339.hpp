// Instants as text: RFC 3339.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadledger {

/// Unix milliseconds as "2026-11-21T08:30:00.000Z". Years 0 to 9999.
[[nodiscard]] std::string format_rfc3339(std::int64_t unix_ms);

/// Appends Unix seconds as the local clock reads them, "2026-11-15T00:00:00+05:30"; offset 0 is "+00:00".
/// RFC 3339 has no seconds in an offset: one that has some, as local mean times did, is rounded to the minute
/// and the local time with it, so that the text still names the same instant. Years 0 to 9999.
void append_rfc3339_local(std::string& out, std::int64_t unix_s, std::int64_t offset_s);

/// Unix milliseconds of a full date-time with Z or a numeric offset; fractions below a millisecond are
/// dropped. Nothing where the text is not one or names no real day or time.
[[nodiscard]] std::optional<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace leadledger
