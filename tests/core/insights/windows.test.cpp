// Windows of a zone: which instants they mean, and how a statement cuts time to count them.
#include "core/insights/windows.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/support/query_string.hpp"
#include "core/time/civil.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/reports/plan_query.hpp"
#include "tests/core/time/zones.hpp"

using namespace leadledger;
using namespace leadledger::insights;
using leadledger::tests::at;
using leadledger::tests::known_zones;
using leadledger::tests::moment;
using leadledger::tests::shown;
using leadledger::tests::zone_named;

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kKept = 90;  // days

reports::Query days(int count, std::string_view to = "") {
  reports::Query query;
  query.days = count;
  query.bucket = schema::Bucket::none;
  if (!to.empty()) query.to = moment(to);
  return query;
}

reports::Query hours(int count) {
  reports::Query query;
  query.hours = count;
  query.bucket = schema::Bucket::none;
  return query;
}

std::string shown_window(const time::Zone& zone, const Window& window) {
  return shown(zone, window.whole.from_s) + " | " + shown(zone, window.tail_from_s) + " | " +
         shown(zone, window.whole.to_s);
}

/// "2026-11-14T00:00", as the local clock reads it.
std::string clock_at(const time::Zone& zone, std::int64_t instant) {
  return shown(zone, instant).substr(0, 16);
}

Frame frame(const reports::Query& query, const time::Zone& zone, std::string_view now,
            std::int64_t retention_days = kKept) {
  return frame_of(query, zone, at(now), retention_days).value();
}

/// What does not hold of the frame though it holds of every one; "" where it is sound.
std::string unsound(const Frame& of) {
  const auto& edges = of.pieces.boundaries.at;
  if (edges.size() != of.parts.size() + 1) return "as many parts as pieces";
  if (of.pieces.range.from_s != edges.front() || of.pieces.range.to_s != edges.back()) return "range";
  if (of.pieces.range.to_s != of.windows.now.whole.to_s) return "ends with the window";
  if (!of.pieces.grid.cell_is_bucket()) return "a cell is a piece";
  if (of.pieces.grid.segments().size() > reports::kMostSegments) return "segments";
  if (of.windows.baseline.size() > schema::kInsightWindows) return "windows";
  if (of.windows.now.tail_from_s >= of.windows.now.whole.to_s) return "the tail is empty";
  for (std::size_t n = 0; n + 1 < edges.size(); ++n) {
    if (edges[n] >= edges[n + 1]) return "edges ascend";
  }
  // Every window is its pieces, and every piece belongs to what its time says.
  const auto is = [&](std::int64_t instant, std::size_t window, bool tail) {
    const auto part = of.part_at(instant);
    return part && part->window == window && part->is_tail == tail;
  };
  std::int64_t later_s = of.windows.now.whole.to_s;
  for (std::size_t n = 0; n <= of.windows.baseline.size(); ++n) {
    const auto& [whole, tail_from_s] = n == 0 ? of.windows.now : of.windows.baseline[n - 1];
    if (whole.from_s >= whole.to_s || whole.to_s > later_s) return "windows follow";
    if (tail_from_s < whole.from_s || tail_from_s > whole.to_s) return "a tail lies in its window";
    later_s = whole.from_s;
    const bool head =
        whole.from_s == tail_from_s || (is(whole.from_s, n, false) && is(tail_from_s - 1, n, false));
    const bool tail = tail_from_s == whole.to_s || (is(tail_from_s, n, true) && is(whole.to_s - 1, n, true));
    if (!head || !tail) return "pieces of a window";
  }
  for (const Range& gap : of.gaps) {
    if (of.part_at(gap.from_s) || of.part_at(gap.to_s - 1)) return "a gap is no part";
    if (!of.part_at(gap.from_s - 1) || !of.part_at(gap.to_s)) return "a gap lies between parts";
  }
  if (of.part_at(of.pieces.range.from_s - 1) || of.part_at(of.pieces.range.to_s)) return "nothing beyond";
  return "";
}

