// What there must be at least, of whom, and that nothing opens and closes where a number swings around it.

#include "core/insights/minimums.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "core/insights/sentences.hpp"
#include "tests/core/insights/scene.hpp"

using namespace leadledger;
using namespace leadledger::tests;

TEST_CASE("A flood of one project makes no other one deaf", "[insights]") {
  const auto silence = [](std::uint64_t interval) {
    Scene scene;
    scene.add(Dimension::project, leads_of("calm", 0, {36, 36, 36, 36, 36, 36, 36, 36}));
    Series flooded = leads_of("flooded", 400, {400, 400, 400, 400, 400, 400, 400, 900'000});
    flooded.largest_interval = interval;
    scene.add(Dimension::project, flooded);
    scene.observed.all.largest_interval = interval;
    scene.observed.largest_interval = interval;
    const auto found = scene.found();
    REQUIRE(names(found) == Names{"silence:project:calm"});
    return found[0].strength;
  };
  CHECK(silence(50) == silence(1));
  CHECK(silence(1) > 8.0);
}

TEST_CASE("A number that swings around a minimum opens above it, and holds somewhat below", "[insights]") {
  const auto strength = [](InsightKind kind, Dimension dimension, const Series& series) {
    Scene scene;
    scene.add(dimension, series);
    const auto found = insights::find_insights(scene.observed, {&kind, 1}, schema::kStrengthAlertCloses);
    return found.empty() ? 0 : found[0].strength.value();
  };
  const auto new_leads = [&](std::uint64_t now) {
    return strength(InsightKind::rise, Dimension::source, leads_of("a", now, {2, 2, 2, 2, 2, 2, 2, 2}));
  };
  CHECK(new_leads(20) > schema::kStrengthAlertOpens);
  for (const std::uint64_t less : {19U, 18U, 17U, 16U, 15U}) {
    CAPTURE(less);
    CHECK(new_leads(less) < new_leads(less + 1));
    CHECK(new_leads(less) < schema::kStrengthShown);
    CHECK(new_leads(less) >= schema::kStrengthAlertCloses);
  }
  CHECK(new_leads(14) == 0);

  const auto bots = [&](std::uint64_t now) {
    return strength(InsightKind::bot_share, Dimension::country,
                    series_of("XX", {200 - now, 0, now}, std::vector<Some>(8, {190, 0, 10})));
  };
  CHECK(bots(30) > schema::kStrengthAlertOpens);
  CHECK(bots(29) < schema::kStrengthShown);
  CHECK(bots(26) >= schema::kStrengthAlertCloses);
  CHECK(bots(24) == 0);

  const auto bots_of = [&](std::uint64_t now, std::uint64_t then) {
    return strength(InsightKind::bot_share, Dimension::country,
                    series_of("XX", {now / 2, 0, now - now / 2}, std::vector<Some>(4, {then - 1, 0, 1})));
  };
  CHECK(bots_of(50, 20) > schema::kStrengthAlertOpens);
  for (const auto& [now, then] : {std::pair{49U, 20U}, {50U, 19U}, {40U, 16U}}) {
    CAPTURE(now, then);
    CHECK(bots_of(now, then) < schema::kStrengthShown);
    CHECK(bots_of(now, then) >= schema::kStrengthAlertCloses);
  }
  CHECK(bots_of(37, 20) == 0);
  CHECK(bots_of(50, 14) == 0);
}

TEST_CASE("A weak silence of all the window does not hide a strong one of its tail", "[insights]") {
  Scene scene;
  const auto head = [](std::uint64_t count) { return parts(count, 12); };
  scene.add(Dimension::source,
            parts_of("search", parts(0, 0),
                     {head(0), head(90), head(5), head(99), head(1), head(80), head(7), head(95)}));
  for (const double least : {schema::kStrengthShown, schema::kStrengthAlertCloses, 0.0}) {
    const auto found = scene.found(least);
    REQUIRE(names(found) == Names{"silence:source:search"});
    CHECK(found[0].expected == 12);
  }
}

TEST_CASE("A stray submission elsewhere does not make one project two", "[insights]") {
  // An outage of nearly all, and bots of another project in the window and in one before.
  const auto outage = [](std::uint64_t strays, std::uint64_t usual) {
    Scene scene(8, 24 * 3600, 6 * 3600);
    const std::vector<WindowCounts> earlier(8, parts(usual, 10));
    Series shop = parts_of("shop", parts(usual, 0), earlier);
    scene.observed.all = shop;
    scene.observed.all.value = "";
    scene.observed.all.now.tail = counts_of({0, 0, strays});
    scene.observed.all.baseline[3].head = counts_of({usual, 0, strays});
    scene.add(Dimension::project, shop);
    scene.add(Dimension::project,
              parts_of("test", {{}, counts_of({0, 0, strays})}, std::vector<WindowCounts>(8)));
    scene.observed.values[0][1].baseline[3].head = counts_of({0, 0, strays});
    return names(scene.found(schema::kStrengthAlertCloses));
  };
  CHECK(outage(1, 30) == Names{"silence:project:shop"});
  CHECK(outage(2, 30) == Names{"silence:project:shop"});
  CHECK(outage(10, 300) == Names{"silence:project:shop"});
  CHECK(outage(3, 30) == Names{"silence:", "silence:project:shop"});
  CHECK(outage(20, 300) == Names{"silence:", "silence:project:shop"});
}

TEST_CASE("What falls short of a minimum is as far from usual as it is", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("a", 19, {2, 2, 2, 2, 2, 2, 2, 2}));
  const auto found = scene.found(schema::kStrengthAlertCloses);
  REQUIRE(found.size() == 1);
  CHECK(found[0].strength < schema::kStrengthShown);
  CHECK(found[0].distance > 10);
  CHECK(insights::explanation(found[0], india()) ==
        "In 8 earlier weeks it was 2; up to 7 would be no surprise.");
}
