// What a brief says of a summary and insights.
#include "core/briefs/brief.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <string>
#include <vector>

#include "leadledger/reports.hpp"
#include "tests/core/briefs/bodies.hpp"

using namespace leadledger;
using namespace leadledger::briefs;
using namespace leadledger::tests;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Every run of digits, with the marks inside of it.
std::vector<std::string> numbers_of(const std::string& text) {
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string number;
    while (at < text.size() && (std::isdigit(static_cast<unsigned char>(text[at])) != 0 ||
                                (text[at] == ',' && at + 1 < text.size() &&
                                 std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0))) {
      if (text[at] != ',') number += text[at];
      ++at;
    }
    if (!number.empty()) numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

TEST_CASE("A brief, whole", "[briefs]") {
  const BriefText brief = brief_of(kSummary, kInsights);
  CHECK(brief.title == "Leads, 9 to 15 November 2026: 312 actual leads, 12% more than the week before");
  CHECK(plain_text(brief) ==
        "Leads, 9 to 15 November 2026: 312 actual leads, 12% more than the week before\n"
        "Projects: acme\n"
        "\n"
        "Overview\n"
        "- 1,412 submissions: 312 actual leads, 40 follow-ups, 10 tests, 1,020 blocked and 30 bots.\n"
        "- Actual leads: 312, 12% more than the week before (279).\n"
        "- 25 submissions were hot, 1.8% of all submissions.\n"
        "\n"
        "What changed\n"
        "- “newsletter” (source) brought 112 new leads in 7 days; 60 were usual.\n"
        "\n"
        "Needs attention\n"
        "- “google” (source): 14% of 900 submissions in 7 days were judged bot; 2% is usual.\n"
        "\n"
        "Where leads come from\n"
        "- Sources, actual leads of all submissions: “google” 200 of 900, “newsletter” 112 of 512.\n"
        "- Countries, actual leads of all submissions: “IN” 212 of 1,000, not known 100 of 412.\n"
        "\n"
        "Best hours\n"
        "- 25% of the new leads of 28 days came from 10:00 to 13:00; 13% would be an even share.\n");
}

TEST_CASE("A brief says whose it is, in plain text and in Slack", "[briefs]") {
  const auto [scope, words] = GENERATE(table<const char*, const char*>(
      {{R"(["*"])", "All projects"}, {R"(["acme","demo-saas"])", "Projects: acme, demo-saas"}}));
  const BriefText brief = brief_of(kSummary, kInsights, scope);
  CHECK(plain_text(brief).starts_with(brief.title + "\n" + words + "\n\nOverview\n"));
  CHECK(slack_text(brief).text().starts_with("*" + brief.title + "*\n" + words + "\n\n*Overview*\n"));
}

TEST_CASE("Every number of a brief is one of the two bodies, or a percentage of one", "[briefs]") {
  const auto insights = GENERATE(as<std::string>(), kInsights, kNoInsights);
  const std::string bodies = kSummary + insights;
  // Days of the dates, hours of the clock and rounded ratios.
  const std::vector<std::string> stated = {"9", "15", "2026", "12", "1", "8", "00"};
  for (const std::string& number : numbers_of(plain_text(brief_of(kSummary, insights)))) {
    const bool is_stated = std::find(stated.begin(), stated.end(), number) != stated.end();
    CHECK((is_stated || contains(bodies, number)));
  }
}

TEST_CASE("How the week compares with the one before", "[briefs]") {
  const auto [change, before, title] = GENERATE(table<std::string, std::string, std::string>({
      {"-0.25", "416", "312 actual leads, 25% fewer than the week before"},
      {"-0.0621", "333", "312 actual leads, 6.2% fewer than the week before"},
      {"0", "312", "312 actual leads, as many as the week before"},
      {"0.0004", "311", "312 actual leads, less than 0.1% more than the week before"},
      {"30.2", "10", "312 actual leads, 3,020% more than the week before"},
      {"null", "0", "312 actual leads, none the week before"},
      // Earlier than what is held.
      {"null", "100", "312 actual leads"},
  }));
  std::string summary = with(kSummary, R"("primary": 0.118280)", R"("primary": )" + change);
  summary = with(summary, R"("primary": 279)", R"("primary": )" + before);
  CHECK(brief_of(summary, kNoInsights).title == "Leads, 9 to 15 November 2026: " + title);
}

TEST_CASE("Nothing is compared with a week that is no longer held in full", "[briefs]") {
  const auto before = GENERATE(as<std::string>(), "0", "100");
  std::string summary = with(kSummary, R"("primary": 0.118280)", R"("primary": null)");
  summary = with(summary, R"("primary": 279)", R"("primary": )" + before);
  summary = with(summary, R"("warnings": [])",
                 R"("warnings": [{"code": "comparison_before_retention", "detail": ""}])");
  const BriefText brief = brief_of(summary, kNoInsights);
  CHECK(brief.title == "Leads, 9 to 15 November 2026: 312 actual leads");
  const std::string text = plain_text(brief);
  CHECK_FALSE(contains(text, "none the week before"));
  CHECK_FALSE(contains(text, "Actual leads:"));
  CHECK(contains(text, "nothing is compared with it"));
  // Nor where this week has nothing.
  const std::string empty = with(summary, R"("total": 1412, "primary": 312)", R"("total": 0, "primary": 0)");
  CHECK(brief_of(empty, kNoInsights).sections[0].lines[0].text == "No submission came in this week.");
}

TEST_CASE("Dates of two months and of two years", "[briefs]") {
  const auto [from, to, dates] = GENERATE(table<std::string, std::string, std::string>({
      {"2026-10-26", "2026-11-02", "26 October to 1 November 2026"},
      {"2026-12-28", "2027-01-04", "28 December 2026 to 3 January 2027"},
      {"2026-11-23", "2026-12-01", "23 to 30 November 2026"},
      {"2028-02-23", "2028-03-01", "23 to 29 February 2028"},
  }));
  const std::string summary =
      with(with(kSummary, "2026-11-09T00", from + "T00"), "2026-11-16T00", to + "T00");
  CHECK(contains(brief_of(summary, kNoInsights).title, "Leads, " + dates + ":"));
}

TEST_CASE("Nothing empty is shown", "[briefs]") {
  const BriefText brief = brief_of(kSummary, kNoInsights);
  const std::string text = plain_text(brief);
  CHECK_FALSE(contains(text, "What changed"));
  CHECK_FALSE(contains(text, "Needs attention"));
  CHECK_FALSE(contains(text, "About these numbers"));
  CHECK_FALSE(contains(text, "Campaigns"));
  CHECK_FALSE(contains(text, "Projects, "));
  for (const Section& section : brief.sections) CHECK_FALSE(section.lines.empty());
}

TEST_CASE("A week without any submission, after one with some", "[briefs]") {
  std::string summary = with(kSummary, R"("total": 1412, "primary": 312)", R"("total": 0, "primary": 0)");
  summary = with(summary, R"({"hour": 10, "total": 90})", "null");
  summary = with(summary, R"("primary": 0.118280)", R"("primary": -1)");
  const BriefText brief = brief_of(summary, kNoInsights);
  CHECK(brief.title == "Leads, 9 to 15 November 2026: 0 actual leads, 100% fewer than the week before");
  CHECK(brief.sections[0].lines[0].text == "No submission came in this week; the week before had 941.");
  CHECK(brief.sections[0].lines.size() == 1);
}

TEST_CASE("What is said of a week without any submission", "[briefs]") {
  const auto [before, warning, words] = GENERATE(table<std::string, std::string, std::string>({
      {"1234", "", "No submission came in this week; the week before had 1,234."},
      {"0", "", "No submission came in this week, nor in the week before."},
      {"0", "comparison_before_retention", "No submission came in this week."},
      {"0", "range_before_retention", "No submission came in what is still held of this week."},
  }));
  std::string summary = with(kSummary, R"("total": 1412, "primary": 312)", R"("total": 0, "primary": 0)");
  summary = with(summary, R"("total": 941)", R"("total": )" + before);
  summary = with(summary, R"("warnings": [])", R"("warnings": [{"code": ")" + warning + R"("}])");
  const BriefText brief = brief_of(summary, kNoInsights);
  REQUIRE(brief.sections[0].lines.size() == 1);
  CHECK(brief.sections[0].lines[0].text == words);
}

TEST_CASE("Two empty weeks are an empty brief", "[briefs]") {
  std::string empty = R"({"totals": {"total": 0}, "previous": {"totals": {"total": 0}}})";
  std::string before = R"({"totals": {"total": 0}, "previous": {"totals": {"total": 1}}})";
  std::string now = R"({"totals": {"total": 1}, "previous": {"totals": {"total": 0}}})";
  CHECK(is_empty_week(json::Document::parse(empty)->root()));
  CHECK_FALSE(is_empty_week(json::Document::parse(before)->root()));
  CHECK_FALSE(is_empty_week(json::Document::parse(now)->root()));
}

TEST_CASE("What a reader must know of the numbers is said once, in words", "[briefs]") {
  const std::string warnings = R"("warnings": [{"code": "stale", "detail": "x"},
    {"code": "corrections_missing", "detail": "x"}, {"code": "new_code", "detail": "In its own words."}]})";
  const std::string summary = with(kSummary, R"("warnings": []})", warnings);
  const std::string insights =
      R"({"meta": {"warnings": [{"code": "insufficient_history", "detail": "x"}, {"code": "stale", "detail": "y"}]},
          "data": []})";
  const BriefText brief = brief_of(summary, insights);
  const Section& notes = brief.sections.back();
  CHECK(notes.title == "About these numbers");
  CHECK_FALSE(notes.is_prose);
  REQUIRE(notes.lines.size() == 4);
  CHECK(contains(notes.lines[0].text, "last good numbers"));
  CHECK(contains(notes.lines[1].text, "Corrected verdicts"));
  CHECK(notes.lines[2].text == "In its own words.");
  CHECK(contains(notes.lines[3].text, "too few earlier weeks"));
}

