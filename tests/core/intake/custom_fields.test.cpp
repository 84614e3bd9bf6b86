#include "core/intake/custom_fields.hpp"

#include <catch2/catch.hpp>

#include "core/support/json.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

std::string custom_of(std::string body, std::string_view honeypot = "lead_hp") {
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  return custom_json(*form, select(form->entries, honeypot), honeypot);
}

bool is_filled(std::string body, std::string_view honeypot = "lead_hp") {
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  return is_honeypot_filled(*form, honeypot);
}

TEST_CASE("custom fields are kept as JSON, in the order sent", "[intake][custom]") {
  auto [body, custom] = GENERATE(table<std::string, std::string>({
      {R"({"email":"a@b.co"})", ""},
      {R"({"z":"1","email":"a@b.co","a":2,"b":true,"c":{"d":[null]}})",
       R"({"z":"1","a":2,"b":true,"c":{"d":[null]}})"},
      {R"({"a":"x","b":1,"a":["y"],"a":2})", R"({"a":["x",["y"],2],"b":1})"},
      {R"({"a":null,"b":" ","c":""})", ""},
      {R"({"q\"\n":"\\\u0001"})", R"({"q\"\n":"\\\u0001"})"},
      {R"({"lead_hp":"x","Lead_Hp":"y"})", R"({"Lead_Hp":"y"})"},
      // a spelling that was outranked says something of its own, unless it says the same
      {R"({"message":"hi","notes":"call late","comment":"hi"})", R"({"notes":"call late"})"},
      {R"({"project":"a","project_id":"b","consent":true,"opt_in":"no","visitor":{"ip":"x"}})", ""},
  }));
  CAPTURE(body);
  CHECK(custom_of(body) == custom);
}

TEST_CASE("a honeypot that bears a field's name is the honeypot only", "[intake][custom]") {
  CHECK(custom_of(R"({"url":"https://x.com"})", "url").empty());
  CHECK(is_filled(R"({"url":"https://x.com"})", "url"));
  CHECK_FALSE(is_filled(R"({"URL":"https://x.com"})", "url"));
}

TEST_CASE("a honeypot is filled by text, a number or true", "[intake][custom]") {
  CHECK(is_filled(R"({"lead_hp":"x"})"));
  CHECK(is_filled(R"({"lead_hp":0})"));
  CHECK(is_filled(R"({"lead_hp":true})"));
  CHECK(is_filled(R"({"lead_hp":"","lead_hp":"x"})"));
  CHECK_FALSE(is_filled(R"({"lead_hp":" \t"})"));
  CHECK_FALSE(is_filled(R"({"lead_hp":false})"));
  CHECK_FALSE(is_filled(R"({"lead_hp":null})"));
  CHECK_FALSE(is_filled(R"({"lead_hp":[]})"));
  CHECK_FALSE(is_filled(R"({})"));
  CHECK_FALSE(is_filled(R"({"a":"x"})", ""));
}

TEST_CASE("custom fields are bounded in number", "[intake][custom]") {
  std::string body = "{";
  for (int at = 0; at < 70; ++at) body += (at == 0 ? "\"f" : ",\"f") + std::to_string(at) + "\":1";
  std::string custom = custom_of(body + ",\"f0\":2}");
  const auto document = json::Document::parse(custom);
  REQUIRE(document.has_value());
  std::size_t members = 0;
  for (const auto& member : document->root().members()) members += member.name.empty() ? 0 : 1;
  CHECK(members == schema::kMaxCustomFields);
  CHECK(document->root()["f0"].is(json::Kind::array));  // a name already kept takes no new place
  CHECK(document->root()["f60"].is(json::Kind::none));
}

TEST_CASE("a long custom value is cut between characters, a structure then kept as text",
          "[intake][custom]") {
  std::string text;
  while (text.size() < 3000) text += "\u20AC";
  std::string cut = custom_of("{\"a\":\"" + text + "\",\"b\":[\"" + text + "\"]}");
  const auto document = json::Document::parse(cut);
  REQUIRE(document.has_value());
  CHECK(document->root()["a"].string().size() == schema::kMaxCustomValueBytes / 3 * 3);
  CHECK(document->root()["b"].is(json::Kind::string));
  CHECK(document->root()["b"].string().starts_with("[\"\u20AC"));
  CHECK(text::is_utf8(document->root()["b"].string()));
}

TEST_CASE("custom fields that do not fit together are left out, later ones that fit are not",
          "[intake][custom]") {
  const std::string value(1990, 'x');
  std::string body = "{";
  for (const char name : {'a', 'b', 'c', 'd', 'e'})
    body += std::string("\"") + name + "\":\"" + value + "\",";
  std::string custom = custom_of(body + "\"f\":\"small\"}");
  const auto document = json::Document::parse(custom);
  REQUIRE(document.has_value());
  CHECK(document->root()["d"].string().size() == value.size());
  CHECK(document->root()["e"].is(json::Kind::none));
  CHECK(document->root()["f"].string() == "small");
}

}  // namespace
