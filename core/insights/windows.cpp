#include "core/insights/windows.hpp"

#include <algorithm>
#include <utility>

#include "core/support/query_string.hpp"
#include "core/time/buckets.hpp"
#include "core/time/civil.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::insights {

namespace {

using time::kSecondsPerDay;
using time::Zone;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDaysPerWeek = 7;
constexpr std::int64_t kTailHoursOfDay = 6;
constexpr std::int64_t kTailPart = 4;  // of hours, their last quarter

/// Weeks between one window and the next: no two of them share a day.
std::int64_t weeks_apart(const reports::Query& query) { return query.days > kDaysPerWeek ? 2 : 1; }

/// How far the earliest of all that is counted lies before the end, in days.
std::int64_t reach_days(const reports::Query& query) {
  const std::int64_t windows =
      kDaysPerWeek * weeks_apart(query) * std::int64_t{schema::kInsightWindows} + schema::kInsightDaysMax;
  return std::max(windows, std::int64_t{schema::kInsightHoursDays});
}

/// A window as the local clock reads it, which earlier ones read too, moved by whole days.
class LocalWindow {
 public:
  LocalWindow(const Zone& zone, std::int64_t from_day, std::int64_t tail_day, std::int64_t to_day)
      : zone_(zone), by_day_(true), from_(from_day), tail_(tail_day), to_(to_day) {}
  /// `tail` and `to` are times of the local clock; so is `from`, unless the window begins with a day.
  LocalWindow(const Zone& zone, bool by_day, std::int64_t from, std::int64_t tail_s, std::int64_t to)
      : zone_(zone), by_day_(by_day), tail_is_time_(true), from_(from), tail_(tail_s), to_(to) {}

  /// Its tail begins that much earlier, and so does all of it where that is not longer.
  void widen_tail(std::int64_t by_s) {
    tail_ -= by_s;
    if (!by_day_) from_ = std::min(from_, tail_);
  }

  [[nodiscard]] Window before(std::int64_t days) const {
    Window window;
    window.whole = {edge(from_, days, !by_day_), edge(to_, days, !by_day_)};
    window.tail_from_s = std::clamp(edge(tail_, days, tail_is_time_), window.whole.from_s,
                                    std::max(window.whole.from_s, window.whole.to_s));
    return window;
  }

 private:
  [[nodiscard]] std::int64_t edge(std::int64_t local, std::int64_t days, bool is_time) const {
    if (is_time) return zone_.first_at_local(local - days * kSecondsPerDay);
    return zone_.start_of_day(local - days);
  }

  const Zone& zone_;
  bool by_day_;
  bool tail_is_time_ = false;
  std::int64_t from_;
  std::int64_t tail_;
  std::int64_t to_;
};

/// The day that lies so many days before, counting only days that were.
std::int64_t day_before(const Zone& zone, std::int64_t day, std::int64_t count) {
  for (; count > 0; --count) day = zone.day_at(zone.start_of_day(day) - 1);
  return day;
}

LocalWindow days_until(const Zone& zone, std::int64_t to_day, std::int64_t days) {
  const std::int64_t from_day = day_before(zone, to_day, days);
  if (days > 1) return {zone, from_day, day_before(zone, to_day, 1), to_day};
  return {zone, true, from_day, to_day * kSecondsPerDay - kTailHoursOfDay * kHour, to_day};
}

LocalWindow hours_until(const Zone& zone, std::int64_t to_s, std::int64_t hours) {
  const std::int64_t to = zone.local_at(to_s);
  const std::int64_t tail_hours = std::max<std::int64_t>(1, hours / kTailPart);
  return {zone, false, to - hours * kHour, to - tail_hours * kHour, to};
}

/// The window that is looked at. Its end is known to the second: an hour that the clock reads twice ends
/// twice.
Window current(LocalWindow& local, std::int64_t to_s) {
  while (true) {
    Window window = local.before(0);
    window.whole.to_s = to_s;
    if (window.tail_from_s < to_s) return window;
    // The hour that the tail would be was skipped. Earlier windows have a longer one then too.
    local.widen_tail(kHour);
  }
}

Windows windows_of(LocalWindow local, std::int64_t to_s, std::int64_t weeks, std::int64_t held_from_s) {
  Windows windows;
  windows.now = current(local, to_s);
  std::int64_t later_s = windows.now.whole.from_s;
  for (std::int64_t n = 1; n <= std::int64_t{schema::kInsightWindows}; ++n) {
    Window window = local.before(n * weeks * kDaysPerWeek);
    // A date that never was could make two of them meet.
    window.whole.to_s = std::min(window.whole.to_s, later_s);
    window.tail_from_s = std::min(window.tail_from_s, window.whole.to_s);
    if (window.whole.from_s < held_from_s || window.whole.from_s < 0) break;
    if (window.whole.from_s >= window.whole.to_s) continue;
    later_s = window.whole.from_s;
    windows.baseline.push_back(window);
  }
  return windows;
}

void add_pieces(Frame& frame) {
  std::vector<std::int64_t>& edges = frame.pieces.boundaries.at;
  const auto add = [&](std::int64_t from_s, std::int64_t to_s, std::optional<Part> part) {
    if (from_s >= to_s) return;
    if (edges.empty()) edges.push_back(from_s);
    edges.push_back(to_s);
    frame.parts.push_back(part);
    if (!part) frame.gaps.push_back({from_s, to_s});
  };
  for (std::size_t at = frame.windows.baseline.size() + 1; at-- > 0;) {
    const Window& window = at == 0 ? frame.windows.now : frame.windows.baseline[at - 1];
    if (!edges.empty()) add(edges.back(), window.whole.from_s, std::nullopt);
    add(window.whole.from_s, window.tail_from_s, Part{at, false});
    add(window.tail_from_s, window.whole.to_s, Part{at, true});
  }
  frame.pieces.range = {edges.front(), edges.back()};
  frame.pieces.grid = time::CellGrid::over(frame.pieces.boundaries, reports::kMostSegments);
}

/// As summaries cut hours: a clock change is an edge too, since the clock may read another hour behind it.
Result<reports::Period> hours_in(const Zone& zone, Range range) {
  auto boundaries = time::boundaries_of(zone, schema::Bucket::minutes_60, range.from_s, range.to_s,
                                        schema::kMaxSummaryHours);
  if (!boundaries) return tl::unexpected<Error>(std::move(boundaries.error()));
  reports::add_edge(boundaries->at, range.from_s);
  reports::add_edge(boundaries->at, range.to_s);
  for (const time::Transition& change : zone.transitions()) {
    if (range.from_s < change.at_s && change.at_s < range.to_s) {
      reports::add_edge(boundaries->at, change.at_s);
    }
  }
  reports::Period period{range, std::move(*boundaries), {}};
  period.grid = time::CellGrid::over(period.boundaries, reports::kMostSegments);
  return period;
}

std::int64_t held_from(std::int64_t now_s, std::int64_t retention_days) {
  return now_s - retention_days * kSecondsPerDay;
}

tl::unexpected<Error> refused_to(const char* reason) {
  return tl::unexpected<Error>(bad_parameter("to", reason));
}

}  // namespace