TEST_CASE("Sampled numbers tell their margin", "[briefs]") {
  const std::string summary = with(kSummary, R"("sampled": false, "margin": null)",
                                   R"("sampled": true, "margin": {"total": 1200, "primary": 31})");
  CHECK(brief_of(summary, kNoInsights).sections.back().lines.at(0).text ==
        "Analytics Engine kept a sample of these submissions: the total may be 1,200 more or less, actual "
        "leads "
        "31.");
}

TEST_CASE("Every warning of a report is told in words for readers, not in those for programs", "[briefs]") {
  for (const schema::ReportWarningInfo& warning : schema::kReportWarnings) {
    const std::string summary =
        with(kSummary, R"("warnings": [])",
             R"("warnings": [{"code": ")" + std::string(warning.code) + R"(", "detail": "for programs"}])");
    const BriefText brief = brief_of(summary, kNoInsights);
    const std::string& words = brief.sections.back().lines.at(0).text;
    CAPTURE(warning.code, words);
    CHECK(brief.sections.back().title == "About these numbers");
    CHECK_FALSE(words == "for programs");
    for (const std::string_view of_programs : {"_", "null", "endpoint", "dataset", "answer holds"}) {
      CHECK_FALSE(contains(words, of_programs));
    }
  }
}

TEST_CASE("Leads come from where most actual leads are, not most submissions", "[briefs]") {
  // Primary leads in the answer's order, that of submissions; the week has 312 in all.
  const auto [rows, line] = GENERATE(table<std::string, std::string>({
      {R"({"key": "wave", "total": 570, "primary": 20}, {"key": "google", "total": 451, "primary": 292})",
       "Sources, actual leads of all submissions: “google” 292 of 451, “wave” 20 of 570."},
      // Equal ones keep their order; those without a lead are not where leads come from.
      {R"({"key": "wave", "total": 570, "primary": 0}, {"key": "b", "total": 300, "primary": 156},
          {"key": "a", "total": 200, "primary": 156})",
       "Sources, actual leads of all submissions: “b” 156 of 300, “a” 156 of 200."},
      {R"({"key": "", "total": 1300, "primary": 30}, {"key": "google", "total": 300, "primary": 282})",
       "Sources, actual leads of all submissions: “google” 282 of 300, not known 30 of 1,300."},
      // One that is not listed may have 12 leads, and 11 are the least of these.
      {R"({"key": "wave", "total": 570, "primary": 11}, {"key": "google", "total": 451, "primary": 289})",
       "Sources with most submissions, actual leads of all submissions: “google” 289 of 451, “wave” 11 of "
       "570."},
      {R"({"key": "wave", "total": 570, "primary": 12}, {"key": "google", "total": 451, "primary": 288})",
       "Sources, actual leads of all submissions: “google” 288 of 451, “wave” 12 of 570."},
      // It has no more leads than submissions, and no more of these than the last that is listed.
      {R"({"key": "google", "total": 30, "primary": 25}, {"key": "b", "total": 20, "primary": 20})",
       "Sources, actual leads of all submissions: “google” 25 of 30, “b” 20 of 20."},
      {R"({"key": "google", "total": 30, "primary": 25}, {"key": "b", "total": 20, "primary": 19})",
       "Sources with most submissions, actual leads of all submissions: “google” 25 of 30, “b” 19 of 20."},
      // Nothing to say.
      {R"({"key": "wave", "total": 570, "primary": 0})", ""},
      {R"({"key": "", "total": 570, "primary": 312}, {"key": "wave", "total": 300, "primary": 0})", ""},
  }));
  const std::string summary = with(
      kSummary,
      R"({"key": "google", "total": 900, "primary": 200}, {"key": "newsletter", "total": 512, "primary": 112})",
      rows);
  const std::string text = plain_text(brief_of(summary, kNoInsights));
  CAPTURE(text);
  if (line.empty()) {
    CHECK_FALSE(contains(text, "Sources"));
  } else {
    CHECK(contains(text, "Where leads come from\n- " + line + "\n"));
  }
}

