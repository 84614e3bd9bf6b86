#include "core/reports/filter_value.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/datasets/canonical_text.hpp"
#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/reports/reading.hpp"

using namespace leadledger;
using namespace leadledger::reports;
using Values = std::vector<std::string>;

namespace {

/// The one filter that a city parameter gives.
Filter city(std::string_view text) {
  const auto filter = read_filter(Dimension::city, "city", text);
  REQUIRE(filter.has_value());
  return *filter;
}

struct Fault {
  std::string code;
  std::string reason;
};

Fault fault(Dimension dimension, std::string_view text) {
  const auto filter = read_filter(dimension, "name", text);
  REQUIRE_FALSE(filter.has_value());
  REQUIRE(filter.error().code == ErrorCode::bad_parameter);
  REQUIRE(filter.error().fields.size() == 1);
  CHECK(filter.error().fields[0].name == "name");
  return {filter.error().fields[0].code, filter.error().fields[0].reason};
}

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) out += std::string("\\") + c;
  return out;
}

}  // namespace

TEST_CASE("A filter's value is a list, with signs at its beginning", "[filter]") {
  struct Expected {
    std::string text;
    bool negated;
    bool contains;
    Values values;
  };
  const auto expected = GENERATE(values<Expected>({
      {"Pune", false, false, {"Pune"}},
      {"Pune,Agra", false, false, {"Agra", "Pune"}},
      {"Pune,Pune,Agra,Pune", false, false, {"Agra", "Pune"}},
      {"-Pune,Agra", true, false, {"Agra", "Pune"}},
      {"~PUNE,Agra", false, true, {"agra", "pune"}},
      {"-~Pune", true, true, {"pune"}},
      // Nothing known.
      {"", false, false, {""}},
      {"-", true, false, {""}},
      {"Pune,", false, false, {"", "Pune"}},
      {",", false, false, {""}},
      {"-,Pune", true, false, {"", "Pune"}},
      // Signs anywhere else are plain.
      {"~-a", false, true, {"-a"}},
      {"--a", true, false, {"-a"}},
      {"~~a", false, true, {"~a"}},
      {"-~~a", true, true, {"~a"}},
      {"-~-a", true, true, {"-a"}},
      {"a,-b,~c", false, false, {"-b", "a", "~c"}},
      {"a-b~c", false, false, {"a-b~c"}},
      {" -a", false, false, {"-a"}},
      // Backslashes.
      {"\\-a", false, false, {"-a"}},
      {"\\~a", false, false, {"~a"}},
      {"-\\~a", true, false, {"~a"}},
      {"~\\-a", false, true, {"-a"}},
      {"\\-~a", false, false, {"-~a"}},
      {"a\\,b", false, false, {"a,b"}},
      {"a\\,b,c", false, false, {"a,b", "c"}},
      {"a\\\\,b", false, false, {"a\u29F5", "b"}},
      {"a\\\\\\,b", false, false, {"a\u29F5,b"}},
      {"\\a\\b", false, false, {"ab"}},
      {"\\\u00E9", false, false, {"\u00E9"}},
      {"~\\\\", false, true, {"\u29F5"}},
      // Canonical text, as on writing.
      {"O'Brien", false, false, {"O\u2019Brien"}},
      {"  New \t Delhi\n", false, false, {"New Delhi"}},
      {"a, b", false, false, {"a", "b"}},
      {"e\u0301", false, false, {"\u00E9"}},
      {"e\u0301,\u00E9, \u00E9", false, false, {"\u00E9"}},
      {"~O'BRIEN", false, true, {"o\u2019brien"}},
      {"~\u00C9A", false, true, {"\u00C9a"}},  // only ASCII letters have no case here
      {"~A,a", false, true, {"a"}},
  }));
  CAPTURE(expected.text);
  const Filter filter = city(expected.text);
  CHECK(filter.dimension == Dimension::city);
  CHECK(filter.negated == expected.negated);
  CHECK(filter.contains == expected.contains);
  CHECK(filter.values == expected.values);
}

TEST_CASE("What no filter can mean is refused", "[filter]") {
  const auto [text, code] = GENERATE(table<std::string, std::string>({
      {"\\", "not_allowed"},
      {"a\\", "not_allowed"},
      {"-\\", "not_allowed"},
      {"a\\\\\\", "not_allowed"},
      {"~", "empty"},
      {"-~", "empty"},
      {"~a,", "empty"},
      {"~,a", "empty"},
      {" ", "empty"},
      {"-  ", "empty"},
      {"~ ", "empty"},
      {"a, ", "empty"},
      {"\t,a", "empty"},
      {"\\ ", "empty"},
  }));
  CAPTURE(text);
  CHECK(fault(Dimension::city, text).code == code);
}

