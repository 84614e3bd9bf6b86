#include "core/insights/find.hpp"

#include <catch2/catch.hpp>

#include "leadledger/limits.hpp"
#include "tests/core/insights/scene.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using insights::Insight;
using schema::Severity;

TEST_CASE("A source that brings far more than in earlier weeks has risen", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("newsletter", 45, {12, 11, 13, 12, 10, 15, 12, 9}));
  scene.add(Dimension::source, leads_of("search", 210, {200, 190, 215, 205, 198, 210, 188, 202}));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"rise:source:newsletter"});
  CHECK(found[0].severity == Severity::notice);
  CHECK(found[0].current == 45);
  CHECK(found[0].expected == 12);
  CHECK(found[0].strength > 8.0);
  CHECK(found[0].baseline == std::vector<double>{12, 11, 13, 12, 10, 15, 12, 9});
  CHECK(found[0].range.from_s == kMonday - 7 * time::kSecondsPerDay);
  CHECK(found[0].range.to_s == kMonday);
}

TEST_CASE("A source that brings far fewer has fallen", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("search", 90, {200, 190, 215, 205, 198, 210, 188, 202}));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"fall:source:search"});
  CHECK(found[0].expected == 201);
}

TEST_CASE("That none came is a fall where silence is not looked for", "[insights]") {
  Scene scene;
  scene.add(Dimension::country, leads_of("IN", 0, {60, 62, 58, 61, 60, 59, 60, 60}));
  scene.add(Dimension::source, leads_of("search", 0, {60, 62, 58, 61, 60, 59, 60, 60}));
  CHECK(names(scene.found()) == Names{"silence:source:search", "fall:country:IN"});
}

TEST_CASE("New leads may fall to none while follow-ups go on", "[insights]") {
  Scene scene;
  Series series = leads_of("search", 0, {60, 62, 58, 61, 60, 59, 60, 60});
  series.now.tail = counts_of({0, 5});
  scene.add(Dimension::source, series);
  CHECK(names(scene.found()) == Names{"fall:source:search"});
}

TEST_CASE("What was never there before is a rise from nothing", "[insights]") {
  Scene scene;
  scene.add(Dimension::utm_campaign, leads_of("spring", 25, {0, 0, 0, 0, 0, 0, 0, 0}));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"rise:utm_campaign:spring"});
  CHECK(found[0].expected == 0);
}

TEST_CASE("What comes every fourth week is nothing new", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("newsletter", 58, {0, 0, 0, 60, 0, 0, 0, 55}));
  CHECK(names(scene.found()) == Names{});
}

TEST_CASE("Nothing is said of too little", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("few", 19, {0, 0, 0, 0, 0, 0, 0, 0}));
  scene.add(Dimension::source, leads_of("little more", 29, {20, 20, 20, 20, 20, 20, 20, 20}));
  scene.add(Dimension::source, leads_of("little", 0, {6, 6, 6, 6, 6, 6, 6, 6}));
  scene.add(Dimension::source, series_of("bots", {1, 0, 48}, std::vector<Some>(8, {12, 10})));
  CHECK(names(scene.found()) == Names{});

  SECTION("and one more of each is enough") {
    Scene more;
    more.add(Dimension::source, leads_of("few", 20, {0, 0, 0, 0, 0, 0, 0, 0}));
    more.add(Dimension::source, leads_of("little", 0, {7, 7, 7, 7, 7, 7, 7, 7}));
    more.add(Dimension::source, series_of("bots", {1, 0, 49}, std::vector<Some>(8, {12, 10})));
    CHECK(names(more.found()) == Names{"bot_share:source:bots", "rise:source:few", "silence:source:little"});
  }
}

TEST_CASE("Three earlier windows are too few", "[insights]") {
  Scene three(3);
  three.add(Dimension::source, leads_of("newsletter", 450, {12, 12, 12}));
  three.add(Dimension::source, leads_of("search", 0, {120, 120, 120}));
  three.add(Dimension::source, series_of("bots", {10, 0, 490}, std::vector<Some>(3, {400})));
  CHECK(names(three.found()) == Names{});

  Scene four(4);
  four.add(Dimension::source, leads_of("newsletter", 450, {12, 12, 12, 12}));
  CHECK(names(four.found()) == Names{"rise:source:newsletter"});
}

TEST_CASE("A silence is told as soon as the tail is silent", "[insights]") {
  Scene scene;
  scene.add(Dimension::project,
            parts_of("acme", parts(100, 0), std::vector<WindowCounts>(8, parts(100, 20))));
  scene.add(Dimension::source, parts_of("search", parts(0, 0), std::vector<WindowCounts>(8, parts(100, 20))));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"silence:project:acme", "silence:source:search"});
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].expected == 20);
  CHECK(found[0].range.from_s == kMonday - time::kSecondsPerDay);
  CHECK(found[1].severity == Severity::notice);
  CHECK(found[1].expected == 120);
  CHECK(found[1].range.from_s == kMonday - 7 * time::kSecondsPerDay);
}

