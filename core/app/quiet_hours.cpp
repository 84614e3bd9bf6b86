#include "core/app/quiet_hours.hpp"

#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

constexpr int kMinutesPerHour = 60;
constexpr int kHoursPerDay = 24;
constexpr std::int64_t kLongestS = 2 * 86'400;

std::optional<int> two_digits(std::string_view text) {
  if (!text::is_digit(text[0]) || !text::is_digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

bool are_quiet_at(const QuietHours& hours, const time::Zone& zone, std::int64_t now_s) {
  constexpr std::int64_t kDay = 86'400;
  const std::int64_t second = ((zone.local_at(now_s) % kDay) + kDay) % kDay;
  const auto minute = static_cast<int>(second / 60);
  if (hours.from_minute <= hours.to_minute) return minute >= hours.from_minute && minute < hours.to_minute;
  return minute >= hours.from_minute || minute < hours.to_minute;
}

}  // namespace

std::optional<int> parse_clock(std::string_view text) {
  constexpr std::size_t kSize = 5;  // "22:00"
  if (text.size() != kSize || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text);
  const auto minute = two_digits(text.substr(3));
  if (!hour || !minute || *hour >= kHoursPerDay || *minute >= kMinutesPerHour) return std::nullopt;
  return *hour * kMinutesPerHour + *minute;
}

std::string print_clock(int minute) {
  std::string out;
  for (const int part : {minute / kMinutesPerHour, minute % kMinutesPerHour}) {
    if (!out.empty()) out.push_back(':');
    if (part < 10) out.push_back('0');
    text::append_number(out, part);
  }
  return out;
}

std::int64_t quiet_left_s(const QuietHours& hours, const time::Zone& zone, std::int64_t now_s) {
  constexpr std::int64_t kMinute = 60;
  // Minute by minute, as clocks may be changed meanwhile: never more than a day and what they are put back.
  std::int64_t end = now_s;
  while (are_quiet_at(hours, zone, end) && end - now_s < kLongestS) end += kMinute - end % kMinute;
  return end - now_s;
}

Task<std::optional<std::int64_t>> ask_quiet_left(ZonePort zones, QuietHours hours, std::int64_t now_s) {
  Reply reply = co_await zones.transitions(hours.timezone, now_s, now_s + kLongestS);
  if (!reply.ok || reply.status == "unknown") co_return std::nullopt;
  const auto zone = time::Zone::read(hours.timezone, reply.body.data, reply.body.size);
  if (!zone) co_return std::nullopt;
  co_return quiet_left_s(hours, *zone, now_s);
}

}  // namespace leadledger::app
