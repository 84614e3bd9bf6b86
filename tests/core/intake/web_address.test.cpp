#include "core/intake/web_address.hpp"

#include <catch2/catch.hpp>

#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

TEST_CASE("a web address is taken apart", "[intake][web]") {
  struct Row {
    std::string text, host, origin, path, query;
  };
  auto row = GENERATE(values<Row>({
      {"https://www.Acme.com/Pricing?a=1&b#top", "acme.com", "https://www.acme.com", "/Pricing", "a=1&b"},
      {"HTTP://acme.com", "acme.com", "http://acme.com", "/", ""},
      {"http://acme.com:80/", "acme.com", "http://acme.com", "/", ""},
      {"https://acme.com:443?x", "acme.com", "https://acme.com", "/", "x"},
      {"http://acme.com:443/", "acme.com", "http://acme.com:443", "/", ""},
      {"https://user:pass@acme.com:8443/a@b", "acme.com", "https://acme.com:8443", "/a@b", ""},
      {"https://acme.com.:/", "acme.com", "https://acme.com", "/", ""},
      {"https://[2001:DB8::1]:8080/x", "[2001:db8::1]", "https://[2001:db8::1]:8080", "/x", ""},
      {"http://192.0.2.1/", "192.0.2.1", "http://192.0.2.1", "/", ""},
      {"http://localhost:8787/form", "localhost", "http://localhost:8787", "/form", ""},
      {"https://m\u00FCnchen.example/\u00FC", "m\u00FCnchen.example", "https://m\u00FCnchen.example",
       "/\u00FC", ""},
      {"https://acme.com\\@evil.com/", "acme.com", "https://acme.com", "\\@evil.com/", ""},
      {"https://acme.com#@evil.com", "acme.com", "https://acme.com", "/", ""},
      {"//cdn.acme.com/x", "cdn.acme.com", "https://cdn.acme.com", "/x", ""},
      {" /pricing?utm_source=x#y ", "", "", "/pricing", "utm_source=x"},
      {"/", "", "", "/", ""},
  }));
  CAPTURE(row.text);
  const auto address = parse_web_address(row.text);
  REQUIRE(address.has_value());
  CHECK(address->host == row.host);
  CHECK(address->origin == row.origin);
  CHECK(address->path == row.path);
  CHECK(address->query == row.query);
}

TEST_CASE("what is no web address or path is nothing", "[intake][web]") {
  auto text = GENERATE(as<std::string>{}, "", " ", "acme.com", "acme.com/pricing", "ftp://acme.com",
                       "javascript:alert(1)", "android-app://com.google.android.gm/", "about:blank", "null",
                       "?a=1", "#x", "http:/acme.com", "https://", "https:///x", "//", "https://.com",
                       "https://a..b", "https://a b/", "https://a%20b/", "https://a:99999/", "https://a:b/",
                       "https://a:-1/", "https://[::1", "https://[::1]x/", "https://[1.2.3.4]/",
                       "https://[fe80::1%25eth0]/", "https://user@/");
  CAPTURE(text);
  CHECK_FALSE(parse_web_address(text).has_value());
}

TEST_CASE("a host has at most 253 bytes", "[intake][web]") {
  CHECK(parse_web_address("https://" + std::string(253, 'a') + "/").has_value());
  CHECK_FALSE(parse_web_address("https://" + std::string(254, 'a') + "/").has_value());
}

TEST_CASE("a query parameter is found by its folded name and decoded", "[intake][web]") {
  const std::string_view query =
      "a=1&UTM-Source=&utm_source=%20News+Letter%0A&utmSource=later&bad=%FF&bad=good&flag";
  CHECK(query_value(query, "utmsource", 100) == "News Letter");
  CHECK(query_value(query, "a", 100) == "1");
  CHECK(query_value(query, "bad", 100) == "good");
  CHECK(query_value(query, "flag", 100).empty());
  CHECK(query_value(query, "none", 100).empty());
  CHECK(query_value("", "a", 100).empty());
}

TEST_CASE("a query parameter is cut between characters", "[intake][web]") {
  CHECK(query_value("a=x%C3%A9y", "a", 2) == "x");
  CHECK(query_value("a=x+y", "a", 2) == "x");
}

TEST_CASE("no text breaks the reading of web addresses", "[intake][web]") {
  tests::Random random(7);
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string text =
        (random.below(2) == 0 ? "https://acme.com" : "") + tests::hostile_text(random, 10);
    CAPTURE(text);
    const auto address = parse_web_address(text);
    if (!address) continue;
    ++accepted;
    REQUIRE(text::is_utf8(address->host));
    REQUIRE(address->host.empty() == address->origin.empty());
    REQUIRE_FALSE(address->path.empty());
    REQUIRE(text::is_utf8(query_value(address->query, "a", 10)));
    if (address->origin.empty()) continue;
    const auto again = parse_web_address(address->origin);
    REQUIRE(again.has_value());
    REQUIRE(again->origin == address->origin);
    REQUIRE(again->host == address->host);
  }
  CHECK(accepted > 2000);
}

}  // namespace
