#include "core/app/redirect.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/intake/web_address.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;

namespace {

intake::ProjectSettings project_of(std::vector<std::string> origins) {
  intake::ProjectSettings project;
  project.allowed_origins = std::move(origins);
  return project;
}

const char* const kOwn = "https://leads.example";
const char* const kPage = "https://www.acme.com";

std::string resolve(std::string_view redirect, std::string_view origin = kPage) {
  return app::resolve_redirect(
      redirect, origin, kOwn,
      project_of({"https://www.acme.com", "https://*.acme.org", "http://localhost:8080"}));
}

}  // namespace

TEST_CASE("A redirect leads to pages of allowed origins", "[redirect]") {
  const std::string good =
      GENERATE(as<std::string>{}, "https://www.acme.com", "https://www.acme.com/thanks?a=b#c",
               "HTTPS://WWW.ACME.COM/Thanks", "https://www.acme.com:443/", "https://shop.acme.org/",
               "https://a.b.acme.org/x", "http://localhost:8080/x", "https://leads.example/thanks");
  CAPTURE(good);
  CHECK(resolve(good) == good);
}

TEST_CASE("A path counts from the page's origin, else from the Worker's", "[redirect]") {
  CHECK(resolve("/thanks?x=1") == "https://www.acme.com/thanks?x=1");
  CHECK(resolve("/") == "https://www.acme.com/");
  CHECK(resolve("/thanks", "") == "https://leads.example/thanks");
}

TEST_CASE("Tricks lead nowhere", "[redirect]") {
  const std::string trick = GENERATE(
      as<std::string>{}, "", "thanks", "//evil.example", "///evil.example", "/\\evil.example",
      "\\\\evil.example", "/\t/evil.example", "\t//evil.example", " https://www.acme.com",
      "https://www.acme.com@evil.example", "https://www.acme.com:x@evil.example/",
      "https://evil.example?www.acme.com", "https://evil.example#.acme.org",
      "https://evil.example\\.acme.org", "https://evil.example/.acme.org",
      "https://www.acme.com.evil.example", "https://evil-acme.org", "https://acme.org", "https://.acme.org",
      "https://www.acme.com:8443/", "http://www.acme.com/", "https:///www.acme.com", "https:www.acme.com",
      "https:/www.acme.com", "javascript:alert(1)", "JaVaScRiPt:alert(1)//www.acme.com", "data:text/html,x",
      "ftp://www.acme.com/", "vbscript:x", "http://localhost/", "http://localhost:80801/",
      "https://[www.acme.com]/", "https://www.acme.com\r\nset-cookie: a=b", "https://www.acme.com/\x7f",
      "/a\nb", "https://www.acme.com:/:/", "https://www.acme.com:99999999999/",
      "https://www%2Eacme.com@evil.example", "http://leads.example/");
  CAPTURE(trick);
  const std::string target = resolve(trick);
  // What is refused gives nothing; an empty port is the only one of these that a browser reads as allowed.
  if (trick == "https://www.acme.com:/:/") {
    CHECK(intake::parse_web_address(trick)->origin == "https://www.acme.com");
  } else {
    CHECK(target.empty());
  }
}

TEST_CASE("A project that lets any site post sends nobody anywhere", "[redirect]") {
  CHECK(app::resolve_redirect("https://evil.example/", kPage, kOwn, project_of({"*"})).empty());
  CHECK(app::resolve_redirect("/thanks", kPage, kOwn, project_of({"*"})) == "https://www.acme.com/thanks");
  CHECK(app::resolve_redirect("https://evil.example/", kPage, kOwn, {}).empty());
}

TEST_CASE("An address beyond ASCII is written so that a header can hold it", "[redirect]") {
  CHECK(resolve("/dank\u00e9?n=\u20ac") == "https://www.acme.com/dank%C3%A9?n=%E2%82%AC");
  CHECK(resolve("https://www.acme.com/\U0001F600") == "https://www.acme.com/%F0%9F%98%80");
}

TEST_CASE("Whatever a redirect is, it stays within the allowed origins and one header line",
          "[redirect][property]") {
  tests::Random random(32);
  int resolved = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string redirect = random.below(2) == 0 ? tests::hostile_text(random, 12)
                                                : tests::mutated(random, "https://www.acme.com/thanks?x=1");
    const std::string target = resolve(redirect);
    if (target.empty()) continue;
    ++resolved;
    const auto address = intake::parse_web_address(target);
    const bool stays = address && (address->origin == "https://www.acme.com" || address->origin == kOwn ||
                                   address->origin.ends_with(".acme.org"));
    bool plain = true;
    for (const char c : target) plain = plain && c > ' ' && c != '\\' && c < '\x7f';
    if (!stays || !plain) FAIL(redirect << " leads to " << target);
  }
  CHECK(resolved > 100);
}
