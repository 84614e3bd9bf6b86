#include "core/app/query.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/app/paging.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using app::Query;

namespace {

Result<app::Page> page_of(const std::string& query) {
  return app::read_page(*Query::parse(query, {"limit", "cursor"}));
}

}  // namespace

TEST_CASE("Query parameters are decoded", "[query]") {
  const auto query = Query::parse("&a=1%2B1&&b=x+y&c=%E2%82%AC&", {"a", "b", "c", "d"});
  REQUIRE(query.has_value());
  CHECK(query->get("a") == "1+1");
  CHECK(query->get("b") == "x y");
  CHECK(query->get("c") == "\u20ac");
  CHECK(query->get("d").empty());
  CHECK(Query::parse("%61=1", {"a"})->get("a") == "1");
  CHECK(Query::parse("", {}).has_value());
}

TEST_CASE("Unknown, repeated, empty and broken parameters are refused, with what is allowed", "[query]") {
  const auto [text, name, reason, code] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"x=1", "x", "Allowed are a and b.", "unknown"},
      {"A=1", "A", "Allowed are a and b.", "unknown"},
      {"=1", "", "Allowed are a and b.", "unknown"},
      {"a=1&a=1", "a", "It may come only once.", "repeated"},
      {"a=1&%61=2", "a", "It may come only once.", "repeated"},
      {"a=", "a", "It has no value.", "empty"},
      {"a", "a", "It has no value.", "empty"},
      {"a=%FF", "a", "Its value is not well-formed UTF-8 text, or has a NUL.", "not_allowed"},
      {"a=%00", "a", "Its value is not well-formed UTF-8 text, or has a NUL.", "not_allowed"},
      {"a=%ED%A0%80", "a", "Its value is not well-formed UTF-8 text, or has a NUL.", "not_allowed"},
      {"%FF=1", "?", "Its name is not well-formed UTF-8 text, or has a NUL.", "not_allowed"},
  }));
  CAPTURE(text);
  const auto query = Query::parse(text, {"a", "b"});
  REQUIRE_FALSE(query.has_value());
  CHECK(query.error().code == ErrorCode::bad_parameter);
  REQUIRE(query.error().fields.size() == 1);
  CHECK(query.error().fields[0].name == name);
  CHECK(query.error().fields[0].reason == reason);
  CHECK(query.error().fields[0].code == code);
}

TEST_CASE("Where no parameters are taken, that is said", "[query]") {
  CHECK(Query::parse("a=1", {}).error().fields[0].reason == "No parameters are taken here.");
}

TEST_CASE("A page has 50 rows unless something else is asked for", "[paging]") {
  CHECK(page_of("")->limit == 50);
  CHECK(page_of("limit=1")->limit == 1);
  CHECK(page_of("limit=200")->limit == 200);
  const std::string bad =
      GENERATE(as<std::string>{}, "0", "201", "-1", "%2B5", "1.0", "1e2", "x", "4294967297", "%2050");
  CAPTURE(bad);
  CHECK_FALSE(page_of("limit=" + bad).has_value());
}

TEST_CASE("A cursor leads to the page behind its row, and only our own is taken", "[paging]") {
  const std::int64_t id = GENERATE(as<std::int64_t>{}, 0, 1, 42, 9'223'372'036'854'775'807);
  const std::string cursor = app::make_cursor(id);
  CHECK(page_of("cursor=" + cursor)->before == id);
  tests::Random random(31);
  int accepted = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::string other = tests::mutated(random, cursor);
    if (other.find_first_of("&=+%#") != std::string::npos || other == cursor || other.empty()) continue;
    const auto query = Query::parse("cursor=" + other, {"cursor"});
    if (query && app::read_page(*query)) ++accepted;
  }
  CHECK(accepted <= 2);  // a checksum of five digits tells typing errors, not attackers
}

TEST_CASE("Broken cursors are bad parameters", "[paging]") {
  const std::string bad = GENERATE(as<std::string>{}, "c1", "c1.", "1.2", "c142", "c142.", "c142.0",
                                   "c2"
                                   "42.1",
                                   "c1-1.5", "c118446744073709551615.1", ".", "c1.c1.c1");
  CAPTURE(bad);
  const auto page = page_of("cursor=" + bad);
  REQUIRE_FALSE(page.has_value());
  CHECK(page.error().code == ErrorCode::bad_parameter);
}
