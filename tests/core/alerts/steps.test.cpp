// What becomes of alerts: examples of each rule, and random weeks that must keep them all.
#include "core/alerts/steps.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

using namespace leadledger;
using namespace leadledger::alerts;

namespace {

constexpr std::int64_t kNow = 1'795'248'000'000;
constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kHour = 3'600'000;
constexpr Subject kRise{"rise", "source", "newsletter"};
constexpr Subject kSilence{"silence", "project", "acme"};

Finding found(const Subject& subject, double strength) { return {subject, strength, "{}"}; }
/// Of the n-th window.
Findings findings(std::vector<Finding> list, std::int64_t n = 1) {
  Findings out;
  out.list = std::move(list);
  out.to_ms = kNow + n * kHour;
  return out;
}

Step only_step(const OpenAlert& alert, const Findings& with) {
  const Steps steps = decide({alert}, with, kNow);
  REQUIRE(steps.alerts.size() == 1);
  CHECK(steps.opens.empty());
  return steps.alerts[0].step;
}

}  // namespace

TEST_CASE("An alert opens from the upper threshold on, and not below", "[alerts]") {
  const Steps steps =
      decide({}, findings({found(kRise, 3.99), found(kSilence, 4.0), found({"rise", "", ""}, 40)}), kNow);
  CHECK(steps.opens == std::vector<std::size_t>{1, 2});
}

TEST_CASE("One that is open holds at the lower threshold, and is not opened again at any strength",
          "[alerts]") {
  CHECK(only_step({kRise, kNow, 1}, findings({found(kRise, GENERATE(2.5, 4.0, 99.0))})) == Step::holds);
}

TEST_CASE("Of what an alert is about, every part counts", "[alerts]") {
  const OpenAlert open{kRise, kNow};
  const Subject other =
      GENERATE(Subject{"fall", "source", "newsletter"}, Subject{"rise", "country", "newsletter"},
               Subject{"rise", "source", "Newsletter"}, Subject{"rise", "source", ""});
  const Steps steps = decide({open}, findings({found(other, 5)}), kNow);
  CHECK(steps.alerts[0].step == Step::calms);
  CHECK(steps.opens.size() == 1);
}

TEST_CASE("It closes when it was not found so many times in a row", "[alerts]") {
  OpenAlert open{kRise, kNow};
  for (std::int64_t check = 1; check < schema::kAlertCalmChecks; ++check) {
    const Steps steps = decide({open}, findings({}), kNow);
    CHECK(steps.alerts[0].step == Step::calms);
    CHECK(steps.alerts[0].calm == check);
    open.calm = check;
  }
  CHECK(only_step(open, findings({})) == Step::closes);
}

TEST_CASE("Holding once begins the count anew", "[alerts]") {
  const Steps steps =
      decide({{kRise, kNow, schema::kAlertCalmChecks - 1}}, findings({found(kRise, 2.5)}), kNow);
  CHECK(steps.alerts[0].step == Step::holds);
  CHECK(steps.alerts[0].calm == 0);
}

TEST_CASE("Two checks of one window are one", "[alerts]") {
  const OpenAlert open{kRise, kNow, schema::kAlertCalmChecks - 1, findings({}, 5).to_ms};
  const Steps again = decide({open}, findings({}, GENERATE(4, 5)), kNow);
  CHECK(again.alerts[0].step == Step::stays);
  CHECK(again.alerts[0].calm == open.calm);
  CHECK(only_step(open, findings({}, 6)) == Step::closes);
  CHECK(only_step(open, findings({found(kRise, 2.5)}, 5)) == Step::holds);
}

TEST_CASE("What may not have been looked at is not over for a week", "[alerts]") {
  Findings cut = findings({});
  cut.all_values = false;
  const std::int64_t lately = kNow - std::int64_t{schema::kAlertSilenceDays} * kDay + 1;
  constexpr std::int64_t kCalm = schema::kAlertCalmChecks - 1;
  CHECK(only_step({kRise, lately, kCalm}, cut) == Step::stays);
  CHECK(only_step({kRise, lately - 1, kCalm}, cut) == Step::closes);
  // Of all submissions, and of projects, nothing is left out.
  CHECK(only_step({{"rise", "", ""}, lately, kCalm}, cut) == Step::closes);
  CHECK(only_step({{"rise", "project", "acme"}, lately, kCalm}, cut) == Step::closes);
  // A silence is asked about by name.
  const Subject source{"silence", "source", "newsletter"};
  CHECK(silences_to_ask({{source, lately}}, cut, kNow).size() == 1);
  CHECK(only_step({source, lately, kCalm, 0, SinceThen::some_came}, cut) == Step::closes);
  CHECK(only_step({source, lately, 0, 0, SinceThen::none_came}, cut) == Step::calms);
}

