#include "core/intake/email.hpp"

#include <catch2/catch.hpp>

#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger;
using intake::parse_email;

TEST_CASE("an e-mail address is trimmed and put in lower case", "[intake][email]") {
  auto [text, email] = GENERATE(table<std::string, std::string>({
      {"ada@lovelace.uk", "ada@lovelace.uk"},
      {" Ada.Byron@Lovelace.UK\t", "ada.byron@lovelace.uk"},
      {"mailto:ada@lovelace.uk", "ada@lovelace.uk"},
      {"\u200Bada@lovelace.uk\u00A0", "ada@lovelace.uk"},  // copied from a page
      {"a+b_c-d!#$%&'*/=?^`{|}~@x-y.museum", "a+b_c-d!#$%&'*/=?^`{|}~@x-y.museum"},
      {"j\u00F6rg@m\u00FCnchen.example", "j\u00F6rg@m\u00FCnchen.example"},
      {"\u0935\u093F@\u0921\u093E\u091F\u093E.\u092D\u093E\u0930\u0924",
       "\u0935\u093F@\u0921\u093E\u091F\u093E.\u092D\u093E\u0930\u0924"},
      {"x@sub.domain.co.in", "x@sub.domain.co.in"},
      {"x@1.2.3.com", "x@1.2.3.com"},
      {std::string(64, 'a') + "@x.com", std::string(64, 'a') + "@x.com"},
  }));
  CAPTURE(text);
  const auto got = parse_email(text);
  REQUIRE(got.has_value());
  CHECK(*got == email);
}

TEST_CASE("a text that no mail reaches is refused with a reason", "[intake][email]") {
  auto text = GENERATE_COPY(as<std::string>{}, "", " ", "ada", "@", "ada@", "@lovelace.uk",
                            "ada@@lovelace.uk", "ada@lovelace@uk.com", "ada@lovelace", "ada lovelace@x.com",
                            "ada@love lace.uk", ".ada@x.com", "ada.@x.com", "a..b@x.com", "ada@.com",
                            "ada@x..com", "ada@x.com.", "ada@-x.com", "ada@x-.com", "ada@x_y.com",
                            "\"ada\"@x.com", "ada@[192.0.2.1]", "ada@192.0.2.1", "ada<x>@x.com",
                            "Ada <ada@x.com>", "a,b@x.com", "ada@x.c", "mailto:", "ada@x.com\\",
                            std::string(65, 'a') + "@x.com", "a@" + std::string(64, 'b') + ".com",
                            "a@" + std::string(126, 'b') + "." + std::string(126, 'c') + ".com");
  CAPTURE(text);
  const auto got = parse_email(text);
  REQUIRE_FALSE(got.has_value());
  CHECK(got.error().reason.size() > 5);
  CHECK(got.error().reason.back() == '.');
}

TEST_CASE("an e-mail address has at most 254 characters, whatever their bytes", "[intake][email]") {
  const std::string label(63, 'b');
  const auto of_size = [&](std::size_t size) {
    const std::string rest = "@" + label + "." + label + "." + label + ".";
    return std::string(50, 'a') + rest + std::string(size - 50 - rest.size(), 'c');
  };
  CHECK(parse_email(of_size(254)).has_value());
  CHECK_FALSE(parse_email(of_size(255)).has_value());
  std::string wide = of_size(254);
  wide.replace(0, 1, "\u00E9");
  CHECK(parse_email(wide).has_value());
}

TEST_CASE("a normalised e-mail is its own normal form, well-formed and within limits", "[intake][email]") {
  tests::Random random(1);
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    const bool likely = random.below(2) == 0;
    const std::string text =
        likely ? tests::hostile_text(random, 3) + "x@y" + tests::hostile_text(random, 3) + ".com"
               : tests::hostile_text(random, 12);
    const auto got = parse_email(text);
    if (!got) continue;
    ++accepted;
    CAPTURE(text);
    REQUIRE(text::is_utf8(*got));
    REQUIRE(text::count_code_points(*got) <= 254);
    REQUIRE(got->find_first_of(" \t\r\n\"\\<>,;") == std::string::npos);
    REQUIRE(parse_email(*got) == *got);
  }
  CHECK(accepted > 500);
}

}  // namespace