std::optional<Part> Frame::part_at(std::int64_t instant_s) const {
  if (instant_s < pieces.range.from_s || instant_s >= pieces.range.to_s) return std::nullopt;
  return parts[pieces.boundaries.index_of(instant_s)];
}

time::Span window_span(const reports::Query& query, std::int64_t now_s) {
  constexpr std::int64_t kSlack = 3 * kSecondsPerDay;
  std::int64_t to_s = now_s;
  if (query.to && query.to->date) {
    to_s = std::clamp<std::int64_t>(time::days_of(*query.to->date) * kSecondsPerDay, 0, now_s);
  }
  const std::int64_t from_s = to_s - reach_days(query) * kSecondsPerDay - kSlack;
  return {std::max<std::int64_t>(0, from_s), now_s + kSlack};
}

Result<Frame> frame_of(const reports::Query& query, const Zone& zone, std::int64_t now_s,
                       std::int64_t retention_days) {
  const std::int64_t held_from_s = held_from(now_s, retention_days);
  Frame frame;
  if (query.hours > 0) {
    const std::int64_t next_s = time::bucket_end(zone, schema::Bucket::minutes_60, now_s);
    const auto hour =
        time::boundaries_of(zone, schema::Bucket::minutes_60, now_s, next_s, schema::kMaxSummaryHours);
    if (!hour) return tl::unexpected<Error>(hour.error());
    const std::int64_t to_s = hour->at.front();
    frame.windows = windows_of(hours_until(zone, to_s, query.hours), to_s, weeks_apart(query), held_from_s);
  } else {
    const std::int64_t today = zone.day_at(now_s);
    const std::int64_t to_day = query.to && query.to->date ? time::days_of(*query.to->date) : today;
    if (to_day > today)
      return refused_to("It is the midnight with which the days end: today's or an earlier one.");
    if (to_day <= query.days + kDaysPerWeek) return refused_to("The days begin in 1970 or later.");
    const std::int64_t to_s = zone.start_of_day(to_day);
    frame.windows = windows_of(days_until(zone, to_day, query.days), to_s, weeks_apart(query), held_from_s);
    const Range range{zone.start_of_day(to_day - std::int64_t{schema::kInsightHoursDays}), to_s};
    if (range.from_s >= std::max<std::int64_t>(0, held_from_s)) {
      auto hours = hours_in(zone, range);
      if (!hours) return tl::unexpected<Error>(std::move(hours.error()));
      frame.hours = std::move(*hours);
    }
  }
  add_pieces(frame);
  return frame;
}

reports::Plan plan_of(const Frame& frame, std::int64_t now_s, std::int64_t retention_days) {
  const Range& now = frame.windows.now.whole;
  const std::int64_t held_from_s = held_from(now_s, retention_days);
  reports::Plan plan;
  plan.period = frame.pieces;
  plan.comparison = frame.hours;
  plan.as_of_s = now_s;
  plan.data_from_s = std::min(std::max(now.from_s, held_from_s), now.to_s);
  plan.before_retention = now.from_s < held_from_s;
  return plan;
}

std::size_t hour_of_day(const Zone& zone, std::int64_t instant_s) {
  const std::int64_t hour = time::floor_div(zone.local_at(instant_s), kHour);
  return static_cast<std::size_t>(hour - time::floor_div(hour, 24) * 24);
}

}  // namespace leadledger::insights
