#include "core/reports/rendering.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/file_name.hpp"
#include "core/reports/renderings.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::reports {

namespace {

/// "2026-11-21", as the local clock reads it.
std::string local_date(const time::Zone& zone, std::int64_t instant) {
  constexpr std::size_t kDateSize = 10;
  std::string out;
  append_rfc3339_local(out, instant, zone.offset_at(instant));
  out.resize(kDateSize);
  return out;
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
  std::vector<std::string_view> group_by;
  group_by.reserve(source.query.group_by.size());
  for (const Dimension dimension : source.query.group_by) group_by.push_back(schema::info(dimension).name);
  return file_name({source.query.filters, std::move(group_by), schema::info(source.query.bucket).name,
                    source.only_project, local_date(source.zone, range.from_s),
                    local_date(source.zone, range.to_s - 1), source.zone.name(), source.query.format});
}

}  // namespace leadledger::reports
