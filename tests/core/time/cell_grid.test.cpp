#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "core/time/buckets.hpp"
#include "tests/core/time/zones.hpp"

using namespace leadledger;
using tests::at;
using tests::zone_named;
using time::Boundaries;
using time::Bucket;
using time::CellGrid;

namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 86'400;

Boundaries boundaries(std::string_view zone, Bucket bucket, std::string_view from, std::string_view to) {
  auto found = time::boundaries_of(zone_named(zone), bucket, at(from), at(to), 1'000'000);
  REQUIRE(found.has_value());
  return *found;
}

}  // namespace

TEST_CASE("Even buckets are one segment", "[time]") {
  const Boundaries days =
      boundaries("Asia/Kolkata", Bucket::day, "2026-11-15T00:00:00+05:30", "2026-11-22T00:00:00+05:30");
  const CellGrid grid = CellGrid::over(days, 32);
  REQUIRE(grid.segments().size() == 1);
  CHECK(grid.segments()[0].start_s == at("2026-11-15T00:00:00+05:30"));
  CHECK(grid.segments()[0].step_s == kDay);
  CHECK(grid.segments()[0].first_cell == 0);
  CHECK(grid.bucket_of(0, days) == 0U);
  CHECK(grid.bucket_of(6, days) == 6U);
  CHECK_FALSE(grid.bucket_of(7, days).has_value());
}

TEST_CASE("Hours across a change of a whole hour stay one segment", "[time]") {
  const CellGrid grid = CellGrid::over(boundaries("America/New_York", Bucket::minutes_60,
                                                  "2024-03-01T00:00:00-05:00", "2024-12-01T00:00:00-05:00"),
                                       32);
  CHECK(grid.segments().size() == 1);
}

TEST_CASE("A short day ends its segment, a long one has its own", "[time]") {
  const CellGrid spring = CellGrid::over(
      boundaries("America/New_York", Bucket::day, "2024-03-08T00:00:00-05:00", "2024-03-13T00:00:00-04:00"),
      32);
  REQUIRE(spring.segments().size() == 2);
  CHECK(spring.segments()[0].step_s == kDay);
  CHECK(spring.segments()[1].start_s == at("2024-03-11T00:00:00-04:00"));
  CHECK(spring.segments()[1].first_cell == 3);
  const CellGrid autumn = CellGrid::over(
      boundaries("America/New_York", Bucket::day, "2024-11-01T00:00:00-04:00", "2024-11-07T00:00:00-05:00"),
      32);
  REQUIRE(autumn.segments().size() == 3);
  CHECK(autumn.segments()[1].start_s == at("2024-11-03T00:00:00-04:00"));
  CHECK(autumn.segments()[1].step_s == 25 * kHour);
  CHECK(autumn.segments()[1].first_cell == 2);
  CHECK(autumn.segments()[2].start_s == at("2024-11-05T00:00:00-05:00"));
  CHECK(autumn.segments()[2].step_s == kDay);
  CHECK(autumn.segments()[2].first_cell == 4);
}

TEST_CASE("Where too many segments were needed, several cells make a bucket", "[time]") {
  const Boundaries months =
      boundaries("America/New_York", Bucket::month, "2024-01-01T00:00:00-05:00", "2025-01-01T00:00:00-05:00");
  REQUIRE(months.count() == 12);
  const CellGrid fine = CellGrid::over(months, 32);
  CHECK(fine.segments().size() > 3);
  CHECK(fine.bucket_of(11, months) == 11U);
  const CellGrid coarse = CellGrid::over(months, 3);
  REQUIRE(coarse.segments().size() == 1);
  CHECK(coarse.segments()[0].step_s == kHour);
  CHECK(coarse.segments()[0].start_s == months.at.front());
  CHECK(coarse.bucket_of(31 * 24 - 1, months) == 0U);
  CHECK(coarse.bucket_of(31 * 24, months) == 1U);
  CHECK(coarse.bucket_of(366 * 24 - 1, months) == 11U);
  CHECK_FALSE(coarse.bucket_of(366 * 24, months).has_value());
  const Boundaries quiet =
      boundaries("Asia/Kolkata", Bucket::month, "2024-01-01T00:00:00+05:30", "2025-01-01T00:00:00+05:30");
  CHECK(CellGrid::over(quiet, 1).segments()[0].step_s == kDay);
}

TEST_CASE("As many segments as are allowed are taken", "[time]") {
  const Boundaries days =
      boundaries("America/New_York", Bucket::day, "2024-11-01T00:00:00-04:00", "2024-11-07T00:00:00-05:00");
  CHECK(CellGrid::over(days, 3).segments().size() == 3);
  CHECK(CellGrid::over(days, 2).segments().size() == 1);
}

TEST_CASE("Cells from outside never leave the boundaries", "[time]") {
  const Boundaries days =
      boundaries("America/New_York", Bucket::day, "2024-11-01T00:00:00-04:00", "2024-11-07T00:00:00-05:00");
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  for (const std::size_t most : {std::size_t{32}, std::size_t{1}}) {
    const CellGrid grid = CellGrid::over(days, most);
    for (const std::int64_t cell :
         {kMin, kMin + 1, std::int64_t{-1}, kMax, kMax - 1, kMax / kHour, std::int64_t{1000}}) {
      CAPTURE(most, cell);
      CHECK_FALSE(grid.bucket_of(cell, days).has_value());
    }
  }
}

TEST_CASE("Without boundaries there are no segments and no cells", "[time]") {
  const CellGrid grid = CellGrid::over({}, 32);
  CHECK(grid.segments().empty());
  CHECK_FALSE(grid.bucket_of(0, {}).has_value());
  CHECK_FALSE(CellGrid{}.bucket_of(0, {}).has_value());
}
