// Writes a report as JSON, CSV or NDJSON, a piece at a time, so that an answer of any size takes little
// memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/reports/report.hpp"

namespace leadledger::reports {

/// One answer being written. A piece ends wherever it is full; put together, the pieces are the answer.
class Rendering {
 public:
  Rendering() = default;
  Rendering(const Rendering&) = delete;
  Rendering& operator=(const Rendering&) = delete;
  virtual ~Rendering() = default;
  /// Appends at least `about_bytes` bytes, or the rest; false once there is nothing left, which the call that
  /// wrote the last byte already tells.
  [[nodiscard]] virtual bool next(std::string& out, std::size_t about_bytes) = 0;
};

/// In the format of the report's query. The report outlives it, and its buckets_of() is the rendering's own
/// meanwhile. JSON has all of the report; CSV and NDJSON have its rows: buckets, groups, or group by group
/// each bucket; one row of totals where neither was asked for.
[[nodiscard]] std::unique_ptr<Rendering> render(Report& report);

/// "lead-stats_acme_2026-11-15_2026-11-21_Asia-Kolkata.csv": project, first and last local day, zone; only
/// characters that every system takes in a file name.
[[nodiscard]] std::string file_name(const Report& report);

}  // namespace leadledger::reports