void is_sound(const Frame& of) { CHECK(unsound(of).empty()); }

std::string fault(const Result<Frame>& of) {
  REQUIRE_FALSE(of.has_value());
  REQUIRE(of.error().fields.size() == 1);
  return of.error().fields.front().name + ": " + of.error().fields.front().reason;
}

}  // namespace

TEST_CASE("Days end with the midnight before today, and earlier ones are the same weekdays", "[windows]") {
  const time::Zone zone = zone_named("Asia/Kolkata");
  const Frame of = frame(days(7), zone, "2026-11-21T10:40:00Z");
  is_sound(of);
  CHECK(shown_window(zone, of.windows.now) ==
        "2026-11-14T00:00:00+05:30 | 2026-11-20T00:00:00+05:30 | 2026-11-21T00:00:00+05:30");
  REQUIRE(of.windows.baseline.size() == 8);
  CHECK(shown_window(zone, of.windows.baseline[0]) ==
        "2026-11-07T00:00:00+05:30 | 2026-11-13T00:00:00+05:30 | 2026-11-14T00:00:00+05:30");
  CHECK(shown_window(zone, of.windows.baseline[7]) ==
        "2026-09-19T00:00:00+05:30 | 2026-09-25T00:00:00+05:30 | 2026-09-26T00:00:00+05:30");
  CHECK(of.gaps.empty());
  REQUIRE(of.hours);
  CHECK(shown(zone, of.hours->range) == "2026-10-24T00:00:00+05:30 - 2026-11-21T00:00:00+05:30");
  CHECK(of.hours->boundaries.count() == 28 * 24);
}

TEST_CASE("A midnight can be asked for, up to today's", "[windows]") {
  const time::Zone zone = zone_named("Asia/Kolkata");
  const std::string now = "2026-11-21T18:29:59Z";  // a second before midnight
  CHECK(frame(days(7, "2026-11-21"), zone, now).windows.now.whole.to_s ==
        frame(days(7), zone, now).windows.now.whole.to_s);
  const Frame monday = frame(days(7, "2026-11-16"), zone, now);
  is_sound(monday);
  CHECK(shown(zone, monday.windows.now.whole) == "2026-11-09T00:00:00+05:30 - 2026-11-16T00:00:00+05:30");
  CHECK(fault(frame_of(days(7, "2026-11-22"), zone, at(now), kKept)) ==
        "to: It is the midnight with which the days end: today's or an earlier one.");
  CHECK(frame_of(days(7, "2026-11-22"), zone, at(now) + 1, kKept).has_value());
  CHECK(fault(frame_of(days(7, "1970-01-05"), zone, at(now), kKept)) ==
        "to: The days begin in 1970 or later.");
  CHECK(frame_of(days(14, "1970-01-25"), zone, at(now), kKept).has_value());
}

TEST_CASE("Between single days lies what is not counted", "[windows]") {
  const time::Zone zone = zone_named("Asia/Kolkata");
  const Frame of = frame(days(1), zone, "2026-11-21T10:40:00Z");
  is_sound(of);
  CHECK(shown_window(zone, of.windows.now) ==
        "2026-11-20T00:00:00+05:30 | 2026-11-20T18:00:00+05:30 | 2026-11-21T00:00:00+05:30");
  CHECK(shown_window(zone, of.windows.baseline[0]) ==
        "2026-11-13T00:00:00+05:30 | 2026-11-13T18:00:00+05:30 | 2026-11-14T00:00:00+05:30");
  CHECK(of.gaps.size() == 8);
  CHECK(of.parts.size() == 9 * 2 + 8);
}

