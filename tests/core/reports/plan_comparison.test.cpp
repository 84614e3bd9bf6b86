// What a range is compared with, and the span of the zone that all of it needs.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <vector>

#include "core/reports/plan.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/reports/plan_query.hpp"

using namespace leadledger;
using reports::make_plan;
using reports::Plan;
using reports::Query;
using schema::Bucket;
using schema::CompareWith;
using tests::at;
using tests::days;
using tests::range;
using tests::shown;
using tests::zone_named;
using time::Zone;

namespace {

std::string earlier(const Query& query, CompareWith with, std::string_view zone_name, std::string_view now) {
  const Zone zone = zone_named(zone_name);
  const auto plan = make_plan(tests::compared(query, with), zone, at(now));
  if (!plan) FAIL(plan.error().detail);
  REQUIRE(plan->comparison.has_value());
  return shown(zone, plan->comparison->range);
}

std::string in_kolkata(const Query& query, CompareWith with) {
  return earlier(query, with, "Asia/Kolkata", "2026-11-21T13:40:00+05:30");
}

/// The zone as it comes for a span: what changes outside is not known.
Zone cut(const Zone& zone, time::Span span) {
  std::vector<time::Transition> inside;
  for (const time::Transition& transition : zone.transitions()) {
    if (transition.at_s > span.from_s && transition.at_s <= span.to_s) inside.push_back(transition);
  }
  return {zone.name(), zone.offset_at(span.from_s), inside};
}

bool same(const reports::Period& a, const reports::Period& b) {
  return a.range.from_s == b.range.from_s && a.range.to_s == b.range.to_s &&
         a.boundaries.at == b.boundaries.at;
}

}  // namespace

TEST_CASE("Nothing is compared unless asked for", "[reports]") {
  const auto plan = make_plan(days(7), zone_named("Asia/Kolkata"), at("2026-11-21T13:40:00+05:30"));
  REQUIRE(plan.has_value());
  CHECK_FALSE(plan->comparison.has_value());
}

TEST_CASE("Whole days are compared with as many days before", "[reports]") {
  constexpr auto kPrevious = CompareWith::previous;
  CHECK(in_kolkata(days(7), kPrevious) == "2026-11-08T00:00:00+05:30 - 2026-11-15T00:00:00+05:30");
  CHECK(in_kolkata(days(7, Bucket::none), kPrevious) ==
        "2026-11-08T00:00:00+05:30 - 2026-11-15T00:00:00+05:30");
  // Of the running week and month only the days until today.
  CHECK(in_kolkata(days(7, Bucket::week), kPrevious) ==
        "2026-11-08T00:00:00+05:30 - 2026-11-15T00:00:00+05:30");
  CHECK(in_kolkata(days(7, Bucket::month), kPrevious) ==
        "2026-11-08T00:00:00+05:30 - 2026-11-15T00:00:00+05:30");
  CHECK(in_kolkata(range("2026-11-01", "2026-11-04"), kPrevious) ==
        "2026-10-29T00:00:00+05:30 - 2026-11-01T00:00:00+05:30");
  CHECK(in_kolkata(range("2026-10-31T18:30:00Z", "2026-11-03T18:30:00Z"), kPrevious) ==
        "2026-10-29T00:00:00+05:30 - 2026-11-01T00:00:00+05:30");
  // Days of 23 and 25 hours count as days, and one that never was does not.
  CHECK(earlier(range("2024-03-11", "2024-03-13"), kPrevious, "America/New_York", "2024-06-01T00:00:00Z") ==
        "2024-03-09T00:00:00-05:00 - 2024-03-11T00:00:00-04:00");
  CHECK(earlier(range("2024-11-03", "2024-11-04"), kPrevious, "America/New_York", "2024-12-01T00:00:00Z") ==
        "2024-11-02T00:00:00-04:00 - 2024-11-03T00:00:00-04:00");
  CHECK(earlier(range("2011-12-31", "2012-01-02"), kPrevious, "Pacific/Apia", "2012-02-01T00:00:00Z") ==
        "2011-12-28T00:00:00-10:00 - 2011-12-31T00:00:00+14:00");
  CHECK(earlier(range("2011-12-29", "2012-01-01"), kPrevious, "Pacific/Apia", "2012-02-01T00:00:00Z") ==
        "2011-12-27T00:00:00-10:00 - 2011-12-29T00:00:00-10:00");
}

TEST_CASE("Days that run are compared hour by hour", "[reports]") {
  CHECK(in_kolkata(days(1, Bucket::minutes_60), CompareWith::previous) ==
        "2026-11-20T00:00:00+05:30 - 2026-11-20T14:00:00+05:30");
  CHECK(in_kolkata(days(7, Bucket::minutes_60), CompareWith::previous) ==
        "2026-11-08T00:00:00+05:30 - 2026-11-14T14:00:00+05:30");
  CHECK(in_kolkata(range("2026-11-21", "", Bucket::minutes_15), CompareWith::previous) ==
        "2026-11-20T00:00:00+05:30 - 2026-11-20T13:45:00+05:30");
  // 02:00 was skipped the day before.
  CHECK(earlier(days(1, Bucket::minutes_30), CompareWith::previous, "America/New_York",
                "2024-03-11T02:10:00-04:00") == "2024-03-10T00:00:00-05:00 - 2024-03-10T03:00:00-04:00");
}

