#include "core/insights/sentences.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/insights/decimals.hpp"
#include "core/support/text.hpp"
#include "tests/core/insights/scene.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using insights::headline;
using insights::quoted;

namespace {

std::string percent(double share) {
  std::string out;
  insights::append_percent(out, share);
  return out;
}
std::string tenths(double value) {
  std::string out;
  insights::append_tenths(out, value);
  return out;
}

std::string only_headline(const Scene& scene) {
  const auto found = scene.found();
  REQUIRE(found.size() == 1);
  return headline(found[0], india());
}

}  // namespace

TEST_CASE("A rise is written with what it was found from", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("newsletter", 45, {12, 11, 13, 12, 10, 15, 12, 9}));
  REQUIRE(scene.found().size() == 1);
  CHECK(json_of(scene.found()[0]) ==
        "{\"id\":\"rise:source:newsletter\",\"kind\":\"rise\",\"severity\":\"notice\","
        "\"dimension\":\"source\",\"value\":\"newsletter\",\"count\":\"primary\","
        "\"from\":\"2026-11-09T00:00:00+05:30\",\"to\":\"2026-11-16T00:00:00+05:30\",\"strength\":8.7,"
        "\"headline\":\"“newsletter” (source) brought 45 new leads in 7 days; 12 were usual.\","
        "\"explanation\":\"In 8 earlier weeks it was 9 to 15; up to 25 would be no surprise.\","
        "\"numbers\":{\"current\":45,\"expected\":12,\"low\":0,\"high\":25,\"change\":2.75,"
        "\"baseline\":[12,11,13,12,10,15,12,9]}}");
}

TEST_CASE("Of one there is one, of none no number", "[insights]") {
  Scene one;
  one.add(Dimension::utm_campaign, leads_of("spring", 25, {1, 1, 1, 1, 1, 1, 1, 1}));
  CHECK(only_headline(one) == "“spring” (campaign) brought 25 new leads in 7 days; 1 was usual.");
  Scene fallen(8, time::kSecondsPerDay, 6 * 3600);
  fallen.add(Dimension::country, leads_of("IN", 1, {60, 61, 60, 61, 60, 61, 60, 61}));
  CHECK(only_headline(fallen) == "“IN” (country) brought 1 new lead in 1 day; 60.5 were usual.");
  Scene gone(8, 36 * 3600, 9 * 3600);
  gone.add(Dimension::country, leads_of("IN", 0, {60, 61, 60, 61, 60, 61, 60, 61}));
  CHECK(only_headline(gone) == "“IN” (country) brought no new leads in 36 hours; 60.5 were usual.");
  Scene born;
  born.add(Dimension::channel, leads_of("paid", 25, {0, 0, 0, 0, 0, 0, 0, 0}));
  CHECK(only_headline(born) == "“paid” (channel) brought 25 new leads in 7 days; none were usual.");
  CHECK(json_of(born.found()[0]).find("\"change\":null") != std::string::npos);
}

TEST_CASE("A silence says for how long", "[insights]") {
  Scene scene(8, 24 * 3600, 6 * 3600);
  Series series{"acme", {counts_of({30}), {}}, {}};
  series.baseline.resize(8, {counts_of({30}), counts_of({15, 3})});
  scene.add(Dimension::project, series);
  CHECK(only_headline(scene) ==
        "“acme” (project) has brought no leads or follow-ups for at least 6 hours; 18 were usual.");
  const std::string json = json_of(scene.found()[0]);
  CAPTURE(json);
  CHECK(json.find("\"from\":\"2026-11-15T18:00:00+05:30\",\"to\":\"2026-11-16T00:00:00+05:30\"") !=
        std::string::npos);
  CHECK(json.find("{\"current\":0,\"expected\":18,\"low\":2,\"high\":34,\"change\":-1,\"silent_hours\":6,") !=
        std::string::npos);
  CHECK(
      json.find("At the same hours of 8 earlier weeks it was 18, new leads and follow-ups together; none at "
                "all is a surprise.") != std::string::npos);

  Scene all;
  all.observed.all = {"", {}, {}};
  all.observed.all.baseline.resize(8, {counts_of({90}), counts_of({15, 3})});
  CHECK(only_headline(all) == "No leads or follow-ups have come for at least 7 days; 108 were usual.");
}

TEST_CASE("Shares are percentages of how many", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, series_of("a", {80, 0, 41}, std::vector<Some>(8, {95, 0, 4})));
  CHECK(only_headline(scene) ==
        "“a” (source): 34% of 121 submissions in 7 days were judged bot; 4% is usual.");
  const std::string json = json_of(scene.found()[0]);
  CAPTURE(json);
  CHECK(json.find("\"numbers\":{\"current\":0.338843,\"expected\":0.040404,\"low\":0,\"high\":0.11854,") !=
        std::string::npos);
  CHECK(json.find("\"submissions\":121,\"count\":41,\"baseline\":[0.040404,") != std::string::npos);

  Scene all;
  all.observed.all = series_of("", {80, 0, 0, 41}, std::vector<Some>(8, {95, 0, 0, 4}));
  CHECK(only_headline(all) == "34% of 121 submissions in 7 days were judged blocked; 4% is usual.");
  CHECK(json_of(all.found()[0])
            .find("{\"id\":\"blocked_share\",\"kind\":\"blocked_share\","
                  "\"severity\":\"notice\",\"dimension\":null,\"value\":null,") == 0);
}

