#include "core/reports/plan.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/support/query_string.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "core/time/civil.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

using time::kSecondsPerDay;
using time::Zone;

/// A period that is compared with may have a few buckets more: an hour twice, or one that its ends cut.
constexpr std::size_t kMoreBuckets = 64;

/// The longest bucket, and what a zone may move its ends.
constexpr std::int64_t kBucketSlack = 35 * kSecondsPerDay;

/// Beyond it nothing is asked: the end of the running bucket lies before, whatever the bucket.
constexpr std::int64_t kFuture = 2 * kBucketSlack;

constexpr std::int64_t kLongestYear = 366 * kSecondsPerDay;

int days_asked(const Query& query) {
  if (query.from) return 0;
  return query.days > 0 ? query.days : static_cast<int>(schema::kReportDaysDefault);
}

/// Where a moment may lie, for a zone that is not known yet: less than a day from here.
std::int64_t about(const Moment& moment) {
  return moment.date ? time::days_of(*moment.date) * kSecondsPerDay : moment.instant_s;
}

std::int64_t instant_of(const Moment& moment, const Zone& zone) {
  return moment.date ? zone.start_of_day(time::days_of(*moment.date)) : moment.instant_s;
}

bool is_day_start(const Zone& zone, std::int64_t instant) {
  return instant == zone.start_of_day(zone.day_at(instant));
}

/// The day that lies so many days before, counting only days that were.
std::int64_t day_before(const Zone& zone, std::int64_t day, std::int64_t count) {
  for (; count > 0; --count) day = zone.day_at(zone.start_of_day(day) - 1);
  return day;
}

/// How many days the range touches, counting only days that were.
std::int64_t count_days(const Zone& zone, Range range) {
  std::int64_t count = 0;
  for (std::int64_t at = range.from_s; at < range.to_s; ++count) {
    at = time::bucket_end(zone, Bucket::day, at);
  }
  return count;
}

tl::unexpected<Error> refused(std::string_view parameter, std::string reason) {
  return tl::unexpected<Error>(bad_parameter(parameter, std::move(reason)));
}

std::string written(const Zone& zone, std::int64_t instant) {
  std::string out;
  append_rfc3339_local(out, instant, zone.offset_at(instant));
  return out;
}

tl::unexpected<Error> refused_before_1970(std::string_view parameter) {
  return refused(
      parameter,
      "A range, the bucket that it begins in and what it is compared with begin in 1970 or later.");
}

/// The range that is meant.
Result<Range> range_of(const Query& query, const Zone& zone, std::int64_t now_s) {
  const std::int64_t running_end = time::bucket_end(zone, query.bucket, now_s);
  if (!query.from) {
    const std::int64_t first = day_before(zone, zone.day_at(now_s), days_asked(query) - 1);
    return Range{zone.start_of_day(first), running_end};
  }
  const std::int64_t from_s = instant_of(*query.from, zone);
  if (from_s < 0) return refused_before_1970("from");
  if (query.to) {
    const std::int64_t to_s = instant_of(*query.to, zone);
    if (from_s >= to_s) {
      return refused("from", "It must lie before to, which is excluded; the range would be from " +
                                 written(zone, from_s) + " to " + written(zone, to_s) + ".");
    }
    if (to_s <= now_s) return Range{from_s, to_s};
  }
  if (from_s > now_s) {
    return refused("from", "The range lies wholly in the future; it is " + written(zone, now_s) + " now.");
  }
  return Range{from_s, running_end};
}

/// The same date a year before; of a leap day the day before it, or, for an excluded end, the day after it.
std::int64_t year_before(std::int64_t day, bool is_end) {
  const time::Date date = time::date_of(day);
  const bool leap_day = date.month == 2 && date.day == 29;
  if (!leap_day) return time::days_of({date.year - 1, date.month, date.day});
  return time::days_of({date.year - 1, 2, 28}) + (is_end ? 1 : 0);
}

