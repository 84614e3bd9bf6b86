#include "core/reports/summary.hpp"

#include <algorithm>

#include "core/reports/meta.hpp"
#include "core/support/json_writer.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

constexpr std::size_t kShownOfTop = 5;
constexpr std::size_t kHoursOfDay = 24;
constexpr std::int64_t kHour = 3600;

/// The groups of a tally of one dimension, largest first, then by key.
std::vector<std::size_t> largest(const Tally& tally) {
  std::vector<std::size_t> order;
  order.reserve(tally.group_count());
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    if (!tally.group(at).is_emptied) order.push_back(at);
  }
  const auto shown = static_cast<std::ptrdiff_t>(std::min(kShownOfTop, order.size()));
  std::partial_sort(order.begin(), order.begin() + shown, order.end(), [&](std::size_t a, std::size_t b) {
    const Group& one = tally.group(a);
    const Group& other = tally.group(b);
    if (one.counts.total() != other.counts.total()) return one.counts.total() > other.counts.total();
    return tally.text(one, 0) < tally.text(other, 0);
  });
  order.resize(static_cast<std::size_t>(shown));
  return order;
}

void write_top(json::Writer& writer, const Tally& tally, std::uint64_t total) {
  // Both come from statements of their own, between which another submission may have come.
  total = std::max(total, tally.totals().total());
  writer.begin_array();
  for (const std::size_t at : largest(tally)) {
    const Group& group = tally.group(at);
    writer.begin_object();
    writer.member("key", tally.text(group, 0));
    writer.key("share");
    write_ratio(writer, group.counts.total(), total);
    write_counts(writer, group.counts);
    writer.end_object();
  }
  writer.end_array();
}

/// {"hour", "total"} of the hour of the day in which most came; null where nothing came.
void write_busiest_hour(json::Writer& writer, const time::Zone& zone, const SummaryHours& hours,
                        const Tally& current) {
  std::array<std::uint64_t, kHoursOfDay> totals = {};
  const std::vector<std::int64_t>& starts = hours.period.boundaries.at;
  for (std::size_t bucket = 0; bucket < hours.period.boundaries.count(); ++bucket) {
    const auto at = hours.current(bucket);
    if (!at) continue;
    const std::int64_t local = zone.local_at(starts[bucket]);
    const auto hour = static_cast<std::size_t>(((local / kHour) % 24 + 24) % 24);
    totals[hour] += current.bucket_counts()[*at].total();
  }
  std::size_t busiest = 0;
  for (std::size_t hour = 1; hour < totals.size(); ++hour) {
    if (totals[hour] > totals[busiest]) busiest = hour;
  }
  if (totals[busiest] == 0) return writer.null();
  writer.begin_object();
  writer.member("hour", static_cast<std::int64_t>(busiest));
  writer.member("total", static_cast<std::int64_t>(totals[busiest]));
  writer.end_object();
}

void write_rates(json::Writer& writer, const Counts& counts) {
  using schema::EventType;
  const std::uint64_t total = counts.total();
  const auto rate = [&](std::string_view name, std::uint64_t part) {
    writer.key(name);
    write_ratio(writer, part, total);
  };
  writer.begin_object();
  rate("actual", counts.of(EventType::primary));
  rate("hot", counts.of(schema::Flag::hot));
  rate("bot", counts.of(EventType::bot));
  rate("blocked", counts.of(EventType::blocked));
  rate("rejected", counts.of(EventType::bot) + counts.of(EventType::blocked));
  writer.end_object();
}

void write_previous(json::Writer& writer, const Source& source) {
  const Range& range = source.plan.comparison->range;
  writer.begin_object();
  write_time(writer, "from", source.zone, range.from_s);
  write_time(writer, "to", source.zone, range.to_s);
  writer.key("totals");
  writer.begin_object();
  write_counts(writer, source.comparison->totals());
  writer.end_object();
  writer.end_object();
}

}  // namespace

std::optional<std::size_t> SummaryHours::current(std::size_t bucket) const {
  const std::size_t first = period.boundaries.count() - current_count();
  if (bucket < first) return std::nullopt;
  return bucket - first;
}

std::size_t SummaryHours::current_count() const {
  const auto& at = period.boundaries.at;
  return static_cast<std::size_t>(at.end() - std::lower_bound(at.begin(), at.end(), split_s)) - 1;
}

Error summary_too_long() {
  return bad_parameter(
      "from",
      "A summary reads its range and the one before it hour by hour, so it covers 100 days at most. Ask "
      "for a shorter range.");
}

Result<SummaryHours> summary_hours(const time::Zone& zone, const Plan& plan) {
  const Range whole{plan.comparison->range.from_s, plan.period.range.to_s};
  auto boundaries =
      time::boundaries_of(zone, Bucket::minutes_60, whole.from_s, whole.to_s, schema::kMaxSummaryHours);
  if (!boundaries) return tl::unexpected<Error>(summary_too_long());
  SummaryHours hours;
  hours.previous_end_s = plan.comparison->range.to_s;
  hours.split_s = plan.period.range.from_s;
  std::vector<std::int64_t>& at = boundaries->at;
  add_edge(at, hours.previous_end_s);
  add_edge(at, hours.split_s);
  // A clock change is no boundary of an hour's bucket, but on its two sides the clock may read different
  // hours.
  for (const time::Transition& change : zone.transitions()) {
    if (at.front() < change.at_s && change.at_s < at.back()) add_edge(at, change.at_s);
  }
  hours.period.range = whole;
  hours.period.grid = time::CellGrid::over(*boundaries, kMostSegments);
  hours.period.boundaries = std::move(*boundaries);
  return hours;
}

std::string render_summary(const Source& source, const SummarySource& summary) {
  const Counts& totals = summary.current.totals();
  auto warnings = warnings_of(source);
  if (summary.top_incomplete) warnings.push_back(schema::ReportWarning::top_incomplete);
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.key("meta");
  write_meta(writer, source, warnings);
  writer.key("totals");
  writer.begin_object();
  write_counts(writer, totals);
  writer.end_object();
  writer.key("rates");
  write_rates(writer, totals);
  writer.key("change");
  write_change(writer, source, totals, summary.previous.totals());
  writer.key("previous");
  write_previous(writer, source);
  writer.key("top");
  writer.begin_object();
  for (std::size_t at = 0; at < schema::kSummaryTop.size(); ++at) {
    writer.key(schema::info(schema::kSummaryTop[at]).name);
    write_top(writer, *summary.top[at], totals.total());
  }
  writer.end_object();
  writer.key("busiest_hour");
  write_busiest_hour(writer, source.zone, summary.hours, summary.current);
  if (source.ran != nullptr) {
    writer.key("explain");
    write_explain(writer, *source.ran);
  }
  writer.end_object();
  writer.finish();
  return out;
}

}  // namespace leadledger::reports