TEST_CASE("The only one of two projects that brought leads is named", "[briefs]") {
  const std::string summary =
      with(kSummary, R"("share": 1, "total": 1412, "primary": 312})",
           R"("total": 1400, "primary": 312}, {"key": "beta", "total": 12, "primary": 0})");
  CHECK(contains(plain_text(brief_of(summary, kNoInsights)),
                 "- Projects, actual leads of all submissions: “acme” 312 of 1,400.\n"));
}

TEST_CASE("The busiest hour counts everything: it says so, and stands in where no hours are best",
          "[briefs]") {
  const std::string text = plain_text(brief_of(kSummary, kNoInsights));
  CHECK(contains(text,
                 "\nBusiest hour\n"
                 "- Busiest hour of the day, bots and blocked ones counted too: the one from 10:00, with 90 "
                 "submissions.\n"));
  CHECK_FALSE(contains(text, "Best hours"));
  CHECK_FALSE(contains(plain_text(brief_of(kSummary, kInsights)), "Busiest hour"));
}

TEST_CASE("A long list of insights is cut, and says so", "[briefs]") {
  std::string insights = R"({"meta": {"warnings": []}, "data": [)";
  for (int at = 0; at < 12; ++at) {
    if (at > 0) insights += ',';
    insights += R"({"kind": "rise", "value": "x", "headline": "“x” (source) brought 112 new leads."})";
  }
  const BriefText brief = brief_of(kSummary, insights + "]}");
  CHECK(brief.sections[1].lines.size() == 9);
  CHECK(brief.sections[1].lines.back().text == "There is more: the insights have all of it.");
}

