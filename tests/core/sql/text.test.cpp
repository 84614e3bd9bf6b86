#include "core/sql/text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/datasets/canonical_text.hpp"
#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using schema::Dimension;
using sql::Text;
using sql::Texts;

TEST_CASE("A literal is the canonical text in quotes", "[sql]") {
  CHECK(Text::of(Dimension::city, "Pune").literal() == "'Pune'");
  CHECK(Text::of(Dimension::city, "").literal() == "''");
  CHECK(Text::of(Dimension::city, "Coeur d'Alene").literal() == "'Coeur d’Alene'");
  CHECK(Text::of(Dimension::city, "a\\' OR 1=1 --").literal() == "'a⧵’ OR 1=1 --'");
  CHECK(Text::of(Dimension::city, "a\nb").literal() == "'a b'");
  CHECK(Text::of(Dimension::city, std::string("a\0b", 3)).literal() == "'a b'");
  CHECK(Text::of(Dimension::city, "\xFF'").literal() == "'\xEF\xBF\xBD’'");
}

TEST_CASE("A literal is cut at what a point holds of its dimension", "[sql]") {
  const std::string long_text(1'000'000, '\'');
  CHECK(Text::of(Dimension::country, "INDIA").literal() == "'IN'");
  for (const schema::DimensionInfo& info : schema::kDimensions) {
    const auto dimension = static_cast<Dimension>(&info - schema::kDimensions.data());
    const Text text = Text::of(dimension, long_text);
    CHECK(text.literal().size() <= info.max_bytes + 2);
    CHECK(text.literal().size() + 3 > info.max_bytes + 2);  // the next ’ would not fit
  }
}

TEST_CASE("Whatever the bytes, a literal has its two quotes and no backslash", "[sql]") {
  tests::Random random(11);
  for (int round = 0; round < 5000; ++round) {
    const auto dimension = static_cast<Dimension>(random.below(schema::kDimensions.size()));
    const std::string any =
        round % 2 == 0 ? tests::hostile_bytes(random, 400) : tests::hostile_text(random, 60);
    const Text text = Text::of(dimension, any);
    const std::string_view inner = text.literal().substr(1, text.literal().size() - 2);
    REQUIRE(text.literal().front() == '\'');
    REQUIRE(text.literal().back() == '\'');
    REQUIRE(inner.find_first_of(std::string_view("'\\\n\r\0", 5)) == std::string_view::npos);
    REQUIRE(text::is_utf8(inner));
    REQUIRE(inner == datasets::canonical_text(any, schema::info(dimension).max_bytes));
  }
}

TEST_CASE("A list knows whether it has one text", "[sql]") {
  Texts texts(Text::of(Dimension::country, "IN"));
  CHECK(texts.is_one());
  CHECK(texts.list() == "'IN'");
  texts.add(Text::of(Dimension::country, ""));
  CHECK_FALSE(texts.is_one());
  CHECK(texts.list() == "'IN', ''");
}
