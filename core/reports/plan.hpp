// A query placed in time: the range it means in its zone, the buckets of it, and what it is compared with.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/reports/query.hpp"
#include "core/time/buckets.hpp"
#include "core/time/zone.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

/// Each segment of a grid is a branch of the statement's text, which must stay under schema::kMaxSqlChars.
inline constexpr std::size_t kMostSegments = 32;

struct Range {
  std::int64_t from_s = 0;
  std::int64_t to_s = 0;  // excluded
};

struct Period {
  Range range;
  time::Boundaries boundaries;  // empty for Bucket::none
  time::CellGrid grid;          // of the boundaries
};

inline constexpr std::size_t kHoursOfWeek = 7 * 24;

/// Stretches of the range in each of which the local clock reads one hour of one weekday.
struct WeekHours {
  std::vector<std::int64_t> at;       // where each begins, ascending; empty where nobody asked
  std::vector<std::uint8_t> of_week;  // for each: (ISO weekday - 1) * 24 + hour
};

struct Plan {
  Period period;
  std::optional<Period> comparison;
  WeekHours hours;           // of the period
  bool running = false;      // the range reaches past the present
  std::int64_t as_of_s = 0;  // the present
  /// From when on there can be data: the range's from, or later where retention ended.
  std::int64_t data_from_s = 0;
  bool before_retention = false;             // the range begins before that
  bool comparison_before_retention = false;  // the one it is compared with does, so its counts are too small
  bool comparison_is_gone = false;           // it lies wholly before: there is nothing to ask for
};

/// Puts an instant into an ascending list, once.
void add_edge(std::vector<std::int64_t>& edges, std::int64_t instant);

/// The span for which the query's zone must be known before it can be planned: generous, comparison included.
[[nodiscard]] time::Span zone_span(const Query& query, std::int64_t now_s);

/// Design: `days` = n is the n local calendar days that end with today; a date means its local midnight; `to`
/// past the present, left out, or with `days`, is the end of the running bucket (of the running day for
/// Bucket::none). `previous` are as many local days before where the range is whole days, of which the last
/// may be running (then that of the earlier ones ends at the same local time); else the same duration before.
/// Errors (bad_parameter): from not before to, a range wholly in the future, too many buckets or hours of a
/// week, and a range, a first bucket or a comparison that begins before 1970, so that no boundary is
/// negative.
[[nodiscard]] Result<Plan> make_plan(const Query& query, const time::Zone& zone, std::int64_t now_s,
                                     std::int64_t retention_days = schema::kRetentionDays);

/// For how many seconds an answer of this plan counts as fresh: a short range whose end is the present is
/// watched as it happens.
[[nodiscard]] std::uint32_t fresh_for_s(const Plan& plan, std::int64_t now_s);

}  // namespace leadledger::reports
