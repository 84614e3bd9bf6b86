#include "core/time/buckets.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <vector>

#include "tests/core/time/zones.hpp"

using namespace leadledger;
using tests::at;
using tests::shown;
using tests::zone_named;
using time::Boundaries;
using time::Bucket;
using time::CellGrid;
using time::Zone;

namespace {

constexpr std::size_t kPlenty = 1'000'000;

Boundaries boundaries(const Zone& zone, Bucket bucket, std::string_view from, std::string_view to) {
  auto found = time::boundaries_of(zone, bucket, at(from), at(to), kPlenty);
  REQUIRE(found.has_value());
  return *found;
}

using Texts = std::vector<std::string>;

Texts shown_boundaries(std::string_view name, Bucket bucket, std::string_view from, std::string_view to) {
  const Zone zone = zone_named(name);
  Texts texts;
  for (const std::int64_t instant : boundaries(zone, bucket, from, to).at)
    texts.push_back(shown(zone, instant));
  return texts;
}

}  // namespace

TEST_CASE("Hours that the clock skips are no buckets, and those it repeats are two", "[time]") {
  CHECK(shown_boundaries("America/New_York", Bucket::minutes_60, "2024-03-10T01:10:00-05:00",
                         "2024-03-10T03:10:00-04:00") ==
        Texts{"2024-03-10T01:00:00-05:00", "2024-03-10T03:00:00-04:00", "2024-03-10T04:00:00-04:00"});
  CHECK(shown_boundaries("America/New_York", Bucket::minutes_30, "2024-03-10T01:30:00-05:00",
                         "2024-03-10T03:30:00-04:00") ==
        Texts{"2024-03-10T01:30:00-05:00", "2024-03-10T03:00:00-04:00", "2024-03-10T03:30:00-04:00"});
  CHECK(shown_boundaries("America/New_York", Bucket::minutes_60, "2024-11-03T00:00:00-04:00",
                         "2024-11-03T02:00:00-05:00") ==
        Texts{"2024-11-03T00:00:00-04:00", "2024-11-03T01:00:00-04:00", "2024-11-03T01:00:00-05:00",
              "2024-11-03T02:00:00-05:00"});
  CHECK(shown_boundaries("Antarctica/Troll", Bucket::minutes_60, "2024-03-31T00:00:00+00:00",
                         "2024-03-31T03:00:00+02:00") ==
        Texts{"2024-03-31T00:00:00+00:00", "2024-03-31T03:00:00+02:00"});
}

TEST_CASE("A change of half an hour is no boundary of hours, and one of half hours", "[time]") {
  CHECK(shown_boundaries("Australia/Lord_Howe", Bucket::minutes_60, "2024-04-07T00:00:00+11:00",
                         "2024-04-07T03:00:00+10:30") ==
        Texts{"2024-04-07T00:00:00+11:00", "2024-04-07T01:00:00+11:00", "2024-04-07T02:00:00+10:30",
              "2024-04-07T03:00:00+10:30"});
  CHECK(shown_boundaries("Australia/Lord_Howe", Bucket::minutes_30, "2024-04-07T01:00:00+11:00",
                         "2024-04-07T02:00:00+10:30") ==
        Texts{"2024-04-07T01:00:00+11:00", "2024-04-07T01:30:00+11:00", "2024-04-07T01:30:00+10:30",
              "2024-04-07T02:00:00+10:30"});
  CHECK(shown_boundaries("Australia/Lord_Howe", Bucket::minutes_60, "2024-10-06T01:00:00+10:30",
                         "2024-10-06T04:00:00+11:00") ==
        Texts{"2024-10-06T01:00:00+10:30", "2024-10-06T03:00:00+11:00", "2024-10-06T04:00:00+11:00"});
  CHECK(shown_boundaries("Australia/Lord_Howe", Bucket::minutes_30, "2024-10-06T01:30:00+10:30",
                         "2024-10-06T03:00:00+11:00") ==
        Texts{"2024-10-06T01:30:00+10:30", "2024-10-06T02:30:00+11:00", "2024-10-06T03:00:00+11:00"});
  CHECK(shown_boundaries("America/Caracas", Bucket::minutes_60, "2016-05-01T01:00:00-04:30",
                         "2016-05-01T04:00:00-04:00") ==
        Texts{"2016-05-01T01:00:00-04:30", "2016-05-01T02:00:00-04:30", "2016-05-01T03:00:00-04:00",
              "2016-05-01T04:00:00-04:00"});
  CHECK(shown_boundaries("Asia/Pyongyang", Bucket::minutes_60, "2015-08-14T23:00:00+09:00",
                         "2015-08-15T01:00:00+08:30") ==
        Texts{"2015-08-14T23:00:00+09:00", "2015-08-15T00:00:00+08:30", "2015-08-15T01:00:00+08:30"});
  CHECK(shown_boundaries("Asia/Pyongyang", Bucket::minutes_60, "2018-05-04T23:00:00+08:30",
                         "2018-05-05T01:00:00+09:00") ==
        Texts{"2018-05-04T23:00:00+08:30", "2018-05-05T00:00:00+09:00", "2018-05-05T01:00:00+09:00"});
}

