#include "core/insights/decimals.hpp"

#include <algorithm>
#include <cstddef>

#include "core/reports/ratio.hpp"
#include "core/support/text.hpp"

#pragma STDC FP_CONTRACT OFF

namespace leadledger::insights {

namespace {

constexpr std::uint64_t kMillion = 1'000'000;
constexpr double kMost = 9e15;  // below 2 to the 53rd, from where on not every whole number is a double

void append_of_ten(std::string& out, std::uint64_t tenths) { reports::append_ratio(out, tenths, 10); }

/// Of the number that begins there and ends the text.
void group_digits(std::string& out, std::size_t from) {
  constexpr std::size_t kGroup = 3;
  for (std::size_t at = std::min(out.find('.', from), out.size()); at > from + kGroup;) {
    at -= kGroup;
    out.insert(at, 1, ',');
  }
}

}  // namespace

std::uint64_t nearest(double value) {
  return value > 0 ? static_cast<std::uint64_t>(std::min(value + 0.5, kMost)) : 0;
}

std::uint64_t most_whole(double high) {
  return high > 0 ? static_cast<std::uint64_t>(std::min(high, kMost)) : 0;
}

std::uint64_t least_whole(double low) {
  const std::uint64_t below = most_whole(low);
  return low > static_cast<double>(below) ? below + 1 : below;
}

std::uint64_t millionths(double share) { return nearest(share * static_cast<double>(kMillion)); }

void append_whole(std::string& out, std::uint64_t value) { reports::append_ratio(out, value, 1); }

void append_tenths(std::string& out, double value) { append_of_ten(out, nearest(value * 10)); }

void append_whole_grouped(std::string& out, std::uint64_t value) {
  const std::size_t from = out.size();
  append_whole(out, value);
  group_digits(out, from);
}

void append_tenths_grouped(std::string& out, double value) {
  const std::size_t from = out.size();
  append_tenths(out, value);
  group_digits(out, from);
}

void append_strength(std::string& out, double value) { append_of_ten(out, most_whole(value * 10)); }

void append_share(std::string& out, double share) { reports::append_ratio(out, millionths(share), kMillion); }

void append_percent(std::string& out, double share) {
  // From the millionths of append_share, so that whoever rounds those comes to the same.
  const std::uint64_t parts = millionths(share);
  if (parts < kMillion / 10) {
    append_of_ten(out, (parts + 500) / 1000);
  } else {
    append_whole(out, (parts + 5000) / 10'000);
  }
  out += '%';
}

}  // namespace leadledger::insights
