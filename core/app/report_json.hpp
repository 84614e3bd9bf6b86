// Reports as JSON, for whoever inside of the Worker needs one: what HTTP would answer a key of that scope.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/app/report_handlers.hpp"
#include "core/reports/statements.hpp"
#include "core/support/result.hpp"

namespace leadledger::app {

/// On whose behalf a report is made. All that it points to outlives the report.
struct Asker {
  const reports::Scope& scope;
  Part config;  // the deployment's
  std::int64_t now_ms = 0;
  std::array<std::string_view, 4> random = {};  // UUIDs, of the request or the occasion
};

/// The body of GET /analytics/lead-stats/summary with that query string. Errors: as there; explain is for
/// those who bring a key, and so is key_forbidden.
Task<Result<std::string>> summary_json(ReportPorts ports, Asker asker, std::string query);

/// The same of GET /analytics/lead-stats, as JSON and in one piece: for queries whose answer is small.
Task<Result<std::string>> stats_json(ReportPorts ports, Asker asker, std::string query);

/// The same of GET /analytics/insights, with insights from `least_strength` on: schema::kStrengthShown is
/// what HTTP answers.
Task<Result<std::string>> insights_json(ReportPorts ports, Asker asker, std::string query,
                                        double least_strength);

}  // namespace leadledger::app
