#include <catch2/catch.hpp>

#include "core/intake/decoders.hpp"
#include "core/intake/form.hpp"
#include "leadledger/limits.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

Result<Form> decode_as_json(std::string& body) { return decode("application/json", body); }

TEST_CASE("JSON values keep their kind", "[intake][json]") {
  std::string body =
      "\xEF\xBB\xBF "
      "{\"name\":\"Ada\",\"phone\":919876543210,\"consent\":true,\"company\":null,\"message\":[1],"
      "\"tags\":[\"a\", {\"b\" : \"\\u00e9\\n\"}, 1.50, null, false],\"score\":1e3}";
  const auto form = decode_as_json(body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::name].kind == ValueKind::text);
  CHECK((*form)[Field::phone].kind == ValueKind::number);
  CHECK((*form)[Field::phone].text == "919876543210");
  CHECK((*form)[Field::consent].kind == ValueKind::boolean);
  CHECK((*form)[Field::consent].text == "true");
  CHECK((*form)[Field::company].kind == ValueKind::null);
  CHECK((*form)[Field::message].kind == ValueKind::structure);
  CHECK((*form)[Field::email].kind == ValueKind::absent);
  REQUIRE(form->custom.size() == 2);
  CHECK(form->custom[0].value.kind == ValueKind::structure);
  CHECK(form->custom[0].value.text == "[\"a\",{\"b\":\"\u00e9\\n\"},1.50,null,false]");
  CHECK(form->custom[1].value.text == "1e3");
}

TEST_CASE("the visitor object of a JSON body is kept", "[intake][json]") {
  std::string body = R"({"visitor":{"ip":"192.0.2.1","asn":64500}})";
  const auto form = decode_as_json(body);
  REQUIRE(form.has_value());
  CHECK(form->visitor["ip"].string() == "192.0.2.1");
  CHECK(form->visitor["asn"].integer(0) == 64500);
  std::string other = R"({"visitor":"192.0.2.1"})";
  CHECK(decode_as_json(other)->visitor.is(json::Kind::none));
}

TEST_CASE("a body that is no JSON object is malformed", "[intake][json]") {
  auto sent = GENERATE(as<std::string>{}, "", "  ", "[]", "\"a\"", "1", "null", "{", "{\"a\":}", "{\"a\":1}x",
                       "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":\"\x01\"}", "{\"a\":\"\\x\"}", "{\"a\":NaN}",
                       "{\"a\":01}", "\xEF\xBB\xBF");
  CAPTURE(sent);
  std::string body = sent;
  const auto form = decode_as_json(body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::malformed_body);
  CHECK_FALSE(form.error().detail.empty());
}

TEST_CASE("a NUL after the object is malformed", "[intake][json]") {
  std::string body("{\"a\":1}\0{}", 10);
  const auto form = decode_as_json(body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::malformed_body);
}

TEST_CASE("broken text is told by the field it is in", "[intake][json]") {
  auto [sent, code, name, reason] = GENERATE(table<std::string, ErrorCode, std::string, std::string>({
      {"{\"a\":\"x\",\"name\":\"\xFF\"}", ErrorCode::malformed_body, "name", "bad_encoding"},
      {"{\"a\":\"\x7F\",\"tags\":[1,{\"x\":\"\xC3\x28\"}]}", ErrorCode::malformed_body, "tags",
       "bad_encoding"},
      {"{\"tags\":{\"\xC0\x80\":1}}", ErrorCode::malformed_body, "tags", "bad_encoding"},
      {"{\"name\":\"\xED\xA0\x80\"}", ErrorCode::malformed_body, "name", "bad_encoding"},
      {"{\"name\":\"a\\u0000b\"}", ErrorCode::validation_failed, "name", "nul_character"},
      {"{\"tags\":[[\"\\u0000\"]]}", ErrorCode::validation_failed, "tags", "nul_character"},
      {"{\"tags\":{\"\\u0000\":1}}", ErrorCode::validation_failed, "tags", "nul_character"},
      {"{\"email\":\"a@b.co\",\"email\":\"c@d.co\"}", ErrorCode::validation_failed, "email",
       "duplicate_field"},
      {"{\"work-email\":\"a@b.co\",\"x\":1,\"work-email\":null}", ErrorCode::validation_failed, "work-email",
       "duplicate_field"},
      {"{\"visitor\":{},\"visitor\":{}}", ErrorCode::validation_failed, "visitor", "duplicate_field"},
  }));
  CAPTURE(sent);
  std::string body = sent;
  const auto form = decode_as_json(body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == code);
  REQUIRE(form.error().fields.size() == 1);
  CHECK(form.error().fields[0].name == name);
  CHECK(form.error().fields[0].code == reason);
  CHECK(form.error().detail.find(name) != std::string::npos);
}

TEST_CASE("half a surrogate pair becomes U+FFFD, and all else stays as it is", "[intake][json]") {
  auto [sent, text] = GENERATE(table<std::string, std::string>({
      {R"(a\ud83d)", "a\uFFFD"},
      {R"(\uDC00b)", "\uFFFDb"},
      {R"(\ud83d\ud83d\ude00\ude00)", "\uFFFD\U0001F600\uFFFD"},
      {R"(\uD83D\uDE00)", "\U0001F600"},
      {R"(\\ud83d)", "\\ud83d"},
      {R"(\\\ud83d)", "\\\uFFFD"},
      {R"(\ud83d\n\ude00)", "\uFFFD\n\uFFFD"},
      {R"(\ud7ff\ue000 \u00e9)", "\uD7FF\uE000 \u00E9"},
      {R"(\"\ud83d\")", "\"\uFFFD\""},
  }));
  CAPTURE(sent);
  std::string body = R"({"a":"\ud83d","\udc00":1,"name":")" + sent + R"("})";
  const auto form = decode_as_json(body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::name].text == text);
}

