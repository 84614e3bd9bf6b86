#include <catch2/catch.hpp>

#include "core/intake/decoders.hpp"
#include "core/intake/form.hpp"
#include "leadledger/limits.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

Result<Form> decode_as_form(std::string& body) { return decode("application/x-www-form-urlencoded", body); }

TEST_CASE("names and values of a urlencoded form are decoded", "[intake][urlencoded]") {
  std::string body =
      "full+name=Bj%C3%B6rk+G&&contact%5Bphone%5D=%2B91&a%26b=c%3Dd=e&flag&=left+out&bad=%zz%2&empty=";
  const auto form = decode_as_form(body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::name].text == "Bj\u00F6rk G");
  CHECK((*form)[Field::phone].text == "+91");
  REQUIRE(form->custom.size() == 4);
  CHECK(form->custom[0].name == "a&b");
  CHECK(form->custom[0].value.text == "c=d=e");
  CHECK(form->custom[1].name == "flag");
  CHECK(form->custom[1].value.text.empty());
  CHECK(form->custom[2].value.text == "%zz%2");  // as browsers read it
  CHECK(form->custom[3].value.kind == ValueKind::text);
}

TEST_CASE("an empty urlencoded body is a form without fields", "[intake][urlencoded]") {
  std::string body;
  const auto form = decode_as_form(body);
  REQUIRE(form.has_value());
  CHECK(form->entries.empty());
}

TEST_CASE("faults of a urlencoded form name the field", "[intake][urlencoded]") {
  auto [sent, code, name, reason] = GENERATE(table<std::string, ErrorCode, std::string, std::string>({
      {"a=1&name=%FF", ErrorCode::malformed_body, "name", "bad_encoding"},
      {"name=\xC3\x28", ErrorCode::malformed_body, "name", "bad_encoding"},
      {"name=a%00b", ErrorCode::validation_failed, "name", "nul_character"},
      {"na%00me=a", ErrorCode::validation_failed, "na me", "nul_character"},
      {"n%FF=a", ErrorCode::malformed_body, "n\uFFFD", "bad_encoding"},
      {"email=a&b=1&email=a", ErrorCode::validation_failed, "email", "duplicate_field"},
      {"email[]=a&email[]=b", ErrorCode::validation_failed, "email[]", "duplicate_field"},
      {"consent=1&consent=0", ErrorCode::validation_failed, "consent", "duplicate_field"},
      {"budget=%FF", ErrorCode::malformed_body, "budget", "bad_encoding"},
      {"utm_%FFsource=a", ErrorCode::malformed_body, "utm_\uFFFDsource", "bad_encoding"},
  }));
  CAPTURE(sent);
  std::string body = sent;
  const auto form = decode_as_form(body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == code);
  REQUIRE(form.error().fields.size() == 1);
  CHECK(form.error().fields[0].name == name);
  CHECK(form.error().fields[0].code == reason);
}

TEST_CASE("context and engagement of a urlencoded form are never refused", "[intake][urlencoded]") {
  auto [sent, field, text] = GENERATE(table<std::string, schema::Field, std::string>({
      {"utm_source=a%00b", Field::utm_source, ""},
      {"utm_source=a%FF", Field::utm_source, ""},
      {"scroll_depth=%C3%28", Field::scroll_depth, ""},
      {"cta=%FF&button=Book", Field::cta, "Book"},
      {"utm_source=a&utm_source=b", Field::utm_source, "a"},
      {"utm_source=&utm_source=b", Field::utm_source, "b"},
      {"utm_source=+&utm_source=%00&utm_source=b&utm_source=c", Field::utm_source, "b"},
      {"pages_viewed=3&pages_viewed=4", Field::pages_viewed, "3"},
      {"utmSource=a&utm_source=b", Field::utm_source, "a"},
  }));
  CAPTURE(sent);
  std::string body = sent;
  const auto form = decode_as_form(body);
  REQUIRE(form.has_value());
  CHECK((*form)[field].text == text);
}

TEST_CASE("fields of a urlencoded form are counted", "[intake][urlencoded]") {
  std::string most;
  for (std::size_t at = 0; at < schema::kMaxFormFields; ++at) most += "&f=" + std::to_string(at);
  std::string more = most + "&g=1";
  CHECK(decode_as_form(most)->custom.size() == schema::kMaxFormFields);
  const auto form = decode_as_form(more);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().fields[0].code == "too_many_fields");
  CHECK(form.error().fields[0].name == "g");
}

}  // namespace
