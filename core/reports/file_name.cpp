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

std::string file_name(const FileFor& file) {
  std::string out = "lead-stats_" + projects_of(file.filters, file.only_project) + '_';
  for (std::size_t at = 0; at < file.group_by.size(); ++at) {
    out += at == 0 ? "by-" : "+";
    append_plain(out, file.group_by[at]);
  }
  if (!file.group_by.empty()) {
    if (file.bucket != schema::info(Bucket::none).name) {
      out += '+';
      append_plain(out, file.bucket);
    }
    out += '_';
  }
  out += file.first_day;
  out += '_';
  out += file.last_day;
  out += '_';
  append_plain(out, file.timezone);
  out += '.';
  out += schema::info(file.format).name;
  return out;
}

}  // namespace leadledger::reports
