#include "core/reports/report.hpp"

#include <algorithm>

#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

/// A group in the race for the first places.
struct Candidate {
  std::uint64_t count = 0;  // that the query sorts by
  std::uint64_t total = 0;
  std::uint32_t group = 0;  // of the tally
};

}  // namespace

std::int64_t data_through_s(const Source& source) {
  const Range& range = source.plan.period.range;
  const std::int64_t seen = source.generated_at_s - std::int64_t{schema::kVisibilityLagS};
  return std::max(range.from_s, std::min(range.to_s, seen));
}

std::vector<schema::ReportWarning> warnings_of(const Source& source) {
  using schema::ReportWarning;
  const bool other_types =
      source.tally.sampling().other_event_types > 0 ||
      (source.comparison != nullptr && source.comparison->sampling().other_event_types > 0);
  std::vector<ReportWarning> out;
  if (source.plan.before_retention) out.push_back(ReportWarning::range_before_retention);
  if (source.plan.comparison_before_retention) out.push_back(ReportWarning::comparison_before_retention);
  if (source.cache == CacheState::stale) out.push_back(ReportWarning::stale);
  if (source.no_data_yet) out.push_back(ReportWarning::no_data_yet);
  // Below a day both end at the same time of day (Plan::comparison), so like is compared with like.
  const bool is_uneven = source.plan.running && schema::info(source.query.bucket).seconds == 0;
  if (is_uneven && source.plan.comparison) out.push_back(ReportWarning::running_period);
  if (other_types) out.push_back(ReportWarning::other_event_types);
  if (source.corrections_missing) out.push_back(ReportWarning::corrections_missing);
  return out;
}

Report::Report(Source source) : source_(source), warnings_(warnings_of(source)) {
  if (has_groups()) rank();
}

void Report::rank() {
  const Tally& tally = source_.tally;
  const auto before = [&](const Candidate& a, const Candidate& b) {
    if (a.count != b.count) return a.count > b.count;
    if (a.total != b.total) return a.total > b.total;
    for (std::size_t n = 0; n < tally.dimensions(); ++n) {
      const int order = tally.text(tally.group(a.group), n).compare(tally.text(tally.group(b.group), n));
      if (order != 0) return order < 0;
    }
    return false;
  };
  // A heap of the best so far, the worst of them on top: one pass, and memory for what is shown alone.
  const std::size_t limit = source_.query.limit;
  std::vector<Candidate> best;
  best.reserve(std::min(limit, tally.group_count()));
  Counts rest;
  std::size_t known = 0;
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    if (tally.group(at).is_emptied) continue;
    ++known;
    const Counts& counts = tally.group(at).counts;
    const Candidate next{counts.in_order()[source_.query.sort], counts.total(),
                         static_cast<std::uint32_t>(at)};
    if (best.size() < limit) {
      best.push_back(next);
      std::push_heap(best.begin(), best.end(), before);
    } else if (!best.empty() && before(next, best.front())) {
      rest += tally.group(best.front().group).counts;
      std::pop_heap(best.begin(), best.end(), before);
      best.back() = next;
      std::push_heap(best.begin(), best.end(), before);
    } else {
      rest += tally.group(at).counts;
    }
  }
  std::sort_heap(best.begin(), best.end(), before);

  const bool has_rest = best.size() < known;
  groups_.reserve(best.size() + (has_rest ? 1 : 0));
  shown_.assign(tally.group_count(), false);
  for (const Candidate& candidate : best) {
    const Group& group = tally.group(candidate.group);
    groups_.push_back({&group, group.counts});
    shown_[candidate.group] = true;
  }
  if (has_rest) groups_.push_back({nullptr, rest});
}

const std::vector<Counts>& Report::buckets_of(std::size_t shown) {
  const Tally& tally = source_.tally;
  scratch_.assign(source_.plan.period.boundaries.count(), Counts{});
  const auto add = [&](const Group& group) {
    for (std::uint32_t at = group.first; at != kNone; at = tally.entry(at).next) {
      const Entry& entry = tally.entry(at);
      if (entry.bucket < scratch_.size()) scratch_[entry.bucket] += entry.counts;
    }
  };
  if (const Group* group = groups_[shown].group; group != nullptr) {
    add(*group);
    return scratch_;
  }
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    if (!shown_[at]) add(tally.group(at));
  }
  return scratch_;
}

bool Report::is_partial(const Period& period, std::size_t bucket) const {
  const std::int64_t start = period.boundaries.at[bucket];
  const std::int64_t end = period.boundaries.at[bucket + 1];
  return start < period.range.from_s || end > period.range.to_s || end > source_.generated_at_s;
}

std::int64_t Report::data_through_s() const { return reports::data_through_s(source_); }

}  // namespace leadledger::reports
