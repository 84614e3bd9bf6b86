// What is asked of silences, and what the answers say.
#include "core/alerts/silence.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/alerts/findings.hpp"
#include "core/app/query.hpp"
#include "core/reports/filter_value.hpp"
#include "leadledger/limits.hpp"

using namespace leadledger;
using namespace leadledger::alerts;

namespace {

constexpr std::string_view kSince = R"({"from":"2026-11-21T10:00:00+05:30"})";
constexpr std::string_view kLater = R"({"from":"2026-11-21T11:00:00+05:30"})";

Silence of_source(std::size_t alert, std::string_view value, std::string_view insight = kSince) {
  return {alert, {"silence", "source", value}, insight};
}

}  // namespace

TEST_CASE("Silences of one dimension and beginning are asked about together", "[alerts][silence]") {
  const auto questions = questions_about({of_source(7, "b,c"),
                                          {3, {"silence", "project", "acme"}, kSince},
                                          of_source(4, "-a&x=1"),
                                          of_source(5, "later", kLater),
                                          {6, {"silence", "", ""}, kSince}});
  REQUIRE(questions.size() == 4);
  const std::string from = "bucket=none&from=2026%2D11%2D21T10%3A00%3A00%2B05%3A30";
  CHECK(questions[0].query == from + "&group_by=source&limit=2&source=b%5C%2Cc%2C%2Da%26x%3D1");
  CHECK(questions[0].about[1].alert == 4);
  CHECK(questions[1].query == from + "&group_by=project&limit=1&project=acme");
  CHECK(questions[2].about[0].alert == 5);
  CHECK(questions[3].query == from);
}

TEST_CASE("Each is asked about by the very value, however it is spelt", "[alerts][silence]") {
  const std::vector<std::string> values{"+",           "-a~b", "100% & more=1?#",  "a b",
                                        "news,letter", "~x",   "über\xE2\x80\x99s"};
  std::vector<Silence> silences;
  for (const std::string& value : values) silences.push_back(of_source(0, value));
  const auto questions = questions_about(silences);
  REQUIRE(questions.size() == 1);
  const auto read = app::Query::parse(questions[0].query, {"bucket", "from", "group_by", "limit", "source"});
  REQUIRE(read.has_value());
  CHECK(read->get("from") == "2026-11-21T10:00:00+05:30");
  const auto filter = reports::read_filter(schema::Dimension::source, "source", read->get("source"));
  REQUIRE(filter.has_value());
  CHECK_FALSE(filter->negated);
  CHECK_FALSE(filter->contains);
  CHECK(filter->values == values);
}

TEST_CASE("What cannot be asked is not", "[alerts][silence]") {
  CHECK(questions_about({of_source(0, "a", GENERATE("{}", "no JSON", R"({"from":null})"))}).empty());
  CHECK(questions_about({{0, {"silence", "country", "IN"}, kSince}}).empty());
  CHECK(questions_about({{0, {"silence", "source", ""}, kSince}}).empty());
}

TEST_CASE("Questions are bounded, and so is each of them", "[alerts][silence]") {
  std::vector<std::string> values;
  const std::size_t length = GENERATE(0U, 250U);
  for (std::size_t n = 0; n < 1000; ++n) values.push_back(std::to_string(n) + std::string(length, '\''));
  std::vector<Silence> silences;
  for (std::size_t n = 0; n < values.size(); ++n) silences.push_back(of_source(n, values[n]));
  const auto questions = questions_about(silences);
  CHECK(questions.size() == schema::kAlertQuestions);
  CHECK(questions[0].about[0].alert == 0);
  for (const Question& question : questions) {
    CHECK(question.about.size() <= schema::kAlertQuestionValues);
    CHECK(question.query.size() <= schema::kAlertQuestionBytes + 100);
  }
}

TEST_CASE("A value of which the report has no group brought nothing", "[alerts][silence]") {
  const Question question = questions_about({of_source(0, "a"), of_source(1, "b"), of_source(2, "c")})[0];
  const std::string groups =
      R"(,"totals":{"primary":1,"follow_up":2},"groups":[{"key":{"source":"b"},"primary":0,"follow_up":2},)"
      R"({"key":{"source":"c"},"primary":0,"follow_up":0},{"key":{"source":"d"},"primary":1,"follow_up":0}]})";
  std::string body = R"({"meta":{"cache":"miss"})" + groups;
  using enum SinceThen;
  CHECK(read_since(body, question) == std::vector{none_came, some_came, none_came});
  body = R"({"meta":{"cache":"stale"})" + groups;
  CHECK(read_since(body, question) == std::vector{not_known, not_known, not_known});
  body = GENERATE(as<std::string>{}, R"({"meta":{}})", R"({"meta":{},"totals":{"primary":0}})", "");
  CHECK(read_since(body, question) == std::vector{not_known, not_known, not_known});
  const Question all = questions_about({{0, {"silence", "", ""}, kSince}})[0];
  body = R"({"totals":{"primary":0,"follow_up":1}})";
  CHECK(read_since(body, all) == std::vector{some_came});
}

TEST_CASE("Findings know their window, and whether every value was looked at", "[alerts]") {
  const bool cut = GENERATE(false, true);
  std::string body = R"({"meta":{"to":"2026-11-21T10:00:00+05:30","warnings":[{"code":")" +
                     std::string(cut ? "top_incomplete" : "insufficient_history") + R"("}]},"data":[]})";
  const auto findings = read_findings(body, 10);
  REQUIRE(findings);
  CHECK(findings->to_ms == 1'795'235'400'000);
  CHECK(findings->all_values == !cut);
  CHECK(findings->whole);
}
