#include "core/support/json.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using json::Document;
using json::Kind;

namespace {

/// A document together with the text it points into.
struct Parsed {
  std::string text;
  Result<Document> document;

  explicit Parsed(std::string from, const json::Limits& limits = {})
      : text(std::move(from)), document(Document::parse(text, limits)) {}
  [[nodiscard]] bool ok() const { return document.has_value(); }
  [[nodiscard]] json::Value root() const { return document->root(); }
};

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("JSON members are found by name, and what is not there has no kind", "[json]") {
  const Parsed parsed(
      R"({"name": "Ada", "tags": ["a", "b"], "deep": {"er": {"est": 7}}, "no": null, "yes": true})");
  REQUIRE(parsed.ok());
  const json::Value root = parsed.root();
  CHECK(root.is(Kind::object));
  CHECK(root["name"].string() == "Ada");
  CHECK(root["deep"]["er"]["est"].integer(0) == 7);
  CHECK(root["no"].is(Kind::null));
  CHECK(root["yes"].is_true());
  CHECK(root["tags"].is(Kind::array));
  std::string tags;
  for (const json::Value tag : root["tags"].items()) tags += tag.string();
  CHECK(tags == "ab");
  CHECK(root["absent"].is(Kind::none));
  CHECK(root["absent"]["further"]["on"].text().empty());
  CHECK(root["name"]["of a text"].is(Kind::none));
  CHECK(root["tags"].string().empty());
}

TEST_CASE("A name that comes twice is listed twice, and found last", "[json]") {
  const Parsed parsed(R"({"a": 1, "b": [{"a": 5}], "a": 2})");
  REQUIRE(parsed.ok());
  CHECK(parsed.root()["a"].integer(0) == 2);
  std::string names;
  for (const auto& [name, value] : parsed.root().members()) names += name;
  CHECK(names == "aba");
}

TEST_CASE("JSON escapes become the characters they stand for", "[json]") {
  const auto [written, meant] = GENERATE(table<std::string, std::string>({
      {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
      {R"("\u0041\u00e9\u20AC")", "A\u00e9\u20ac"},
      {R"("\ud83d\ude00")", "\U0001F600"},
      {R"("\uDBFF\uDFFF")", "\U0010FFFF"},
      {R"("\u0000")", std::string(1, '\0')},
      {R"("\u001f")", "\x1f"},
      {"\"\x7f\"", "\x7f"},
      {R"("")", ""},
  }));
  CAPTURE(written);
  const Parsed parsed(written);
  REQUIRE(parsed.ok());
  CHECK(parsed.root().string() == meant);
}

TEST_CASE("Text that RFC 8259 does not allow is refused", "[json]") {
  const std::string broken =
      GENERATE(as<std::string>{}, "", " ", "{", "[", "]", "}", "{]", "[}", "[1,]", "[,1]", "[1 2]", "{\"a\"}",
               "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{1:1}", "nul", "nulll", "True", "NaN",
               "Infinity", "-Infinity", "undefined", "\"", "\"a", "\"\\\"", "\"\\x41\"", "\"\\u12\"",
               "\"\\u12g4\"", "\"\\\n\"", "\"a\nb\"", "\"a\tb\"", "\"\x1f\"", "1 1", "{} {}", "[] x",
               "// comment\n1", "/**/1", "[1]//", "\xEF\xBB\xBF[]", "\xA0[]", "\v[]");
  CAPTURE(broken);
  const Parsed parsed(broken);
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.document.error().code == ErrorCode::malformed_body);
}

// Numbers beyond a double are well-formed for the grammar, but no reader keeps them.
TEST_CASE("Numbers keep their digits, and only RFC 8259's forms are numbers", "[json]") {
  SECTION("as written") {
    const std::string number = GENERATE(as<std::string>{}, "0", "-0", "1", "-1.5", "1e5", "1E+5", "1e-5",
                                        "0.0", "123456789012345678901234567890", "1e308", "-1e-999999",
                                        "0.1234567890123456789012345678901234567890");
    CAPTURE(number);
    const Parsed parsed("[" + number + "]");
    REQUIRE(parsed.ok());
    for (const json::Value value : parsed.root().items()) {
      CHECK(value.is(Kind::number));
      CHECK(value.text() == number);
    }
  }
  SECTION("refused") {
    const std::string number = GENERATE(as<std::string>{}, "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x10",
                                        "--1", "1,000", "1_000", "-a", "1e309", "1e999999");
    CAPTURE(number);
    CHECK_FALSE(Parsed("[" + number + "]").ok());
  }
}

TEST_CASE("A whole number is one within 64 bits; anything else is what was given instead", "[json]") {
  const auto [number, value] = GENERATE(table<std::string, std::int64_t>({
      {"0", 0},
      {"-0", 0},
      {"42", 42},
      {"-42", -42},
      {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"9223372036854775808", 77},
      {"1.0", 77},
      {"1e3", 77},
      {"1e300", 77},
      {"\"5\"", 77},
      {"true", 77},
      {"null", 77},
      {"[5]", 77},
  }));
  CAPTURE(number);
  const Parsed parsed("{\"n\": " + number + "}");
  REQUIRE(parsed.ok());
  CHECK(parsed.root()["n"].integer(77) == value);
}

TEST_CASE("A surrogate that stands alone is no character", "[json]") {
  const std::string broken =
      GENERATE(as<std::string>{}, R"("\ud800")", R"("\udc00")", R"("\udfff")", R"("\ud83dx")",
               R"("\ud83d\u0041")", R"("\ud83d\ud83d")", R"("\ude00\ud83d")", R"("\udbff\n")");
  CAPTURE(broken);
  CHECK_FALSE(Parsed(broken, {.whole_characters = true}).ok());
  // Without the rule, what comes through is told apart by its bytes.
  const Parsed parsed(broken);
  CHECK_FALSE((parsed.ok() && text::is_utf8(parsed.root().string())));
}

TEST_CASE("Bytes that are no UTF-8 are refused, in names and values", "[json]") {
  const std::string bytes =
      GENERATE(as<std::string>{}, "\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
               "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xC3(", "\xE2\x82", "\xF0\x9F\x98");
  CAPTURE(bytes);
  CHECK_FALSE(Parsed("\"" + bytes + "\"").ok());
  CHECK_FALSE(Parsed("{\"" + bytes + "\": 1}").ok());
}

TEST_CASE("A NUL character is refused wherever it stands", "[json]") {
  const std::string json = R"({"a": "b"})";
  for (std::size_t at = 0; at <= json.size(); ++at) {
    std::string with = json;
    with.insert(at, 1, '\0');
    CAPTURE(at);
    CHECK_FALSE(Parsed(with).ok());
  }
  CHECK(Parsed(json).ok());
}

TEST_CASE("Depth and number of values are bounded", "[json]") {
  CHECK(Parsed(nested(8), {8, 100}).ok());
  CHECK_FALSE(Parsed(nested(9), {8, 100}).ok());
  CHECK_FALSE(Parsed(std::string(1'000'000, '['), {8, 100}).ok());
  CHECK_FALSE(Parsed(nested(200'000)).ok());
  CHECK(Parsed("[1,2,3]", {8, 4}).ok());
  CHECK_FALSE(Parsed("[1,2,3,4]", {8, 4}).ok());
  CHECK_FALSE(Parsed(R"({"a":1,"b":2})", {8, 4}).ok());
  CHECK(Parsed("[1,2,3,4]", {8, 4}).document.error().detail.find("too many values") != std::string::npos);
  CHECK(Parsed(nested(9), {8, 100}).document.error().detail.find("too deeply") != std::string::npos);
}

TEST_CASE("A fault is told with its place", "[json]") {
  CHECK(Parsed(R"({"a": tru})").document.error().detail.find("byte 9") != std::string::npos);
  CHECK(Parsed("[1] x").document.error().detail.find("byte 4") != std::string::npos);
}

TEST_CASE("Hostile documents never break the reader, and accepted text is UTF-8", "[json][property]") {
  tests::Random random(11);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = tests::mutated(
        random, R"({"a": "b\u00e9\n", "c": [1, -2.5e3, true, null, {"d": "\ud83d\ude00"}], "e": {}})");
    const Parsed parsed(text, {.whole_characters = true});
    if (!parsed.ok()) continue;
    ++accepted;
    for (const auto& [name, value] : parsed.root().members()) {
      if (!text::is_utf8(name) || !text::is_utf8(value.text())) FAIL("no UTF-8 in " << text);
    }
  }
  CHECK(accepted > 100);
}
