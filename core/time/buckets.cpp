#include "core/time/buckets.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "core/support/query_string.hpp"
#include "core/support/text.hpp"
#include "core/time/civil.hpp"

namespace leadledger::time {

namespace {

bool is_below_day(Bucket bucket) { return schema::info(bucket).seconds > 0; }

/// The last instant up to the given one at which the local clock reads a multiple of `size`.
std::int64_t last_reading(const Zone& zone, std::int64_t size, std::int64_t instant) {
  Stretch stretch = zone.stretch_at(instant);
  while (true) {
    const std::int64_t latest = std::min(instant, stretch.to_s - 1) + stretch.offset_s;
    const std::int64_t at = floor_div(latest, size) * size - stretch.offset_s;
    if (at >= stretch.from_s) return at;
    stretch = zone.stretch_at(stretch.from_s - 1);
  }
}

/// The first instant from the given one on at which the local clock reads a multiple of `size`.
std::int64_t next_reading(const Zone& zone, std::int64_t size, std::int64_t instant) {
  Stretch stretch = zone.stretch_at(instant);
  while (true) {
    const std::int64_t earliest = std::max(instant, stretch.from_s) + stretch.offset_s;
    const std::int64_t at = floor_div(earliest + size - 1, size) * size - stretch.offset_s;
    if (at < stretch.to_s) return at;
    stretch = zone.stretch_at(stretch.to_s);
  }
}

/// How many instants from `from_s` to before `to_s` read a multiple of `size`.
std::int64_t count_readings(const Zone& zone, std::int64_t size, std::int64_t from_s, std::int64_t to_s) {
  std::int64_t count = 0;
  for (std::int64_t at = from_s; at < to_s;) {
    const Stretch stretch = zone.stretch_at(at);
    const std::int64_t end = std::min(to_s, stretch.to_s);
    count += floor_div(end - 1 + stretch.offset_s, size) - floor_div(at - 1 + stretch.offset_s, size);
    at = end;
  }
  return count;
}

// Days, weeks and months have numbers in a row, whatever became of their days in a zone.

std::int64_t number_of(Bucket bucket, std::int64_t day) {
  if (bucket == Bucket::week) return floor_div(day + 3, 7);  // 1970-01-01 was a Thursday
  if (bucket != Bucket::month) return day;
  const Date date = date_of(day);
  return date.year * 12 + date.month - 1;
}

std::int64_t first_day_of(Bucket bucket, std::int64_t number) {
  if (bucket == Bucket::week) return number * 7 - 3;
  if (bucket != Bucket::month) return number;
  const std::int64_t year = floor_div(number, 12);
  return days_of({year, static_cast<int>(number - year * 12) + 1, 1});
}

/// Dates that never were between the days of two instants.
std::int64_t count_skipped_days(const Zone& zone, std::int64_t from_s, std::int64_t to_s) {
  std::int64_t count = 0;
  for (Stretch stretch = zone.stretch_at(from_s); stretch.to_s < to_s;) {
    stretch = zone.stretch_at(stretch.to_s);
    count += std::max<std::int64_t>(0, zone.day_at(stretch.from_s) - zone.day_at(stretch.from_s - 1) - 1);
  }
  return count;
}

/// How many buckets the range touches, without looking at each.
std::int64_t count_buckets(const Zone& zone, Bucket bucket, std::int64_t from_s, std::int64_t to_s) {
  if (const std::int64_t size = schema::info(bucket).seconds; size > 0) {
    return count_readings(zone, size, last_reading(zone, size, from_s), to_s);
  }
  const std::int64_t first = number_of(bucket, zone.day_at(from_s));
  const std::int64_t last = number_of(bucket, zone.day_at(to_s - 1));
  return last - first + 1 - (bucket == Bucket::day ? count_skipped_days(zone, from_s, to_s) : 0);
}

tl::unexpected<Error> fail_too_many(const Zone& zone, Bucket bucket, std::int64_t from_s, std::int64_t to_s,
                                    std::size_t most) {
  const auto limit = static_cast<std::int64_t>(most);
  std::string reason = "The range has ";
  text::append_number(reason, count_buckets(zone, bucket, from_s, to_s));
  reason.append(" buckets of ").append(schema::info(bucket).name).append(", and an answer has at most ");
  text::append_number(reason, limit);
  std::string fitting;
  for (std::size_t at = 0; at < schema::kBuckets.size(); ++at) {
    const auto larger = static_cast<Bucket>(at);
    if (larger <= bucket || larger == Bucket::none || count_buckets(zone, larger, from_s, to_s) > limit)
      continue;
    if (!fitting.empty()) fitting += ", ";
    fitting += schema::info(larger).name;
  }
  reason += fitting.empty() ? ": take a shorter range."
                            : ": take a larger bucket (" + fitting + ") or a shorter range.";
  return tl::unexpected<Error>(bad_parameter("bucket", std::move(reason)));
}

/// Boundaries below a day, from the one at or before the range's beginning to the one at or after its end.
void add_readings(std::vector<std::int64_t>& out, const Zone& zone, std::int64_t size, std::int64_t from_s,
                  std::int64_t to_s) {
  const std::int64_t last = next_reading(zone, size, to_s);
  for (std::int64_t at = last_reading(zone, size, from_s); at < last;) {
    const Stretch stretch = zone.stretch_at(at);
    const std::int64_t end = std::min(last, stretch.to_s);
    for (; at < end; at += size) out.push_back(at);
    if (end < last) at = next_reading(zone, size, end);
  }
  out.push_back(last);
}

}  // namespace

std::size_t Boundaries::index_of(std::int64_t instant) const {
  const auto after = std::upper_bound(at.begin(), at.end(), instant);
  return static_cast<std::size_t>(after - at.begin()) - 1;
}

Result<Boundaries> boundaries_of(const Zone& zone, Bucket bucket, std::int64_t from_s, std::int64_t to_s,
                                 std::size_t most) {
  Boundaries boundaries;
  if (bucket == Bucket::none || from_s >= to_s) return boundaries;
  const auto count = static_cast<std::size_t>(count_buckets(zone, bucket, from_s, to_s));
  if (count > most) return fail_too_many(zone, bucket, from_s, to_s, most);
  boundaries.at.reserve(count + 1);
  if (is_below_day(bucket)) {
    add_readings(boundaries.at, zone, schema::info(bucket).seconds, from_s, to_s);
    return boundaries;
  }
  const std::int64_t end = number_of(bucket, zone.day_at(to_s - 1)) + 1;
  for (std::int64_t number = number_of(bucket, zone.day_at(from_s)); number <= end; ++number) {
    const std::int64_t start = zone.start_of_day(first_day_of(bucket, number));
    // A date that never was starts together with the next one.
    if (boundaries.at.empty() || start > boundaries.at.back()) boundaries.at.push_back(start);
  }
  return boundaries;
}

std::int64_t bucket_end(const Zone& zone, Bucket bucket, std::int64_t instant) {
  if (is_below_day(bucket)) return next_reading(zone, schema::info(bucket).seconds, instant + 1);
  return zone.start_of_day(first_day_of(bucket, number_of(bucket, zone.day_at(instant)) + 1));
}

CellGrid CellGrid::over(const Boundaries& boundaries, std::size_t most_segments) {
  CellGrid grid;
  const std::vector<std::int64_t>& at = boundaries.at;
  const std::size_t count = boundaries.count();
  for (std::size_t bucket = 0; bucket < count && grid.segments_.size() <= most_segments;) {
    const std::int64_t step = at[bucket + 1] - at[bucket];
    grid.segments_.push_back({at[bucket], step, static_cast<std::int64_t>(bucket)});
    while (bucket < count && at[bucket + 1] - at[bucket] == step) ++bucket;
    // The next segment's start, or the range's end, cuts a shorter bucket to its size.
    if (bucket < count && at[bucket + 1] - at[bucket] < step) ++bucket;
  }
  if (grid.segments_.size() <= most_segments) return grid;
  std::int64_t step = 0;
  for (std::size_t bucket = 0; bucket < count; ++bucket) step = std::gcd(step, at[bucket + 1] - at[bucket]);
  grid.segments_.assign(1, {at.front(), step, 0});
  grid.cell_is_bucket_ = false;
  return grid;
}

std::optional<std::size_t> CellGrid::bucket_of(std::int64_t cell, const Boundaries& boundaries) const {
  if (segments_.empty() || cell < 0) return {};
  if (cell_is_bucket_) {
    if (static_cast<std::uint64_t>(cell) >= boundaries.count()) return {};
    return static_cast<std::size_t>(cell);
  }
  const auto [start, step, first_cell] = segments_.front();
  if (cell > (boundaries.at.back() - 1 - start) / step) return {};
  return boundaries.index_of(start + cell * step);
}

}  // namespace leadledger::time