TEST_CASE("Stale findings change nothing", "[alerts]") {
  Findings stale = findings({found(kRise, 9), found(kSilence, 9)});
  stale.stale = true;
  const Steps steps = decide({{kRise, kNow, 1}, {{"rise", "", ""}, kNow, 1}}, stale, kNow);
  CHECK(steps.opens.empty());
  for (const AlertStep& step : steps.alerts) {
    CHECK(step.step == Step::stays);
    CHECK(step.calm == 1);
  }
}

TEST_CASE("What a cut answer lacks says nothing; what it has counts", "[alerts]") {
  Findings cut = findings({found(kRise, 5)});
  cut.whole = false;
  const Steps steps = decide({{{"rise", "", ""}, kNow, 1}}, cut, kNow);
  CHECK(steps.alerts[0].step == Step::stays);
  CHECK(steps.alerts[0].calm == 1);
  CHECK(steps.opens.size() == 1);
  CHECK(silences_to_ask({{kSilence, kNow}}, cut, kNow).empty());
}

TEST_CASE("A silence that is not found now ends with the leads that come", "[alerts][silence]") {
  const std::int64_t seen = kNow - std::int64_t{schema::kAlertSilenceDays} * kDay + 1;
  OpenAlert open{kSilence, seen, 1};
  SECTION("whether they came is asked") {
    CHECK(silences_to_ask({open, {kRise, seen}}, findings({}), kNow) == std::vector<std::size_t>{0});
    CHECK(silences_to_ask({open}, findings({found(kSilence, 2.5)}), kNow).empty());
  }
  SECTION("as long as that is not known it stays as it is") {
    const Steps steps = decide({open}, findings({}), kNow);
    CHECK(steps.alerts[0].step == Step::stays);
    CHECK(steps.alerts[0].calm == 1);
  }
  SECTION("none came: it holds, and what looked calm was none") {
    open.leads = SinceThen::none_came;
    const Steps steps = decide({open}, findings({}), kNow);
    CHECK(steps.alerts[0].step == Step::calms);
    CHECK(steps.alerts[0].calm == 0);
    // It has been asked about: the others are next.
    open.checked_to_ms = findings({}, 1).to_ms;
    const OpenAlert other{{"silence", "source", "newsletter"}, seen};
    CHECK(silences_to_ask({open, other}, findings({}, 1), kNow) == std::vector<std::size_t>{1});
    CHECK(silences_to_ask({open, other}, findings({}, 2), kNow) == std::vector<std::size_t>{1, 0});
  }
  SECTION("some came: it closes as any other") {
    open.leads = SinceThen::some_came;
    CHECK(only_step(open, findings({})) == Step::closes);
  }
  SECTION("after a week of not being found it is no news, and nobody asks") {
    open.seen_at_ms = seen - 1;
    open.leads = SinceThen::none_came;
    CHECK(silences_to_ask({open}, findings({}), kNow).empty());
    CHECK(only_step(open, findings({})) == Step::closes);
  }
}

TEST_CASE("That nothing at all comes is said once, not of each project and source", "[alerts][silence]") {
  constexpr Subject all{"silence", "", ""};
  const Findings three = findings({found(kSilence, 9), found(all, 4), found(kRise, 5)});
  CHECK(decide({}, three, kNow).opens == std::vector<std::size_t>{1, 2});
  const Findings two = findings({found(kSilence, 9), found(kRise, 5)});
  const OpenAlert silent{all, kNow, schema::kAlertCalmChecks - 1, 0,
                         GENERATE(SinceThen::none_came, SinceThen::some_came)};
  // Leads came, but not from there: now the other silence is news.
  const bool over = silent.leads == SinceThen::some_came;
  CHECK(decide({silent}, two, kNow).opens ==
        (over ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{1}));
  CHECK(decide({{kSilence, kNow}}, three, kNow).alerts[0].step == Step::holds);
}

