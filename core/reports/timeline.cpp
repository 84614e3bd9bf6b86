#include "core/reports/timeline.hpp"

#include <algorithm>
#include <utility>

namespace leadledger::reports {

namespace {

bool contains(const Range& range, std::int64_t instant) {
  return range.from_s <= instant && instant < range.to_s;
}

/// The natural edges inside of the range, and its ends.
void append_edges(std::vector<std::int64_t>& edges, const Range& range,
                  const std::vector<std::int64_t>& natural) {
  edges.push_back(range.from_s);
  const auto first = std::upper_bound(natural.begin(), natural.end(), range.from_s);
  edges.insert(edges.end(), first, std::lower_bound(first, natural.end(), range.to_s));
  edges.push_back(range.to_s);
}

std::uint32_t bucket_at(const Period& period, std::int64_t instant) {
  if (period.boundaries.count() == 0) return 0;
  return static_cast<std::uint32_t>(period.boundaries.index_of(instant));
}

std::optional<std::uint32_t> bucket_in(const Period* period, std::int64_t instant) {
  if (period == nullptr || !contains(period->range, instant)) return std::nullopt;
  return bucket_at(*period, instant);
}

}  // namespace

Timeline::Timeline(const Period* period, const Period* comparison, const WeekHours& hours)
    : has_period_(period != nullptr), has_comparison_(comparison != nullptr) {
  const bool has_hours = has_period_ && !hours.at.empty();
  const Period& first = has_period_ ? *period : *comparison;
  stretches_.range = first.range;
  const bool is_one = !has_hours && !(has_period_ && has_comparison_);
  if (is_one) {
    stretches_ = first;
    places_.resize(std::max<std::size_t>(1, first.boundaries.count()));
    for (std::size_t at = 0; at < places_.size(); ++at) {
      auto& bucket = has_period_ ? places_[at].period : places_[at].comparison;
      bucket = static_cast<std::uint32_t>(at);
    }
    return;
  }
  std::vector<std::int64_t>& edges = stretches_.boundaries.at;
  for (const Period* one : {period, comparison}) {
    if (one == nullptr) continue;
    append_edges(edges, one->range, one->boundaries.at);
    stretches_.range.from_s = std::min(stretches_.range.from_s, one->range.from_s);
    stretches_.range.to_s = std::max(stretches_.range.to_s, one->range.to_s);
  }
  if (has_hours) edges.insert(edges.end(), hours.at.begin(), hours.at.end());
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  stretches_.grid = time::CellGrid::over(stretches_.boundaries, kMostSegments);

  places_.reserve(edges.size() - 1);
  for (std::size_t at = 0; at + 1 < edges.size(); ++at) {
    Place place{bucket_in(period, edges[at]), bucket_in(comparison, edges[at]), std::nullopt};
    if (has_hours && place.period) {
      const auto after = std::upper_bound(hours.at.begin(), hours.at.end(), edges[at]);
      place.hour_of_week = hours.of_week[static_cast<std::size_t>(after - hours.at.begin()) - 1];
    }
    // Between two periods that do not touch there is one stretch of neither.
    if (!place.period && !place.comparison) gap_ = {edges[at], edges[at + 1]};
    places_.push_back(place);
  }
}

const Place* Timeline::place_of(std::int64_t cell) const {
  std::size_t stretch = 0;
  if (stretches_.boundaries.count() > 0) {
    const auto found = stretches_.grid.bucket_of(cell, stretches_.boundaries);
    if (!found) return nullptr;
    stretch = *found;
  }
  const Place& place = places_[stretch];
  return place.period || place.comparison ? &place : nullptr;
}

std::vector<Timeline> timelines_of(const Plan& plan, bool in_one) {
  std::vector<Timeline> out;
  const Period* const comparison = plan.comparison && !plan.comparison_is_gone ? &*plan.comparison : nullptr;
  if (in_one && comparison != nullptr) {
    Timeline both(&plan.period, comparison, plan.hours);
    if (both.is_exact()) {
      out.push_back(std::move(both));
      return out;
    }
  }
  out.emplace_back(&plan.period, nullptr, plan.hours);
  if (comparison != nullptr) out.emplace_back(nullptr, comparison, plan.hours);
  return out;
}

}  // namespace leadledger::reports
