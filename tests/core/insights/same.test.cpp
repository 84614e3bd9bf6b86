#include "core/insights/same.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "core/insights/answer.hpp"
#include "core/insights/sentences.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/insights/seen.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using insights::told_once;

namespace {

Series rising(std::string_view value) { return leads_of(value, 60, {20, 21, 20, 19, 20, 22, 20, 18}); }

}  // namespace

TEST_CASE("One event of several dimensions is told once and names the others", "[insights][same]") {
  Scene scene;
  scene.observed.all = rising("");
  scene.add(Dimension::country, rising("IN"));
  scene.add(Dimension::source, rising("instagram"));
  scene.add(Dimension::channel, rising("social"));
  scene.add(Dimension::utm_campaign, rising("behind”the“scenes"));
  const auto told = told_once(scene.found());
  REQUIRE(names(told) == Names{"rise:utm_campaign:behind”the“scenes"});
  CHECK(insights::explanation(told[0], india()) ==
        "In 8 earlier weeks it was 18 to 22; up to 37 would be no surprise. The same leads: source "
        "“instagram”, channel “social”, country “IN”, all submissions.");
}

TEST_CASE("What counts alike only in sum, or in one week less, is told by itself", "[insights][same]") {
  Scene scene;
  scene.add(Dimension::source, rising("a"));
  Series other = rising("b");
  std::swap(other.now.head, other.now.tail);
  scene.add(Dimension::channel, other);
  Series third = rising("c");
  third.baseline[7].head = counts_of({16});
  scene.add(Dimension::country, third);
  CHECK(told_once(scene.found()).size() == 3);
}

TEST_CASE("Two values of one dimension are never the same submissions", "[insights][same]") {
  Scene scene;
  scene.add(Dimension::source, rising("a"));
  scene.add(Dimension::source, rising("b"));
  scene.add(Dimension::channel, rising("social"));
  CHECK(names(told_once(scene.found())) == Names{"rise:source:a", "rise:source:b", "rise:channel:social"});
}

TEST_CASE("The gravest of the same is the one that is told", "[insights][same]") {
  Scene scene;
  scene.observed.all = leads_of("", 0, {20, 20, 20, 20, 20, 20, 20, 20});
  scene.add(Dimension::source, leads_of("only", 0, {20, 20, 20, 20, 20, 20, 20, 20}));
  const auto told = told_once(scene.found());
  REQUIRE(names(told) == Names{"silence:"});
  CHECK(
      insights::explanation(told[0], india()) ==
      "In 8 earlier weeks it was 20, new leads and follow-ups together; none at all is a surprise. The same "
      "leads and follow-ups: source “only”.");
}

TEST_CASE("Alerts are told each by itself", "[insights][same]") {
  Scene scene;
  scene.add(Dimension::source, rising("instagram"));
  scene.add(Dimension::channel, rising("social"));
  reports::Query query;
  query.kinds = {InsightKind::rise};
  CHECK(names(insights::insights_of(scene.observed, query, schema::kStrengthShown)) ==
        Names{"rise:source:instagram"});
  const auto followed = insights::insights_of(scene.observed, query, schema::kStrengthAlertCloses);
  CHECK(names(followed) == Names{"rise:source:instagram", "rise:channel:social"});
  CHECK_FALSE(followed[0].is_filtered);
}

TEST_CASE("A value to which a filter holds its dimension is the same as all", "[insights][same]") {
  reports::Query query;
  query.kinds = {InsightKind::silence};
  const auto told = [&] {
    Scene scene;
    const auto silent = [](std::string_view value) {
      return leads_of(value, 0, {20, 21, 20, 19, 20, 22, 20, 18});
    };
    scene.observed.all = silent("");
    scene.add(Dimension::source, silent("newsletter"));
    scene.add(Dimension::project, silent("saas"));
    std::vector<std::string> out;
    for (const auto& one : insights::insights_of(scene.observed, query, schema::kStrengthAlertCloses)) {
      out.push_back(insights::headline(one, india()));
    }
    return out;
  };
  const auto filter = [&](bool negated, bool contains, std::vector<std::string> values) {
    query.filters = {{Dimension::source, negated, contains, std::move(values)}};
    return told();
  };
  const std::string project =
      "Under these filters: “saas” (project) has brought no leads or follow-ups for at least 7 days; 20 were "
      "usual.";
  const std::string source =
      "Under these filters: “newsletter” (source) has brought no leads or follow-ups for at least 7 days; 20 "
      "were "
      "usual.";
  CHECK(filter(false, false, {"newsletter"}) == Names{project});
  CHECK(filter(true, false, {"google"}) == Names{project, source});
  CHECK(filter(false, true, {"news"}) == Names{project, source});
  CHECK(filter(false, false, {"google", "newsletter"}) == Names{project, source});
  query.filters = {{Dimension::project, false, false, {"saas"}}};
  CHECK(told() ==
        Names{"Under these filters: no leads or follow-ups have come for at least 7 days; 20 were usual.",
              source});
  query.filters.clear();
  query.flags = {{schema::Flag::vpn, false}};
  CHECK(told() == Names{project, source});
}

TEST_CASE("Whatever is found, nothing is lost and the order stays", "[insights][same][property]") {
  struct Numbers {
    Random random;
    std::size_t below(std::size_t end) { return random.below(end); }
    std::string text() { return hostile_text(random, 40); }
  };
  std::size_t joined = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    Numbers numbers{Random(seed)};
    Seen seen(numbers);
    // One value of each dimension is all there is.
    for (auto& list : seen.observed.values) {
      if (list.empty() || numbers.below(2) == 0) continue;
      const std::string_view value = list[0].value;
      list[0] = seen.observed.all;
      list[0].value = value;
    }
    const auto found = insights::find_insights(seen.observed, kAllKinds, schema::kStrengthShown);
    const auto told = told_once(found);
    std::size_t named = told.size();
    std::size_t at = 0;
    for (const auto& one : told) {
      named += one.same.size();
      while (at < found.size() && names({found[at]}) != names({one})) ++at;
      std::set<std::optional<Dimension>> dimensions = {one.dimension};
      for (const auto& other : one.same) REQUIRE(dimensions.insert(other.dimension).second);
    }
    CAPTURE(seed);
    REQUIRE(at < std::max<std::size_t>(found.size(), 1));
    REQUIRE(named == found.size());
    joined += found.size() - told.size();
  }
  CHECK(joined > 100);
}
