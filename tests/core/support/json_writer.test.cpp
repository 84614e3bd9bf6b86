#include "core/support/json_writer.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "core/support/json.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;

namespace {

std::string written(std::string_view text) {
  std::string out;
  json::Writer writer(out);
  writer.text(text);
  writer.finish();
  return out;
}

}  // namespace

TEST_CASE("The writer gives the document that its calls describe", "[json_writer]") {
  std::string out = "before";
  json::Writer writer(out);
  writer.begin_object();
  writer.member("text", "a");
  writer.member("view", std::string_view("b"));
  writer.member("number", -3);
  writer.member("large", std::numeric_limits<std::int64_t>::min());
  writer.member("yes", true);
  writer.member_or_null("absent", "");
  writer.member_or_null("present", "x");
  writer.key("list");
  writer.begin_array();
  writer.null();
  writer.real(1.5);
  writer.raw(R"({"raw":[]})");
  writer.plain("plain");
  writer.begin_object();
  writer.end_object();
  writer.end_array();
  writer.end_object();
  writer.finish();
  CHECK(out ==
        R"(before{"text":"a","view":"b","number":-3,"large":-9223372036854775808,"yes":true,"absent":null,)"
        R"("present":"x","list":[null,1.5,{"raw":[]},"plain",{}]})");
}

TEST_CASE("What JSON cannot hold as it is gets escaped, and nothing else", "[json_writer]") {
  CHECK(written("a/b'c\x7f\u00e9\U0001F600") == "\"a/b'c\x7f\u00e9\U0001F600\"");
  CHECK(written("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(written(std::string_view("\0\x1f", 2)) == R"("\u0000\u001F")");
  CHECK(written("") == "\"\"");
  CHECK(written(std::string_view{}) == "\"\"");
}

TEST_CASE("Whatever text is written, the reader gives it back", "[json_writer][property]") {
  tests::Random random(12);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> texts;
    for (std::size_t left = random.below(6); left > 0; --left)
      texts.push_back(tests::hostile_text(random, 40));
    texts.emplace_back("\0\"\\", 3);
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    for (const std::string& text : texts) writer.member(text, text);
    writer.end_object();
    writer.finish();

    const auto document = json::Document::parse(out);
    REQUIRE(document.has_value());
    std::size_t at = 0;
    bool same = true;
    for (const auto& [name, value] : document->root().members()) {
      same = same && at < texts.size() && name == texts[at] && value.string() == texts[at];
      ++at;
    }
    if (!same || at != texts.size()) FAIL("another text came back: " << out);
  }
  SUCCEED("all came back");
}

TEST_CASE("Long text and many values grow the output", "[json_writer]") {
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  const std::string longest(100'000, '"');
  writer.text(longest);
  for (int number = 0; number < 10'000; ++number) writer.number(number);
  writer.end_array();
  writer.finish();
  const auto document = json::Document::parse(out);
  REQUIRE(document.has_value());
  int count = 0;
  bool same = true;
  for (const json::Value item : document->root().items()) {
    same = same && (count == 0 ? item.string() == longest : item.integer(-1) == count - 1);
    ++count;
  }
  CHECK(count == 10'001);
  CHECK(same);
}

TEST_CASE("Numbers with a fraction are written so that the same number is read", "[json_writer]") {
  const double number = GENERATE(0.1, 1.0 / 3, 1e-300, 1.7976931348623157e308, -2.5, 5e-324, 123456789.125);
  std::string out;
  json::Writer writer(out);
  writer.real(number);
  writer.finish();
  CHECK(std::strtod(out.c_str(), nullptr) == number);
}