TEST_CASE("context in broken bytes is absent, and the rest of the body counts", "[intake][json]") {
  std::string body =
      "{\"utm_campaign\":\"M\xFCnchen\",\"page\":[\"\xFF\"],\"email\":\"ada@lovelace.uk\",\"scroll_depth\":"
      "\"\xC3\","
      "\"utm_source\":\"a\x7F\xC3\xA9\"}";
  const auto form = decode_as_json(body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::email].text == "ada@lovelace.uk");
  CHECK((*form)[Field::utm_source].text == "a \u00E9");
  CHECK(form->entries.size() == 2);
}

TEST_CASE("broken bytes below any nesting are refused for their depth, by name", "[intake][json]") {
  constexpr std::size_t kLevels = 30'000;
  std::string body = "{\"email\":\"a@b.co\",\"tags\":" + std::string(kLevels, '[') + "\"\xFF\"" +
                     std::string(kLevels, ']') + "}";
  const auto form = decode_as_json(body);
  REQUIRE_FALSE(form.has_value());
  REQUIRE(form.error().fields.size() == 1);
  CHECK(form.error().fields[0].name == "tags");
  CHECK(form.error().fields[0].code == "too_deep");
}

TEST_CASE("an escape that is none is refused as ever", "[intake][json]") {
  std::string body =
      GENERATE(as<std::string>{}, R"({"name":"\ud83"})", R"({"name":"\uD8 0"})", R"({"name":"\)",
               R"({"name":"\u)", R"({"name":"\ud83d\u)", R"({"name":"\ud83d\)");
  CHECK_FALSE(decode_as_json(body).has_value());
}

TEST_CASE("context and engagement of a JSON body are never refused", "[intake][json]") {
  auto [sent, field, text] = GENERATE(table<std::string, Field, std::string>({
      {R"("cta":"a\u0000b")", Field::cta, ""},
      {R"("page":["\u0000"])", Field::page, ""},
      {R"("cta":"\u0000","button":"Book")", Field::cta, "Book"},
      {R"("cta":"a","cta":"b")", Field::cta, "a"},
      {R"("cta":null,"cta":"b")", Field::cta, "b"},
  }));
  CAPTURE(sent);
  std::string body = "{" + sent + "}";
  const auto form = decode_as_json(body);
  REQUIRE(form.has_value());
  CHECK((*form)[field].text == text);
}

TEST_CASE("a broken name is told without naming it", "[intake][json]") {
  std::string body = "{\"a\xFF\":1}";
  const auto form = decode_as_json(body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::malformed_body);
  CHECK(form.error().fields.empty());
}

TEST_CASE("nesting is refused beyond its limit and named", "[intake][json]") {
  const auto nested = [](std::size_t levels) {
    return "{\"deep\":" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
  };
  std::string deepest = nested(schema::kMaxJsonDepth);
  CHECK(decode_as_json(deepest).has_value());
  for (const std::size_t levels : {schema::kMaxJsonDepth + 1, 30000U}) {
    std::string body = nested(levels);
    const auto form = decode_as_json(body);
    REQUIRE_FALSE(form.has_value());
    CHECK(form.error().code == ErrorCode::malformed_body);
    REQUIRE(form.error().fields.size() == 1);
    CHECK(form.error().fields[0].name == "deep");
    CHECK(form.error().fields[0].code == "too_deep");
  }
  std::string open = "{\"deep\":" + std::string(60000, '[');
  CHECK_FALSE(decode_as_json(open).has_value());
}

TEST_CASE("members and names are counted", "[intake][json]") {
  const auto members = [](std::size_t count) {
    std::string body = "{";
    for (std::size_t at = 0; at < count; ++at)
      body += (at == 0 ? "\"f" : ",\"f") + std::to_string(at) + "\":1";
    return body + "}";
  };
  std::string most = members(schema::kMaxFormFields);
  CHECK(decode_as_json(most).has_value());
  std::string more = members(schema::kMaxFormFields + 1);
  const auto form = decode_as_json(more);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::validation_failed);
  REQUIRE(form.error().fields.size() == 1);
  CHECK(form.error().fields[0].name == "f200");
  CHECK(form.error().fields[0].code == "too_many_fields");

  std::string longest = "{\"" + std::string(schema::kMaxFieldNameBytes, 'n') + "\":1}";
  CHECK(decode_as_json(longest).has_value());
  std::string longer = "{\"" + std::string(schema::kMaxFieldNameBytes + 1, 'n') + "\":1}";
  const auto refused = decode_as_json(longer);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().fields[0].code == "name_too_long");
  CHECK(refused.error().fields[0].name.size() < 100);
}

TEST_CASE("names without letters are left out, other names sent twice are both kept", "[intake][json]") {
  std::string body = R"({"":1,"a":1,"a":"2"})";
  const auto form = decode_as_json(body);
  REQUIRE(form.has_value());
  REQUIRE(form->custom.size() == 2);
  CHECK(form->custom[1].value.text == "2");
}

}  // namespace