TEST_CASE("A campaign without hot leads says what was to be expected", "[insights]") {
  Scene scene;
  scene.observed.all = series_of("", {470, 0, 10, 0, 50}, {});
  scene.add(Dimension::utm_campaign, series_of("brand", {70, 0, 10}, {}));
  CHECK(only_headline(scene) ==
        "“brand” (campaign) brought 80 submissions in 7 days, none of them hot; at the rate of all others 10 "
        "would be.");
  const std::string json = json_of(scene.found()[0]);
  CAPTURE(json);
  CHECK(json.find("\"numbers\":{\"submissions\":80,\"leads\":70,\"current\":0,\"expected\":10,\"rate\":0.125,"
                  "\"other_submissions\":400,\"other_hot\":50}}") != std::string::npos);
}

TEST_CASE("Best hours are those of the clock on the wall", "[insights]") {
  Scene scene;
  std::array<Counts, 24> hours;
  hours.fill(counts_of({5}));
  for (const std::size_t hour : {9U, 10U, 11U}) hours[hour] = counts_of({45});
  scene.observed.hours_of_day = hours;
  CHECK(only_headline(scene) ==
        "56% of the new leads of 28 days came from 9:00 to 12:00; 13% would be an even share.");
  const std::string json = json_of(scene.found()[0]);
  CAPTURE(json);
  CHECK(json.find("\"numbers\":{\"hour_from\":9,\"hour_to\":12,\"leads\":135,\"of\":240,\"share\":0.5625,"
                  "\"even_share\":0.125}}") != std::string::npos);
  CHECK(json.find("\"from\":\"2026-10-19T00:00:00+05:30\"") != std::string::npos);
}

TEST_CASE("Sentences part thousands, numbers do not", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("a", 31'913, {1912, 1913, 1912, 1913, 1912, 1913, 1912, 1913}));
  const auto found = scene.found();
  REQUIRE(found.size() == 1);
  CHECK(headline(found[0], india()) ==
        "“a” (source) brought 31,913 new leads in 7 days; 1,912.5 were usual.");
  CHECK(insights::explanation(found[0], india()) ==
        "In 8 earlier weeks it was 1,912 to 1,913; up to 2,079 would be no surprise.");
  CHECK(json_of(found[0]).find("\"current\":31913,\"expected\":1912.5,") != std::string::npos);
  const auto grouped = [](double value) {
    std::string out = "of 1234 ";
    insights::append_tenths_grouped(out, value);
    return out.substr(8);
  };
  CHECK(grouped(0) == "0");
  CHECK(grouped(999.9) == "999.9");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1'234'567.5) == "1,234,567.5");
}

TEST_CASE("What was compared is said by its days", "[insights]") {
  const auto says = [](std::int64_t hours) {
    insights::Insight insight;
    insight.range = {kMonday - hours * 3600, kMonday};
    insight.baseline = {10, 12, 11, 12};
    insight.high = 30.5;
    return insights::explanation(insight, india());
  };
  const std::string rest = " it was 10 to 12; up to 30 would be no surprise.";
  CHECK(says(7 * 24) == "In 4 earlier weeks" + rest);
  CHECK(says(24) == "On the same day of 4 earlier weeks" + rest);
  CHECK(says(3 * 24) == "On the same days of 4 earlier weeks" + rest);
  CHECK(says(10 * 24) == "On the same days of 4 earlier fortnights" + rest);
  CHECK(says(14 * 24) == "In 4 earlier fortnights" + rest);
  CHECK(says(6) == "At the same hours of 4 earlier weeks" + rest);
}

TEST_CASE("Earlier times that would be a surprise themselves are told apart", "[insights]") {
  insights::Insight insight;
  insight.range = {kMonday - 14 * time::kSecondsPerDay, kMonday};
  const auto says = [&insight](InsightKind kind, std::vector<double> baseline, double low, double high) {
    insight.kind = kind;
    insight.baseline = std::move(baseline);
    insight.low = low;
    insight.high = high;
    const std::string text = insights::explanation(insight, india());
    return text.substr(text.find("it was"));
  };
  CHECK(says(InsightKind::rise, {141, 204, 125, 130, 130}, 85.4, 175.9) ==
        "it was mostly 125 to 141, and once 204; up to 175 would be no surprise.");
  CHECK(says(InsightKind::rise, {12, 40, 12, 12, 55}, 4, 20) ==
        "it was mostly 12, and in 2 of them 40 to 55; up to 20 would be no surprise.");
  CHECK(says(InsightKind::fall, {60, 3, 62, 3, 61, 3, 90}, 41.2, 80) ==
        "it was mostly 60 to 90, and in 3 of them 3; down to 42 would be no surprise.");
  CHECK(says(InsightKind::silence, {36, 0, 40, 38}, 14, 58) ==
        "it was mostly 36 to 40, and once 0, new leads and follow-ups together; none at all is a surprise.");
  CHECK(says(InsightKind::bot_share, {0.083, 0.55, 0.09, 0.14}, 0, 0.15) ==
        "it was mostly 8.3% to 14%, and once 55%; up to 15% would be no surprise.");
  // Told as the same percentage, the two do not differ.
  CHECK(says(InsightKind::blocked_share, {0.083, 0.153, 0.09, 0.14}, 0, 0.148) ==
        "it was 8.3% to 15%; up to 15% would be no surprise.");
}

