#include "core/reports/file_name.hpp"

#include <cstddef>

#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

/// Appends what every system takes in a file name; anything else became a hyphen.
void append_plain(std::string& out, std::string_view text) {
  constexpr std::string_view kPlain = "._+-";
  for (const char c : text) {
    const bool plain = text::is_letter(c) || text::is_digit(c) || kPlain.find(c) != std::string_view::npos;
    out += plain ? c : '-';
  }
}

std::string projects_of(const std::vector<Filter>& filters, std::string_view only_project) {
  constexpr std::size_t kMostProjects = 3;
  std::string all;
  append_plain(all, only_project.empty() ? "all-projects" : only_project);
  const Filter* only = nullptr;
  for (const Filter& filter : filters) {
    if (filter.dimension != Dimension::project) continue;
    if (only != nullptr) return all;
    only = &filter;
  }
  if (only == nullptr || only->negated || only->contains || only->values.size() > kMostProjects) return all;
  std::string out;
  for (const std::string& value : only->values) {
    if (value.empty()) continue;
    if (!out.empty()) out += '+';
    append_plain(out, value);
  }
  return out.empty() ? all : out;
}

}  // namespace

std::string file_name(const std::vector<Filter>& filters, std::string_view only_project,
                      std::string_view first_day, std::string_view last_day, std::string_view timezone,
                      ReportFormat format) {
  std::string out = "lead-stats_" + projects_of(filters, only_project) + '_';
  out += first_day;
  out += '_';
  out += last_day;
  out += '_';
  append_plain(out, timezone);
  out += '.';
  out += schema::info(format).name;
  return out;
}

}  // namespace leadledger::reports