TEST_CASE("What visitors call a campaign is text, wherever it goes", "[briefs]") {
  const std::string hostile = R"(<!channel> *x* http://evil.example @here ” “ {{API_KEYS}} \\n\n[A])";
  const std::string summary =
      with(kSummary, R"("utm_campaign": [{"key": "")", R"("utm_campaign": [{"key": ")" + hostile + '"');
  const BriefText brief = brief_of(summary, kNoInsights);
  const Section* lists = nullptr;
  for (const Section& section : brief.sections) {
    if (section.title == "Where leads come from") lists = &section;
  }
  REQUIRE(lists != nullptr);
  REQUIRE(lists->lines.size() == 3);
  const Line& line = lists->lines[1];
  REQUIRE(line.names.size() == 1);
  const std::string name = line.text.substr(line.names[0].at, line.names[0].size);
  CHECK(name.find('\n') == std::string::npos);
  CHECK(name.find("“", 3) == std::string::npos);
  const std::string slack = slack_text(brief).text();
  for (const std::string_view meant : {"http://", "://evil", "evil.example", "@here", "*x*"}) {
    CHECK(contains(plain_text(brief), meant));
    CHECK_FALSE(contains(slack, meant));
  }
}

TEST_CASE("Slack text has bold titles, and keeps numbers and clocks as they are", "[briefs]") {
  const std::string slack = slack_text(brief_of(kSummary, kInsights)).text();
  CHECK(contains(slack, "*Leads, 9 to 15 November 2026: 312 actual leads, 12% more than the week before*\n"));
  CHECK(contains(slack, "\n*Overview*\n• 1,412 submissions: 312 actual leads"));
  CHECK(contains(slack, "from 10:00 to 13:00"));
  CHECK(contains(slack, "1.8% of all"));
}

TEST_CASE("Bodies of any form make a brief, and never a crash", "[briefs]") {
  for (const std::string body :
       {"{}", "[]", "null", "5", R"({"totals": 5, "top": {"source": [[], 5, {"key": 5}]}})",
        R"({"meta": {"from": "x", "to": ""}, "totals": {"total": 1e99}, "data": [5, {}]})"}) {
    CHECK(contains(brief_of(body, body).title, "Leads"));
  }
}
