#include "core/briefs/figures.hpp"

#include <array>
#include <cstddef>

#include "core/support/text.hpp"

namespace leadledger::briefs {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

std::string_view month_name(const time::Date& date) {
  return kMonths[static_cast<std::size_t>(date.month - 1)];
}

}  // namespace

std::string count_text(std::int64_t count) {
  std::string digits;
  text::append_number(digits, count);
  constexpr std::size_t kGroup = 3;
  const std::size_t first = count < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + kGroup;) {
    at -= kGroup;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  std::string out = count_text(count);
  out += ' ';
  return out.append(count == 1 ? one : many);
}

std::optional<std::int64_t> read_ratio(std::string_view ratio) {
  constexpr std::int64_t kUnit = 1'000'000;
  constexpr std::size_t kDecimals = 6;
  constexpr std::size_t kMostDigits = 12;
  const bool negative = !ratio.empty() && ratio.front() == '-';
  if (negative) ratio.remove_prefix(1);
  const auto [whole, decimals] = text::split_once(ratio, '.');
  if (whole.size() > kMostDigits || decimals.size() > kDecimals) return std::nullopt;
  const auto units = text::parse_unsigned(whole);
  if (!units) return std::nullopt;
  std::int64_t millionths = static_cast<std::int64_t>(*units) * kUnit;
  std::int64_t place = kUnit;
  for (const char c : decimals) {
    if (!text::is_digit(c)) return std::nullopt;
    place /= 10;
    millionths += (c - '0') * place;
  }
  return negative ? -millionths : millionths;
}

std::string percent_text(std::int64_t millionths) {
  constexpr std::int64_t kTenth = 1000;  // of a percent
  constexpr std::int64_t kTenPercent = 100 * kTenth;
  const std::int64_t size = millionths < 0 ? -millionths : millionths;
  if (size >= kTenPercent) return count_text((size + 5 * kTenth) / (10 * kTenth)) + "%";
  const std::int64_t tenths = (size + kTenth / 2) / kTenth;
  if (tenths == 0 && size > 0) return "less than 0.1%";
  std::string out = count_text(tenths / 10);
  if (tenths % 10 != 0) {
    out += '.';
    text::append_number(out, tenths % 10);
  }
  return out + "%";
}

std::string dates_text(const time::Date& first, const time::Date& last) {
  std::string out;
  text::append_number(out, first.day);
  if (first.month != last.month || first.year != last.year) {
    out.append(" ").append(month_name(first));
  }
  if (first.year != last.year) {
    out += ' ';
    text::append_number(out, first.year);
  }
  out += " to ";
  text::append_number(out, last.day);
  out.append(" ").append(month_name(last)).append(" ");
  text::append_number(out, last.year);
  return out;
}

}  // namespace leadledger::briefs