TEST_CASE("Boundaries below a day stand on the local clock", "[time]") {
  CHECK(shown_boundaries("Asia/Kolkata", Bucket::minutes_60, "2026-11-21T09:15:00+05:30",
                         "2026-11-21T10:15:00+05:30") ==
        Texts{"2026-11-21T09:00:00+05:30", "2026-11-21T10:00:00+05:30", "2026-11-21T11:00:00+05:30"});
  CHECK(shown_boundaries("Asia/Kathmandu", Bucket::minutes_30, "1986-11-21T09:00:00+05:45",
                         "1986-11-21T09:45:00+05:45") ==
        Texts{"1986-11-21T09:00:00+05:45", "1986-11-21T09:30:00+05:45", "1986-11-21T10:00:00+05:45"});
  CHECK(shown_boundaries("Asia/Kathmandu", Bucket::minutes_15, "1985-12-31T23:45:00+05:30",
                         "1986-01-01T00:30:00+05:45") ==
        Texts{"1985-12-31T23:45:00+05:30", "1986-01-01T00:15:00+05:45", "1986-01-01T00:30:00+05:45"});
  CHECK(shown_boundaries("Asia/Kathmandu", Bucket::minutes_60, "1985-12-31T23:45:00+05:30",
                         "1986-01-01T00:30:00+05:45") ==
        Texts{"1985-12-31T23:00:00+05:30", "1986-01-01T01:00:00+05:45"});
  CHECK(shown_boundaries("Africa/Monrovia", Bucket::minutes_60, "1972-01-06T23:00:00-00:45",
                         "1972-01-07T02:00:00+00:00") ==
        Texts{"1972-01-06T22:59:30-00:45", "1972-01-07T01:00:00+00:00", "1972-01-07T02:00:00+00:00"});
}

TEST_CASE("Midnight that is skipped, that comes twice, that comes back", "[time]") {
  CHECK(shown_boundaries("Asia/Beirut", Bucket::day, "2024-03-30T12:00:00+02:00",
                         "2024-03-31T12:00:00+03:00") ==
        Texts{"2024-03-30T00:00:00+02:00", "2024-03-31T01:00:00+03:00", "2024-04-01T00:00:00+03:00"});
  CHECK(shown_boundaries("Asia/Beirut", Bucket::minutes_60, "2024-10-26T22:00:00+03:00",
                         "2024-10-27T00:00:00+02:00") ==
        Texts{"2024-10-26T22:00:00+03:00", "2024-10-26T23:00:00+03:00", "2024-10-26T23:00:00+02:00",
              "2024-10-27T00:00:00+02:00"});
  CHECK(shown_boundaries("Asia/Beirut", Bucket::day, "2024-10-26T23:30:00+02:00",
                         "2024-10-26T23:31:00+02:00") ==
        Texts{"2024-10-26T00:00:00+03:00", "2024-10-27T00:00:00+02:00"});
  CHECK(shown_boundaries("America/Havana", Bucket::day, "2024-11-03T00:30:00-05:00",
                         "2024-11-03T00:31:00-05:00") ==
        Texts{"2024-11-03T00:00:00-04:00", "2024-11-04T00:00:00-05:00"});
  CHECK(shown_boundaries("America/Havana", Bucket::minutes_60, "2024-11-02T23:00:00-04:00",
                         "2024-11-03T01:00:00-05:00") ==
        Texts{"2024-11-02T23:00:00-04:00", "2024-11-03T00:00:00-04:00", "2024-11-03T00:00:00-05:00",
              "2024-11-03T01:00:00-05:00"});
  CHECK(shown_boundaries("America/St_Johns", Bucket::day, "2006-10-28T23:30:00-03:30",
                         "2006-10-28T23:31:00-03:30") ==
        Texts{"2006-10-29T00:00:00-02:30", "2006-10-30T00:00:00-03:30"});
  CHECK(shown_boundaries("America/St_Johns", Bucket::minutes_60, "2006-10-28T23:00:00-02:30",
                         "2006-10-29T01:00:00-03:30") ==
        Texts{"2006-10-28T23:00:00-02:30", "2006-10-29T00:00:00-02:30", "2006-10-29T00:00:00-03:30",
              "2006-10-29T01:00:00-03:30"});
}