TEST_CASE("Under filters a headline says so", "[insights]") {
  Scene scene;
  scene.add(Dimension::project, leads_of("acme", 0, {90, 90, 90, 90, 90, 90, 90, 90}));
  insights::Insight insight = scene.found().at(0);
  insight.is_filtered = true;
  CHECK(headline(insight, india()) ==
        "Under these filters: “acme” (project) has brought no leads or follow-ups for at least 7 days; 90 "
        "were usual.");
  insight.dimension.reset();
  CHECK(headline(insight, india()) ==
        "Under these filters: no leads or follow-ups have come for at least 7 days; 90 were usual.");
}

TEST_CASE("A day that a clock change makes longer is still a day", "[insights]") {
  // New York, 1 November 2026: 25 hours.
  const time::Zone zone("America/New_York", -14'400, {{1'793'512'800, -18'000}});
  insights::Insight insight;
  insight.dimension = Dimension::source;
  insight.value = "search";
  insight.range = {1'793'505'600, 1'793'505'600 + 25 * 3600};
  insight.count = 50;
  insight.expected = 20;
  CHECK(headline(insight, zone) == "“search” (source) brought 50 new leads in 1 day; 20 were usual.");
  insight.range.to_s -= 3600;
  CHECK(headline(insight, zone) == "“search” (source) brought 50 new leads in 24 hours; 20 were usual.");
}

TEST_CASE("What visitors wrote stays between its quotation marks", "[insights]") {
  CHECK(quoted("newsletter") == "“newsletter”");
  CHECK(quoted("") == "“”");
  CHECK(quoted("a\nb\tc\x7F") == "“a b c ”");
  CHECK(quoted("a\u0085b\u2028c\u202Ed\u2066e\u200Bf") == "“a b c d e f”");
  CHECK(quoted("x” fell. “y") == "“x\" fell. \"y”");
  CHECK(quoted("\xFF\xC3") == "“\uFFFD\uFFFD”");
  CHECK(quoted(std::string(60, 'a')) == "“" + std::string(60, 'a') + "”");
  CHECK(quoted(std::string(61, 'a')) == "“" + std::string(59, 'a') + "…”");
  std::string letters;
  for (int i = 0; i < 70; ++i) letters += "\u0939";
  const std::string cut = quoted(letters);
  CHECK(text::is_utf8(cut));
  CHECK(text::count_code_points(cut) == 62);
}

TEST_CASE("A value that is no UTF-8 spoils neither the answer nor its name", "[insights]") {
  Scene scene;
  scene.add(Dimension::source, leads_of("a\"\xFF", 45, {12, 11, 13, 12, 10, 15, 12, 9}));
  const std::string json = json_of(scene.found().at(0));
  CHECK(text::is_utf8(json));
  CHECK(json.find("\"id\":\"rise:source:a\\\"\uFFFD\"") != std::string::npos);
  CHECK(json.find("\"value\":\"a\\\"\uFFFD\"") != std::string::npos);
}

TEST_CASE("Percentages are whole, and have a decimal where they are small", "[insights]") {
  CHECK(percent(0) == "0%");
  CHECK(percent(0.0004) == "0%");
  CHECK(percent(0.0005) == "0.1%");
  CHECK(percent(0.045) == "4.5%");
  CHECK(percent(0.05) == "5%");
  CHECK(percent(0.09996) == "10%");
  CHECK(percent(0.125) == "13%");
  CHECK(percent(0.995) == "100%");
  CHECK(percent(1) == "100%");
}

TEST_CASE("Numbers have at most one decimal, and are bounded", "[insights]") {
  CHECK(tenths(12) == "12");
  CHECK(tenths(12.5) == "12.5");
  CHECK(tenths(12.04) == "12");
  CHECK(tenths(12.05) == "12.1");
  CHECK(tenths(0) == "0");
  CHECK(tenths(-3) == "0");
  CHECK(tenths(1e30) == "900000000000000");
  CHECK(insights::least_whole(2.1) == 3);
  CHECK(insights::least_whole(2) == 2);
  CHECK(insights::least_whole(-1) == 0);
  CHECK(insights::most_whole(2.9) == 2);
  std::string strength;
  insights::append_strength(strength, 3.99);
  CHECK(strength == "3.9");
}