/// An end of the range a week or a year before, at the same time of the local clock.
std::int64_t moved(const Zone& zone, std::int64_t instant, CompareWith by, bool is_end) {
  const bool day_start = is_day_start(zone, instant);
  const std::int64_t local = zone.local_at(instant);
  const std::int64_t day = day_start ? zone.day_at(instant) : time::floor_div(local, kSecondsPerDay);
  const std::int64_t target =
      by == CompareWith::previous_week ? day - 7 : year_before(day, is_end && day_start);
  if (day_start) return zone.start_of_day(target);
  return zone.first_at_local(target * kSecondsPerDay + (local - day * kSecondsPerDay));
}

/// As many local days before, where the range is whole days or would be if it were over; else the same
/// duration before.
Range previous(const Zone& zone, Range range, bool running) {
  const bool whole_days = is_day_start(zone, range.from_s) && (running || is_day_start(zone, range.to_s));
  if (!whole_days) return {range.from_s - (range.to_s - range.from_s), range.from_s};
  const std::int64_t days = count_days(zone, range);
  const std::int64_t from_s = zone.start_of_day(day_before(zone, zone.day_at(range.from_s), days));
  if (is_day_start(zone, range.to_s)) return {from_s, range.from_s};
  // The running day ends with the running bucket, and so does the day that it is compared with.
  const std::int64_t last_day = zone.day_at(range.from_s - 1);
  const std::int64_t local = zone.local_at(range.to_s);
  const std::int64_t time_of_day = local - time::floor_div(local, kSecondsPerDay) * kSecondsPerDay;
  return {from_s, std::min(zone.first_at_local(last_day * kSecondsPerDay + time_of_day), range.from_s)};
}

/// What the range is compared with, never empty.
Range compared_range(const Query& query, const Zone& zone, Range range, bool running) {
  Range earlier = query.compare == CompareWith::previous
                      ? previous(zone, range, running)
                      : Range{moved(zone, range.from_s, query.compare, false),
                              moved(zone, range.to_s, query.compare, true)};
  // Both ends can fall on one instant where the hour or the day between them was skipped.
  if (earlier.from_s >= earlier.to_s) earlier.to_s = earlier.from_s + (range.to_s - range.from_s);
  return earlier;
}

/// Of a week or month that is still running, the days to come have nothing to be compared with.
Range until_today(const Query& query, const Zone& zone, Range range, std::int64_t now_s) {
  if (query.bucket != Bucket::week && query.bucket != Bucket::month) return range;
  const std::int64_t today_ends_s = time::bucket_end(zone, Bucket::day, now_s);
  return {range.from_s, std::min(range.to_s, std::max(today_ends_s, range.from_s + 1))};
}

/// `parameter` is the one to blame where the period begins too early.
Result<Period> period_of(const Query& query, const Zone& zone, Range range, std::size_t most,
                         std::string_view parameter) {
  if (range.from_s < 0) return refused_before_1970(parameter);
  auto boundaries = time::boundaries_of(zone, query.bucket, range.from_s, range.to_s, most);
  if (!boundaries) return tl::unexpected<Error>(std::move(boundaries.error()));
  if (boundaries->count() > 0 && boundaries->at.front() < 0) {
    return refused_before_1970(parameter);
  }
  Period period = {range, std::move(*boundaries), {}};
  period.grid = time::CellGrid::over(period.boundaries, kMostSegments);
  return period;
}

constexpr std::int64_t kHour = 3600;

Result<WeekHours> hours_of(const Zone& zone, Range range) {
  auto natural = time::boundaries_of(zone, Bucket::minutes_60, range.from_s, range.to_s, schema::kMaxBuckets);
  if (!natural) {
    std::string most;
    text::append_number(most, schema::kMaxBuckets);
    return refused("include", "hour_of_week is counted hour by hour, of at most " + most +
                                  " hours; the range has more. Take a shorter range.");
  }
  WeekHours hours;
  hours.at = std::move(natural->at);
  hours.at.pop_back();  // the end of the last one
  hours.at.front() = range.from_s;
  for (const time::Transition& change : zone.transitions()) {
    if (range.from_s < change.at_s && change.at_s < range.to_s) add_edge(hours.at, change.at_s);
  }
  hours.of_week.reserve(hours.at.size());
  for (const std::int64_t at : hours.at) {
    const std::int64_t hour = time::floor_div(zone.local_at(at), kHour);
    constexpr std::int64_t kToMonday = 3 * 24;  // 1970-01-01 was a Thursday
    const std::int64_t since_monday = hour + kToMonday;
    constexpr auto kWeek = static_cast<std::int64_t>(kHoursOfWeek);
    hours.of_week.push_back(
        static_cast<std::uint8_t>(since_monday - time::floor_div(since_monday, kWeek) * kWeek));
  }
  return hours;
}

}  // namespace

