#include "core/reports/plan.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "leadledger/limits.hpp"
#include "tests/core/reports/plan_query.hpp"

using namespace leadledger;
using reports::make_plan;
using reports::Plan;
using reports::Query;
using schema::Bucket;
using tests::at;
using tests::days;
using tests::range;
using tests::shown;
using tests::zone_named;
using time::Zone;

namespace {

constexpr std::string_view kNow = "2026-11-21T13:40:00+05:30";  // a Saturday

Plan plan_of(const Query& query, const Zone& zone, std::string_view now) {
  auto plan = make_plan(query, zone, at(now));
  if (!plan) FAIL(plan.error().detail);
  return *plan;
}

Plan in_kolkata(const Query& query) { return plan_of(query, zone_named("Asia/Kolkata"), kNow); }

/// The range that is meant in Kolkata.
std::string meant(const Query& query) {
  return shown(zone_named("Asia/Kolkata"), in_kolkata(query).period.range);
}

FieldError refusal(const Query& query, std::string_view zone = "Asia/Kolkata", std::string_view now = kNow) {
  const auto plan = make_plan(query, zone_named(zone), at(now));
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().code == ErrorCode::bad_parameter);
  REQUIRE(plan.error().fields.size() == 1);
  return plan.error().fields[0];
}

}  // namespace

TEST_CASE("The last days end with the running bucket of today", "[reports]") {
  CHECK(meant(days(7)) == "2026-11-15T00:00:00+05:30 - 2026-11-22T00:00:00+05:30");
  CHECK(meant(days(1)) == "2026-11-21T00:00:00+05:30 - 2026-11-22T00:00:00+05:30");
  CHECK(meant(days(1, Bucket::none)) == "2026-11-21T00:00:00+05:30 - 2026-11-22T00:00:00+05:30");
  CHECK(meant(days(1, Bucket::minutes_60)) == "2026-11-21T00:00:00+05:30 - 2026-11-21T14:00:00+05:30");
  CHECK(meant(days(1, Bucket::minutes_15)) == "2026-11-21T00:00:00+05:30 - 2026-11-21T13:45:00+05:30");
  CHECK(meant(days(7, Bucket::week)) == "2026-11-15T00:00:00+05:30 - 2026-11-23T00:00:00+05:30");
  CHECK(meant(days(90, Bucket::month)) == "2026-08-24T00:00:00+05:30 - 2026-12-01T00:00:00+05:30");
  CHECK(meant(Query{}) == "2026-11-15T00:00:00+05:30 - 2026-11-22T00:00:00+05:30");
  CHECK(in_kolkata(days(7)).running);
  CHECK(in_kolkata(days(7)).period.boundaries.count() == 7);
  CHECK(in_kolkata(days(7)).period.grid.segments().size() == 1);
  CHECK(in_kolkata(days(7, Bucket::week)).period.boundaries.count() == 2);
  CHECK(in_kolkata(days(7, Bucket::none)).period.boundaries.count() == 0);
}

TEST_CASE("Days that never were do not count among the last days", "[reports]") {
  const Zone apia = zone_named("Pacific/Apia");
  const Plan plan = plan_of(days(4), apia, "2012-01-01T12:00:00+14:00");
  CHECK(shown(apia, plan.period.range) == "2011-12-28T00:00:00-10:00 - 2012-01-02T00:00:00+14:00");
  CHECK(plan.period.boundaries.count() == 4);
}

TEST_CASE("Dates mean their local midnight, instants themselves", "[reports]") {
  const Plan past = in_kolkata(range("2026-11-01", "2026-11-08"));
  CHECK(shown(zone_named("Asia/Kolkata"), past.period.range) ==
        "2026-11-01T00:00:00+05:30 - 2026-11-08T00:00:00+05:30");
  CHECK_FALSE(past.running);
  CHECK(past.period.boundaries.count() == 7);
  CHECK(meant(range("2026-11-01T06:00:00Z", "2026-11-01T08:30:00Z", Bucket::minutes_60)) ==
        "2026-11-01T11:30:00+05:30 - 2026-11-01T14:00:00+05:30");
  CHECK(meant(range("2026-11-20", "2026-11-21")) == "2026-11-20T00:00:00+05:30 - 2026-11-21T00:00:00+05:30");
  const Zone beirut = zone_named("Asia/Beirut");
  const Plan skipped = plan_of(range("2024-03-31", "2024-04-01"), beirut, "2024-05-01T00:00:00Z");
  CHECK(shown(beirut, skipped.period.range) == "2024-03-31T01:00:00+03:00 - 2024-04-01T00:00:00+03:00");
}

