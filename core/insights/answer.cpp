#include "core/insights/answer.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/insights/find.hpp"
#include "core/insights/observe.hpp"
#include "core/insights/same.hpp"
#include "core/reports/meta.hpp"
#include "core/support/json_writer.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::insights {

namespace {

void write_range(json::Writer& writer, const time::Zone& zone, const Range& range) {
  reports::write_time(writer, "from", zone, range.from_s);
  reports::write_time(writer, "to", zone, range.to_s);
}

void write_number_or_null(json::Writer& writer, std::string_view name, int number) {
  writer.key(name);
  if (number > 0) return writer.number(number);
  writer.null();
}

void write_meta(json::Writer& writer, const reports::Source& source, const Observed& observed,
                const std::vector<schema::ReportWarning>& warnings) {
  const reports::Query& query = source.query;
  writer.begin_object();
  write_range(writer, source.zone, observed.windows.now.whole);
  writer.member("timezone", source.zone.name());
  write_number_or_null(writer, "days", query.days);
  write_number_or_null(writer, "hours", query.hours);
  reports::write_filters(writer, query);
  writer.key("baseline");
  writer.begin_array();
  for (const Window& window : observed.windows.baseline) {
    writer.begin_object();
    write_range(writer, source.zone, window.whole);
    writer.end_object();
  }
  writer.end_array();
  reports::write_freshness(writer, source);
  reports::write_sampled(writer, observed.largest_interval, source.tally.sampling().rows_read);
  reports::write_state(writer, source, warnings);
  writer.end_object();
}

std::vector<schema::ReportWarning> all_warnings(const reports::Source& source, const Material& material,
                                                const Windows& windows) {
  auto warnings = reports::warnings_of(source);
  if (is_incomplete(material)) warnings.push_back(schema::ReportWarning::top_incomplete);
  if (windows.baseline.size() < schema::kInsightWindowsMin) {
    warnings.push_back(schema::ReportWarning::insufficient_history);
  }
  return warnings;
}

/// A filter that leaves one value of a dimension only makes it the same as all submissions.
void leave_out_fixed(Observed& observed, const reports::Query& query) {
  for (const reports::Filter& filter : query.filters) {
    if (filter.negated || filter.contains || filter.values.size() > 1) continue;
    for (std::size_t at = 0; at < observed.values.size(); ++at) {
      if (schema::kInsightDimensions[at] == filter.dimension) observed.values[at].clear();
    }
  }
}

}  // namespace

std::vector<Insight> insights_of(Observed& observed, const reports::Query& query, double least_strength) {
  leave_out_fixed(observed, query);
  std::vector<Insight> found = find_insights(observed, query.kinds, least_strength);
  // An alert is followed by its name from check to check: there each keeps its own.
  if (least_strength >= schema::kStrengthShown) found = told_once(std::move(found));
  for (Insight& insight : found) insight.is_filtered = !query.filters.empty() || !query.flags.empty();
  return found;
}

std::string render_insights(const reports::Source& source, const Material& material, double least_strength) {
  const Windows windows = windows_with_data(material);
  Observed observed = observe(material, windows, source.zone);
  const std::vector<Insight> found = insights_of(observed, source.query, least_strength);
  const std::size_t shown = std::min<std::size_t>(found.size(), source.query.limit);
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.key("meta");
  write_meta(writer, source, observed, all_warnings(source, material, windows));
  writer.key("data");
  writer.begin_array();
  for (std::size_t at = 0; at < shown; ++at) write_insight(writer, found[at], source.zone);
  writer.end_array();
  if (source.ran != nullptr) {
    writer.key("explain");
    reports::write_explain(writer, *source.ran);
  }
  writer.end_object();
  writer.finish();
  return out;
}

}  // namespace leadledger::insights
