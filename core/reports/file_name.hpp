// What a file of a report is called.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/reports/query.hpp"

namespace leadledger::reports {

struct FileFor {
  const std::vector<Filter>& filters;
  std::vector<std::string_view> group_by;  // names of dimensions
  std::string_view bucket;                 // its name
  std::string_view only_project;           // the one that the key reaches, where it is one
  std::string_view first_day;              // local dates
  std::string_view last_day;
  std::string_view timezone;
  ReportFormat format = ReportFormat::json;
};

/// "lead-stats_acme_by-source+day_2026-11-15_2026-11-21_Asia-Kolkata.csv", of only such characters as every
/// system takes. Named are the projects of the filters, where these name a few and say nothing else about
/// projects; else the key's only one; else all projects. Then come the groups, where there are any, and the
/// buckets of each.
[[nodiscard]] std::string file_name(const FileFor& file);

}  // namespace leadledger::reports
