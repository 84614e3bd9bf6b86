// Queries for tests, and plans of them as text.
#pragma once

#include <string>
#include <string_view>

#include "core/reports/plan.hpp"
#include "core/support/rfc3339.hpp"
#include "tests/core/time/zones.hpp"

namespace leadledger::tests {

/// "2026-11-15" is a date, anything longer an instant.
inline reports::Moment moment(std::string_view text) {
  if (const auto date = time::parse_date(text)) return {*date, 0};
  return {{}, at(text)};
}

inline reports::Query days(int count, schema::Bucket bucket = schema::Bucket::day) {
  reports::Query query;
  query.days = count;
  query.bucket = bucket;
  return query;
}

/// `to` may be "": left out.
inline reports::Query range(std::string_view from, std::string_view to,
                            schema::Bucket bucket = schema::Bucket::day) {
  reports::Query query;
  query.from = moment(from);
  if (!to.empty()) query.to = moment(to);
  query.bucket = bucket;
  return query;
}

inline reports::Query compared(reports::Query query, schema::CompareWith with) {
  query.compare = with;
  return query;
}

inline std::string shown(const time::Zone& zone, reports::Range range) {
  return shown(zone, range.from_s) + " - " + shown(zone, range.to_s);
}

}  // namespace leadledger::tests