TEST_CASE("An end past the present, or none, is the end of the running bucket", "[reports]") {
  const std::string today = "2026-11-20T00:00:00+05:30 - 2026-11-22T00:00:00+05:30";
  CHECK(meant(range("2026-11-20", "")) == today);
  CHECK(meant(range("2026-11-20", "2026-11-22")) == today);
  CHECK(meant(range("2026-11-20", "2027-06-01")) == today);
  CHECK(meant(range("2026-11-20", "9999-12-31")) == today);
  CHECK(meant(range("2026-11-20", "2026-11-21T13:40:01+05:30")) == today);
  CHECK(in_kolkata(range("2026-11-20", "")).running);
  CHECK(meant(range("2026-11-20", "", Bucket::minutes_30)) ==
        "2026-11-20T00:00:00+05:30 - 2026-11-21T14:00:00+05:30");
  const Plan now = in_kolkata(range("2026-11-20", kNow));
  CHECK(now.period.range.to_s == at(kNow));
  CHECK_FALSE(now.running);
  CHECK(meant(range(kNow, "")) == "2026-11-21T13:40:00+05:30 - 2026-11-22T00:00:00+05:30");
}

TEST_CASE("Ranges that are none are refused on from", "[reports]") {
  CHECK(refusal(range("2026-11-08", "2026-11-08")).name == "from");
  CHECK(refusal(range("2026-11-08", "2026-11-01")).reason ==
        "It must lie before to, which is excluded; the range would be from 2026-11-08T00:00:00+05:30 to "
        "2026-11-01T00:00:00+05:30.");
  CHECK(refusal(range("2027-11-08", "2027-11-01")).reason.substr(0, 23) == "It must lie before to, ");
  for (const std::string_view to : {"", "2026-12-01", "9999-12-31"}) {
    const FieldError error = refusal(range("2026-11-22", to));
    CHECK(error.name == "from");
    CHECK(error.reason == "The range lies wholly in the future; it is 2026-11-21T13:40:00+05:30 now.");
  }
  CHECK(refusal(range("2026-11-21T13:40:01+05:30", "")).name == "from");
  // The date was skipped: its midnight and the next one are the same instant.
  CHECK(refusal(range("2011-12-30", "2011-12-31"), "Pacific/Apia", "2012-02-01T00:00:00Z").name == "from");
}

TEST_CASE("Nothing begins before 1970", "[reports]") {
  CHECK(refusal(range("1969-12-31", "", Bucket::none)).name == "from");
  CHECK(refusal(range("0001-01-01", "0001-01-02")).name == "from");
  CHECK(refusal(range("1970-01-01", "1970-02-01")).name == "from");  // 1969-12-31T18:30:00Z
  CHECK(meant(range("1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z", Bucket::minutes_30)) ==
        "1970-01-01T05:30:00+05:30 - 1970-01-02T05:30:00+05:30");
  // The bucket that it begins in.
  CHECK(refusal(range("1970-01-01T12:00:00Z", "1970-02-01", Bucket::month)).name == "from");
  CHECK(meant(range("1970-02-01", "1970-03-01", Bucket::month)) ==
        "1970-02-01T00:00:00+05:30 - 1970-03-01T00:00:00+05:30");
  CHECK(refusal(tests::compared(range("1970-02-01", "1970-04-01"), schema::CompareWith::previous)).name ==
        "compare");
  CHECK(refusal(days(7), "Asia/Kolkata", "1970-01-03T00:00:00Z").name == "days");
}

TEST_CASE("As many buckets as an answer holds, and no more", "[reports]") {
  static_assert(schema::kMaxBuckets == 9000);
  CHECK(in_kolkata(days(90, Bucket::minutes_15)).period.boundaries.count() == 89 * 96 + 13 * 4 + 3);
  CHECK(in_kolkata(days(6, Bucket::minutes_1)).period.boundaries.count() == 5 * 1440 + 13 * 60 + 41);
  const FieldError error = refusal(days(7, Bucket::minutes_1));
  CHECK(error.name == "bucket");
  CHECK(error.reason ==
        "The range has 9461 buckets of 1min, and an answer has at most 9000: take a larger bucket (15min, "
        "30min, 60min, day, week, month) or a shorter range.");
  CHECK(in_kolkata(days(90, Bucket::minutes_30)).period.boundaries.count() == 89 * 48 + 28);
  CHECK(refusal(range("1970-02-01", "", Bucket::day)).name == "bucket");
  CHECK(in_kolkata(range("1970-02-01", "", Bucket::week)).period.boundaries.count() < 9000);
}

TEST_CASE("Data is held for a while", "[reports]") {
  const std::int64_t held_from = at(kNow) - 90 * time::kSecondsPerDay;
  const Plan recent = in_kolkata(days(90));
  CHECK(recent.data_from_s == recent.period.range.from_s);
  CHECK_FALSE(recent.before_retention);
  const Plan old = in_kolkata(range("2026-01-01", "", Bucket::month));
  CHECK(old.data_from_s == held_from);
  CHECK(old.before_retention);
  const Plan compared_with_old = in_kolkata(tests::compared(days(50), schema::CompareWith::previous));
  CHECK(compared_with_old.data_from_s == compared_with_old.period.range.from_s);
  CHECK_FALSE(compared_with_old.before_retention);
  CHECK(compared_with_old.comparison_before_retention);
  CHECK_FALSE(in_kolkata(tests::compared(days(40), schema::CompareWith::previous)).before_retention);
}

