// What every JSON answer of a report has in common: its counts, its changes, and what it says of itself.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/reports/counts.hpp"
#include "core/reports/report.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::reports {

/// Writes the nine counts as members of the open object.
void write_counts(json::Writer& writer, const Counts& counts);

/// Writes {"total": (now - then) / then, ...} of the nine counts, from what the source's period is compared
/// with; null where then is 0 or has lost a part to retention.
void write_change(json::Writer& writer, const Source& source, const Counts& now, const Counts& then);

/// Writes part / whole, 0 where the whole is 0.
void write_ratio(json::Writer& writer, std::uint64_t part, std::uint64_t whole);

/// Writes a member: the instant as RFC 3339 with the zone's offset at that instant.
void write_time(json::Writer& writer, std::string_view name, const time::Zone& zone, std::int64_t instant);

/// Writes the member "filters".
void write_filters(json::Writer& writer, const Query& query);

/// Writes generated_at, data_from, data_through and newest_submission_at.
void write_freshness(json::Writer& writer, const Source& source);

/// Writes the member "rows_read" and those that say how points were sampled.
void write_sampled(json::Writer& writer, std::uint64_t largest_interval, std::uint64_t rows_read);

/// Writes cache, warnings and corrections.
void write_state(json::Writer& writer, const Source& source,
                 const std::vector<schema::ReportWarning>& warnings);

/// Writes the object "meta"; what it says of sampling holds for the source's tally.
void write_meta(json::Writer& writer, const Source& source,
                const std::vector<schema::ReportWarning>& warnings);

/// Writes {"statements": [...]}, the object "explain".
void write_explain(json::Writer& writer, const std::vector<Ran>& ran);

}  // namespace leadledger::reports
