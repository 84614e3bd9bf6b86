#include "core/time/zone.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <string>

#include "core/time/civil.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/time/zones.hpp"

using namespace leadledger;
using tests::at;
using tests::shown;
using tests::zone_named;
using time::Zone;

namespace {

Result<Zone> read(std::string json) { return Zone::read("Somewhere/Else", json.data(), json.size()); }

std::int64_t day(std::int64_t year, int month, int number) { return time::days_of({year, month, number}); }

/// The offset by looking at each transition.
std::int64_t naive_offset(const tests::KnownZone& known, std::int64_t instant) {
  std::int64_t offset = known.first_offset_s;
  for (const time::Transition& transition : known.transitions) {
    if (transition.at_s <= instant) offset = transition.offset_s;
  }
  return offset;
}

}  // namespace

TEST_CASE("A zone is read from its transitions", "[time]") {
  const auto zone =
      read(R"({"offset": -18000, "transitions": [[1710054000, -14400], [1730613600, -18000]]})");
  REQUIRE(zone.has_value());
  CHECK(zone->name() == "Somewhere/Else");
  REQUIRE(zone->transitions().size() == 2);
  CHECK(zone->offset_at(0) == -18000);
  CHECK(zone->offset_at(1'710'053'999) == -18000);
  CHECK(zone->offset_at(1'710'054'000) == -14400);
  CHECK(zone->offset_at(1'730'613'599) == -14400);
  CHECK(zone->offset_at(1'730'613'600) == -18000);
  CHECK(zone->local_at(1'710'054'000) == 1'710'039'600);
}

TEST_CASE("A zone without transitions is one stretch without an end", "[time]") {
  const auto zone = read(R"({"offset": 19800, "transitions": []})");
  REQUIRE(zone.has_value());
  const time::Stretch stretch = zone->stretch_at(at("2026-11-21T00:00:00Z"));
  CHECK(stretch.from_s == time::kLongAgo);
  CHECK(stretch.to_s == time::kNever);
  CHECK(stretch.offset_s == 19800);
}

TEST_CASE("What is no zone is an error of ours", "[time]") {
  const std::string json = GENERATE(
      as<std::string>{}, "", "null", "[]", "{}", R"({"offset": 0})", R"({"transitions": []})",
      R"({"offset": "0", "transitions": []})", R"({"offset": 0.5, "transitions": []})",
      R"({"offset": 86400, "transitions": []})", R"({"offset": -86400, "transitions": []})",
      R"({"offset": -9223372036854775808, "transitions": []})", R"({"offset": 0, "transitions": {}})",
      R"({"offset": 0, "transitions": null})", R"({"offset": 0, "transitions": [1]})",
      R"({"offset": 0, "transitions": [[1]]})", R"({"offset": 0, "transitions": [[]]})",
      R"({"offset": 0, "transitions": [[1, 2, 3]]})", R"({"offset": 0, "transitions": [[1, "2"]]})",
      R"({"offset": 0, "transitions": [["1", 2]]})", R"({"offset": 0, "transitions": [[1, null]]})",
      R"({"offset": 0, "transitions": [[1, 86400]]})", R"({"offset": 0, "transitions": [[1, -86400]]})",
      R"({"offset": 0, "transitions": [[5, 60], [5, 0]]})",
      R"({"offset": 0, "transitions": [[5, 60], [4, 0]]})",
      R"({"offset": 0, "transitions": [[9223372036854775807, 0]]})",
      R"({"offset": 0, "transitions": [[-9223372036854775807, 0]]})",
      R"({"offset": 0, "transitions": [[99999999999999999999, 0]]})", R"({"offset": 0, "transitions": []} x)",
      R"({"offset": 0, "transitions": [)");
  CAPTURE(json);
  const auto zone = read(json);
  REQUIRE_FALSE(zone.has_value());
  CHECK(zone.error().code == ErrorCode::internal);
}

TEST_CASE("Broken zones never break the reader", "[time][property]") {
  tests::Random random(32);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto zone = read(
        tests::mutated(random, R"({"offset": 3600, "transitions": [[1698541200, 0], [1711846800, 3600]]})"));
    if (!zone) continue;
    ++accepted;
    const std::int64_t instant = at("2024-01-01T00:00:00Z");
    const std::int64_t today = zone->day_at(instant);
    if (zone->start_of_day(today) > instant || zone->start_of_day(today + 1) <= instant)
      FAIL("round " << round);
  }
  CHECK(accepted > 0);
  CHECK(accepted < 20'000);
}

TEST_CASE("Days begin with the first instant of their date", "[time]") {
  struct Known {
    std::string zone;
    std::int64_t day;
    std::string start;
  };
  const auto known = GENERATE(values<Known>({
      {"Asia/Kolkata", day(2026, 11, 21), "2026-11-21T00:00:00+05:30"},
      {"America/New_York", day(2024, 3, 10), "2024-03-10T00:00:00-05:00"},
      {"America/New_York", day(2024, 3, 11), "2024-03-11T00:00:00-04:00"},
      // Midnight is skipped.
      {"Asia/Beirut", day(2024, 3, 31), "2024-03-31T01:00:00+03:00"},
      {"Africa/Cairo", day(2024, 4, 26), "2024-04-26T01:00:00+03:00"},
      {"America/Santiago", day(2024, 9, 8), "2024-09-08T01:00:00-03:00"},
      {"America/Havana", day(2024, 3, 10), "2024-03-10T01:00:00-04:00"},
      {"Atlantic/Azores", day(2024, 3, 31), "2024-03-31T01:00:00+00:00"},
      {"America/Asuncion", day(2024, 10, 6), "2024-10-06T01:00:00-03:00"},
      {"Asia/Kathmandu", day(1986, 1, 1), "1986-01-01T00:15:00+05:45"},
      // Midnight comes twice.
      {"America/Havana", day(2024, 11, 3), "2024-11-03T00:00:00-04:00"},
      {"Atlantic/Azores", day(2024, 10, 27), "2024-10-27T00:00:00+00:00"},
      {"America/St_Johns", day(2006, 10, 29), "2006-10-29T00:00:00-02:30"},
      // The clock goes back before it shows midnight.
      {"Asia/Beirut", day(2024, 10, 27), "2024-10-27T00:00:00+02:00"},
      {"America/Santiago", day(2024, 4, 7), "2024-04-07T00:00:00-04:00"},
      {"Asia/Pyongyang", day(2015, 8, 15), "2015-08-15T00:00:00+08:30"},
      {"Asia/Pyongyang", day(2018, 5, 5), "2018-05-05T00:00:00+09:00"},
      // Dates that never were, and one that was twice.
      {"Pacific/Apia", day(2011, 12, 30), "2011-12-31T00:00:00+14:00"},
      {"Pacific/Apia", day(2011, 12, 31), "2011-12-31T00:00:00+14:00"},
      {"Pacific/Kwajalein", day(1993, 8, 21), "1993-08-22T00:00:00+12:00"},
      // (-08:57:41 is written as the nearest minute, and the time with it.)
      {"America/Juneau", day(1867, 10, 20), "1867-10-19T23:59:41-08:58"},
  }));
  CAPTURE(known.zone, known.start);
  const Zone zone = zone_named(known.zone);
  CHECK(shown(zone, zone.start_of_day(known.day)) == known.start);
}

TEST_CASE("An instant is in the day that had begun", "[time]") {
  const Zone st_johns = zone_named("America/St_Johns");
  // 00:00:30 came, then it was 23:01 of the day before once more.
  CHECK(st_johns.day_at(at("2006-10-28T23:59:59-02:30")) == day(2006, 10, 28));
  CHECK(st_johns.day_at(at("2006-10-29T00:00:30-02:30")) == day(2006, 10, 29));
  CHECK(st_johns.day_at(at("2006-10-28T23:30:00-03:30")) == day(2006, 10, 29));
  CHECK(st_johns.day_at(at("2006-10-29T23:30:00-03:30")) == day(2006, 10, 29));
  const Zone apia = zone_named("Pacific/Apia");
  CHECK(apia.day_at(at("2011-12-29T23:59:59-10:00")) == day(2011, 12, 29));
  CHECK(apia.day_at(at("2011-12-31T00:00:00+14:00")) == day(2011, 12, 31));
}

TEST_CASE("A reading of the clock has a first instant", "[time]") {
  const Zone zone = zone_named("America/New_York");
  const auto first = [&](std::int64_t hour, std::int64_t date) {
    return shown(zone, zone.first_at_local(date * time::kSecondsPerDay + hour * 3600));
  };
  CHECK(first(1, day(2024, 11, 3)) == "2024-11-03T01:00:00-04:00");
  CHECK(first(2, day(2024, 11, 3)) == "2024-11-03T02:00:00-05:00");
  CHECK(first(2, day(2024, 3, 10)) == "2024-03-10T03:00:00-04:00");
  CHECK(first(3, day(2024, 3, 10)) == "2024-03-10T03:00:00-04:00");
}

TEST_CASE("Days of every zone cover time without gap or overlap", "[time][property]") {
  tests::Random random(33);
  for (const tests::KnownZone& known : tests::known_zones()) {
    CAPTURE(known.name);
    const Zone zone = known.zone();
    std::int64_t instant = known.from_s;
    while (instant < known.to_s) {
      const std::int64_t today = zone.day_at(instant);
      const std::int64_t start = zone.start_of_day(today);
      const std::int64_t end = zone.start_of_day(today + 1);
      if (start > instant || end <= instant) FAIL("at " << instant);
      if (zone.offset_at(instant) != naive_offset(known, instant)) FAIL("offset at " << instant);
      // The date itself is shown at the start: it is a day that was.
      if (time::floor_div(zone.local_at(start), time::kSecondsPerDay) != today) FAIL("start of " << today);
      if (zone.local_at(start - 1) >= today * time::kSecondsPerDay) FAIL("before the start of " << today);
      instant += 1 + static_cast<std::int64_t>(random.below(2 * time::kSecondsPerDay));
    }
  }
  SUCCEED("all covered");
}