TEST_CASE("Any other range is compared with the same duration before", "[reports]") {
  CHECK(in_kolkata(range("2026-11-20T10:00:00+05:30", "2026-11-20T15:00:00+05:30"), CompareWith::previous) ==
        "2026-11-20T05:00:00+05:30 - 2026-11-20T10:00:00+05:30");
  CHECK(in_kolkata(range("2026-11-20", "2026-11-20T15:00:00+05:30"), CompareWith::previous) ==
        "2026-11-19T09:00:00+05:30 - 2026-11-20T00:00:00+05:30");
  CHECK(in_kolkata(range("2026-11-21T10:00:00+05:30", "", Bucket::minutes_60), CompareWith::previous) ==
        "2026-11-21T06:00:00+05:30 - 2026-11-21T10:00:00+05:30");
  CHECK(earlier(range("2024-11-03T12:00:00-05:00", "2024-11-04T12:00:00-05:00"), CompareWith::previous,
                "America/New_York",
                "2024-12-01T00:00:00Z") == "2024-11-02T13:00:00-04:00 - 2024-11-03T12:00:00-05:00");
}

TEST_CASE("The week before has the same local times", "[reports]") {
  constexpr auto kWeek = CompareWith::previous_week;
  CHECK(in_kolkata(days(7), kWeek) == "2026-11-08T00:00:00+05:30 - 2026-11-15T00:00:00+05:30");
  CHECK(in_kolkata(days(1, Bucket::minutes_60), kWeek) ==
        "2026-11-14T00:00:00+05:30 - 2026-11-14T14:00:00+05:30");
  CHECK(in_kolkata(days(30), kWeek) == "2026-10-16T00:00:00+05:30 - 2026-11-15T00:00:00+05:30");
  CHECK(earlier(range("2024-11-05T09:00:00-05:00", "2024-11-05T17:00:00-05:00"), kWeek, "America/New_York",
                "2024-12-01T00:00:00Z") == "2024-10-29T09:00:00-04:00 - 2024-10-29T17:00:00-04:00");
  CHECK(earlier(range("2024-04-07", "2024-04-08"), kWeek, "Asia/Beirut", "2024-12-01T00:00:00Z") ==
        "2024-03-31T01:00:00+03:00 - 2024-04-01T00:00:00+03:00");
  CHECK(earlier(range("2024-03-31", "2024-04-01"), kWeek, "Asia/Beirut", "2024-12-01T00:00:00Z") ==
        "2024-03-24T00:00:00+02:00 - 2024-03-25T00:00:00+02:00");
}

TEST_CASE("What is compared with is never empty", "[reports]") {
  // The hour was skipped a week before; so was the date.
  CHECK(earlier(range("2024-03-17T02:10:00-04:00", "2024-03-17T02:40:00-04:00"), CompareWith::previous_week,
                "America/New_York",
                "2024-12-01T00:00:00Z") == "2024-03-10T03:00:00-04:00 - 2024-03-10T03:30:00-04:00");
  CHECK(earlier(range("2012-01-06", "2012-01-07"), CompareWith::previous_week, "Pacific/Apia",
                "2012-12-01T00:00:00Z") == "2011-12-31T00:00:00+14:00 - 2012-01-01T00:00:00+14:00");
  // An hour that came twice: the second 01:20 follows the first 01:40.
  CHECK(earlier(range("2024-11-03T01:40:00-04:00", "2024-11-03T01:20:00-05:00"), CompareWith::previous_week,
                "America/New_York",
                "2024-12-01T00:00:00Z") == "2024-10-27T01:40:00-04:00 - 2024-10-27T02:20:00-04:00");
}

TEST_CASE("The year before has the same local dates", "[reports]") {
  constexpr auto kYear = CompareWith::previous_year;
  CHECK(in_kolkata(days(7), kYear) == "2025-11-15T00:00:00+05:30 - 2025-11-22T00:00:00+05:30");
  CHECK(in_kolkata(days(1, Bucket::minutes_60), kYear) ==
        "2025-11-21T00:00:00+05:30 - 2025-11-21T14:00:00+05:30");
  CHECK(in_kolkata(range("2026-01-01", "2026-02-01"), kYear) ==
        "2025-01-01T00:00:00+05:30 - 2025-02-01T00:00:00+05:30");
  // Around a leap day.
  CHECK(in_kolkata(range("2024-02-29", "2024-03-01"), kYear) ==
        "2023-02-28T00:00:00+05:30 - 2023-03-01T00:00:00+05:30");
  CHECK(in_kolkata(range("2024-02-28", "2024-02-29"), kYear) ==
        "2023-02-28T00:00:00+05:30 - 2023-03-01T00:00:00+05:30");
  CHECK(in_kolkata(range("2024-02-01", "2024-02-29"), kYear) ==
        "2023-02-01T00:00:00+05:30 - 2023-03-01T00:00:00+05:30");
  CHECK(in_kolkata(range("2024-02-01", "2024-03-01"), kYear) ==
        "2023-02-01T00:00:00+05:30 - 2023-03-01T00:00:00+05:30");
  CHECK(in_kolkata(range("2025-02-01", "2025-03-01"), kYear) ==
        "2024-02-01T00:00:00+05:30 - 2024-03-01T00:00:00+05:30");
  CHECK(in_kolkata(range("2024-02-29T10:00:00+05:30", "2024-02-29T12:00:00+05:30"), kYear) ==
        "2023-02-28T10:00:00+05:30 - 2023-02-28T12:00:00+05:30");
  // Summer time began on another date.
  CHECK(earlier(range("2024-03-11", "2024-03-12"), kYear, "America/New_York", "2024-12-01T00:00:00Z") ==
        "2023-03-11T00:00:00-04:00 - 2023-03-12T00:00:00-04:00");
}

