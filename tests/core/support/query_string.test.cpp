#include "core/support/query_string.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;

namespace {

/// "[name|value]..." of a query, or "error".
std::string shown(std::string_view query) {
  const auto parameters = read_query_string(query);
  if (!parameters) return "error";
  std::string out;
  for (const Parameter& parameter : *parameters) out += "[" + parameter.name + "|" + parameter.value + "]";
  return out;
}

}  // namespace

TEST_CASE("Parameters come decoded and in their order", "[query_string]") {
  const auto [query, parameters] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"&", ""},
      {"&&a=1&&", "[a|1]"},
      {"b=1&a=2&b=3", "[b|1][a|2][b|3]"},
      {"a", "[a|]"},
      {"a=", "[a|]"},
      {"=1", "[|1]"},
      {"=", "[|]"},
      {"a=b=c", "[a|b=c]"},
      {"a=x+y%20z", "[a|x y z]"},
      {"a=1%2B1", "[a|1+1]"},
      {"a%3Db=c%26d", "[a=b|c&d]"},
      {"%61=%e2%82%AC", "[a|\u20AC]"},
      {"a=%2525", "[a|%25]"},
      // No escapes: as browsers do, they stay.
      {"a=%", "[a|%]"},
      {"a=%4", "[a|%4]"},
      {"a=%zz%4g", "[a|%zz%4g]"},
      {"a=1;b=2", "[a|1;b=2]"},
      {"a=%0A%1F%7F", "[a|\n\x1F\x7F]"},
  }));
  CAPTURE(query);
  CHECK(shown(query) == parameters);
}

TEST_CASE("What is no text is refused, and its parameter named", "[query_string]") {
  const auto [query, name] = GENERATE(table<std::string, std::string>({
      {"a=%FF", "a"},
      {"ok=1&a=%C3", "a"},
      {"a=%C3&b=%A9", "a"},
      {"a=%ED%A0%80", "a"},
      {"a=%C0%80", "a"},
      {"a=%00", "a"},
      {"a=x%00y", "a"},
      {"a=\xFF", "a"},
      {"%FF=1", "?"},
      {"%00=1", "?"},
      {"%C3", "?"},
  }));
  CAPTURE(query);
  const auto parameters = read_query_string(query);
  REQUIRE_FALSE(parameters.has_value());
  CHECK(parameters.error().code == ErrorCode::bad_parameter);
  REQUIRE(parameters.error().fields.size() == 1);
  CHECK(parameters.error().fields[0].name == name);
  CHECK(parameters.error().fields[0].code == "not_allowed");
  CHECK_FALSE(parameters.error().fields[0].reason.empty());
}

TEST_CASE("A long name is cut where it is told, between its characters", "[query_string]") {
  std::string name = "x";
  for (int i = 0; i < 100; ++i) name += "\u00E9";
  const auto parameters = read_query_string(name + "=%FF");
  REQUIRE_FALSE(parameters.has_value());
  CHECK(parameters.error().fields[0].name == name.substr(0, 99));
}

TEST_CASE("Any bytes give text or an error that is text", "[query_string]") {
  tests::Random random(5);
  int read = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::string query = tests::mutated(random, "city=Pune&cta=%E2%82%AC%2B&type=bot&a=%41&days=7");
    const auto parameters = read_query_string(query);
    if (!parameters) {
      CHECK(text::is_utf8(parameters.error().detail));
      continue;
    }
    ++read;
    for (const Parameter& parameter : *parameters) {
      CHECK(text::is_utf8(parameter.name + parameter.value));
      CHECK((parameter.name + parameter.value).find('\0') == std::string::npos);
    }
  }
  CHECK(read > 1000);
  CHECK(read < 5000);
}
