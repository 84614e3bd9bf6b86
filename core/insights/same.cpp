#include "core/insights/same.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/insights/minimums.hpp"
#include "leadledger/enums.hpp"

namespace leadledger::insights {

namespace {

using schema::EventType;

constexpr std::array kFirst = {Dimension::project, Dimension::utm_campaign, Dimension::source,
                               Dimension::channel, Dimension::country};
static_assert(kFirst.size() == schema::kInsightDimensions.size());

std::size_t place_of(const Insight& insight) {
  if (!insight.dimension) return kFirst.size();
  return static_cast<std::size_t>(std::find(kFirst.begin(), kFirst.end(), *insight.dimension) -
                                  kFirst.begin());
}

/// What its kind counts, window by window.
struct Counted {
  const Insight* insight = nullptr;
  std::size_t at = 0;  // among all that was found
  std::vector<std::uint64_t> counts;
};

void add(std::vector<std::uint64_t>& out, InsightKind kind, const Counts& counts) {
  switch (kind) {
    case InsightKind::silence:
      out.push_back(counts.of(EventType::primary) + counts.of(EventType::follow_up));
      break;
    case InsightKind::bot_share:
      out.push_back(counts.total());
      out.push_back(counts.of(EventType::bot));
      break;
    case InsightKind::blocked_share:
      out.push_back(counts.total());
      out.push_back(counts.of(EventType::blocked));
      break;
    default: out.push_back(counts.of(EventType::primary));
  }
}

Counted counted(const Insight& insight, std::size_t at) {
  Counted out{&insight, at, {static_cast<std::uint64_t>(insight.range.from_s)}};
  add(out.counts, insight.kind, insight.series->now.head);
  add(out.counts, insight.kind, insight.series->now.tail);
  for (const WindowCounts& window : insight.series->baseline) {
    add(out.counts, insight.kind, window.head);
    add(out.counts, insight.kind, window.tail);
  }
  return out;
}

bool are_same(const Counted& a, const Counted& b) {
  return a.insight->kind == b.insight->kind && a.counts == b.counts;
}

/// Those that are the same side by side, by dimension.
bool is_before(const Counted& a, const Counted& b) {
  if (a.insight->kind != b.insight->kind) return a.insight->kind < b.insight->kind;
  if (a.counts != b.counts) return a.counts < b.counts;
  const std::size_t one = place_of(*a.insight);
  const std::size_t other = place_of(*b.insight);
  return one != other ? one < other : a.at < b.at;
}

}  // namespace

std::vector<Insight> told_once(std::vector<Insight> found) {
  std::vector<Counted> all;
  for (std::size_t at = 0; at < found.size(); ++at) {
    const InsightKind kind = found[at].kind;
    if (kind == InsightKind::no_hot_leads || kind == InsightKind::best_hours) continue;
    all.push_back(counted(found[at], at));
  }
  std::sort(all.begin(), all.end(), is_before);
  std::vector<bool> is_told(found.size(), true);
  for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
    while (to < all.size() && are_same(all[from], all[to])) ++to;
    std::vector<std::size_t> same;  // those that are alone in their dimension
    for (std::size_t at = from; at < to; ++at) {
      const std::size_t place = place_of(*all[at].insight);
      const bool is_first = at == from || place_of(*all[at - 1].insight) != place;
      const bool is_last = at + 1 == to || place_of(*all[at + 1].insight) != place;
      if (is_first && is_last) same.push_back(all[at].at);
    }
    if (same.empty()) continue;
    const std::size_t kept = *std::max_element(same.begin(), same.end(), [&](std::size_t a, std::size_t b) {
      return found[a].severity < found[b].severity;  // of equal ones the first
    });
    for (const std::size_t other : same) {
      if (other == kept) continue;
      found[kept].same.push_back({found[other].dimension, found[other].value});
      is_told[other] = false;
    }
  }
  std::vector<Insight> told;
  for (std::size_t at = 0; at < found.size(); ++at) {
    if (is_told[at]) told.push_back(std::move(found[at]));
  }
  return told;
}

}  // namespace leadledger::insights