TEST_CASE("No more are open than anybody reads", "[alerts]") {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < schema::kAlertsOpenMax + 5; ++at) names.push_back(std::to_string(at));
  Findings many = findings({});
  for (const std::string& name : names) many.list.push_back(found({"rise", "source", name}, 9));
  CHECK(decide({}, many, kNow).opens.size() == schema::kAlertsOpenMax);
  std::vector<OpenAlert> open;
  for (std::size_t at = 1; at < schema::kAlertsOpenMax; ++at) open.push_back({many.list[at].subject, kNow});
  open.push_back({{"rise", "country", "IN"}, kNow, schema::kAlertCalmChecks - 1});  // closes, and makes room
  CHECK(decide(open, many, kNow).opens == std::vector<std::size_t>{0});
  open.back().calm = -1;
  CHECK(decide(open, many, kNow).opens.empty());
}

TEST_CASE("One that is found twice opens once", "[alerts]") {
  CHECK(decide({}, findings({found(kRise, 5), found(kRise, 6)}), kNow).opens == std::vector<std::size_t>{0});
}

TEST_CASE("Weeks of random strengths: each subject by the rules, and nothing between the thresholds flaps",
          "[alerts][property]") {
  std::mt19937 dice(GENERATE(1U, 2U, 3U, 4U, 5U));
  const std::vector<std::string> names{"a", "b", "c", "d"};
  struct Model {
    bool open = false;
    std::int64_t calm = 0;
  };
  std::map<std::string_view, Model> model;
  std::map<std::string_view, std::int64_t> calm_of;  // of those open by the code under test
  for (int check = 0; check < 2000; ++check) {
    Findings now = findings({}, check);
    std::map<std::string_view, double> strength;
    for (const std::string& name : names) {
      // Mostly near the two thresholds; 0 is not found.
      constexpr std::array<double, 6> kStrengths{0, 0, 2.5, 3.2, 3.999, 4.0};
      strength[name] = kStrengths[dice() % kStrengths.size()];
      if (strength[name] > 0) now.list.push_back(found({"rise", "source", name}, strength[name]));
    }
    now.stale = dice() % 20 == 0;
    now.whole = dice() % 20 != 0;

    std::vector<OpenAlert> open;
    for (const auto& [name, calm] : calm_of) open.push_back({{"rise", "source", name}, kNow, calm});
    const Steps steps = decide(open, now, kNow);
    REQUIRE(steps.alerts.size() == open.size());
    for (std::size_t at = 0; at < open.size(); ++at) {
      const std::string_view name = open[at].subject.value;
      if (steps.alerts[at].step == Step::closes) {
        calm_of.erase(name);
      } else {
        calm_of[name] = steps.alerts[at].calm;
      }
    }
    for (const std::size_t at : steps.opens) {
      REQUIRE(calm_of.count(now.list[at].subject.value) == 0);
      calm_of[now.list[at].subject.value] = 0;
    }

    for (const std::string& name : names) {
      Model& one = model[name];
      if (now.stale) continue;
      if (!one.open) {
        if (strength[name] >= 4.0) one = {true, 0};
      } else if (strength[name] > 0) {
        one.calm = 0;
      } else if (now.whole && ++one.calm == schema::kAlertCalmChecks) {
        one.open = false;
      }
    }
    for (const std::string& name : names) {
      INFO(check << " " << name);
      REQUIRE((calm_of.count(name) == 1) == model[name].open);
      if (model[name].open) REQUIRE(calm_of[name] == model[name].calm);
    }
  }
}

TEST_CASE("Swinging around either threshold changes an alert once at most", "[alerts][property]") {
  const auto changes = [](std::initializer_list<double> swing) {
    std::vector<OpenAlert> open;
    int count = 0;
    std::int64_t window = 0;
    for (int round = 0; round < 50; ++round) {
      for (const double strength : swing) {
        const Findings now = strength < schema::kStrengthAlertCloses
                                 ? findings({}, ++window)
                                 : findings({found(kRise, strength)}, ++window);
        const Steps steps = decide(open, now, kNow);
        for (const AlertStep& step : steps.alerts) {
          open[0].calm = step.calm;
          if (step.step == Step::closes) ++count;
        }
        if (!steps.alerts.empty() && steps.alerts[0].step == Step::closes) open.clear();
        for ([[maybe_unused]] const std::size_t at : steps.opens) {
          open.push_back({kRise, kNow});
          ++count;
        }
      }
    }
    return count;
  };
  CHECK(changes({3.9, 4.1}) == 1);
  CHECK(changes({4.1, 2.6, 2.4}) == 1);
  CHECK(changes({3.9, 2.4}) == 0);
  CHECK(changes({4.1, 2.4, 2.4}) == 100);  // that is no swinging around one threshold
}
