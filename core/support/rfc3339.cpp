#include "core/support/rfc3339.hpp"

#include <algorithm>
#include <chrono>

#include "core/support/text.hpp"

namespace leadledger {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

/// The last `width` digits of `value`, which is not negative.
void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::size_t end = out.size() + width;
  out.resize(end, '0');
  for (std::size_t at = 1; at <= width; ++at, value /= 10)
    out[end - at] = static_cast<char>('0' + value % 10);
}

/// "2026-11-21T08:30:00" of the seconds since 1970-01-01 00:00.
void append_date_time(std::string& out, std::int64_t seconds) {
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) rest += kSecondsPerDay, --days;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  append_padded(out, static_cast<int>(date.year()), 4);
  out += '-', append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-', append_padded(out, static_cast<unsigned>(date.day()), 2);
  out += 'T', append_padded(out, rest / 3600, 2);
  out += ':', append_padded(out, rest / 60 % 60, 2);
  out += ':', append_padded(out, rest % 60, 2);
}

/// A decimal number of exactly `width` digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return -1;
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (!text::is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string format_rfc3339(std::int64_t unix_ms) {
  std::int64_t seconds = unix_ms / 1000;
  std::int64_t ms = unix_ms % 1000;
  if (ms < 0) ms += 1000, --seconds;
  std::string out;
  append_date_time(out, seconds);
  out += '.', append_padded(out, ms, 3);
  return out + "Z";
}

void append_rfc3339_local(std::string& out, std::int64_t unix_s, std::int64_t offset_s) {
  constexpr std::int64_t kMostMinutes = 23 * 60 + 59;
  const std::int64_t nearest = (offset_s + (offset_s < 0 ? -30 : 30)) / 60;
  const std::int64_t minutes = std::clamp(nearest, -kMostMinutes, kMostMinutes);
  append_date_time(out, unix_s + minutes * 60);
  const std::int64_t size = minutes < 0 ? -minutes : minutes;
  out += minutes < 0 ? '-' : '+', append_padded(out, size / 60, 2);
  out += ':', append_padded(out, size % 60, 2);
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  constexpr std::size_t kSecondsEnd = 19;
  if (text.size() <= kSecondsEnd || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
    return {};
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return {};
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, 5, 2);
  const int day = number_at(text, 8, 2);
  const int hour = number_at(text, 11, 2);
  const int minute = number_at(text, 14, 2);
  const int second = number_at(text, 17, 2);
  if (year < 0 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59) {
    return {};
  }
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return {};
  std::string_view rest = text.substr(kSecondsEnd);
  std::int64_t ms = 0;
  if (rest.front() == '.') {
    rest.remove_prefix(1);
    std::size_t digits = 0;
    for (int unit = 100; digits < rest.size() && text::is_digit(rest[digits]); ++digits, unit /= 10) {
      ms += (rest[digits] - '0') * unit;
    }
    if (digits == 0) return {};
    rest.remove_prefix(digits);
  }
  std::int64_t offset_minutes = 0;
  if (rest != "Z" && rest != "z") {
    const bool signed_offset = rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':';
    const int offset_hour = signed_offset ? number_at(rest, 1, 2) : -1;
    const int offset_minute = signed_offset ? number_at(rest, 4, 2) : -1;
    if (offset_hour < 0 || offset_hour > 23 || offset_minute < 0 || offset_minute > 59) return {};
    offset_minutes = (offset_hour * 60 + offset_minute) * (rest[0] == '-' ? -1 : 1);
  }
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  const std::int64_t seconds = days * 86'400 + hour * 3600 + minute * 60 + second - offset_minutes * 60;
  return seconds * 1000 + ms;
}

}  // namespace leadledger