TEST_CASE("Dates that never were are no buckets", "[time]") {
  CHECK(shown_boundaries("Pacific/Apia", Bucket::day, "2011-12-29T12:00:00-10:00",
                         "2012-01-01T00:00:00+14:00") ==
        Texts{"2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", "2012-01-01T00:00:00+14:00"});
  CHECK(shown_boundaries("Pacific/Apia", Bucket::minutes_60, "2011-12-29T23:00:00-10:00",
                         "2011-12-31T01:00:00+14:00") ==
        Texts{"2011-12-29T23:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T01:00:00+14:00"});
  CHECK(shown_boundaries("Pacific/Apia", Bucket::week, "2011-12-31T12:00:00+14:00",
                         "2012-01-02T00:00:00+14:00") ==
        Texts{"2011-12-26T00:00:00-10:00", "2012-01-02T00:00:00+14:00"});
  CHECK(shown_boundaries("Pacific/Kwajalein", Bucket::day, "1993-08-20T12:00:00-12:00",
                         "1993-08-22T12:00:00+12:00") ==
        Texts{"1993-08-20T00:00:00-12:00", "1993-08-22T00:00:00+12:00", "1993-08-23T00:00:00+12:00"});
}

TEST_CASE("Weeks begin on Monday and months on the 1st", "[time]") {
  CHECK(shown_boundaries("America/New_York", Bucket::week, "2026-10-31T12:00:00-04:00",
                         "2026-11-02T00:00:01-05:00") ==
        Texts{"2026-10-26T00:00:00-04:00", "2026-11-02T00:00:00-05:00", "2026-11-09T00:00:00-05:00"});
  CHECK(shown_boundaries("America/New_York", Bucket::month, "2024-01-31T12:00:00-05:00",
                         "2024-04-01T00:00:00-04:00") ==
        Texts{"2024-01-01T00:00:00-05:00", "2024-02-01T00:00:00-05:00", "2024-03-01T00:00:00-05:00",
              "2024-04-01T00:00:00-04:00"});
  CHECK(shown_boundaries("Asia/Kolkata", Bucket::month, "2025-12-31T23:59:59+05:30",
                         "2026-01-01T00:00:01+05:30") ==
        Texts{"2025-12-01T00:00:00+05:30", "2026-01-01T00:00:00+05:30", "2026-02-01T00:00:00+05:30"});
}

TEST_CASE("A range that begins and ends on boundaries has no bucket around it", "[time]") {
  CHECK(boundaries(zone_named("Asia/Kolkata"), Bucket::day, "2026-11-15T00:00:00+05:30",
                   "2026-11-22T00:00:00+05:30")
            .count() == 7);
  CHECK(boundaries(zone_named("Asia/Kolkata"), Bucket::minutes_15, "2026-11-15T00:00:00+05:30",
                   "2026-11-16T00:00:00+05:30")
            .count() == 96);
}

TEST_CASE("No buckets are asked for, or the range is empty", "[time]") {
  const Zone zone = zone_named("Asia/Kolkata");
  CHECK(boundaries(zone, Bucket::none, "2026-11-15T00:00:00Z", "2026-11-22T00:00:00Z").count() == 0);
  CHECK(boundaries(zone, Bucket::day, "2026-11-15T00:00:00Z", "2026-11-15T00:00:00Z").at.empty());
  CHECK(boundaries(zone, Bucket::day, "2026-11-15T00:00:00Z", "2026-11-14T00:00:00Z").at.empty());
}

