#include "core/time/civil.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using time::Date;

TEST_CASE("Dates have a number, a weekday and a way back", "[time]") {
  struct Known {
    Date date;
    std::int64_t days;
    int weekday;
  };
  constexpr std::array<Known, 9> kKnown = {{{{1970, 1, 1}, 0, 3},
                                            {{1969, 12, 31}, -1, 2},
                                            {{2000, 2, 29}, 11016, 1},
                                            {{2000, 3, 1}, 11017, 2},
                                            {{2026, 11, 21}, 20778, 5},
                                            {{2100, 2, 28}, 47540, 6},
                                            {{2100, 3, 1}, 47541, 0},
                                            {{1, 1, 1}, -719162, 0},
                                            {{9999, 12, 31}, 2932896, 4}}};
  for (const Known& known : kKnown) {
    CAPTURE(known.days);
    CHECK(time::days_of(known.date) == known.days);
    CHECK(time::weekday_of(known.days) == known.weekday);
    const Date date = time::date_of(known.days);
    CHECK(date.year == known.date.year);
    CHECK(date.month == known.date.month);
    CHECK(date.day == known.date.day);
  }
}

TEST_CASE("Every day of twelve centuries follows the one before it", "[time][property]") {
  Date date = {1600, 1, 1};
  const std::int64_t first = time::days_of(date);
  const std::int64_t last = time::days_of({2800, 1, 1});
  for (std::int64_t days = first; days < last; ++days) {
    const Date found = time::date_of(days);
    const bool same = found.year == date.year && found.month == date.month && found.day == date.day;
    if (!same || time::days_of(date) != days) FAIL("day " << days);
    if (++date.day > time::days_in_month(date.year, date.month)) date = {date.year, date.month + 1, 1};
    if (date.month > 12) date = {date.year + 1, 1, 1};
  }
  CHECK(last - first == 3 * 146'097);
}

TEST_CASE("Months have their lengths, February in leap years its own", "[time]") {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int month = 1; month <= 12; ++month) {
    CHECK(time::days_in_month(2026, month) == kDays[static_cast<std::size_t>(month - 1)]);
  }
  CHECK(time::days_in_month(2028, 2) == 29);
  CHECK(time::days_in_month(2000, 2) == 29);
  CHECK(time::days_in_month(2100, 2) == 28);
}

TEST_CASE("Division rounds down", "[time]") {
  CHECK(time::floor_div(7, 3) == 2);
  CHECK(time::floor_div(-7, 3) == -3);
  CHECK(time::floor_div(-6, 3) == -2);
  CHECK(time::floor_div(0, 3) == 0);
}

TEST_CASE("Real dates are read", "[time]") {
  const auto date = time::parse_date("2028-02-29");
  REQUIRE(date.has_value());
  CHECK(date->year == 2028);
  CHECK(date->month == 2);
  CHECK(date->day == 29);
  CHECK(time::parse_date("0001-01-01").has_value());
  CHECK(time::parse_date("9999-12-31").has_value());
}

TEST_CASE("What is no real date is refused", "[time]") {
  const std::string text =
      GENERATE(as<std::string>{}, "", "2026", "2026-11", "2026-02-29", "2100-02-29", "2026-04-31",
               "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "0000-01-01", "-001-01-01",
               "+026-01-01", "2026-1-001", "2026/11/21", "2026-11-21 ", " 2026-11-21", "2026-11-2a",
               "20261121", "2026-11-21T00:00:00Z", "2026-11--1", "2026--1-11");
  CAPTURE(text);
  CHECK_FALSE(time::parse_date(text).has_value());
}

TEST_CASE("Broken dates never break the reader", "[time][property]") {
  tests::Random random(31);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    if (time::parse_date(tests::mutated(random, "2026-11-21"))) ++accepted;
  }
  CHECK(accepted > 0);
  CHECK(accepted < 20'000);
}