TEST_CASE("A comparison may have a few buckets more than an answer", "[reports]") {
  // 9,000 quarters of an hour; in those a week before an hour comes twice.
  const Query query =
      tests::compared(range("2024-11-10T00:00:00-05:00", "2025-02-11T18:00:00-05:00", Bucket::minutes_15),
                      CompareWith::previous_week);
  const auto plan = make_plan(query, zone_named("America/New_York"), at("2025-03-01T00:00:00Z"));
  REQUIRE(plan.has_value());
  CHECK(plan->period.boundaries.count() == 9000);
  CHECK(plan->comparison->boundaries.count() == 9004);
}

TEST_CASE("The span of a zone lies between 1970 and a little past the present", "[reports]") {
  const std::int64_t now = at("2026-11-21T08:00:00Z");
  const std::array<Query, 7> queries = {days(7),
                                        days(90, Bucket::month),
                                        range("1970-01-01", ""),
                                        range("0001-01-01", "9999-12-31"),
                                        range("9999-12-31", "0001-01-01"),
                                        range("9999-12-30", "9999-12-31"),
                                        range("0001-01-01", "0001-01-02")};
  for (const Query& query : queries) {
    for (const CompareWith with :
         {CompareWith::none, CompareWith::previous, CompareWith::previous_week, CompareWith::previous_year}) {
      const time::Span span = reports::zone_span(tests::compared(query, with), now);
      CHECK(span.from_s >= 0);
      CHECK(span.from_s < span.to_s);
      CHECK(span.to_s <= now + 70 * time::kSecondsPerDay);
    }
  }
  Query extreme = days(0);
  extreme.from = reports::Moment{{}, std::numeric_limits<std::int64_t>::min()};
  extreme.to = reports::Moment{{}, std::numeric_limits<std::int64_t>::max()};
  CHECK(reports::zone_span(extreme, now).from_s == 0);
}

TEST_CASE("No plan needs more of the zone than its span", "[reports][property]") {
  tests::Random random(37);
  constexpr std::array kBuckets = {Bucket::minutes_60, Bucket::day, Bucket::week, Bucket::month,
                                   Bucket::none};
  constexpr std::array kWith = {CompareWith::none, CompareWith::previous, CompareWith::previous_week,
                                CompareWith::previous_year};
  int planned = 0;
  for (int round = 0; round < 3000; ++round) {
    const tests::KnownZone& known = random.pick(tests::known_zones());
    if (known.from_s < 0) continue;
    const Zone zone = known.zone();
    const auto window = static_cast<std::size_t>(known.to_s - known.from_s);
    const std::int64_t now = known.from_s + static_cast<std::int64_t>(random.below(window));
    const std::int64_t from = now - static_cast<std::int64_t>(random.below(200)) * time::kSecondsPerDay / 2;
    const std::int64_t to = from + static_cast<std::int64_t>(random.below(200)) * time::kSecondsPerDay / 2;
    Query query = days(static_cast<int>(1 + random.below(90)), random.pick(kBuckets));
    if (random.below(3) > 0) query.from = reports::Moment{{}, from};
    if (random.below(2) > 0 && query.from) query.from->date = time::date_of(time::floor_div(from, 86'400));
    if (query.from && random.below(3) > 0) query.to = reports::Moment{{}, to};
    if (random.below(2) > 0 && query.to) query.to->date = time::date_of(time::floor_div(to, 86'400));
    query.compare = random.pick(kWith);
    CAPTURE(zone.name(), now, from, to, query.days);
    const auto full = make_plan(query, zone, now);
    const auto part = make_plan(query, cut(zone, reports::zone_span(query, now)), now);
    REQUIRE(full.has_value() == part.has_value());
    if (!full) continue;
    ++planned;
    REQUIRE(same(full->period, part->period));
    REQUIRE(full->comparison.has_value() == (query.compare != CompareWith::none));
    if (full->comparison) REQUIRE(same(*full->comparison, *part->comparison));
    REQUIRE(full->running == (full->period.range.to_s > now));
    if (full->comparison) REQUIRE(full->comparison->range.from_s < full->comparison->range.to_s);
  }
  CHECK(planned > 1000);
}