void add_edge(std::vector<std::int64_t>& edges, std::int64_t instant) {
  const auto place = std::lower_bound(edges.begin(), edges.end(), instant);
  if (place == edges.end() || *place != instant) edges.insert(place, instant);
}

time::Span zone_span(const Query& query, std::int64_t now_s) {
  const std::int64_t latest = now_s + kFuture;
  const int days = days_asked(query);
  // A date that never was makes the days reach back one day further; two are for the zone's own distance.
  std::int64_t from_s = days > 0 ? now_s - std::int64_t{days + 3} * kSecondsPerDay : about(*query.from);
  from_s = std::clamp<std::int64_t>(from_s, 0, latest);
  const bool over = days == 0 && query.to && about(*query.to) < now_s;
  const std::int64_t to_s = over ? std::clamp(about(*query.to), from_s, latest) : std::max(from_s, now_s);
  switch (query.compare) {
    case CompareWith::none: break;
    case CompareWith::previous: from_s -= to_s - from_s + kBucketSlack; break;
    case CompareWith::previous_week: from_s -= 7 * kSecondsPerDay; break;
    case CompareWith::previous_year: from_s -= kLongestYear; break;
  }
  // The answer also names the present, with the offset that holds then.
  const std::int64_t until_s = std::max(to_s, now_s) + kBucketSlack;
  return {std::max<std::int64_t>(0, from_s - kBucketSlack), std::min(latest, until_s)};
}

Result<Plan> make_plan(const Query& query, const Zone& zone, std::int64_t now_s,
                       std::int64_t retention_days) {
  const auto range = range_of(query, zone, now_s);
  if (!range) return tl::unexpected<Error>(range.error());
  auto period = period_of(query, zone, *range, schema::kMaxBuckets, query.from ? "from" : "days");
  if (!period) return tl::unexpected<Error>(std::move(period.error()));
  Plan plan;
  plan.period = std::move(*period);
  plan.running = range->to_s > now_s;
  plan.as_of_s = now_s;
  const std::int64_t held_from_s = now_s - retention_days * kSecondsPerDay;
  plan.data_from_s = std::min(std::max(range->from_s, held_from_s), range->to_s);
  plan.before_retention = range->from_s < held_from_s;
  if (query.hour_of_week) {
    auto hours = hours_of(zone, *range);
    if (!hours) return tl::unexpected<Error>(std::move(hours.error()));
    plan.hours = std::move(*hours);
  }
  if (query.compare == CompareWith::none) return plan;
  const Range earlier = compared_range(query, zone, until_today(query, zone, *range, now_s), plan.running);
  auto comparison = period_of(query, zone, earlier, schema::kMaxBuckets + kMoreBuckets, "compare");
  if (!comparison) return tl::unexpected<Error>(std::move(comparison.error()));
  plan.comparison = std::move(*comparison);
  plan.comparison_before_retention = earlier.from_s < held_from_s;
  plan.comparison_is_gone = earlier.to_s <= held_from_s;
  return plan;
}

std::uint32_t fresh_for_s(const Plan& plan, std::int64_t now_s) {
  const Range& range = plan.period.range;
  // What came just before the end may still become visible.
  const bool ends_now = range.to_s > now_s - std::int64_t{schema::kVisibilityLagS};
  const bool is_short = std::min(range.to_s, now_s) - range.from_s <= std::int64_t{schema::kReportLiveRangeS};
  return ends_now && is_short ? schema::kReportLiveCacheS : schema::kReportCacheS;
}

}  // namespace leadledger::reports