TEST_CASE("More than a week is compared with every second week, as far as data is held", "[windows]") {
  const time::Zone zone = zone_named("Asia/Kolkata");
  const Frame of = frame(days(8), zone, "2026-11-21T10:40:00Z");
  is_sound(of);
  // 8 days and 14 for each earlier one, of 90.
  REQUIRE(of.windows.baseline.size() == 5);
  CHECK(shown(zone, of.windows.baseline[0].whole) == "2026-10-30T00:00:00+05:30 - 2026-11-07T00:00:00+05:30");
  CHECK(of.gaps.size() == 5);
  CHECK(frame(days(14), zone, "2026-11-21T10:40:00Z").gaps.empty());
  CHECK(frame(days(14), zone, "2026-11-21T10:40:00Z").windows.baseline.size() == 5);
  CHECK(frame(days(14), zone, "2026-11-21T10:40:00Z", 400).windows.baseline.size() == 8);
}

TEST_CASE("Only what is wholly held is compared with", "[windows]") {
  const time::Zone zone{"UTC", 0, {}};
  const std::string now = "2026-11-21T00:00:00Z";
  CHECK(frame(days(7), zone, now, 28).windows.baseline.size() == 3);
  CHECK(frame(days(7), zone, "2026-11-21T00:00:01Z", 28).windows.baseline.size() == 2);
  CHECK(frame(days(7), zone, now, 28).hours);
  CHECK_FALSE(frame(days(7), zone, "2026-11-21T00:00:01Z", 28).hours);
  const Frame long_ago = frame(days(7, "2026-01-05"), zone, now);
  CHECK(long_ago.windows.baseline.empty());
  is_sound(long_ago);

  const reports::Plan plan = plan_of(long_ago, at(now), kKept);
  CHECK(plan.before_retention);
  CHECK(plan.data_from_s == at("2026-01-05T00:00:00Z"));
  CHECK_FALSE(plan.comparison);
  const Frame recent = frame(days(7), zone, now);
  const reports::Plan fine = plan_of(recent, at(now), kKept);
  CHECK_FALSE(fine.before_retention);
  CHECK_FALSE(fine.running);
  CHECK(fine.data_from_s == at("2026-11-14T00:00:00Z"));
  CHECK(fine.as_of_s == at(now));
  CHECK(fine.period.range.from_s == recent.pieces.range.from_s);
  CHECK(fine.comparison->range.from_s == at("2026-10-24T00:00:00Z"));
}

TEST_CASE("Hours end with the last full one of the local clock", "[windows]") {
  const time::Zone zone = zone_named("Asia/Kolkata");
  const Frame of = frame(hours(24), zone, "2026-11-21T10:40:00Z");  // 16:10
  is_sound(of);
  CHECK(shown_window(zone, of.windows.now) ==
        "2026-11-20T16:00:00+05:30 | 2026-11-21T10:00:00+05:30 | 2026-11-21T16:00:00+05:30");
  CHECK(shown_window(zone, of.windows.baseline[7]) ==
        "2026-09-25T16:00:00+05:30 | 2026-09-26T10:00:00+05:30 | 2026-09-26T16:00:00+05:30");
  CHECK_FALSE(of.hours);
  CHECK(frame(hours(24), zone, "2026-11-21T10:30:00Z").windows.now.whole.to_s == of.windows.now.whole.to_s);
  CHECK(frame(hours(24), zone, "2026-11-21T10:29:59Z").windows.now.whole.to_s ==
        of.windows.now.whole.to_s - 3600);
  CHECK(clock_at(zone, frame(hours(6), zone, "2026-11-21T10:40:00Z").windows.now.tail_from_s) ==
        "2026-11-21T15:00");
  CHECK(clock_at(zone, frame(hours(72), zone, "2026-11-21T10:40:00Z").windows.now.tail_from_s) ==
        "2026-11-20T22:00");
}

