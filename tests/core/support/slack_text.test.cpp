// Text of strangers on its way to a chat program.
#include "core/support/slack_text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;

TEST_CASE("Nothing becomes a link, a mention or a format", "[slack]") {
  const std::string text =
      SlackText()
          .plain(
              "evil.example/login *URGENT* mailto:x@evil.example `x` www.evil.com ~x~ _x_ @here #general "
              ":smile: tel:5 1.2.3.4 x.1e.example javascript://y <!channel> <https://evil.example|x> &lt;")
          .text();
  CAPTURE(text);
  for (const char* meant :
       {"evil.example", "evil.com", "www.",     "*URGENT*", "mailto:x", "x@e",     "`x",    "~x~",
        "_x_",          "@here",    "#general", ":smile:",  "tel:5",    "1.2",     "2.3",   "3.4",
        "1e.e",         "://",      "//",       "<",        ">",        "&lt;lt;", "&lt;\""}) {
    CAPTURE(meant);
    // "www." is there, with a mark behind the full stop.
    CHECK(text.find(std::string(meant) + (std::string(meant) == "www." ? "evil" : "")) == std::string::npos);
  }
  CHECK(text.find("&lt;!channel&gt;") != std::string::npos);
  CHECK(text.ends_with("&amp;lt;"));
}

TEST_CASE("Sentences, numbers and clocks stay as they are", "[slack]") {
  for (const std::string text :
       {"1,412 submissions: 312 actual leads. 1.8% of all, from 10:00 to 13:00.", "2026-11-21 08:00 UTC.",
        "“x” (source) brought 2.5 of 7.\nNext line: yes.", "It was 1.8."}) {
    CHECK(without_links(text) == text);
  }
  CHECK(SlackText().bold("A title").plain("\nx").text() == "*A title*\nx");
}

TEST_CASE("Text that was treated once is not treated again", "[slack]") {
  tests::Random random(7);
  for (int times = 0; times < 2000; ++times) {
    const std::string once = without_links(tests::hostile_text(random, 12));
    CHECK(without_links(once) == once);
  }
}