TEST_CASE("A minute begins where the clock reads one, wherever the range does", "[reports]") {
  const Plan plan = in_kolkata(range("2026-11-21T13:10:25+05:30", "", Bucket::minutes_1));
  const auto& edges = plan.period.boundaries.at;
  CHECK(edges.front() == at("2026-11-21T13:10:00+05:30"));
  CHECK(edges.back() == at("2026-11-21T13:41:00+05:30"));
  CHECK(plan.period.boundaries.count() == 31);
  CHECK(plan.period.range.from_s == at("2026-11-21T13:10:25+05:30"));
}

TEST_CASE("Hours of the week are those of the local clock", "[reports]") {
  reports::Query query = range("2026-11-20T22:45:00+05:30", "2026-11-21T01:10:00+05:30");
  query.hour_of_week = true;
  const reports::WeekHours hours = in_kolkata(query).hours;
  CHECK(hours.at ==
        std::vector<std::int64_t>{at("2026-11-20T22:45:00+05:30"), at("2026-11-20T23:00:00+05:30"),
                                  at("2026-11-21T00:00:00+05:30"), at("2026-11-21T01:00:00+05:30")});
  CHECK(hours.of_week == std::vector<std::uint8_t>{4 * 24 + 22, 4 * 24 + 23, 5 * 24 + 0, 5 * 24 + 1});
  query.hour_of_week = false;
  CHECK(in_kolkata(query).hours.at.empty());

  // By half an hour back at 02:00: 01:30 and 02:00 lie in one stretch of 60 minutes, but not in one hour.
  query = range("2024-04-07T01:00:00+11:00", "2024-04-07T03:00:00+10:30");
  query.hour_of_week = true;
  const Plan plan = make_plan(query, zone_named("Australia/Lord_Howe"), at("2024-05-01T00:00:00Z")).value();
  CHECK(plan.hours.at == std::vector<std::int64_t>{at("2024-04-07T01:00:00+11:00"),
                                                   at("2024-04-07T01:30:00+10:30"),
                                                   at("2024-04-07T02:00:00+10:30")});
  CHECK(plan.hours.of_week == std::vector<std::uint8_t>{6 * 24 + 1, 6 * 24 + 1, 6 * 24 + 2});
}

TEST_CASE("Too many hours of the week are the fault of include", "[reports]") {
  reports::Query query = range("2025-01-01", "2026-01-10", Bucket::month);  // 374 days
  query.hour_of_week = true;
  CHECK(in_kolkata(query).hours.at.size() == 374 * 24);
  query = range("2025-01-01", "2026-01-12", Bucket::month);
  query.hour_of_week = true;
  const FieldError error = refusal(query);
  CHECK(error.name == "include");
  CHECK(error.reason ==
        "hour_of_week is counted hour by hour, of at most 9000 hours; the range has more. Take a shorter "
        "range.");
}

TEST_CASE("What is watched as it happens is fresh for a shorter time", "[reports]") {
  const std::int64_t now = at(kNow);
  const auto fresh = [&](const reports::Query& query) {
    return reports::fresh_for_s(in_kolkata(query), now);
  };
  // The running bucket ends in the future, which does not make the range longer.
  CHECK(fresh(range("2026-11-21T13:10:00+05:30", "", Bucket::none)) == schema::kReportLiveCacheS);
  CHECK(fresh(range("2026-11-21T11:40:00+05:30", "", Bucket::minutes_1)) == schema::kReportLiveCacheS);
  CHECK(fresh(range("2026-11-21T11:39:59+05:30", "", Bucket::minutes_1)) == schema::kReportCacheS);
  CHECK(fresh(range("2026-11-21T13:10:00+05:30", kNow, Bucket::minutes_1)) == schema::kReportLiveCacheS);
  CHECK(fresh(range("2026-11-21T13:10:00+05:30", "2026-11-21T13:39:01+05:30")) == schema::kReportLiveCacheS);
  CHECK(fresh(range("2026-11-21T13:10:00+05:30", "2026-11-21T13:39:00+05:30")) == schema::kReportCacheS);
  CHECK(fresh(days(1)) == schema::kReportCacheS);
}

TEST_CASE("Segments stay few enough for a statement", "[reports]") {
  // A segment for each month or two: sixty years of them fall back to a grid of days.
  const Plan plan = in_kolkata(range("1970-02-01", "", Bucket::month));
  CHECK(plan.period.boundaries.count() == 682);
  REQUIRE(plan.period.grid.segments().size() == 1);
  CHECK(plan.period.grid.segments()[0].step_s == time::kSecondsPerDay);
  CHECK(in_kolkata(range("2024-01-01", "", Bucket::month)).period.grid.segments().size() > 1);
}
