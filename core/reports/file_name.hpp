// What a file of a report is called.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/reports/query.hpp"

namespace leadledger::reports {

/// "lead-stats_acme_2026-11-15_2026-11-21_Asia-Kolkata.csv", of only such characters as every system takes.
/// Named are the projects of the filters, where these name a few and say nothing else about projects; else
/// `only_project`, which is the one that the key reaches; else, where that is "", all projects. Days are the
/// first and the last local one.
[[nodiscard]] std::string file_name(const std::vector<Filter>& filters, std::string_view only_project,
                                    std::string_view first_day, std::string_view last_day,
                                    std::string_view timezone, ReportFormat format);

}  // namespace leadledger::reports
