// Calendar dates of the proleptic Gregorian calendar, as numbers of days since 1970-01-01.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace leadledger::time {

inline constexpr std::int64_t kSecondsPerDay = 86'400;

struct Date {
  std::int64_t year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
};

/// The quotient rounded down, also of a negative number; `divisor` is positive.
[[nodiscard]] constexpr std::int64_t floor_div(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

/// Days since 1970-01-01; of any date, also one before.
[[nodiscard]] std::int64_t days_of(Date date);
[[nodiscard]] Date date_of(std::int64_t days);
/// 0 Monday to 6 Sunday.
[[nodiscard]] int weekday_of(std::int64_t days);
[[nodiscard]] int days_in_month(std::int64_t year, int month);
/// "2026-11-21", a real date of the years 1 to 9999; else nothing.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

}  // namespace leadledger::time