TEST_CASE("Dimensions with fixed values take those and nothing", "[filter]") {
  for (std::size_t at = 0; at < schema::kDimensions.size(); ++at) {
    const auto dimension = static_cast<Dimension>(at);
    CAPTURE(info(dimension).name);
    CHECK(read_filter(dimension, "x", "").has_value());
    CHECK(read_filter(dimension, "x", "-").has_value());
    if (info(dimension).values.empty()) {
      CHECK(read_filter(dimension, "x", "zz").has_value());
      continue;
    }
    for (const std::string_view value : info(dimension).values) {
      CHECK(read_filter(dimension, "x", value)->values == Values{std::string(value)});
    }
    const Fault unknown = fault(dimension, "zz");
    CHECK(unknown.code == "not_allowed");
    for (const std::string_view value : info(dimension).values) {
      CHECK(unknown.reason.find(value) != std::string::npos);
    }
    CHECK(read_filter(dimension, "x", "~zz").has_value());
  }
  CHECK(fault(Dimension::event_type, "primary,Bot").reason ==
        "Allowed are primary, follow_up, test, blocked, bot, and an empty value for what is not known.");
  CHECK(fault(Dimension::event_type, "total").code == "not_allowed");
  // Cut to the slot's 8 bytes it would be "medium".
  CHECK(fault(Dimension::engagement, "medium \u00E9").code == "not_allowed");
  CHECK(read_filter(Dimension::event_type, "x", " bot ,-\\").has_value() == false);
  CHECK(read_filter(Dimension::event_type, "x", " bot ,primary")->values == Values{"bot", "primary"});
}

TEST_CASE("Long values: exact text is cut as on writing, a part that cannot fit is refused", "[filter]") {
  const std::size_t most = info(Dimension::city).max_bytes;
  const std::string fits(most, 'X');
  CHECK(city(fits).values == Values{fits});
  CHECK(city(fits + "Y").values == Values{fits});
  CHECK(city(fits + "Y," + fits + "Z").values == Values{fits});
  const std::string at_the_edge = fits.substr(1) + "\u00E9";
  CHECK(city(at_the_edge).values == Values{fits.substr(1)});
  CHECK(city("~" + fits).values == Values{std::string(most, 'x')});
  CHECK(fault(Dimension::city, "~" + fits + "Y").code == "too_long");
  CHECK(fault(Dimension::country, "~India").reason ==
        "It holds at most 2 bytes, so nothing in it contains that much.");
  CHECK(city("~" + std::string(500, ' ') + "a").values == Values{"a"});
}

TEST_CASE("Both names of a dimension filter it, and each parameter must hold", "[filter]") {
  const auto query = tests::read("type=primary&event_type=-bot&country=IN&country=-US&country=IN");
  REQUIRE(query.has_value());
  REQUIRE(query->filters.size() == 4);
  CHECK(query->filters[0].dimension == Dimension::event_type);
  CHECK(query->filters[1].dimension == Dimension::event_type);
  CHECK(query->filters[1].negated);
  CHECK(query->filters[2].values == Values{"IN"});
  CHECK(query->filters[3].values == Values{"US"});
  CHECK(tests::faults(tests::read("type=x")) == "type not_allowed");
}

TEST_CASE("Any text can be asked for, with its characters escaped", "[filter]") {
  tests::Random random(11);
  int asked = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::string value = tests::hostile_text(random, 12);
    const std::string canonical = datasets::canonical_text(value, info(Dimension::cta).max_bytes);
    if (canonical.empty() && !value.empty()) continue;
    const std::string sign = random.below(2) == 0 ? "" : "-";
    const auto filter = read_filter(Dimension::cta, "cta", sign + escaped(value));
    REQUIRE(filter.has_value());
    CHECK(filter->negated == !sign.empty());
    CHECK_FALSE(filter->contains);
    CHECK(filter->values == Values{canonical});
    ++asked;
  }
  CHECK(asked > 4000);
}

TEST_CASE("Whatever stands in a filter, it is canonical or refused", "[filter]") {
  tests::Random random(12);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto dimension = static_cast<Dimension>(random.below(schema::kDimensions.size()));
    std::string text =
        random.below(2) == 0 ? tests::hostile_text(random, 20) : tests::hostile_bytes(random, 60);
    if (random.below(3) == 0) text.insert(0, "~");
    if (random.below(3) == 0) text.insert(0, "-");
    const auto filter = read_filter(dimension, "name", text);
    if (!filter) {
      CHECK(text::is_utf8(filter.error().detail));
      continue;
    }
    ++read;
    REQUIRE_FALSE(filter->values.empty());
    for (const std::string& value : filter->values) {
      CHECK(value.size() <= info(dimension).max_bytes);
      CHECK(text::is_utf8(value));
      CHECK(value.find_first_of("'\\") == std::string::npos);
      CHECK((!filter->contains || (!value.empty() && text::lower(value) == value)));
      CHECK((filter->contains || datasets::canonical_text(value, info(dimension).max_bytes) == value));
    }
    // Its own spelling reads as the same filter.
    const auto again = read_filter(dimension, "name", filter_text(*filter));
    REQUIRE(again.has_value());
    CHECK(*again == *filter);
  }
  CHECK(read > 5000);
}
