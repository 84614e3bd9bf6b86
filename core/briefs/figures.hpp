// Numbers and dates as a brief writes them: the same for every reader, whatever the reader's locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time/civil.hpp"

namespace leadledger::briefs {

/// "1,234,567".
[[nodiscard]] std::string count_text(std::int64_t count);

/// "1 lead", "2 leads", "1,234 leads".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

/// A ratio as reports write it ("0.123456", "-2.5", "1") in millionths; nothing where the text is none.
[[nodiscard]] std::optional<std::int64_t> read_ratio(std::string_view text);

/// The size of a ratio in percent, half up, as insights write it: "12%", below ten with one decimal ("6.1%",
/// "6%"); "less than 0.1%" of what is not nothing, and "0%".
[[nodiscard]] std::string percent_text(std::int64_t millionths);

/// Both days included: "9 to 15 November 2026", "26 October to 1 November 2026".
[[nodiscard]] std::string dates_text(const time::Date& first, const time::Date& last);

}  // namespace leadledger::briefs