TEST_CASE("What is often silent is no news when it is", "[insights]") {
  const auto twice_silent =
      std::vector<WindowCounts>{parts(90, 20), parts(90, 0),  parts(90, 20), parts(90, 20),
                                parts(90, 0),  parts(90, 20), parts(90, 20), parts(90, 20)};
  auto thrice_silent = twice_silent;
  thrice_silent[7] = parts(90, 0);
  Scene scene;
  scene.add(Dimension::source, parts_of("now and then", parts(90, 0), twice_silent));
  scene.add(Dimension::source, parts_of("often", parts(90, 0), thrice_silent));
  CHECK(names(scene.found(2.5)) == Names{"silence:source:now and then"});
}

TEST_CASE("Who asks for weaker findings follows a silence into the night", "[insights]") {
  Scene scene(8, 24 * 3600, 6 * 3600);
  scene.add(Dimension::project, parts_of("acme", parts(40, 0), std::vector<WindowCounts>(8, parts(40, 4))));
  CHECK(scene.found().empty());
  CHECK(names(scene.found(schema::kStrengthAlertCloses)) == Names{"silence:project:acme"});
}

TEST_CASE("A share of bots beyond its range is a warning", "[insights]") {
  Scene scene;
  scene.add(Dimension::country,
            series_of("XX", {60, 0, 40, 0}, {{95, 0, 5}, {90, 0, 6}, {99, 0, 4}, {85, 0, 5}, {95, 0, 5}}));
  scene.add(Dimension::source, series_of("a", {60, 0, 0, 40}, std::vector<Some>(5, {95, 0, 0, 5})));
  scene.add(Dimension::source, series_of("b", {91, 0, 0, 9}, std::vector<Some>(5, {99, 0, 0, 1})));
  scene.add(Dimension::channel, series_of("paid", {95, 0, 40}, std::vector<Some>(5, {95, 0, 5})));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"bot_share:country:XX", "blocked_share:source:a"});
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].current == 0.4);
  CHECK(found[0].expected == 0.05);
  CHECK(found[0].submissions == 100);
  CHECK(found[0].count == 40);
  CHECK(found[1].severity == Severity::notice);
}

TEST_CASE("Earlier windows of a few submissions say nothing about a share", "[insights]") {
  Scene scene;
  std::vector<Some> earlier(3, {95, 0, 5});
  earlier.resize(8, {10, 0, 1});
  scene.add(Dimension::source, series_of("a", {60, 0, 40}, earlier));
  CHECK(scene.found().empty());
  earlier[3] = {95, 0, 5};
  Scene enough;
  enough.add(Dimension::source, series_of("a", {60, 0, 40}, earlier));
  REQUIRE(names(enough.found()) == Names{"bot_share:source:a"});
  CHECK(enough.found()[0].baseline == std::vector<double>(4, 0.05));
}

TEST_CASE("All submissions together are looked at, unless they are those of one project", "[insights]") {
  const Series all = series_of("", {500, 0, 400}, std::vector<Some>(8, {1000, 0, 50}));
  Scene two;
  two.observed.all = all;
  two.add(Dimension::project, leads_of("acme", 250, {250, 250, 250, 250, 250, 250, 250, 250}));
  CHECK(names(two.found()) == Names{"bot_share:", "fall:"});

  Scene one;
  one.observed.all = all;
  one.add(Dimension::project, all);
  one.observed.values[0][0].value = "acme";
  CHECK(names(one.found()) == Names{"bot_share:project:acme", "fall:project:acme"});
}

TEST_CASE("A campaign of many leads and no hot one is told of", "[insights]") {
  Scene scene(0);
  scene.observed.all = series_of("", {500, 0, 0, 0, 60}, {});
  scene.add(Dimension::utm_campaign, series_of("brand", {70}, {}));
  scene.add(Dimension::utm_campaign, series_of("one is", {70, 0, 0, 0, 1}, {}));
  scene.add(Dimension::utm_campaign, series_of("small", {29}, {}));
  scene.add(Dimension::utm_campaign, series_of("middling", {40}, {}));
  scene.add(Dimension::source, series_of("newsletter", {70}, {}));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"no_hot_leads:utm_campaign:brand"});
  CHECK(found[0].expected == Approx(70.0 * 60 / 430));
  CHECK(found[0].count == 70);
  CHECK(found[0].submissions == 70);
  CHECK(found[0].others == 430);
  CHECK(found[0].hot_elsewhere == 60);
}

