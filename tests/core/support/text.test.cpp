#include "core/support/text.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;

TEST_CASE("Lower case touches ASCII letters only", "[text]") {
  CHECK(text::lower("AbZ09@[`{\u00C4\u0130") == "abz09@[`{\u00C4\u0130");
  CHECK(text::equals_ignoring_case("HeLLo", "hEllO"));
  CHECK_FALSE(text::equals_ignoring_case("a", "ab"));
  CHECK_FALSE(text::equals_ignoring_case("[", "{"));
}

TEST_CASE("Trimming takes white space and controls from both ends only", "[text]") {
  CHECK(text::trim(" \t\r\n\x01 a b \x1f ") == "a b");
  CHECK(text::trim(std::string_view("\0x\0", 3)) == "x");
  CHECK(text::trim("   ").empty());
  CHECK(text::trim("\u00e9 ") == "\u00e9");
}

TEST_CASE("Text is searched without regard to case", "[text]") {
  CHECK(text::contains_ignoring_case("Book a DEMO now", "demo"));
  CHECK(text::contains_ignoring_case("x", ""));
  CHECK_FALSE(text::contains_ignoring_case("dem", "demo"));
  CHECK_FALSE(text::contains_ignoring_case("", "a"));
}

TEST_CASE("Text is split at the first separator", "[text]") {
  CHECK(text::split_once("a=b=c", '=').head == "a");
  CHECK(text::split_once("a=b=c", '=').tail == "b=c");
  CHECK(text::split_once("abc", '=').head == "abc");
  CHECK(text::split_once("abc", '=').tail.empty());
  CHECK(text::split_once("=", '=').head.empty());
}

TEST_CASE("UTF-8 is what RFC 3629 says", "[text]") {
  const auto [bytes, good] = GENERATE(table<std::string, bool>({
      {"", true},
      {"plain ASCII of more than eight bytes", true},
      {"12345678", true},
      {"1234567\u00e9", true},
      {"\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF", true},
      {std::string(3, '\0'), true},
      {"\x80", false},
      {"\xBF", false},
      {"\xC0\x80", false},
      {"\xC1\xBF", false},
      {"\xC2", false},
      {"\xE0\x9F\xBF", false},
      {"\xED\xA0\x80", false},
      {"\xED\xBF\xBF", false},
      {"\xF0\x8F\xBF\xBF", false},
      {"\xF4\x90\x80\x80", false},
      {"\xF5\x80\x80\x80", false},
      {"\xFE", false},
      {"\xFF", false},
      {"12345678\x80", false},
      {"1234567\xC3", false},
      {"\xE2\x82", false},
      {"\xC3(", false},
  }));
  CAPTURE(bytes);
  CHECK(text::is_utf8(bytes) == good);
}

TEST_CASE("A byte that begins no character is read as U+FFFD of size 1", "[text]") {
  const text::CodePoint broken = text::first_code_point("\xE2\x82");
  CHECK(broken.value == 0xFFFD);
  CHECK(broken.size == 1);
  CHECK_FALSE(broken.well_formed);
  const text::CodePoint replacement = text::first_code_point("\uFFFD");
  CHECK(replacement.value == 0xFFFD);
  CHECK(replacement.size == 3);
  CHECK(replacement.well_formed);
  CHECK(text::first_code_point("\U0001F600x").value == 0x1F600);
  CHECK(text::first_code_point("\U0001F600x").size == 4);
}

TEST_CASE("Reading code point by code point ends, and agrees with is_utf8", "[text][property]") {
  tests::Random random(13);
  for (int round = 0; round < 20'000; ++round) {
    const std::string bytes = tests::mutated(random, tests::hostile_text(random, 8));
    bool good = true;
    std::size_t sum = 0;
    for (std::string_view rest = bytes; !rest.empty();) {
      const text::CodePoint point = text::first_code_point(rest);
      good = good && point.well_formed;
      sum += point.size;
      rest.remove_prefix(point.size);
    }
    if (good != text::is_utf8(bytes) || sum != bytes.size()) FAIL("they differ for " << text::to_hex(bytes));
  }
  SUCCEED("they agree");
}