TEST_CASE("Too many buckets are refused with what would fit", "[time]") {
  const Zone zone = zone_named("Asia/Kolkata");
  const auto refusal = [&](Bucket bucket, std::string_view from, std::string_view to, std::size_t most) {
    const auto found = time::boundaries_of(zone, bucket, at(from), at(to), most);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().code == ErrorCode::bad_parameter);
    REQUIRE(found.error().fields.size() == 1);
    CHECK(found.error().fields[0].name == "bucket");
    return found.error().fields[0].reason;
  };
  CHECK(refusal(Bucket::minutes_15, "2026-08-01T00:00:00+05:30", "2026-10-30T00:00:00+05:30", 5000) ==
        "The range has 8640 buckets of 15min, and an answer has at most 5000: take a larger bucket (30min, "
        "60min, day, week, month) or a shorter range.");
  CHECK(refusal(Bucket::day, "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", 5000) ==
        "The range has 3652059 buckets of day, and an answer has at most 5000: take a shorter range.");
  CHECK(
      refusal(Bucket::week, "0001-01-01T00:00:00+05:30", "9999-12-31T00:00:00+05:30", 200'000) ==
      "The range has 521723 buckets of week, and an answer has at most 200000: take a larger bucket (month) "
      "or a shorter range.");
  CHECK(time::boundaries_of(zone, Bucket::day, at("2026-11-01T00:00:00+05:30"),
                            at("2026-11-08T00:00:00+05:30"), 7)
            .has_value());
  CHECK_FALSE(time::boundaries_of(zone, Bucket::day, at("2026-11-01T00:00:00+05:30"),
                                  at("2026-11-08T00:00:01+05:30"), 7)
                  .has_value());
}

TEST_CASE("A date that never was does not count towards the limit", "[time]") {
  const Zone apia = zone_named("Pacific/Apia");
  const std::int64_t from = at("2011-12-28T00:00:00-10:00");
  CHECK(time::boundaries_of(apia, Bucket::day, from, at("2012-01-01T00:00:00+14:00"), 3).has_value());
  CHECK_FALSE(time::boundaries_of(apia, Bucket::day, from, at("2012-01-01T00:00:01+14:00"), 3).has_value());
}

TEST_CASE("A date that never was counts only where the range goes past it", "[time]") {
  const Zone apia = zone_named("Pacific/Apia");
  const std::int64_t from = at("2011-12-28T00:00:00-10:00");
  const std::int64_t to = at("2011-12-30T00:00:00-10:00");  // the same as 2011-12-31T00:00:00+14:00
  CHECK(time::boundaries_of(apia, Bucket::day, from, to, 2).has_value());
  CHECK_FALSE(time::boundaries_of(apia, Bucket::day, from, to, 1).has_value());
}

TEST_CASE("The running bucket has an end", "[time]") {
  const Zone zone = zone_named("America/New_York");
  const std::int64_t instant = at("2024-11-03T01:20:00-04:00");
  const auto end = [&](Bucket bucket) { return shown(zone, time::bucket_end(zone, bucket, instant)); };
  CHECK(end(Bucket::minutes_15) == "2024-11-03T01:30:00-04:00");
  CHECK(end(Bucket::minutes_30) == "2024-11-03T01:30:00-04:00");
  CHECK(end(Bucket::minutes_60) == "2024-11-03T01:00:00-05:00");
  CHECK(end(Bucket::day) == "2024-11-04T00:00:00-05:00");
  CHECK(end(Bucket::none) == "2024-11-04T00:00:00-05:00");
  CHECK(end(Bucket::week) == "2024-11-04T00:00:00-05:00");
  CHECK(end(Bucket::month) == "2024-12-01T00:00:00-05:00");
  CHECK(time::bucket_end(zone, Bucket::minutes_15, at("2024-11-03T01:30:00-04:00")) ==
        at("2024-11-03T01:45:00-04:00"));
  CHECK(time::bucket_end(zone_named("Pacific/Apia"), Bucket::day, at("2011-12-29T12:00:00-10:00")) ==
        at("2011-12-31T00:00:00+14:00"));
}
