// What one statement counts: two periods and hours of the week, each instant where it belongs.
#include "core/reports/timeline.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <optional>
#include <vector>

#include "core/reports/statements.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/reports/plan_query.hpp"

using namespace leadledger;
using namespace leadledger::reports;
using tests::at;
using tests::compared;
using tests::days;
using tests::range;
using tests::zone_named;
using time::Zone;

namespace {

constexpr std::string_view kNow = "2026-11-21T13:40:00+05:30";

Plan plan_of(const Query& query, std::string_view zone = "Asia/Kolkata", std::string_view now = kNow) {
  auto plan = make_plan(query, zone_named(zone), at(now), 20'000);
  REQUIRE(plan.has_value());
  return std::move(*plan);
}

/// As SQL computes it.
std::int64_t cell_at(const Timeline& timeline, std::int64_t instant) {
  const auto& segments = timeline.stretches().grid.segments();
  if (segments.empty()) return 0;
  const time::Segment* segment = &segments.front();
  for (const time::Segment& next : segments) {
    if (next.start_s <= instant) segment = &next;
  }
  return segment->first_cell + (instant - segment->start_s) / segment->step_s;
}

bool is_asked_for(const Timeline& timeline, std::int64_t instant) {
  const Range& whole = timeline.stretches().range;
  const Range& gap = timeline.gap();
  return whole.from_s <= instant && instant < whole.to_s && !(gap.from_s <= instant && instant < gap.to_s);
}

std::optional<std::uint32_t> expected_bucket(const Period& period, std::int64_t instant) {
  if (instant < period.range.from_s || instant >= period.range.to_s) return std::nullopt;
  const auto& edges = period.boundaries.at;
  if (edges.empty()) return 0;
  return static_cast<std::uint32_t>(std::upper_bound(edges.begin(), edges.end(), instant) - edges.begin() -
                                    1);
}

std::uint32_t expected_hour(const Zone& zone, std::int64_t instant) {
  const std::int64_t local = zone.local_at(instant);
  const std::int64_t day = time::floor_div(local, time::kSecondsPerDay);
  const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;
  return static_cast<std::uint32_t>(weekday * 24 + (local - day * time::kSecondsPerDay) / 3600);
}

}  // namespace

TEST_CASE("Without comparison and hours the statement is that of the period", "[timeline]") {
  const Plan plan = plan_of(days(7));
  const auto timelines = timelines_of(plan, true);
  REQUIRE(timelines.size() == 1);
  CHECK(timelines[0].stretches().boundaries.at == plan.period.boundaries.at);
  CHECK(timelines[0].gap().from_s == timelines[0].gap().to_s);
  CHECK_FALSE(timelines[0].has_comparison());
  CHECK(timelines[0].place_of(6)->period == 6U);
  CHECK(timelines[0].place_of(7) == nullptr);
  CHECK(timelines[0].place_of(-1) == nullptr);
}

TEST_CASE("Periods that touch are one range of even cells", "[timeline]") {
  const auto timelines = timelines_of(plan_of(compared(days(7), CompareWith::previous)), true);
  REQUIRE(timelines.size() == 1);
  const Timeline& one = timelines[0];
  CHECK(one.stretches().boundaries.count() == 14);
  CHECK(one.stretches().grid.segments().size() == 1);
  CHECK(one.gap().from_s == one.gap().to_s);
  CHECK(one.place_of(6)->comparison == 6U);
  CHECK_FALSE(one.place_of(6)->period.has_value());
  CHECK(one.place_of(7)->period == 0U);
  CHECK_FALSE(one.place_of(7)->comparison.has_value());
}

TEST_CASE("What lies between two periods is a gap", "[timeline]") {
  const Query query =
      compared(range("2026-11-20", "2026-11-21", Bucket::minutes_60), CompareWith::previous_week);
  const auto timelines = timelines_of(plan_of(query), true);
  REQUIRE(timelines.size() == 1);
  CHECK(timelines[0].gap().from_s == at("2026-11-14T00:00:00+05:30"));
  CHECK(timelines[0].gap().to_s == at("2026-11-20T00:00:00+05:30"));
  CHECK(timelines[0].place_of(24) == nullptr);
  CHECK(timelines[0].place_of(25)->period == 0U);
}

TEST_CASE("A comparison that is gone is asked for by no statement", "[timeline]") {
  Plan plan = plan_of(compared(days(7), CompareWith::previous_year));
  CHECK_FALSE(plan.comparison_is_gone);
  CHECK(timelines_of(plan, false).size() == 2);
  plan.comparison_is_gone = true;
  for (const bool in_one : {true, false}) {
    const auto timelines = timelines_of(plan, in_one);
    REQUIRE(timelines.size() == 1);
    CHECK_FALSE(timelines[0].has_comparison());
    CHECK(timelines[0].stretches().range.from_s == plan.period.range.from_s);
  }
}

TEST_CASE("A comparison is gone once all of it is older than what is held", "[timeline]") {
  const Query query = compared(range("2026-11-20", "2026-11-21"), CompareWith::previous_year);
  const auto is_gone = [&](std::int64_t retention_days, std::string_view now) {
    return make_plan(query, zone_named("Asia/Kolkata"), at(now), retention_days)->comparison_is_gone;
  };
  CHECK_FALSE(is_gone(366, "2026-11-21T23:59:59+05:30"));
  CHECK(is_gone(366, "2026-11-22T00:00:00+05:30"));
}

TEST_CASE("Edges that are too many for one statement are counted by two", "[timeline]") {
  // Sixty years of months, of which no two in a row have one length, and an end beside every edge.
  const Query query = compared(range("1996-11-20T00:00:01Z", "", Bucket::month), CompareWith::previous_week);
  const auto timelines = timelines_of(plan_of(query), true);
  REQUIRE(timelines.size() == 2);
  CHECK(timelines[0].has_period());
  CHECK_FALSE(timelines[0].has_comparison());
  CHECK_FALSE(timelines[1].has_period());
  CHECK(timelines[1].has_comparison());
}

TEST_CASE("Every instant is counted where it belongs, whatever the clocks do", "[timeline][property]") {
  tests::Random random(41);
  constexpr std::array kWith = {CompareWith::none, CompareWith::previous, CompareWith::previous_week,
                                CompareWith::previous_year};
  int in_one_statement = 0;
  int compared_at_all = 0;
  int hours_seen = 0;
  int in_both = 0;
  for (int round = 0; round < 1500; ++round) {
    const tests::KnownZone& known = random.pick(tests::known_zones());
    if (known.from_s < 0) continue;
    const Zone zone = known.zone();
    const auto window = static_cast<std::size_t>(known.to_s - known.from_s);
    const std::int64_t now = known.from_s + static_cast<std::int64_t>(random.below(window));
    Query query = days(static_cast<int>(1 + random.below(60)),
                       static_cast<Bucket>(random.below(schema::kBuckets.size())));
    if (query.bucket == Bucket::minutes_1) query.days = 1;
    if (random.below(2) == 0) {
      const std::size_t most = query.bucket == Bucket::minutes_1 ? 86'400 : 40 * 86'400;
      query.from = Moment{{}, now - static_cast<std::int64_t>(random.below(most))};
      if (random.below(2) == 0) {
        query.to = Moment{{}, query.from->instant_s + 1 + static_cast<std::int64_t>(random.below(most))};
      }
    }
    query.compare = random.pick(kWith);
    query.hour_of_week = random.below(2) == 0;
    const auto plan = make_plan(query, zone, now, 100'000);
    if (!plan) continue;
    CAPTURE(zone.name(), now, static_cast<int>(query.bucket), plan->period.range.from_s,
            plan->period.range.to_s);
    const bool in_one = random.below(4) > 0;
    const auto timelines = timelines_of(*plan, in_one);
    if (plan->comparison && in_one) {
      ++compared_at_all;
      in_one_statement += timelines.size() == 1 ? 1 : 0;
    }
    for (const Timeline& timeline : timelines) {
      REQUIRE(timeline.stretches().grid.segments().size() <= kMostSegments);
      const auto statement =
          count_statement(query, {true, {}}, timeline.stretches(), {}, 100, timeline.gap());
      REQUIRE(statement.has_value());
      REQUIRE(statement->sql.size() < 6500);
    }
    std::vector<std::int64_t> instants = plan->period.boundaries.at;
    if (plan->comparison) {
      const auto& more = plan->comparison->boundaries.at;
      instants.insert(instants.end(), more.begin(), more.end());
      instants.insert(instants.end(), {plan->comparison->range.from_s, plan->comparison->range.to_s});
    }
    instants.insert(instants.end(), plan->hours.at.begin(), plan->hours.at.end());
    instants.insert(instants.end(), {plan->period.range.from_s, plan->period.range.to_s});
    for (int n = 0; n < 60; ++n) {
      const std::int64_t instant = instants[random.below(instants.size())] +
                                   static_cast<std::int64_t>(random.below(3)) - 1 +
                                   (random.below(2) == 0 ? 0 : static_cast<std::int64_t>(random.below(4000)));
      CAPTURE(instant);
      Place got;
      for (const Timeline& timeline : timelines) {
        if (!is_asked_for(timeline, instant)) continue;
        const Place* const place = timeline.place_of(cell_at(timeline, instant));
        REQUIRE(place != nullptr);
        // No statement counts for another.
        if (place->period) REQUIRE_FALSE(got.period.has_value());
        if (place->comparison) REQUIRE_FALSE(got.comparison.has_value());
        if (place->period) got.period = place->period;
        if (place->comparison) got.comparison = place->comparison;
        if (place->hour_of_week) got.hour_of_week = place->hour_of_week;
      }
      REQUIRE(got.period == expected_bucket(plan->period, instant));
      if (plan->comparison) {
        REQUIRE(got.comparison == expected_bucket(*plan->comparison, instant));
      } else {
        REQUIRE_FALSE(got.comparison.has_value());
      }
      if (got.period && got.comparison) ++in_both;
      REQUIRE(got.hour_of_week.has_value() == (query.hour_of_week && got.period.has_value()));
      if (got.hour_of_week) {
        ++hours_seen;
        REQUIRE(*got.hour_of_week == expected_hour(zone, instant));
      }
    }
  }
  CHECK(compared_at_all > 300);
  CHECK(in_one_statement == compared_at_all);
  CHECK(hours_seen > 5000);
  CHECK(in_both > 500);
}