TEST_CASE("A cut is the longest beginning that fits and ends between characters", "[text][property]") {
  CHECK(text::cut("h\u00e9llo", 2) == "h");
  CHECK(text::cut("h\u00e9llo", 3) == "h\u00e9");
  CHECK(text::cut("abc", 3) == "abc");
  CHECK(text::cut("\U0001F600", 3).empty());
  CHECK(text::cut("abc", 0).empty());
  tests::Random random(14);
  for (int round = 0; round < 5000; ++round) {
    const std::string whole = tests::hostile_text(random, 12);
    const std::size_t limit = random.below(40);
    const std::string_view part = text::cut(whole, limit);
    const bool fits =
        part.size() <= limit && std::string_view(whole).starts_with(part) && text::is_utf8(part);
    const bool longest =
        part.size() == whole.size() ||
        part.size() + text::first_code_point(std::string_view(whole).substr(part.size())).size > limit;
    if (!fits || !longest) FAIL("bad cut of " << text::to_hex(whole) << " at " << limit);
  }
}

TEST_CASE("Characters are counted, not bytes", "[text]") {
  CHECK(text::count_code_points("") == 0);
  CHECK(text::count_code_points("a\u00e9\u20ac\U0001F600") == 4);
}

TEST_CASE("Whole numbers are digits and nothing else", "[text]") {
  CHECK(text::parse_unsigned("0") == 0U);
  CHECK(text::parse_unsigned("007") == 7U);
  CHECK(text::parse_unsigned("18446744073709551615") == 18446744073709551615ULL);
  const std::string bad =
      GENERATE(as<std::string>{}, "", "-1", "+1", " 1", "1 ", "1.0", "0x1", "18446744073709551616", "\u0661");
  CAPTURE(bad);
  CHECK_FALSE(text::parse_unsigned(bad).has_value());
}

TEST_CASE("Decimal numbers are read near enough, and never as infinite", "[text]") {
  const auto [written, value] = GENERATE(table<std::string, double>({
      {"0", 0},
      {"12", 12},
      {"-3.5", -3.5},
      {"+4", 4},
      {"1e3", 1000},
      {"1E-2", 0.01},
      {".5", 0.5},
      {"5.", 5},
      {"3.14159", 3.14159},
      {"9e30", 9e30},
      {"1e+2", 100},
      {"9999999999999999999999999999999999999999", 1e40},
  }));
  CAPTURE(written);
  const auto number = text::parse_number(written);
  REQUIRE(number.has_value());
  CHECK(*number == Approx(value));
}

TEST_CASE("What is no decimal number, or too long a one, is none", "[text]") {
  const std::string bad =
      GENERATE(as<std::string>{}, "", "-", ".", "e5", "1e", "1e+", "1e31", "1e-31", "1e1000",
               "1e99999999999999999999", "1.2.3", "--1", "+-1", "1e+-1", "0x10", "NaN", "nan", "inf",
               "Infinity", "-inf", "1,5", "1 ", " 1", "12abc", "99999999999999999999999999999999999999999");
  CAPTURE(bad);
  CHECK_FALSE(text::parse_number(bad).has_value());
}

TEST_CASE("Percent decoding is a browser's", "[text]") {
  const auto decode = [](std::string text, bool plus) {
    text.resize(text::percent_decode(text.data(), text.size(), plus));
    return text;
  };
  CHECK(decode("a%20b+c", true) == "a b c");
  CHECK(decode("a%20b+c", false) == "a b+c");
  CHECK(decode("%C3%a9", true) == "\u00e9");
  CHECK(decode("100%", true) == "100%");
  CHECK(decode("%4", true) == "%4");
  CHECK(decode("%zz%g1%1g", true) == "%zz%g1%1g");
  CHECK(decode("%2541", true) == "%41");
  CHECK(decode("%00", true) == std::string(1, '\0'));
  CHECK(decode("", true).empty());
}

TEST_CASE("Numbers and bytes are printed", "[text]") {
  std::string out = "n=";
  text::append_number(out, -9223372036854775807 - 1);
  CHECK(out == "n=-9223372036854775808");
  CHECK(text::to_hex(std::string_view("\x00\x0f\xff", 3)) == "000fff");
}

TEST_CASE("Hexadecimal digits and base64 are told from other text", "[text]") {
  for (const char* good : {"", "0", "09af"}) CHECK(text::is_hex(good));
  for (const char* bad : {"0A", "g", "0 ", "\xff"}) CHECK_FALSE(text::is_hex(bad));
  for (const char* good : {"", "YQ==", "YWI=", "YWJj", "+/A="}) CHECK(text::is_base64(good));
  for (const char* bad : {"YQ", "YQ=", "Y===", "YQ==YQ==", "YW-j", "YWJ\n", "\xff\xfe\xfd\xfc"}) {
    CHECK_FALSE(text::is_base64(bad));
  }
}
