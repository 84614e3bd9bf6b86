// What insights are found in, put together by hand.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/find.hpp"
#include "core/support/json_writer.hpp"
#include "core/time/civil.hpp"
#include "core/time/zone.hpp"

namespace leadledger::tests {

using insights::Series;
using insights::WindowCounts;
using reports::Counts;
using schema::Dimension;
using schema::EventType;
using schema::InsightKind;

inline constexpr std::array<InsightKind, schema::kInsights.size()> kAllKinds = {
    InsightKind::rise,          InsightKind::fall,         InsightKind::silence,   InsightKind::bot_share,
    InsightKind::blocked_share, InsightKind::no_hot_leads, InsightKind::best_hours};

/// Submissions of one piece of time.
struct Some {
  std::uint64_t primary = 0;
  std::uint64_t follow_up = 0;
  std::uint64_t bot = 0;
  std::uint64_t blocked = 0;
  std::uint64_t hot = 0;
};

inline Counts counts_of(Some some) {
  Counts counts;
  counts.types[static_cast<std::size_t>(EventType::primary)] = some.primary;
  counts.types[static_cast<std::size_t>(EventType::follow_up)] = some.follow_up;
  counts.types[static_cast<std::size_t>(EventType::bot)] = some.bot;
  counts.types[static_cast<std::size_t>(EventType::blocked)] = some.blocked;
  counts.flags[static_cast<std::size_t>(schema::Flag::hot)] = some.hot;
  return counts;
}

/// All but one of its leads in the head: no silence.
inline WindowCounts window_of(Some some) {
  WindowCounts window;
  if (some.primary > 0) window.tail = counts_of({1}), --some.primary;
  window.head = counts_of(some);
  return window;
}

/// A series of windows: this one, and the earlier ones.
inline Series series_of(std::string_view value, Some now, const std::vector<Some>& earlier) {
  Series series{value, window_of(now), {}};
  for (const Some& some : earlier) series.baseline.push_back(window_of(some));
  return series;
}

/// The same of new leads alone.
inline Series leads_of(std::string_view value, std::uint64_t now, std::initializer_list<std::uint64_t> all) {
  std::vector<Some> earlier;
  for (const std::uint64_t count : all) earlier.push_back({count});
  return series_of(value, {now}, earlier);
}

inline std::vector<std::string> names(const std::vector<insights::Insight>& found) {
  std::vector<std::string> out;
  for (const insights::Insight& one : found) {
    std::string name(schema::info(one.kind).name);
    if (one.dimension) name.append(":").append(schema::info(*one.dimension).name);
    out.push_back(name + ":" + std::string(one.value));
  }
  return out;
}
using Names = std::vector<std::string>;

/// A day by day series whose tail, the last day, has what is given.
inline WindowCounts parts(std::uint64_t head, std::uint64_t tail) {
  return {counts_of({head}), counts_of({tail})};
}
inline Series parts_of(std::string_view value, WindowCounts now, const std::vector<WindowCounts>& earlier) {
  return {value, now, earlier};
}

/// India's clock; and the midnight with which the week from Monday, 9 November 2026, ends there.
inline time::Zone india() { return {"Asia/Kolkata", 19'800, {}}; }
inline constexpr std::int64_t kMonday = 1'794'767'400;

struct Scene {
  explicit Scene(std::size_t earlier = 8, std::int64_t length_s = 7 * time::kSecondsPerDay,
                 std::int64_t tail_s = time::kSecondsPerDay) {
    const auto window = [&](std::int64_t to_s) {
      return insights::Window{{to_s - length_s, to_s}, to_s - tail_s};
    };
    windows.now = window(kMonday);
    for (std::size_t week = 1; week <= earlier; ++week) {
      windows.baseline.push_back(
          window(kMonday - static_cast<std::int64_t>(week) * 7 * time::kSecondsPerDay));
    }
    // More than any value has, and always the same: nothing is found in it.
    observed.all = series_of("", {4000}, std::vector<Some>(earlier, {4000}));
    observed.hours_range = {kMonday - 28 * time::kSecondsPerDay, kMonday};
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  void add(Dimension dimension, Series series) {
    for (std::size_t at = 0; at < schema::kInsightDimensions.size(); ++at) {
      if (schema::kInsightDimensions[at] == dimension) observed.values[at].push_back(std::move(series));
    }
  }
  [[nodiscard]] std::vector<insights::Insight> found(double least = schema::kStrengthShown) const {
    return insights::find_insights(observed, kAllKinds, least);
  }

  insights::Windows windows;
  insights::Observed observed{windows, {}, {}, {}, {}};
};

inline std::string json_of(const insights::Insight& insight, const time::Zone& zone = india()) {
  std::string out;
  json::Writer writer(out);
  insights::write_insight(writer, insight, zone);
  writer.finish();
  return out;
}

}  // namespace leadledger::tests
