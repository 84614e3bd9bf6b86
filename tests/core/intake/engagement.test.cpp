#include "core/intake/engagement.hpp"

#include <catch2/catch.hpp>

#include "leadledger/rules.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

std::optional<double> time_of(const std::string& json) {
  std::string body = "{\"time_on_page\":" + json + "}";
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  return read_engagement(form->selected).time_on_page;
}

TEST_CASE("a measure is a number or text that is one, cut to its largest value", "[intake][engagement]") {
  auto [json, value] = GENERATE(table<std::string, double>({
      {"42", 42.0},
      {"42.5", 42.5},
      {"\" 42.5 \"", 42.5},
      {"\"1e2\"", 100.0},
      {"0", 0.0},
      {"-0", 0.0},
      {"86400", 86400.0},
      {"86401", 86400.0},
      {"1e20", 86400.0},
  }));
  CAPTURE(json);
  CHECK(time_of(json) == value);
}

TEST_CASE("what is no usable number is absent", "[intake][engagement]") {
  auto json = GENERATE(as<std::string>{}, "null", "true", "[1]", "{}", "\"\"", "\"soon\"", "\"12s\"", "-1",
                       "\"-0.1\"", "\"NaN\"", "\"Infinity\"", "\"0x10\"", "\"1 2\"", "\"1e999\"",
                       "\"00000000000000000000000000000000000000001\"");
  CAPTURE(json);
  CHECK_FALSE(time_of(json).has_value());
}

TEST_CASE("each measure has its own largest value", "[intake][engagement]") {
  std::string body = "scroll=250&page_views=99999&seconds_to_submit=1e6&time_on_site=3";
  const auto form = decode("application/x-www-form-urlencoded", body);
  REQUIRE(form.has_value());
  const Engagement engagement = read_engagement(form->selected);
  CHECK(engagement.scroll_depth == 100.0);
  CHECK(engagement.pages_viewed == 10000.0);
  CHECK(engagement.form_seconds == 86400.0);
  CHECK(engagement.time_on_page == 3.0);
}

TEST_CASE("points add up by the steps that are reached", "[intake][engagement]") {
  CHECK(engagement_points({}) == 0);
  int most = 0;
  for (const schema::EngagementPoints& step : schema::kEngagementPoints) most += step.points;
  CHECK(engagement_points(
            {.time_on_page = 1e6, .scroll_depth = 100, .pages_viewed = 50, .form_seconds = 60}) == most);
  for (const schema::EngagementPoints& step : schema::kEngagementPoints) {
    if (step.measure != Field::scroll_depth) continue;
    CAPTURE(step.at_least);
    const int below = engagement_points({.scroll_depth = step.at_least - 0.5});
    CHECK(engagement_points({.scroll_depth = step.at_least}) == below + step.points);
  }
}

TEST_CASE("the level follows the points", "[intake][engagement]") {
  CHECK(engagement_level({}) == schema::Engagement::none);
  CHECK(engagement_level({.time_on_page = 1}) == schema::Engagement::none);
  CHECK(engagement_level({.time_on_page = 20}) == schema::Engagement::low);
  CHECK(engagement_level({.time_on_page = 120, .scroll_depth = 40}) == schema::Engagement::medium);
  CHECK(engagement_level({.time_on_page = 120, .scroll_depth = 80, .pages_viewed = 4}) ==
        schema::Engagement::high);
}

}  // namespace
