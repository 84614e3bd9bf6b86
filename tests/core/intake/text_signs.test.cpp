#include "core/intake/text_signs.hpp"

#include <catch2/catch.hpp>

#include "tests/core/hostile_text.hpp"

namespace {

using leadledger::intake::count_links;
using leadledger::intake::is_gibberish;
using leadledger::intake::is_odd_name;

TEST_CASE("random letters are gibberish", "[intake][signs]") {
  auto text = GENERATE(as<std::string>{}, "JkLmQxRtYuWpZ", "xHqBKmGnYvLzRd", "sdkjfhskdjfh", "asdfghjkl",
                       "ZqXwRtKlMnBv", "wrtpsdfg", "bcdfgh", "qwrtplkjhgfdszxcvbnm", "JKLMQXRTZWPZ",
                       "hello sdfkjhsdkjfh sdkjfhskjdfh", "RtYpLkJhGf NbVcXzLk", "\"sdkjfhskdjfh\"!");
  CAPTURE(text);
  CHECK(is_gibberish(text));
}

TEST_CASE("words of people are not gibberish", "[intake][signs]") {
  auto text = GENERATE(
      as<std::string>{}, "", " ", "Ada", "Ng", "hmm", "pls call", "brrrrrrr", "zzzzzzzz", "tsktsk", "HDFC",
      "GmbH", "PhD", "HTTPS TLS XML", "HDFCBANK", "MacGregorSmith", "JavaScript", "WordPress", "YouTubeHD",
      "LinkedIn",
      // long runs of consonants in honest words
      "Angstschweiss", "Rechtschreibung", "Rechtsschutzversicherung", "Wirtschaftsstrafrecht", "Herbststurm",
      "Impfpflicht", "Schwarzschild", "Knightsbridge", "Hirschsprung", "rhythms", "strengths", "twelfths",
      "Brzeczyszczykiewicz", "Szczebrzeszyn", "Wstrzasnac", "Przemyslaw Krzyzewski", "bezwzgledny",
      "zmrzlina", "ctvrtek", "angstschreeuw", "Llanfairpwllgwyngyll", "Hrvoje", "Mstislav Dzhokhar", "Nguyen",
      "Tschaikowsky", "Krishnamurthy", "Lakshmi", "Chhattisgarh", "Venkatraghavan",
      "Mujhe kharidna hai kripya sampark karein",
      // other scripts
      "\u674E\u5C0F\u9F99", "\u041F\u0440\u0438\u0432\u0435\u0442 \u0432\u0437\u0433\u043B\u044F\u0434",
      "\u0928\u092E\u0938\u094D\u0924\u0947", "bj\u00F6rk", "strc prst skrz krk", "\u00E4\u00F6\u00FC\u00DF",
      // not words at all
      "ada@xkcdqwrt.com", "https://bcdfghjk.com/xyz", "XKCD-QWRT-9", "B07XJ8C8F5", "bcd_fgh_jkl",
      // one strange word in a message
      "We use xmlhttprqst in our product and would like a quote for ten seats, thanks.");
  CAPTURE(text);
  CHECK_FALSE(is_gibberish(text));
}

TEST_CASE("links are counted once each", "[intake][signs]") {
  auto [text, links] = GENERATE(table<std::string, int>({
      {"", 0},
      {"see acme.com", 0},
      {"see http://acme.com", 1},
      {"HTTPS://WWW.ACME.COM", 1},
      {"www.acme.com and www.b.com", 2},
      {"<a href=\"https://www.acme.com\">x</a>", 1},
      {"<A HREF='acme.com'>x</a>", 1},
      {"[url=http://acme.com]x[/url]", 1},
      {"[url=http://acme.com]http://acme.com[/url]", 2},
      {"http://a.com http://b.com https://c.com", 3},
      {"http:/ www wwww", 0},
      {"\u674Ehttp://x", 1},
  }));
  CAPTURE(text);
  CHECK(count_links(text) == links);
}

TEST_CASE("a name that is none is odd", "[intake][signs]") {
  auto name =
      GENERATE(as<std::string>{}, "a1", "12345", "Ada2", "ada@lovelace.uk", "http://x.com", "www.x.com",
               "acme.com", "//x", "aaa", "XxX", "---", "...", "\"", "asdf", "QWERTY", "test", "Buy now!",
               "<b>Ada</b>", "Ada_L", "Earn money fast from home without doing anything today");
  CAPTURE(name);
  CHECK(is_odd_name(name));
}

TEST_CASE("names of people are not odd", "[intake][signs]") {
  auto name = GENERATE(as<std::string>{}, "", " ", "O'Brien", "O\u2019Brien", "Ng", "Aa", "Bo", "DJ", "J",
                       "J. R. R. Tolkien", "Bj\u00F6rk", "\u674E\u5C0F\u9F99", "\u674E", "Jean-Luc",
                       "Mar\u00EDa del Carmen de la Cruz P\u00E9rez", "Ada Lovelace, PhD", "Tom & Anna",
                       "\u0906\u0926\u093F\u0924\u094D\u092F", "Karl-Theodor zu Guttenberg", "Mr. Null",
                       "Ahmed bin Ali al Said", "McDonald", "\u00DE\u00F3r", "Test Person", "Anna (Sales)");
  CAPTURE(name);
  CHECK_FALSE(is_odd_name(name));
}

TEST_CASE("no text breaks the signs", "[intake][signs]") {
  leadledger::tests::Random random(9);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = leadledger::tests::hostile_text(random, 40);
    CAPTURE(text);
    REQUIRE(count_links(text) >= 0);
    REQUIRE(count_links(text + " www.") == count_links(text) + 1);
    REQUIRE(is_odd_name(text + "7"));
    REQUIRE_FALSE(is_gibberish(text));  // none of its pieces is a long word of letters
  }
}

}  // namespace
