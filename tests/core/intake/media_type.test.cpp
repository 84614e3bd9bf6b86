#include "core/intake/media_type.hpp"

#include <catch2/catch.hpp>

#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger::intake;

TEST_CASE("a header's parameters are found by name, quoted or not", "[intake][media]") {
  const std::string_view header =
      "form-data; Name=\"a; b=\\\"c\\\"\" ; filename = x.png;flag; empty=; last=1";
  CHECK(header_value(header) == "form-data");
  CHECK(header_parameter(header, "name") == "a; b=\\\"c\\\"");
  CHECK(header_parameter(header, "filename") == "x.png");
  CHECK(header_parameter(header, "empty") == "");
  CHECK(header_parameter(header, "last") == "1");
  CHECK_FALSE(header_parameter(header, "flag").has_value());
  CHECK_FALSE(header_parameter(header, "b").has_value());
}

TEST_CASE("a header that breaks off gives what is there", "[intake][media]") {
  CHECK(header_parameter("a; b=\"c", "b") == "c");
  CHECK(header_parameter("a; b=\"c\\", "b") == "c\\");
  CHECK(header_parameter("a; b=\"", "b") == "");
  CHECK_FALSE(header_parameter("a;", "b").has_value());
  CHECK_FALSE(header_parameter("", "b").has_value());
  CHECK_FALSE(header_parameter("b=c", "b").has_value());
}

TEST_CASE("only charsets whose bytes are UTF-8 are taken", "[intake][media]") {
  CHECK(has_utf8_charset("text/plain"));
  CHECK(has_utf8_charset("text/plain; charset=UTF-8"));
  CHECK(has_utf8_charset("text/plain; charset=\"utf-8\""));
  CHECK(has_utf8_charset("text/plain;charset=us-ascii"));
  CHECK_FALSE(has_utf8_charset("text/plain; charset=iso-8859-1"));
  CHECK_FALSE(has_utf8_charset("text/plain; charset="));
}

TEST_CASE("no header breaks the search for parameters", "[intake][media]") {
  leadledger::tests::Random random(4);
  int found = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::string header =
        leadledger::tests::mutated(random, "form-data; name=\"a\\\"b\"; filename=\"c\"; x=y");
    const auto name = header_parameter(header, "name");
    if (!name) continue;
    ++found;
    REQUIRE(name->data() >= header.data());
    REQUIRE(name->data() + name->size() <= header.data() + header.size());
  }
  CHECK(found > 1000);
}

}  // namespace
