// How often something is found where there is only chance, and that what is there is found.

#include <catch2/catch.hpp>
#include <map>

#include "core/insights/find.hpp"
#include "tests/core/insights/chance.hpp"
#include "tests/core/insights/scene.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

constexpr int kSeries = 10'000;

/// Findings of a kind among 10,000 sources, each made anew.
template <class Make>
std::map<InsightKind, int> found_in(std::size_t earlier, const Make& make) {
  Scene scene(earlier);
  for (int i = 0; i < kSeries; ++i) scene.add(Dimension::source, make());
  std::map<InsightKind, int> counts;
  for (const insights::Insight& one : scene.found()) ++counts[one.kind];
  return counts;
}

/// A window by Poisson's law, a seventh of it in the tail.
WindowCounts chance_window(Random& random, double mean) {
  return {counts_of({poisson(random, mean * 6 / 7)}), counts_of({poisson(random, mean / 7)})};
}

}  // namespace

TEST_CASE("Among 10,000 series of chance at most 15 rise, fall or fall silent", "[insights][property]") {
  Random random(41);
  const double mean = GENERATE(3.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 150.0, 600.0);
  const std::size_t earlier = GENERATE(std::size_t{4}, std::size_t{6}, std::size_t{8});
  auto found = found_in(earlier, [&] {
    Series series{"x", chance_window(random, mean), {}};
    for (std::size_t i = 0; i < earlier; ++i) series.baseline.push_back(chance_window(random, mean));
    return series;
  });
  CAPTURE(mean, earlier, found[InsightKind::rise], found[InsightKind::fall], found[InsightKind::silence]);
  CHECK(found[InsightKind::rise] <= 15);
  CHECK(found[InsightKind::fall] <= 15);
  CHECK(found[InsightKind::silence] <= 15);
}

TEST_CASE("Weeks that differ by a quarter by themselves rise or fall in one of 20 cases at most",
          "[insights][property]") {
  Random random(43);
  const double mean = GENERATE(20.0, 100.0);
  const std::size_t earlier = GENERATE(std::size_t{4}, std::size_t{8});
  auto found = found_in(earlier, [&] {
    Series series{"x", chance_window(random, varied(random, mean, 0.25)), {}};
    for (std::size_t i = 0; i < earlier; ++i) {
      series.baseline.push_back(chance_window(random, varied(random, mean, 0.25)));
    }
    return series;
  });
  CAPTURE(mean, earlier, found[InsightKind::rise], found[InsightKind::fall]);
  CHECK(found[InsightKind::rise] + found[InsightKind::fall] <= (earlier == 4 ? 450 : 320));
}

TEST_CASE("Among 10,000 shares of chance at most 15 have grown", "[insights][property]") {
  Random random(47);
  const double chance = GENERATE(0.0, 0.02, 0.1, 0.5, 0.9);
  const std::uint64_t of = GENERATE(std::uint64_t{50}, std::uint64_t{200});
  const auto window = [&] {
    const std::uint64_t bots = binomial(random, of, chance);
    return window_of({of - bots, 0, bots});
  };
  auto found = found_in(6, [&] {
    Series series{"x", window(), {}};
    for (int i = 0; i < 6; ++i) series.baseline.push_back(window());
    return series;
  });
  CAPTURE(chance, of, found[InsightKind::bot_share]);
  CHECK(found[InsightKind::bot_share] <= 15);
}

TEST_CASE("Among 1,000 months of even days at most 20 have best hours", "[insights][property]") {
  Random random(53);
  const double leads = GENERATE(150.0, 600.0);
  int found = 0;
  for (int month = 0; month < 1000; ++month) {
    Scene scene;
    std::array<Counts, 24> hours;
    for (Counts& hour : hours) hour = counts_of({poisson(random, leads / 24)});
    scene.observed.hours_of_day = hours;
    found += static_cast<int>(scene.found().size());
  }
  CHECK(found <= 20);
}

TEST_CASE("Among 1,000 campaigns that are as hot as others at most 3 seem to have no hot leads",
          "[insights][property]") {
  Random random(59);
  Scene scene(0);
  scene.observed.all = series_of("", {100'000, 0, 0, 0, 10'000}, {});
  const std::uint64_t leads = GENERATE(std::uint64_t{60}, std::uint64_t{75}, std::uint64_t{100});
  for (int i = 0; i < 1000; ++i) {
    scene.add(Dimension::utm_campaign, series_of("x", {leads, 0, 0, 0, binomial(random, leads, 0.1)}, {}));
  }
  CHECK(scene.found().size() <= 3);
}

TEST_CASE("What doubles, falls to a quarter or ends is found in nearly all of 1,000 cases",
          "[insights][property]") {
  Random random(61);
  const auto found_with = [&](double factor, InsightKind kind) {
    Scene scene;
    for (int i = 0; i < 1000; ++i) {
      Series series{"x", chance_window(random, 70 * factor), {}};
      for (int week = 0; week < 8; ++week) series.baseline.push_back(chance_window(random, 70));
      scene.add(Dimension::source, series);
    }
    int found = 0;
    for (const insights::Insight& one : scene.found()) found += one.kind == kind ? 1 : 0;
    return found;
  };
  CHECK(found_with(2, InsightKind::rise) >= 950);
  CHECK(found_with(0.25, InsightKind::fall) >= 900);
  CHECK(found_with(0, InsightKind::silence) == 1000);
}

TEST_CASE("The rhythm of weekdays and hours is nothing to speak of", "[insights][property]") {
  // Busy on weekdays from nine to six, nearly nothing at night and on Sundays.
  const auto leads_at = [](std::int64_t instant) {
    const std::int64_t hour = instant / 3600 % (7 * 24);
    const std::int64_t day = hour / 24;
    const bool busy = hour % 24 >= 9 && hour % 24 < 18;
    return static_cast<std::uint64_t>(day == 6 ? 0 : busy ? 40 + 5 * day : hour % 24 / 6);
  };
  const auto sum = [&](std::int64_t from, std::int64_t to) {
    std::uint64_t count = 0;
    for (std::int64_t at = from; at < to; at += 3600) count += leads_at(at);
    return counts_of({count});
  };
  const auto cut = [&](const insights::Window& window) {
    return WindowCounts{sum(window.whole.from_s, window.tail_from_s),
                        sum(window.tail_from_s, window.whole.to_s)};
  };
  for (const std::int64_t length : {6, 24, 72}) {
    for (std::int64_t later = 0; later < 7 * 24; ++later) {
      Scene scene(8, length * 3600, length * 900);
      const auto move = [&](insights::Window& window) {
        window.whole.from_s += later * 3600, window.whole.to_s += later * 3600,
            window.tail_from_s += later * 3600;
      };
      move(scene.windows.now);
      Series series{"x", cut(scene.windows.now), {}};
      for (insights::Window& window : scene.windows.baseline) {
        move(window);
        series.baseline.push_back(cut(window));
      }
      scene.add(Dimension::source, series);
      scene.add(Dimension::project, series);
      REQUIRE(scene.found(schema::kStrengthAlertCloses).empty());
    }
  }
}