TEST_CASE("A campaign's bots count as those of all others do", "[insights]") {
  // Of all others one in four is hot, bots among them: of a campaign that is half bots, as many.
  Scene scene(0);
  scene.observed.all = series_of("", {230, 0, 230, 0, 100}, {});
  scene.add(Dimension::utm_campaign, series_of("brand", {30, 0, 30}, {}));
  scene.add(Dimension::utm_campaign, series_of("few leads", {29, 0, 31}, {}));
  const auto found = scene.found();
  REQUIRE(names(found) == Names{"no_hot_leads:utm_campaign:brand"});
  CHECK(found[0].expected == 15);
  CHECK(found[0].count == 30);
  CHECK(found[0].submissions == 60);
}

TEST_CASE("A campaign that is all there is has nothing to be measured by", "[insights]") {
  Scene scene(0);
  scene.observed.all = series_of("", {70}, {});
  scene.add(Dimension::utm_campaign, series_of("brand", {70}, {}));
  CHECK(scene.found().empty());
}

TEST_CASE("The best hours are those in a row with most new leads", "[insights]") {
  Scene scene;
  std::array<Counts, 24> hours;
  hours.fill(counts_of({4}));
  SECTION("in the forenoon") {
    for (const std::size_t hour : {10U, 11U, 12U}) hours[hour] = counts_of({30});
    scene.observed.hours_of_day = hours;
    const auto found = scene.found();
    REQUIRE(names(found) == Names{"best_hours:"});
    CHECK(found[0].severity == Severity::info);
    CHECK(found[0].hour_from == 10);
    CHECK(found[0].hour_to == 13);
    CHECK(found[0].count == 90);
    CHECK(found[0].submissions == 174);
  }
  SECTION("to midnight") {
    for (const std::size_t hour : {21U, 22U, 23U}) hours[hour] = counts_of({30});
    scene.observed.hours_of_day = hours;
    REQUIRE(scene.found().size() == 1);
    CHECK(scene.found()[0].hour_from == 21);
    CHECK(scene.found()[0].hour_to == 24);
  }
  SECTION("over midnight") {
    for (const std::size_t hour : {23U, 0U, 1U}) hours[hour] = counts_of({30});
    scene.observed.hours_of_day = hours;
    REQUIRE(scene.found().size() == 1);
    CHECK(scene.found()[0].hour_from == 23);
    CHECK(scene.found()[0].hour_to == 2);
  }
  SECTION("not of a day that is even") {
    hours[10] = counts_of({7});
    scene.observed.hours_of_day = hours;
    CHECK(scene.found().empty());
  }
  SECTION("not of a few leads") {
    hours.fill(counts_of({1}));
    hours[10] = counts_of({76});
    scene.observed.hours_of_day = hours;
    CHECK(scene.found().empty());
    hours[10] = counts_of({77});
    scene.observed.hours_of_day = hours;
    CHECK(scene.found().size() == 1);
  }
}

TEST_CASE("The gravest comes first, then the strongest, then by name", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("b", 60, {20, 20, 20, 20, 20, 20, 20, 20}));
  scene.add(Dimension::source, leads_of("a", 60, {20, 20, 20, 20, 20, 20, 20, 20}));
  scene.add(Dimension::country, leads_of("IN", 90, {20, 20, 20, 20, 20, 20, 20, 20}));
  scene.add(Dimension::project, leads_of("acme", 60, {20, 20, 20, 20, 20, 20, 20, 20}));
  scene.add(Dimension::project, leads_of("silent", 0, {9, 9, 9, 9, 9, 9, 9, 9}));
  CHECK(names(scene.found()) == Names{"silence:project:silent", "rise:country:IN", "rise:project:acme",
                                      "rise:source:a", "rise:source:b"});
}

TEST_CASE("Only the kinds that are asked for are found", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("b", 60, {20, 20, 20, 20, 20, 20, 20, 20}));
  scene.add(Dimension::source, leads_of("c", 0, {20, 20, 20, 20, 20, 20, 20, 20}));
  constexpr std::array kSilence = {InsightKind::silence};
  CHECK(names(insights::find_insights(scene.observed, kSilence, schema::kStrengthShown)) ==
        Names{"silence:source:c"});
  CHECK(insights::find_insights(scene.observed, {}, schema::kStrengthShown).empty());
}

TEST_CASE("Counts of a sample prove less", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("newsletter", 60, {20, 20, 20, 20, 20, 20, 20, 20}));
  CHECK(scene.found().size() == 1);
  for (auto& list : scene.observed.values) {
    for (Series& series : list) series.largest_interval = 10;
  }
  CHECK(scene.found().empty());
}
