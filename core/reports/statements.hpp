// The SELECTs of reports. Each names its range and the projects that the key may see; that is part of the
// query itself.
#pragma once

#include <array>
#include <cstdint>
#include <span>
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
  bool has_cell = false;              // integer column "cell", before the dimensions
  std::uint32_t most_rows = 0;        // LIMIT most_rows + 1: one row more means that there were too many
};

/// Integer columns that every statement has, in this order behind cell and dimensions. The prefix keeps them
/// clear of SQL's own words (ROWS, PRIMARY), of which a parser may think more than ours do.
///   - m_n: submissions, weighted: SUM(_sample_interval)
///   - m_primary ... m_bot: the same of each event type, in the order of schema::kEventTypeNames
///   - m_vpn, m_suspicious, m_hot: the same of each flag, of known event types, in the order of kFlagNames
///   - m_rows: points that were read: count()
///   - m_most: the largest sample interval
///   - m_squares: SUM(_sample_interval * _sample_interval), for the margin of error
///   - m_newest: Unix seconds of the newest point
inline constexpr std::array<std::string_view, 13> kMeasureColumns = {
    "m_n",          "m_primary", "m_follow_up", "m_test", "m_blocked", "m_bot",    "m_vpn",
    "m_suspicious", "m_hot",     "m_rows",      "m_most", "m_squares", "m_newest",
};

/// Counts by cell (where the period has boundaries) and dimensions; of the period's range without `gap`, a
/// range inside of it, which may be empty. Errors (bad_parameter): the filters make the statement longer than
/// Analytics Engine takes.
[[nodiscard]] Result<Statement> count_statement(const Query& query, const Scope& scope, const Period& period,
                                                const std::vector<Dimension>& dimensions,
                                                std::uint32_t most_rows, Range gap = {});

/// Counts by cell and dimensions, the largest first, which may go without the rest; of the period's range
/// without the gaps, which are ascending ranges inside of it. The period has boundaries.
[[nodiscard]] Result<Statement> pieces_statement(const Query& query, const Scope& scope, const Period& period,
                                                 std::span<const Range> gaps,
                                                 const std::vector<Dimension>& dimensions,
                                                 std::uint32_t most_rows);

/// The largest combinations of the dimensions first; for top lists of a summary, which may go without the
/// rest.
[[nodiscard]] Result<Statement> top_statement(const Query& query, const Scope& scope, const Range& range,
                                              const std::vector<Dimension>& dimensions,
                                              std::uint32_t most_rows);

}  // namespace leadledger::reports
