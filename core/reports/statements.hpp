// The SELECTs of reports. Each names its range and the projects that the key may see; that is part of the
// query itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/plan.hpp"
#include "core/reports/query.hpp"
#include "core/support/result.hpp"
#include "core/time/buckets.hpp"

namespace leadledger::reports {

/// The projects whose submissions may be counted.
struct Scope {
  bool all_projects = false;
  std::vector<std::string> projects;  // where not all; none of them is nothing at all
};

/// A statement and the columns of its answer, which are read by their names.
struct Statement {
  std::string sql;
  std::vector<Dimension> dimensions;  // text columns d0, d1, ... in this order
  bool has_cell = false;              // integer column "cell"
  std::uint32_t most_rows = 0;        // LIMIT most_rows + 1: one row more means that there were too many
};

/// Integer columns that every statement has, in this order behind cell and dimensions. See docs/decisions for
/// why each.
///   n          submissions, weighted: SUM(_sample_interval)
///   <types>    the same of each event type, by the names of schema::kEventTypeNames
///   <flags>    the same of each flag: vpn, suspicious, hot
///   rows       points that were read: count()
///   most       the largest sample interval
///   squares    SUM(_sample_interval * _sample_interval), for the margin of error
///   newest     Unix seconds of the newest point
/// Counts by cell (where the period has boundaries) and dimensions. Errors (bad_parameter): the filters make
/// the statement longer than Analytics Engine takes.
[[nodiscard]] Result<Statement> count_statement(const Query& query, const Scope& scope, const Period& period,
                                                const std::vector<Dimension>& dimensions,
                                                std::uint32_t most_rows);

/// The largest combinations of the dimensions first; for top lists of a summary, which may go without the
/// rest.
[[nodiscard]] Result<Statement> top_statement(const Query& query, const Scope& scope, const Range& range,
                                              const std::vector<Dimension>& dimensions,
                                              std::uint32_t most_rows);

}  // namespace leadledger::reports
