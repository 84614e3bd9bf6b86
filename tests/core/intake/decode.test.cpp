#include "core/intake/form.hpp"

#include <catch2/catch.hpp>

#include "core/support/text.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kUrlencoded = "application/x-www-form-urlencoded";

TEST_CASE("the content type chooses the encoding, whatever its case and parameters", "[intake][decode]") {
  auto [type, sent, as_form] = GENERATE(table<std::string, std::string, bool>({
      {"application/json", R"({"email":"a@b.co"})", false},
      {"Application/JSON; charset=UTF-8", R"({"email":"a@b.co"})", false},
      {" application/json;charset=\"utf-8\"", R"({"email":"a@b.co"})", false},
      {"application/x-www-form-urlencoded", "email=a%40b.co", true},
      {"APPLICATION/X-WWW-FORM-URLENCODED; charset=us-ascii", "email=a%40b.co", true},
      {"multipart/form-data; boundary=x",
       "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.co\r\n--x--\r\n", true},
  }));
  CAPTURE(type);
  std::string body = sent;
  const auto form = decode(type, body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::email].text == "a@b.co");
  CHECK(form->encoded_as_form == as_form);
}

TEST_CASE("another content type or charset is refused", "[intake][decode]") {
  auto [type, word] = GENERATE(table<std::string, std::string>({
      {"", "no Content-Type"},
      {" ;charset=utf-8", "no Content-Type"},
      {"text/plain", "text/plain"},
      {"application/jsonp", "application/jsonp"},
      {"application/json; charset=iso-8859-1", "iso-8859-1"},
      {"application/x-www-form-urlencoded; charset=windows-1252", "windows-1252"},
  }));
  CAPTURE(type);
  std::string body = "{}";
  const auto form = decode(type, body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::unsupported_media_type);
  CHECK(form.error().detail.find(word) != std::string::npos);
}

TEST_CASE("a body beyond the limit is too large", "[intake][decode]") {
  std::string body(schema::kMaxBodyBytes, ' ');
  body.replace(0, 2, "{}");
  CHECK(decode(kJson, body).has_value());
  std::string larger(schema::kMaxBodyBytes + 1, ' ');
  const auto form = decode(kJson, larger);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::body_too_large);
}

TEST_CASE("of several spellings the best that is not blank speaks for the field", "[intake][decode]") {
  auto [sent, winner] = GENERATE(table<std::string, std::string>({
      {"email=own&work_email=other", "own"},
      {"work_email=other&email=own", "own"},
      {"email=&work_email=other", "other"},
      {"email=+&work_email=other", "other"},
      {"mail=last&your_email=first", "first"},
      {"email=", ""},
  }));
  CAPTURE(sent);
  std::string body = sent;
  const auto form = decode(kUrlencoded, body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::email].text == winner);
}

TEST_CASE("what speaks for no known field is custom, in the order sent", "[intake][decode]") {
  std::string body = "budget=5k&email=a@b.co&mail=c@d.co&budget=6k";
  const auto form = decode(kUrlencoded, body);
  REQUIRE(form.has_value());
  REQUIRE(form->custom.size() == 3);
  CHECK(form->custom[0].name == "budget");
  CHECK(form->custom[0].value.text == "5k");
  CHECK(form->custom[1].name == "mail");
  CHECK(form->custom[2].value.text == "6k");
  CHECK(form->entries.size() == 4);
}

TEST_CASE("a form can be moved while the body stays", "[intake][decode]") {
  std::string body = R"({"email":"a@b.co","visitor":{"ip":"192.0.2.1"},"tags":["x"]})";
  auto form = decode(kJson, body);
  REQUIRE(form.has_value());
  const Form moved = std::move(*form);
  CHECK(moved[Field::email].text == "a@b.co");
  CHECK(moved.visitor["ip"].string() == "192.0.2.1");
  CHECK(moved.custom.front().value.text == R"(["x"])");
}

TEST_CASE("an honeypot's name is left out of the selection", "[intake][decode]") {
  std::string body = "url=https://x.com&page_url=/y";
  const auto form = decode(kUrlencoded, body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::page].text == "/y");
  CHECK(select(form->entries, "page_url")[Field::page].text == "https://x.com");
  CHECK(select(form->entries, "Page_URL")[Field::page].text == "/y");
}

TEST_CASE("no bytes break a decoder, and what is decoded is well-formed", "[intake][decode]") {
  const std::vector<std::pair<std::string, std::string>> seeds = {
      {"application/json",
       R"({"email":"a@b.co","name":"\u00e9\ud83d\ude00","n":[1,{"a":"b"}],"visitor":{"ip":"::1"}})"},
      {"application/x-www-form-urlencoded", "email=a%40b.co&name=%C3%A9+x&budget=1&budget=2&=x&y"},
      {"multipart/form-data; boundary=xyz",
       "--xyz\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.co\r\n"
       "--xyz\r\nContent-Disposition: form-data; name=\"n%22\"\r\nContent-Type: "
       "text/plain\r\n\r\n\r\n--xyz--\r\n"}};
  tests::Random random(5);
  int decoded = 0;
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    const auto& [type, seed] = random.pick(seeds);
    std::string body = random.below(8) == 0 ? tests::hostile_bytes(random, 60) : tests::mutated(random, seed);
    const auto form = decode(type, body);
    if (!form) {
      ++refused;
      REQUIRE_FALSE(form.error().detail.empty());
      REQUIRE(text::is_utf8(form.error().detail));
      for (const FieldError& field : form.error().fields) REQUIRE(text::is_utf8(field.name));
      continue;
    }
    ++decoded;
    for (const Entry& entry : form->entries) {
      REQUIRE(text::is_utf8(entry.name));
      REQUIRE(text::is_utf8(entry.value.text));
      REQUIRE(entry.value.text.find('\0') == std::string_view::npos);
      REQUIRE_FALSE(entry.name.empty());
    }
  }
  CHECK(decoded > 2000);
  CHECK(refused > 2000);
}

}  // namespace
