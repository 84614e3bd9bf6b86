// Any numbers as what was observed, and what must hold of whatever is found in it: for the property test and
// the fuzzer.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/insights/find.hpp"
#include "core/support/json.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/insights/scene.hpp"

namespace leadledger::tests {

/// Owns all that an Observed points to. `Source` gives numbers: below(end) is 0 to end - 1; and texts.
struct Seen {
  template <class Source>
  explicit Seen(Source& source) {
    constexpr std::int64_t kWeek = 7 * 86'400;
    constexpr std::int64_t kTo = 1'794'767'400;
    const auto hours = static_cast<std::int64_t>(1 + source.below(336));
    const std::int64_t tail = static_cast<std::int64_t>(source.below(static_cast<std::size_t>(hours) + 1));
    const auto window = [&](std::int64_t to_s) {
      return insights::Window{{to_s - hours * 3600, to_s}, to_s - tail * 3600};
    };
    windows.now = window(kTo);
    const std::size_t earlier = source.below(10);
    for (std::size_t week = 1; week <= earlier; ++week) {
      windows.baseline.push_back(window(kTo - static_cast<std::int64_t>(week) * kWeek));
    }
    // Small counts, large ones, and now and then none: alike within a series, or not.
    const auto series_with = [&](std::string_view value) {
      constexpr std::array<std::uint64_t, 6> kSizes = {2, 30, 100, 2000, 1'000'000, 1'000'000'000'000'000};
      const std::uint64_t size = kSizes[source.below(kSizes.size())];
      const bool alike = source.below(2) == 0;
      const auto count = [&]() -> std::uint64_t {
        if (source.below(4) == 0) return 0;
        const std::uint64_t varied = source.below(static_cast<std::size_t>(alike ? size / 10 + 2 : size));
        return alike ? size + varied : varied;
      };
      const auto counts = [&] {
        reports::Counts some;
        for (std::uint64_t& type : some.types) type = count();
        for (std::uint64_t& flag : some.flags) flag = std::min(count(), some.total());
        return some;
      };
      insights::Series series{value, {counts(), counts()}, {}};
      const insights::WindowCounts usual{counts(), counts()};
      for (std::size_t i = 0; i < earlier; ++i) {
        series.baseline.push_back(alike ? usual : insights::WindowCounts{counts(), counts()});
      }
      return series;
    };
    observed.all = series_with("");
    for (std::vector<insights::Series>& list : observed.values) {
      for (std::size_t left = source.below(4); left > 0; --left) {
        // Values differ, as groups of a report do.
        values.push_back(source.text() + "#" + std::to_string(left));
        list.push_back(series_with(values.back()));
      }
    }
    if (source.below(2) == 0) {
      observed.hours_of_day.emplace();
      for (reports::Counts& hour : *observed.hours_of_day) hour = series_with("").now.head;
    }
    observed.hours_range = {kTo - 4 * kWeek, kTo};
    const auto interval = [&]() -> std::uint64_t {
      return source.below(3) == 0 ? 1 + source.below(1000) : 1;
    };
    each_series([&](insights::Series& series) { series.largest_interval = interval(); });
    observed.hours_interval = interval();
  }
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;

  template <class Do>
  void each_series(const Do& act) {
    act(observed.all);
    for (std::vector<insights::Series>& list : observed.values) std::for_each(list.begin(), list.end(), act);
  }

  std::deque<std::string> values;
  insights::Windows windows;
  insights::Observed observed{windows, {}, {}, {}, {}};
};

inline std::string written(const std::vector<insights::Insight>& found) {
  std::string out;
  for (const insights::Insight& one : found) out += json_of(one) + "\n";
  return out;
}

/// As how many each point counts of what the insight is about.
inline double points_of(const insights::Insight& insight, const insights::Observed& observed) {
  std::uint64_t interval = observed.all.largest_interval;
  if (insight.kind == schema::InsightKind::best_hours) interval = observed.hours_interval;
  for (std::size_t at = 0; insight.dimension && at < observed.values.size(); ++at) {
    if (schema::kInsightDimensions[at] != *insight.dimension) continue;
    for (const insights::Series& series : observed.values[at]) {
      if (series.value == insight.value) interval = series.largest_interval;
    }
  }
  if (insight.kind == schema::InsightKind::no_hot_leads) {
    interval = std::max(interval, observed.all.largest_interval);
  }
  return static_cast<double>(interval);
}

/// What is wrong with an insight by itself, or "". What may be expected is written down here once more, by
/// the counts of schema/insights.json.
inline std::string fault_of(const insights::Insight& insight, const insights::Observed& observed,
                            double least) {
  using schema::InsightKind;
  const auto finite = [](double value) { return std::isfinite(value) && value >= 0; };
  if (!insight.strength || !finite(*insight.strength) || *insight.strength < least) return "strength";
  if (!finite(insight.current) || !finite(insight.expected) || !finite(insight.low) ||
      !finite(insight.high)) {
    return "a number";
  }
  if (!std::all_of(insight.baseline.begin(), insight.baseline.end(), finite)) return "baseline";
  if (insight.low > insight.expected && insight.kind != InsightKind::silence) return "low";
  if (insight.high < insight.expected) return "high";
  // What is shown has all of each minimum, what is found beside it a part.
  const bool is_shown = *insight.strength >= schema::kStrengthShown;
  const double points =
      points_of(insight, observed) * (is_shown ? 1 : schema::kInsightHeldPct / 100.0 - 1e-9);
  const double most = std::max(insight.current, insight.expected);
  const bool of_windows =
      insight.kind != InsightKind::no_hot_leads && insight.kind != InsightKind::best_hours;
  if (of_windows && insight.baseline.size() < schema::kInsightWindowsMin) return "few windows";
  switch (insight.kind) {
    case InsightKind::rise:
    case InsightKind::fall:
      if (most < schema::kInsightMinCount * points) return "few leads";
      if (most - std::min(insight.current, insight.expected) < schema::kInsightMinChange * points)
        return "change";
      if ((insight.kind == InsightKind::rise) != (insight.current > insight.expected)) return "direction";
      break;
    case InsightKind::silence:
      if (insight.current > 0) return "not silent";
      if (is_shown && insight.expected < schema::kInsightSilenceExpected * points) {
        return "little expected";
      }
      break;
    case InsightKind::bot_share:
    case InsightKind::blocked_share:
      if (static_cast<double>(insight.submissions) < schema::kInsightMinShareBase * points)
        return "few submissions";
      if (insight.current > 1 || insight.high > 1 || insight.count > insight.submissions) return "share";
      if (insight.current - insight.expected <
          schema::kInsightMinSharePoints / (is_shown ? 100.0 : 10'000.0 / schema::kInsightHeldPct) -
              0.000'002)
        return "points";
      break;
    case InsightKind::no_hot_leads:
      if (static_cast<double>(insight.count) < schema::kInsightMinCampaignLeads * points) return "few leads";
      if (insight.expected < schema::kInsightNoHotExpected * points) return "little expected";
      break;
    case InsightKind::best_hours:
      if (static_cast<double>(insight.submissions) < schema::kInsightMinHoursLeads * points)
        return "few leads";
      if (insight.hour_from < 0 || insight.hour_from > 23 || insight.hour_to < 1 || insight.hour_to > 24)
        return "hours";
      break;
  }
  const std::string json = json_of(insight);
  if (!text::is_utf8(json)) return "no UTF-8";
  std::string copy = json;
  const auto document = json::Document::parse(copy);
  if (!document) return "no JSON";
  const json::Value root = document->root();
  if (root["headline"].string().empty() || root["explanation"].string().empty()) return "no sentence";
  if (!root["numbers"].is(json::Kind::object)) return "no numbers";
  for (const char c : root["headline"].string()) {
    if (static_cast<unsigned char>(c) < 0x20) return "control character";
  }
  return "";
}

/// What is wrong with all that is found, or "".
inline std::string fault_of(const Seen& seen, double least) {
  const auto found = insights::find_insights(seen.observed, kAllKinds, least);
  for (const insights::Insight& one : found) {
    std::string fault = fault_of(one, seen.observed, least);
    if (!fault.empty()) return fault + " of " + json_of(one);
  }
  for (std::size_t at = 1; at < found.size(); ++at) {
    const insights::Insight& a = found[at - 1];
    const insights::Insight& b = found[at];
    if (a.severity < b.severity) return "order by severity";
    if (a.severity > b.severity) continue;
    if (*a.strength < *b.strength) return "order by strength";
    if (*a.strength > *b.strength) continue;
    const auto name = [](const insights::Insight& one) {
      return std::make_tuple(one.kind, one.dimension, one.value);
    };
    if (!(name(a) < name(b))) return "order by name";
  }
  if (written(found) != written(insights::find_insights(seen.observed, kAllKinds, least)))
    return "another answer";
  return "";
}

}  // namespace leadledger::tests
