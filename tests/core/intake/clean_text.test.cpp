#include "core/intake/clean_text.hpp"

#include <catch2/catch.hpp>

#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

TEST_CASE("a line has no control characters and single spaces", "[intake][clean]") {
  CHECK(clean_line("  Ada\t \n Love\x01lace\x7F ") == "Ada Love lace");
  CHECK(clean_line("\u00A0\u3000\u674E\u3000\u5C0F\u0085\u9F99\u2028") == "\u674E \u5C0F \u9F99");
  CHECK(clean_line("\u0928\u094D\u200D\u0930") ==
        "\u0928\u094D\u200D\u0930");  // a joiner that spelling needs
  CHECK(clean_line(" \r\n").empty());
}

TEST_CASE("a block keeps its lines", "[intake][clean]") {
  CHECK(clean_block("\r\na\r\nb\rc\nd\te  f\x02g\u2028h\n\n") == "a\nb\nc\nd\te  f g\nh");
  CHECK(clean_block("a\r\r\nb") == "a\n\nb");
}

TEST_CASE("a token loses what cannot be seen", "[intake][clean]") {
  CHECK(clean_token("\u202A+44\u202C \uFEFF20\u00AD7") == "+44 207");
}

TEST_CASE("text is cut between characters", "[intake][clean]") {
  CHECK(cut_chars("\u00E9\u674E\U0001F600x", 3) == "\u00E9\u674E\U0001F600");
  CHECK(cut_chars("ab", 3) == "ab");
  CHECK(cut_chars("ab", 0).empty());
}

TEST_CASE("cleaning twice is cleaning once, and never breaks UTF-8", "[intake][clean]") {
  tests::Random random(6);
  for (int round = 0; round < 10000; ++round) {
    const std::string text = tests::hostile_text(random, 16);
    CAPTURE(text);
    for (const auto& clean : {clean_line, clean_block, clean_token}) {
      const std::string once = clean(text);
      REQUIRE(text::is_utf8(once));
      REQUIRE(once.size() <= text.size());
      REQUIRE(clean(once) == once);
      REQUIRE(text::trim(once) == once);
    }
  }
}

}  // namespace
