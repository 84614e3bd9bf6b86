#include "core/datasets/canonical_text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "core/support/text.hpp"
#include "leadledger/compositions.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using datasets::canonical_text;

namespace {

constexpr std::size_t kPlenty = 10'000;

std::string canonical(std::string_view text) { return canonical_text(text, kPlenty); }

/// Why `text` is no canonical text of at most `max_bytes`, or "".
std::string fault_of(const std::string& text, std::size_t max_bytes) {
  if (text.size() > max_bytes) return "too long";
  if (!text::is_utf8(text)) return "no UTF-8";
  for (std::string_view rest = text; !rest.empty();) {
    const text::CodePoint point = text::first_code_point(rest);
    rest.remove_prefix(point.size);
    if (point.value == '\'' || point.value == '\\') return "a quote or backslash";
    if (point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0)) return "a control character";
    if (point.value == 0x2028 || point.value == 0x2029) return "a separator";
    if (point.value >= 0x202A && point.value <= 0x202E) return "an embedding or override";
    if (point.value >= 0x2066 && point.value <= 0x2069) return "an isolate";
  }
  if (text.find("  ") != std::string::npos) return "two spaces";
  if (!text.empty() && (text.front() == ' ' || text.back() == ' ')) return "a space at an end";
  return {};
}

}  // namespace

TEST_CASE("Canonical text replaces what Analytics Engine cannot hold in a literal", "[canonical_text]") {
  const auto [any, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"plain", "plain"},
      {"O'Brien", "O\u2019Brien"},
      {"C:\\temp", "C:\u29F5temp"},
      {"''\\\\", "\u2019\u2019\u29F5\u29F5"},
      {"  a \t\r\n b  ", "a b"},
      {std::string("a\0b\x01\x1f\x7f"
                   "c",
                   7),
       "a b c"},
      {"a\u0085\u009F\u2028\u2029b", "a b"},
      {" \t\n ", ""},
      {"a\u202Eb\u202C \u2067c\u2069", "ab c"},
      {"Cafe\u202D\u0301", "Caf\u00E9"},
      {"\u2066\u2069", ""},
      {"\u200F\u05D0\u200E", "\u200F\u05D0\u200E"},
      {"\"%_;--/*`", "\"%_;--/*`"},
      {"a\u00A0b\u200Bc", "a\u00A0b\u200Bc"},
      {"\xFF"
       "a\xE2\x82",
       "\uFFFD"
       "a\uFFFD\uFFFD"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
  }));
  CAPTURE(any);
  CHECK(canonical(any) == expected);
}

TEST_CASE("A letter with marks becomes the composed letter", "[canonical_text]") {
  CHECK(canonical("Cafe\u0301") == "Caf\u00e9");
  CHECK(canonical("A\u030A") == "\u00C5");
  CHECK(canonical("a\u0302\u0301") == "\u1EA5");
  CHECK(canonical("\u0438\u0306") == "\u0439");
  CHECK(canonical("\u03B1\u0301") == "\u03AC");
  CHECK(canonical("q\u0301") == "q\u0301");
  CHECK(canonical("\u0301a") == "\u0301a");
  CHECK(canonical("a \u0301") == "a \u0301");
}

TEST_CASE("Every pair of the table composes, and its composed letter stays", "[canonical_text]") {
  const auto encode = [](std::uint32_t point) {
    std::string out;
    if (point < 0x80) {
      out.push_back(static_cast<char>(point));
    } else if (point < 0x800) {
      out.push_back(static_cast<char>(0xC0U | (point >> 6U)));
      out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    } else {
      out.push_back(static_cast<char>(0xE0U | (point >> 12U)));
      out.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
      out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    }
    return out;
  };
  CHECK(schema::kCompositions.size() > 500);
  for (const schema::Composition& entry : schema::kCompositions) {
    const std::string composed = encode(entry.composed);
    if (canonical(encode(entry.base) + encode(entry.mark)) != composed || canonical(composed) != composed) {
      FAIL("base " << entry.base << " mark " << entry.mark);
    }
  }
}

TEST_CASE("A cut lies between characters and leaves no space behind", "[canonical_text]") {
  const auto [any, limit, expected] = GENERATE(table<std::string, std::size_t, std::string>({
      {"abcdef", 3, "abc"},
      {"ab cd", 3, "ab"},
      {"ab cd", 4, "ab c"},
      {"a\u20acb", 3, "a"},
      {"a\u20acb", 4, "a\u20ac"},
      {"aa'", 4, "aa"},
      {"ae\u0301x", 2, "a"},
      {"\U0001F600", 3, ""},
      {"abc", 0, ""},
  }));
  CAPTURE(any, limit);
  CHECK(canonical_text(any, limit) == expected);
}

TEST_CASE("Text is appended behind what is there", "[canonical_text]") {
  std::string out = "it's ";
  datasets::append_canonical(out, " b\\ ", 4);
  CHECK(out == "it's b\u29F5");
}

TEST_CASE("Canonical text keeps its promises for any bytes and any limit", "[canonical_text][property]") {
  tests::Random random(21);
  for (int round = 0; round < 30'000; ++round) {
    std::string any = tests::hostile_text(random, 30);
    if (random.below(3) == 0) any = tests::mutated(random, std::move(any));
    if (random.below(8) == 0) any = tests::hostile_bytes(random, 60);
    const std::size_t limit = random.below(5) == 0 ? kPlenty : random.below(80);
    const std::string once = canonical_text(any, limit);
    if (const std::string fault = fault_of(once, limit); !fault.empty()) {
      FAIL(fault << " in " << text::to_hex(any) << " at " << limit);
    }
    if (canonical_text(once, limit) != once) FAIL("not idempotent: " << text::to_hex(any) << " at " << limit);
    // Cut text is a beginning of the whole, so two slots of different size hold text that agrees.
    const std::string whole = canonical(any);
    if (!std::string_view(whole).starts_with(once))
      FAIL("no beginning: " << text::to_hex(any) << " at " << limit);
    if (canonical_text(whole, limit) != once)
      FAIL("cut later differs: " << text::to_hex(any) << " at " << limit);
  }
  SUCCEED("all promises held");
}
