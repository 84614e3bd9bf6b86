#include "core/reports/rendering.hpp"

#include "core/reports/renderings.hpp"
#include "core/support/rfc3339.hpp"
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

/// The projects that the query names, where it names a few and nothing else about projects; else the only one
/// that the key reaches.
std::string projects_of(const Source& source) {
  constexpr std::size_t kMostProjects = 3;
  std::string all;
  append_plain(all, source.only_project.empty() ? "all-projects" : source.only_project);
  const Filter* only = nullptr;
  for (const Filter& filter : source.query.filters) {
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

void append_local_date(std::string& out, const time::Zone& zone, std::int64_t instant) {
  constexpr std::size_t kDateSize = 10;
  const std::size_t begin = out.size();
  append_rfc3339_local(out, instant, zone.offset_at(instant));
  out.resize(begin + kDateSize);
}

}  // namespace

std::unique_ptr<Rendering> render(Report& report) {
  switch (report.source().query.format) {
    case ReportFormat::json: return render_json(report);
    case ReportFormat::csv: return render_csv(report);
    case ReportFormat::ndjson: break;
  }
  return render_ndjson(report);
}

std::string file_name(const Report& report) {
  const Source& source = report.source();
  const Range& range = source.plan.period.range;
  std::string out = "lead-stats_" + projects_of(source) + '_';
  append_local_date(out, source.zone, range.from_s);
  out += '_';
  append_local_date(out, source.zone, range.to_s - 1);
  out += '_';
  append_plain(out, source.zone.name());
  out += '.';
  out += schema::info(source.query.format).name;
  return out;
}

}  // namespace leadledger::reports
