// Buckets against the clock itself, read step by step, in zones that do everything and in made-up ones.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/time/buckets.hpp"
#include "core/time/civil.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/time/zones.hpp"

using namespace leadledger;
using time::Boundaries;
using time::Bucket;
using time::CellGrid;
using time::kSecondsPerDay;
using time::Zone;

namespace {

constexpr std::array kAll = {Bucket::minutes_15, Bucket::minutes_30, Bucket::minutes_60,
                             Bucket::day,        Bucket::week,       Bucket::month};

/// Which day, week or month a date is in.
std::int64_t number_of(Bucket bucket, std::int64_t day) {
  if (bucket == Bucket::week) return day - time::weekday_of(day);
  if (bucket == Bucket::day) return day;
  const time::Date date = time::date_of(day);
  return day - date.day + 1;
}

/// Boundaries in [from, to) by reading the clock every `step` seconds, which divides all that happens there.
std::vector<std::int64_t> stepped(const Zone& zone, Bucket bucket, std::int64_t from, std::int64_t to,
                                  std::int64_t step) {
  std::vector<std::int64_t> out;
  const std::int64_t size = schema::info(bucket).seconds;
  std::int64_t latest = zone.local_at(from - 3 * kSecondsPerDay);
  for (std::int64_t instant = from - 3 * kSecondsPerDay; instant < to; instant += step) {
    const std::int64_t local = zone.local_at(instant);
    if (size > 0) {
      if (instant >= from && local % size == 0) out.push_back(instant);
      continue;
    }
    const std::int64_t before = number_of(bucket, time::floor_div(latest, kSecondsPerDay));
    latest = std::max(latest, local);
    const std::int64_t now = number_of(bucket, time::floor_div(latest, kSecondsPerDay));
    if (instant >= from && now != before) out.push_back(instant);
  }
  return out;
}

/// Those of the boundaries that lie in [from, to).
std::vector<std::int64_t> within(const Boundaries& boundaries, std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> out;
  for (const std::int64_t at : boundaries.at) {
    if (at >= from && at < to) out.push_back(at);
  }
  return out;
}

void check_against_clock(const Zone& zone, Bucket bucket, std::int64_t from, std::int64_t to,
                         std::int64_t step) {
  const auto found = time::boundaries_of(zone, bucket, from, to, 100'000);
  REQUIRE(found.has_value());
  CAPTURE(zone.name(), schema::info(bucket).name, from, to);
  REQUIRE(found->at.size() >= 2);
  REQUIRE(found->at.front() <= from);
  REQUIRE(found->at[1] > from);
  REQUIRE(found->at.back() >= to);
  REQUIRE(found->at[found->at.size() - 2] < to);
  REQUIRE(within(*found, from, to) == stepped(zone, bucket, from, to, step));
}

/// As the statement counts: the last segment that begins at or before the instant.
std::int64_t cell_of(const CellGrid& grid, std::int64_t instant) {
  const time::Segment* last = nullptr;
  for (const time::Segment& segment : grid.segments()) {
    if (segment.start_s <= instant) last = &segment;
  }
  return last->first_cell + (instant - last->start_s) / last->step_s;
}

void check_grid(const Boundaries& boundaries, std::size_t most, tests::Random& random) {
  const CellGrid grid = CellGrid::over(boundaries, most);
  REQUIRE(grid.segments().size() <= std::max<std::size_t>(most, 1));
  const auto check = [&](std::int64_t instant) {
    const auto bucket = grid.bucket_of(cell_of(grid, instant), boundaries);
    if (bucket != boundaries.index_of(instant)) FAIL("instant " << instant << ", most " << most);
  };
  const auto span = static_cast<std::size_t>(boundaries.at.back() - boundaries.at.front());
  for (int round = 0; round < 50; ++round) {
    check(boundaries.at.front() + static_cast<std::int64_t>(random.below(span)));
    const std::size_t bucket = random.below(boundaries.count());
    check(boundaries.at[bucket]);
    check(boundaries.at[bucket + 1] - 1);
  }
}

/// A zone of whole half minutes that changes its mind every few hours or days.
Zone wild_zone(tests::Random& random, std::int64_t from, std::int64_t to) {
  const auto offset = [&] { return (static_cast<std::int64_t>(random.below(5757)) - 2878) * 30; };
  std::vector<time::Transition> transitions;
  std::int64_t at = from;
  while (at < to) {
    at += 30 * (1 + static_cast<std::int64_t>(random.below(random.below(2) == 0 ? 400 : 10'000)));
    transitions.push_back({at, offset()});
  }
  return {"Wild/" + std::to_string(from), offset(), transitions};
}

}  // namespace

TEST_CASE("Buckets around every change of known zones are what the clock reads", "[time][property]") {
  for (const tests::KnownZone& known : tests::known_zones()) {
    const Zone zone = known.zone();
    const bool has_odd_seconds = known.name == "America/Juneau";
    for (const time::Transition& transition : known.transitions) {
      for (const Bucket bucket : kAll) {
        const std::int64_t from = transition.at_s - kSecondsPerDay;
        check_against_clock(zone, bucket, from, from + 2 * kSecondsPerDay + 1, has_odd_seconds ? 1 : 30);
        check_against_clock(zone, bucket, transition.at_s, transition.at_s + 1, 1);
        check_against_clock(zone, bucket, transition.at_s - 1, transition.at_s, 1);
      }
    }
  }
}

TEST_CASE("Buckets of zones that no one lives in are what the clock reads", "[time][property]") {
  tests::Random random(34);
  for (int round = 0; round < 60; ++round) {
    const std::int64_t start = 30 * static_cast<std::int64_t>(random.below(60'000'000));
    const Zone zone = wild_zone(random, start, start + 10 * kSecondsPerDay);
    for (const Bucket bucket : kAll) {
      const std::int64_t from = start + 30 * static_cast<std::int64_t>(random.below(20'000));
      const std::int64_t to = from + 30 * (1 + static_cast<std::int64_t>(random.below(12'000)));
      check_against_clock(zone, bucket, from, to, 30);
    }
  }
}

TEST_CASE("Boundaries ascend, and cells lead back to their buckets", "[time][property]") {
  tests::Random random(35);
  for (int round = 0; round < 400; ++round) {
    const tests::KnownZone& known = random.pick(tests::known_zones());
    const Bucket bucket = random.pick(kAll);
    const auto window = static_cast<std::size_t>(known.to_s - known.from_s);
    const std::int64_t from = known.from_s + static_cast<std::int64_t>(random.below(window - 2));
    const std::size_t longest = std::min<std::size_t>(window, random.below(2) == 0 ? 500'000 : 200'000'000);
    const std::int64_t to = from + 1 + static_cast<std::int64_t>(random.below(longest));
    const Zone zone =
        random.below(5) == 0 ? wild_zone(random, from, from + 9 * kSecondsPerDay) : known.zone();
    CAPTURE(zone.name(), schema::info(bucket).name, from, to);
    const auto found = time::boundaries_of(zone, bucket, from, to, 300'000);
    REQUIRE(found.has_value());
    REQUIRE(std::adjacent_find(found->at.begin(), found->at.end(), std::greater_equal<>()) ==
            found->at.end());
    REQUIRE(found->index_of(from) == 0);
    REQUIRE(found->index_of(to - 1) == found->count() - 1);
    REQUIRE(time::bucket_end(zone, bucket, to - 1) == found->at.back());
    // Exactly as many as are counted beforehand: one fewer is refused.
    REQUIRE(time::boundaries_of(zone, bucket, from, to, found->count()).has_value());
    REQUIRE_FALSE(time::boundaries_of(zone, bucket, from, to, found->count() - 1).has_value());
    for (const std::size_t most : {1U, 2U, 3U, 32U}) check_grid(*found, most, random);
  }
}
