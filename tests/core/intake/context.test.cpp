#include "core/intake/context.hpp"

#include <catch2/catch.hpp>

#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

Context read(std::string body) {
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  return read_context(form->selected);
}

TEST_CASE("context is read from page, referer and the fields themselves", "[intake][context]") {
  const Context got = read(R"({"page":"https://www.acme.com/Pricing?utm_campaign=spring&gclid=g1#top",
      "referrer":"https://www.google.co.in/search?q=crm","cta":" Book\n a demo ","utmSource":"Google"})");
  CHECK(got.page == "https://www.acme.com/Pricing?utm_campaign=spring&gclid=g1#top");
  CHECK(got.landing_path == "/Pricing");
  CHECK(got.referer == "https://www.google.co.in/search?q=crm");
  CHECK(got.referer_host == "google.co.in");
  CHECK(got.cta == "Book a demo");
  CHECK(got.utm_source == "Google");
  CHECK(got.utm_campaign == "spring");
  CHECK(got.gclid == "g1");
  CHECK(got.source == "Google");
  CHECK(got.channel == schema::Channel::paid);
}

TEST_CASE("tags come from the body, else the page, else the referer", "[intake][context]") {
  const std::string page = R"("page":"/p?utm_medium=page&utm_term=page&utm_content=")";
  const std::string referer =
      R"("referer":"https://b.com/?utm_medium=ref&utm_term=ref&utm_content=ref&fbclid=ref")";
  const Context got = read("{\"utm_medium\":\"body\"," + page + "," + referer + "}");
  CHECK(got.utm_medium == "body");
  CHECK(got.utm_term == "page");
  CHECK(got.utm_content == "ref");
  CHECK(got.fbclid == "ref");
}

TEST_CASE("the source is what was sent, else the tag, else another site", "[intake][context]") {
  auto [body, source, channel] = GENERATE(table<std::string, std::string, schema::Channel>({
      {R"({"source":"fair","utm_source":"x","referer":"https://b.com"})", "fair", schema::Channel::social},
      {R"({"source":" ","utm_source":"flyer","referer":"https://b.com"})", "flyer",
       schema::Channel::referral},
      {R"({"referer":"https://www.b.com/x"})", "b.com", schema::Channel::referral},
      {R"({"referer":"https://www.acme.com/x","page":"https://acme.com/y"})", "", schema::Channel::direct},
      {R"({"referer":"/x","page":"/y"})", "", schema::Channel::direct},
      {R"({})", "", schema::Channel::direct},
  }));
  CAPTURE(body);
  const Context got = read(body);
  CHECK(got.source == source);
  CHECK(to_text(got.channel) == to_text(channel));
}

TEST_CASE("what is broken or of a wrong type is absent", "[intake][context]") {
  const Context got =
      read(R"({"page":"acme.com/pricing","referer":"android-app://x","cta":true,"source":["a"],
      "utm_source":{"a":1},"utm_term":12345678901234567890123456789012345678901,"utm_medium":null,"utm_content":7})");
  CHECK(got.page.empty());
  CHECK(got.landing_path.empty());
  CHECK(got.referer.empty());
  CHECK(got.referer_host.empty());
  CHECK(got.cta.empty());
  CHECK(got.source.empty());
  CHECK(got.utm_source.empty());
  CHECK(got.utm_term.empty());
  CHECK(got.utm_medium.empty());
  CHECK(got.utm_content == "7");
}

TEST_CASE("long context is cut between characters, after it was read", "[intake][context]") {
  std::string text;
  while (text.size() <= schema::kMaxContextBytes) text += "\u20AC";
  const Context got = read("{\"cta\":\"" + text + "\",\"page\":\"/" + text + "?utm_source=end\"}");
  CHECK(got.cta.size() == schema::kMaxContextBytes / 3 * 3);
  CHECK(text::is_utf8(got.cta));
  CHECK(got.page.size() <= schema::kMaxContextBytes);
  CHECK(text::is_utf8(got.page));
  CHECK(got.landing_path.size() <= schema::kMaxContextBytes);
  CHECK(got.utm_source == "end");
}

TEST_CASE("control fields are taken as text, number or truth value", "[intake][context]") {
  std::string body = R"({"consent":true,"redirect":" /thanks ","turnstile":7})";
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  CHECK(context_text(form->selected, Field::consent, Booleans::take) == "true");
  CHECK(context_text(form->selected, Field::consent).empty());
  CHECK(context_text(form->selected, Field::redirect, Booleans::take) == "/thanks");
  CHECK(context_text(form->selected, Field::turnstile, Booleans::take) == "7");
}

}  // namespace
