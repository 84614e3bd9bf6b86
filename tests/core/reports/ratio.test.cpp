#include "core/reports/ratio.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;

namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

std::string ratio(std::uint64_t part, std::uint64_t whole) {
  std::string out;
  reports::append_ratio(out, part, whole);
  return out;
}

std::string change(std::uint64_t now, std::uint64_t then) {
  std::string out;
  reports::append_change(out, now, then);
  return out;
}

}  // namespace

TEST_CASE("Parts of a whole are decimals of at most six places", "[ratio]") {
  const auto [part, whole, text] = GENERATE(table<std::uint64_t, std::uint64_t, std::string>({
      {0, 0, "0"},
      {5, 0, "0"},
      {0, 7, "0"},
      {7, 7, "1"},
      {1, 2, "0.5"},
      {1, 3, "0.333333"},
      {2, 3, "0.666667"},
      {1, 8, "0.125"},
      {1, 1'000'000, "0.000001"},
      {10, 1'000'000, "0.00001"},
      {1, 2'000'000, "0.000001"},
      {1, 2'000'001, "0"},
      {999'999, 1'000'000, "0.999999"},
      {1'999'999, 2'000'000, "1"},
      {1'999'998, 2'000'000, "0.999999"},
      {3, 2, "1.5"},
      {100, 1, "100"},
      {kMost, kMost, "1"},
      {kMost / 2, kMost, "0.5"},
      {kMost / 3, kMost, "0.333333"},
      {kMost - 1, kMost, "1"},
      {kMost, 1, "18446744073709551615"},
      {kMost, 2, "9223372036854775807.5"},
      {1, kMost, "0"},
  }));
  CAPTURE(part, whole);
  CHECK(ratio(part, whole) == text);
}

TEST_CASE("A change has a sign, and nothing is minus nothing", "[ratio]") {
  const auto [now, then, text] = GENERATE(table<std::uint64_t, std::uint64_t, std::string>({
      {10, 10, "0"},
      {15, 10, "0.5"},
      {5, 10, "-0.5"},
      {0, 10, "-1"},
      {30, 10, "2"},
      {2, 3, "-0.333333"},
      {4, 3, "0.333333"},
      {1'999'999, 2'000'000, "-0.000001"},
      {2'000'001, 2'000'000, "0.000001"},
      {3'000'000, 3'000'001, "0"},
      {kMost, 1, "18446744073709551614"},
      {0, kMost, "-1"},
      {1, kMost, "-1"},
  }));
  CAPTURE(now, then);
  CHECK(change(now, then) == text);
}

TEST_CASE("Text is appended", "[ratio]") {
  std::string out = "share ";
  reports::append_ratio(out, 1, 4);
  CHECK(out == "share 0.25");
}

TEST_CASE("A ratio is what a double says, to the last place that a double knows", "[ratio][property]") {
  tests::Random random(31);
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t whole = 1 + (random.next() >> (14 + random.below(49)));
    const std::uint64_t part = random.next() % (whole + 1);
    const std::string text = ratio(part, whole);
    const double exact = static_cast<double>(part) / static_cast<double>(whole);
    const double read = std::strtod(text.c_str(), nullptr);
    const bool trimmed = text == "0" || text == "1" || text.back() != '0';
    if (read < exact - 0.000'000'500'1 || read > exact + 0.000'000'500'1 || text.size() > 8 || !trimmed) {
      FAIL(part << " / " << whole << " became " << text);
    }
  }
  SUCCEED("all are close");
}
