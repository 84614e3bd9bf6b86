// Files made of an answer: a page holds the JSON answer of GET /analytics/lead-stats, and this makes of it
// what the server would give for the same question as CSV or NDJSON, byte for byte, without another request.
#pragma once

#include <string>
#include <string_view>

#include "core/reports/query.hpp"
#include "core/support/result.hpp"

namespace leadledger::reports {

/// The rows of an answer, written by what writes the server's own: buckets, groups, or group by group each
/// bucket; one row of totals where neither was asked for. `answer` is the JSON text as it came and is used
/// up; members that rows have no place for are not looked at. `format` is csv or ndjson; `bom` goes with csv
/// only.
///
/// Errors, each a sentence that names the place: body_too_large (beyond schema::kMaxExportBytes);
/// malformed_body (no JSON, or nested or long beyond any answer); bad_parameter (format, bom);
/// validation_failed (no answer of lead-stats, such as a summary; members that are missing or of another
/// kind; counts that are no whole numbers below 2^64, or whose event types are not their total).
[[nodiscard]] Result<std::string> export_answer(std::string answer, ReportFormat format, bool bom);

/// What an answer does not say, and a file's name may need.
struct FileFacts {
  /// The project of a key that reaches only one; "" for any other key.
  std::string_view only_project = {};
  /// The local date of the second before meta.to, "2026-11-21", as the zone's clock reads it. Where it is ""
  /// the offset of meta.to is taken, which is another one only where clocks change at that very moment.
  std::string_view last_day = {};
};

/// What the server calls the file of the same question in this format (any of them); as reports::file_name().
/// Needs nothing of the answer but its meta. Errors as above; bad_parameter where `last_day` cannot be one.
[[nodiscard]] Result<std::string> export_file_name(std::string answer, ReportFormat format,
                                                   const FileFacts& facts);

}  // namespace leadledger::reports
