// A report's query, typed: what was asked, checked and canonical, but not yet placed in time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/support/query_string.hpp"
#include "core/support/result.hpp"
#include "core/time/civil.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/insights.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::reports {

using schema::Bucket;
using schema::CompareWith;
using schema::Dimension;
using schema::ReportFormat;

/// One condition on a dimension: its text is (or contains) one of the values; or, negated, none of them.
struct Filter {
  Dimension dimension = Dimension::event_type;
  bool negated = false;
  bool contains = false;            // ASCII case is ignored then; the values are in lower case
  std::vector<std::string> values;  // canonical text, sorted, without repeats; never empty

  [[nodiscard]] friend bool operator==(const Filter& a, const Filter& b) = default;
  [[nodiscard]] friend bool operator<(const Filter& a, const Filter& b) {
    return std::tie(a.dimension, a.negated, a.contains, a.values) <
           std::tie(b.dimension, b.negated, b.contains, b.values);
  }
};

struct FlagFilter {
  schema::Flag flag = schema::Flag::vpn;
  bool value = true;
};

/// A local date (its midnight) or an instant.
struct Moment {
  std::optional<time::Date> date;
  std::int64_t instant_s = 0;  // where there is no date
};

struct Query {
  int days = 0;                // the last n local days; 0 where from or hours is given
  int hours = 0;               // of insights: the last n local hours; 0 where days is given
  std::optional<Moment> from;  // half-open
  std::optional<Moment> to;    // to the present where it is left out
  Bucket bucket = Bucket::day;
  std::string timezone;             // "" for the deployment's
  std::vector<Dimension> group_by;  // none, one or two different ones
  std::vector<Filter> filters;      // all of them must hold; sorted
  std::vector<FlagFilter> flags;    // sorted, none twice
  CompareWith compare = CompareWith::none;
  bool hour_of_week = false;  // included: only without group_by, and in JSON
  std::size_t sort = 0;       // of schema::kCountNames, by which groups are ranked
  std::uint32_t limit = 0;
  ReportFormat format = ReportFormat::json;
  bool bom = false;
  bool explain = false;
  std::vector<schema::InsightKind> kinds;  // of insights: those that are looked for, none twice
};

/// Which report is asked. The summary takes days, from, to, timezone, explain and the filters, and fixes the
/// rest: hours, compared with the period before, no groups, JSON. Insights take days and to (a date), or
/// hours, and timezone, kind, limit, explain and the filters.
enum class Kind : std::uint8_t { stats, summary, insights };

/// Errors (bad_parameter): every parameter that is unknown, repeated, empty or has a bad value, each with a
/// sentence that says what is allowed (all of them in the error's fields, not the first alone, but 50 at
/// most), with the codes unknown, repeated, empty, not_allowed, too_long and too_many. `accept` is the
/// Accept header, which decides the format of stats where `format` does not.
[[nodiscard]] Result<Query> read_query(Kind kind, const std::vector<Parameter>& parameters,
                                       std::string_view accept);

/// One text for all queries that ask the same of the data, whatever the order and spelling of their
/// parameters, and of no other. It is a query string of stats (or, with hours or a lone to, of insights) with
/// the same meaning. Says nothing of sort, limit, format, bom, explain and kind, which do not change what
/// must be read, nor which report it is.
[[nodiscard]] std::string normalised(const Query& query);

}  // namespace leadledger::reports