TEST_CASE("A clock change moves no local time of a window", "[windows]") {
  SECTION("back, within the week: it has an hour more") {
    const time::Zone zone = zone_named("America/New_York");
    const Frame of = frame(days(7), zone, "2026-11-04T12:00:00Z");  // changed on the 1st
    is_sound(of);
    CHECK(shown_window(zone, of.windows.now) ==
          "2026-10-28T00:00:00-04:00 | 2026-11-03T00:00:00-05:00 | 2026-11-04T00:00:00-05:00");
    CHECK(of.windows.now.whole.to_s - of.windows.now.whole.from_s == 7 * kDay + 3600);
    const Window& before = of.windows.baseline[0];
    CHECK(before.whole.to_s - before.whole.from_s == 7 * kDay);
    CHECK(before.whole.to_s == of.windows.now.whole.from_s);
    // The hour that came twice is cut where the offset changes, and both are hour 1.
    REQUIRE(of.hours);
    std::size_t ones = 0;
    for (std::size_t n = 0; n < of.hours->boundaries.count(); ++n) {
      if (hour_of_day(zone, of.hours->boundaries.at[n]) == 1) ++ones;
    }
    CHECK(ones == 29);
  }
  SECTION("forward, in an earlier week") {
    const time::Zone zone = zone_named("America/New_York");
    const Frame of = frame(hours(24), zone, "2026-03-18T14:20:00Z");  // changed on the 8th
    is_sound(of);
    CHECK(shown_window(zone, of.windows.now) ==
          "2026-03-17T10:00:00-04:00 | 2026-03-18T04:00:00-04:00 | 2026-03-18T10:00:00-04:00");
    CHECK(shown_window(zone, of.windows.baseline[0]) ==
          "2026-03-10T10:00:00-04:00 | 2026-03-11T04:00:00-04:00 | 2026-03-11T10:00:00-04:00");
    CHECK(shown_window(zone, of.windows.baseline[1]) ==
          "2026-03-03T10:00:00-05:00 | 2026-03-04T04:00:00-05:00 | 2026-03-04T10:00:00-05:00");
  }
  SECTION("half an hour, on Lord Howe") {
    const time::Zone zone = zone_named("Australia/Lord_Howe");
    const Frame of = frame(hours(6), zone, "2026-04-04T15:40:00Z");  // back from 02:00 to 01:30 at 15:00Z
    is_sound(of);
    CHECK(shown_window(zone, of.windows.now) ==
          "2026-04-04T20:00:00+11:00 | 2026-04-05T01:00:00+11:00 | 2026-04-05T02:00:00+10:30");
    CHECK(of.windows.now.whole.to_s - of.windows.now.tail_from_s == 3600 + 1800);
    CHECK(shown_window(zone, of.windows.baseline[0]) ==
          "2026-03-28T20:00:00+11:00 | 2026-03-29T01:00:00+11:00 | 2026-03-29T02:00:00+11:00");
    const Frame week = frame(days(7), zone, "2026-10-08T00:00:00Z");  // forward on the 4th
    is_sound(week);
    CHECK(week.windows.now.whole.to_s - week.windows.now.whole.from_s == 7 * kDay - 1800);
  }
}

TEST_CASE("An hour that was skipped is no tail", "[windows]") {
  const time::Zone zone = zone_named("America/New_York");
  // 03:00, before which there was no hour from 02:00 on: an empty tail would be silent.
  const Frame of = frame(hours(6), zone, "2026-03-08T07:10:00Z");
  is_sound(of);
  CHECK(shown_window(zone, of.windows.now) ==
        "2026-03-07T21:00:00-05:00 | 2026-03-08T01:00:00-05:00 | 2026-03-08T03:00:00-04:00");
  CHECK(of.windows.now.whole.to_s - of.windows.now.tail_from_s == 3600);
  // Earlier ones have the same times of the clock.
  CHECK(clock_at(zone, of.windows.baseline[0].tail_from_s) == "2026-03-01T01:00");
  // A week later the skipped hour is that of an earlier window, which then has no tail.
  const Frame later = frame(hours(6), zone, "2026-03-15T07:10:00Z");
  is_sound(later);
  CHECK(clock_at(zone, later.windows.now.tail_from_s) == "2026-03-15T02:00");
  CHECK(later.windows.baseline[0].tail_from_s == later.windows.baseline[0].whole.to_s);
}

