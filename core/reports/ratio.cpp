#include "core/reports/ratio.hpp"

#include <array>
#include <charconv>
#include <cstddef>

namespace leadledger::reports {

namespace {

constexpr std::size_t kDecimals = 6;
constexpr std::uint64_t kUnit = 1'000'000;

/// A quotient as a whole number and millionths.
struct Decimal {
  std::uint64_t whole = 0;
  std::uint64_t millionths = 0;
};

/// The next decimal of rest / divisor; `rest` becomes what remains. Ten times the rest may not fit, so it is
/// added up.
std::uint64_t next_digit(std::uint64_t& rest, std::uint64_t divisor) {
  std::uint64_t digit = 0;
  std::uint64_t sum = 0;
  for (int times = 0; times < 10; ++times) {
    if (sum >= divisor - rest) {
      sum -= divisor - rest;
      ++digit;
    } else {
      sum += rest;
    }
  }
  rest = sum;
  return digit;
}

Decimal divide(std::uint64_t dividend, std::uint64_t divisor) {
  Decimal out{dividend / divisor, 0};
  std::uint64_t rest = dividend % divisor;
  for (std::size_t decimal = 0; decimal < kDecimals; ++decimal) {
    out.millionths = out.millionths * 10 + next_digit(rest, divisor);
  }
  if (rest > 0 && rest >= divisor - rest) ++out.millionths;
  if (out.millionths < kUnit) return out;
  return {out.whole + 1, 0};
}

void append_decimal(std::string& out, Decimal value) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value.whole).ptr);
  if (value.millionths == 0) return;
  std::size_t size = kDecimals;
  for (; value.millionths % 10 == 0; value.millionths /= 10) --size;
  for (std::size_t at = size; at > 0; --at, value.millionths /= 10) {
    digits[at - 1] = static_cast<char>('0' + value.millionths % 10);
  }
  out += '.';
  out.append(digits.data(), size);
}

}  // namespace

void append_ratio(std::string& out, std::uint64_t part, std::uint64_t whole) {
  append_decimal(out, whole == 0 ? Decimal{} : divide(part, whole));
}

void append_change(std::string& out, std::uint64_t now, std::uint64_t then) {
  const Decimal size = divide(now < then ? then - now : now - then, then);
  if (now < then && (size.whole > 0 || size.millionths > 0)) out += '-';
  append_decimal(out, size);
}

}  // namespace leadledger::reports
