// Numbers of insights as text, by integer arithmetic: equal in the sentences and in the answer, and on every
// platform.
#pragma once

#include <cstdint>
#include <string>

namespace leadledger::insights {

/// The nearest whole number of at least 0, half up; bounded so that an integer holds it.
[[nodiscard]] std::uint64_t nearest(double value);

/// Counts at the ends of a range that lie within it: the least whole number of at least `low`, and the most
/// of at most `high`.
[[nodiscard]] std::uint64_t least_whole(double low);
[[nodiscard]] std::uint64_t most_whole(double high);

/// A share in millionths, to which shares are rounded wherever they are written.
[[nodiscard]] std::uint64_t millionths(double share);

/// Appends a whole number.
void append_whole(std::string& out, std::uint64_t value);

/// Appends at most one decimal, half up: "12", "12.5". Medians of counts are exact so.
void append_tenths(std::string& out, double value);

/// The same for sentences, with a comma before each three digits: "1,913", "1,912.5".
void append_whole_grouped(std::string& out, std::uint64_t value);
void append_tenths_grouped(std::string& out, double value);

/// Appends at most one decimal, rounded down: a strength never looks like a limit that it did not reach.
void append_strength(std::string& out, double value);

/// Appends a share as a JSON number of at most six decimals: "0.333333".
void append_share(std::string& out, double share);

/// Appends the same as a percentage: whole from 10 % on, with at most one decimal below: "33%", "4.5%".
void append_percent(std::string& out, double share);

}  // namespace leadledger::insights