TEST_CASE("An hour that came twice ends twice", "[windows]") {
  const time::Zone zone = zone_named("America/New_York");
  const Frame first = frame(hours(6), zone, "2026-11-01T05:10:00Z");   // 01:10, for the first time
  const Frame second = frame(hours(6), zone, "2026-11-01T06:10:00Z");  // for the second
  is_sound(first);
  is_sound(second);
  CHECK(shown(zone, first.windows.now.whole.to_s) == "2026-11-01T01:00:00-04:00");
  CHECK(shown(zone, second.windows.now.whole.to_s) == "2026-11-01T01:00:00-05:00");
  CHECK(first.windows.now.whole.from_s == second.windows.now.whole.from_s);
}

TEST_CASE("Windows are sound in every zone, whatever its clocks did", "[windows]") {
  for (const auto& known : known_zones()) {
    const time::Zone zone = known.zone();
    CAPTURE(known.name);
    for (const time::Transition& change : known.transitions) {
      for (const std::int64_t shift : {-kDay, -3600L, -1800L, -1L, 0L, 1L, 1800L, 3600L, 5400L, kDay,
                                       3 * kDay, 7 * kDay, 8 * kDay, 30 * kDay}) {
        const std::int64_t now = change.at_s + shift;
        if (now < 200 * kDay) continue;
        CAPTURE(change.at_s, shift);
        for (const int count : {1, 2, 6, 7, 8, 14}) {
          CAPTURE(count);
          const auto of = frame_of(days(count), zone, now, kKept);
          REQUIRE(of.has_value());
          is_sound(*of);
          CHECK(of->windows.now.whole.to_s <= now);
          CHECK(of->windows.now.whole.to_s == zone.start_of_day(zone.day_at(now)));
          CHECK(of->windows.baseline.size() >= 4);
          const std::int64_t first = zone.day_at(of->windows.now.whole.from_s);
          for (const Window& earlier : of->windows.baseline) {
            const std::int64_t day = zone.day_at(earlier.whole.from_s);
            // A date that never was begins with the next one.
            const bool is_stand_in = zone.start_of_day(day - 1) == earlier.whole.from_s;
            CHECK(((first - day) % (count > 7 ? 14 : 7) == 0 || is_stand_in));
          }
        }
        for (const int count : {6, 24, 71, 72}) {
          CAPTURE(count);
          const auto of = frame_of(hours(count), zone, now, kKept);
          REQUIRE(of.has_value());
          is_sound(*of);
          CHECK(of->windows.now.whole.to_s <= now);
          CHECK(now - of->windows.now.whole.to_s < 2 * 3600);
          const auto minutes = [&](std::int64_t instant) {
            return (zone.local_at(instant) % 3600 + 3600) % 3600;
          };
          CHECK(minutes(of->windows.now.whole.to_s) == 0);
        }
      }
    }
  }
}

TEST_CASE("The zone is asked for as far as windows reach", "[windows]") {
  const std::int64_t now = at("2026-11-21T10:40:00Z");
  for (const reports::Query& query : {days(7), days(14), days(1), hours(72), days(14, "2026-09-01")}) {
    const time::Span span = window_span(query, now);
    const Frame of = frame_of(query, time::Zone{"UTC", 0, {}}, now, 100'000).value();
    CHECK(span.from_s < of.pieces.range.from_s - kDay);
    if (of.hours) CHECK(span.from_s < of.hours->range.from_s - kDay);
    CHECK(span.to_s > now + kDay);
  }
  CHECK(window_span(days(7, "0001-01-01"), now).from_s == 0);
  CHECK(window_span(days(7, "9999-12-31"), now).from_s < now);
}
