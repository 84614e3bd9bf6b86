#include "core/insights/observe.hpp"

#include <algorithm>
#include <utility>

#include "leadledger/limits.hpp"

namespace leadledger::insights {

namespace {

using reports::Tally;

const Tally& whole(const Material& material) { return material.values[kWholeDimension].tally; }

/// A series of a frame's windows, of which those from the end may be left out.
class SeriesOf {
 public:
  SeriesOf(const Frame& frame, std::size_t baseline, std::string_view value, std::uint64_t interval)
      : frame_(frame) {
    series_.value = value;
    series_.largest_interval = std::max<std::uint64_t>(interval, 1);
    series_.baseline.resize(baseline);
  }
  void add(std::size_t piece, const Counts& counts) {
    const auto& part = frame_.parts[piece];
    if (!part || part->window > series_.baseline.size()) return;
    WindowCounts& window = part->window == 0 ? series_.now : series_.baseline[part->window - 1];
    (part->is_tail ? window.tail : window.head) += counts;
  }
  [[nodiscard]] Series take() { return std::move(series_); }

 private:
  const Frame& frame_;
  Series series_;
};

Series series_of_all(const Material& material, std::size_t baseline) {
  SeriesOf all(material.frame, baseline, {}, whole(material).sampling().largest_interval);
  const std::vector<Counts>& pieces = whole(material).bucket_counts();
  for (std::size_t piece = 0; piece < pieces.size(); ++piece) all.add(piece, pieces[piece]);
  return all.take();
}

/// Groups of known values, those of which most was counted first.
std::vector<std::size_t> largest(const Tally& tally) {
  std::vector<std::size_t> order;
  order.reserve(tally.group_count());
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    const reports::Group& group = tally.group(at);
    if (!group.is_emptied && !tally.text(group, 0).empty()) order.push_back(at);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const reports::Group& one = tally.group(a);
    const reports::Group& other = tally.group(b);
    if (one.counts.total() != other.counts.total()) return one.counts.total() > other.counts.total();
    return tally.text(one, 0) < tally.text(other, 0);
  });
  if (order.size() > schema::kInsightValues) order.resize(schema::kInsightValues);
  return order;
}

bool may_miss_now(const WindowCounts& now) { return now.head.total() == 0 || now.tail.total() == 0; }

std::vector<Series> series_of(const Counted& counted, const Frame& frame, std::size_t baseline) {
  const Tally& tally = counted.tally;
  std::vector<Series> out;
  for (const std::size_t at : largest(tally)) {
    const reports::Group& group = tally.group(at);
    const std::string_view value = tally.text(group, 0);
    SeriesOf one(frame, baseline, value, counted.intervals.of(value));
    for (std::uint32_t entry = group.first; entry != reports::kNone; entry = tally.entry(entry).next) {
      one.add(tally.entry(entry).bucket, tally.entry(entry).counts);
    }
    Series series = one.take();
    if (!counted.is_cut || !may_miss_now(series.now)) out.push_back(std::move(series));
  }
  return out;
}

std::array<Counts, 24> by_hour_of_day(const Tally& tally, const reports::Period& hours,
                                      const time::Zone& zone) {
  std::array<Counts, 24> out = {};
  const std::vector<Counts>& buckets = tally.bucket_counts();
  for (std::size_t at = 0; at < buckets.size(); ++at) {
    out[hour_of_day(zone, hours.boundaries.at[at])] += buckets[at];
  }
  return out;
}

}  // namespace

Windows windows_with_data(const Material& material) {
  Windows windows = material.frame.windows;
  const Series all = series_of_all(material, windows.baseline.size());
  while (!windows.baseline.empty()) {
    const WindowCounts& earliest = all.baseline[windows.baseline.size() - 1];
    if (earliest.head.total() + earliest.tail.total() > 0) break;
    windows.baseline.pop_back();
  }
  return windows;
}

Observed observe(const Material& material, const Windows& windows, const time::Zone& zone) {
  const std::size_t baseline = windows.baseline.size();
  Observed observed{windows, series_of_all(material, baseline), {}, {}, {}, 1, 1};
  for (std::size_t at = 0; at < material.values.size(); ++at) {
    const Counted& counted = material.values[at];
    observed.values[at] = series_of(counted, material.frame, baseline);
    observed.largest_interval =
        std::max(observed.largest_interval, counted.tally.sampling().largest_interval);
  }
  if (material.hours != nullptr && material.frame.hours) {
    observed.hours_of_day = by_hour_of_day(*material.hours, *material.frame.hours, zone);
    observed.hours_range = material.frame.hours->range;
    observed.hours_interval = std::max(observed.hours_interval, material.hours->sampling().largest_interval);
    observed.largest_interval = std::max(observed.largest_interval, observed.hours_interval);
  }
  return observed;
}

bool is_incomplete(const Material& material) {
  return std::any_of(material.values.begin(), material.values.end(), [](const Counted& counted) {
    // The value "" is not one of those that are looked at.
    return counted.is_cut || counted.tally.group_count() > schema::kInsightValues + 1;
  });
}

}  // namespace leadledger::insights
