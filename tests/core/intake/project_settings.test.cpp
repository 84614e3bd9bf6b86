#include "core/intake/project_settings.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace leadledger;
using namespace leadledger::intake;

namespace {

/// Applies a JSON object; the names and codes of its faults.
std::string faults_of(std::string body, ProjectSettings& settings) {
  const auto document = json::Document::parse(body);
  REQUIRE(document.has_value());
  std::string out;
  for (const FieldError& fault : apply_settings(settings, document->root())) {
    CHECK_FALSE(fault.reason.empty());
    out += (out.empty() ? "" : " ") + fault.name + ":" + fault.code;
  }
  return out;
}

std::string faults_of(std::string body) {
  ProjectSettings settings;
  return faults_of(std::move(body), settings);
}

std::string written(const ProjectSettings& settings) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  write_settings(writer, settings);
  writer.end_object();
  writer.finish();
  return out;
}

bool allows(const std::string& pattern, std::string_view origin) {
  ProjectSettings settings;
  REQUIRE(faults_of(R"({"allowed_origins":[")" + pattern + "\"]}", settings).empty());
  return allows_origin(settings, origin);
}

}  // namespace

TEST_CASE("Settings that were written are read as the same", "[project_settings]") {
  ProjectSettings settings;
  REQUIRE(faults_of(R"({"slug":"acme","name":" Acme \"GmbH\" ","allowed_origins":["https://WWW.acme.com","*"],
    "honeypot_field":"hp","default_country":"in","bot_response":"reject","min_form_seconds":5,
    "turnstile_secret":"TURNSTILE_SECRET_1",
    "test_rules":{"emails":["QA@Acme.com"],"domains":["qa.acme.com"],"addresses":["192.0.2.0/24"]}})",
                    settings)
              .empty());
  CHECK(settings.name == "Acme \"GmbH\"");
  CHECK(settings.allowed_origins == std::vector<std::string>{"https://www.acme.com", "*"});
  CHECK(settings.default_country == "IN");
  CHECK(settings.bot_response == BotResponse::reject);
  CHECK(settings.test_rules.emails == std::vector<std::string>{"qa@acme.com"});
  ProjectSettings back;
  REQUIRE(faults_of(written(settings), back).empty());
  CHECK(written(back) == written(settings));
}

TEST_CASE("Members that are not there stay as they are", "[project_settings]") {
  ProjectSettings settings;
  settings.min_form_seconds = 7;
  settings.test_rules.emails = {"a@b.co"};
  CHECK(faults_of(R"({"name":"New","test_rules":{"domains":["b.co"]}})", settings).empty());
  CHECK(settings.min_form_seconds == 7);
  CHECK(settings.test_rules.emails.size() == 1);
  CHECK(settings.test_rules.domains.size() == 1);
  CHECK(settings.name == "New");
}

TEST_CASE("Every fault of settings is named", "[project_settings]") {
  const std::string long_text(201, 'x');
  const auto [body, faults] = GENERATE_REF(table<std::string, std::string>({
      {R"({"nmae":"x"})", "nmae:unknown"},
      {R"({"name":5})", "name:wrong_type"},
      {R"({"name":"  "})", "name:required"},
      {R"({"name":")" + long_text + R"("})", "name:too_long"},
      {R"({"allowed_origins":"*"})", "allowed_origins:wrong_type"},
      {R"({"allowed_origins":[5]})", "allowed_origins[0]:not_allowed"},
      {R"({"allowed_origins":["https://acme.com","acme.com","https://acme.com","*x"]})",
       "allowed_origins[1]:not_allowed allowed_origins[3]:not_allowed"},
      {R"({"honeypot_field":""})", "honeypot_field:required"},
      {R"({"default_country":"IND"})", "default_country:too_long"},
      {R"({"default_country":"I"})", "default_country:not_allowed"},
      {R"({"default_country":"1N"})", "default_country:not_allowed"},
      {R"({"default_country":null})", "default_country:wrong_type"},
      {R"({"bot_response":"maybe"})", "bot_response:not_allowed"},
      {R"({"bot_response":true})", "bot_response:not_allowed"},
      {R"({"min_form_seconds":61})", "min_form_seconds:not_allowed"},
      {R"({"min_form_seconds":-1})", "min_form_seconds:not_allowed"},
      {R"({"min_form_seconds":1.5})", "min_form_seconds:not_allowed"},
      {R"({"min_form_seconds":"5"})", "min_form_seconds:not_allowed"},
      {R"({"turnstile_secret":"API_KEYS"})", "turnstile_secret:not_allowed"},
      {R"({"turnstile_secret":"TURNSTILE_SECRET}}"})", "turnstile_secret:not_allowed"},
      {R"({"test_rules":[]})", "test_rules:wrong_type"},
      {R"({"test_rules":{"ips":[]}})", "test_rules.ips:unknown"},
      {R"({"test_rules":{"emails":["acme.com"]}})", "test_rules.emails[0]:not_allowed"},
      {R"({"test_rules":{"domains":["*.acme.com"]}})", "test_rules.domains[0]:not_allowed"},
      {R"({"test_rules":{"domains":[""]}})", "test_rules.domains[0]:not_allowed"},
      {R"({"test_rules":{"addresses":["192.0.2.0/33"]}})", "test_rules.addresses[0]:not_allowed"},
      {R"({"name":"","bot_response":1,"x":2})", "name:required bot_response:not_allowed x:unknown"},
      {R"({"name":"x","turnstile_secret":"","default_country":"","min_form_seconds":0})", ""},
  }));
  CAPTURE(body);
  CHECK(faults_of(body) == faults);
}

TEST_CASE("A list has at most 100 items, repeated ones counted once", "[project_settings]") {
  std::string items;
  for (int at = 0; at < 100; ++at) items += "\"d" + std::to_string(at) + ".acme.com\",";
  CHECK(faults_of(R"({"test_rules":{"domains":[)" + items + R"("D0.acme.com"]}})").empty());
  CHECK(faults_of(R"({"test_rules":{"domains":[)" + items + R"("more.com"]}})") ==
        "test_rules.domains:too_long");
}

TEST_CASE("An origin is a scheme, a host and a port, and nothing more", "[project_settings]") {
  const auto [origin, good] = GENERATE(table<std::string, bool>({
      {"https://acme.com", true},
      {"http://localhost:3000", true},
      {"https://*.acme.com:8443", true},
      {"*", true},
      {"https://[::1]:8080", true},
      {"https://[2001:db8::1]", true},
      {"https://m\u00fcller.de", true},
      {"acme.com", false},
      {"https://", false},
      {"https://*", false},
      {"https://*.", false},
      {"**", false},
      {"https://acme.com/", false},
      {"https://acme.com/path", false},
      {"https://a b.com", false},
      {"https://user@acme.com", false},
      {"https://acme.com:0", false},
      {"https://acme.com:65536", false},
      {"https://acme.com:", false},
      {"https://acme.com:x", false},
      {"https://a.*.com", false},
      {"ftp://acme.com", false},
      {"null", false},
      {"javascript:x", false},
      {"", false},
  }));
  CAPTURE(origin);
  CHECK(faults_of(R"({"allowed_origins":[")" + origin + "\"]}").empty() == good);
}

TEST_CASE("An origin is allowed by itself, by a wildcard above it, or by *", "[project_settings][origin]") {
  const auto [pattern, origin, allowed] = GENERATE(table<std::string, std::string, bool>({
      {"https://acme.com", "https://acme.com", true},
      {"https://acme.com", "HTTPS://ACME.com", true},
      {"https://acme.com", "http://acme.com", false},
      {"https://acme.com", "https://acme.com:8443", false},
      {"https://acme.com", "https://www.acme.com", false},
      {"https://acme.com", "https://acme.com.evil.example", false},
      {"https://acme.com", "https://evil-acme.com", false},
      {"https://*.acme.com", "https://www.acme.com", true},
      {"https://*.acme.com", "https://a.b.acme.com", true},
      {"https://*.acme.com", "https://acme.com", false},
      {"https://*.acme.com", "https://.acme.com", false},
      {"https://*.acme.com", "https://evil-acme.com", false},
      {"https://*.acme.com", "https://evilacme.com", false},
      {"https://*.acme.com", "https://www.acme.com.evil.example", false},
      {"https://*.acme.com", "https://www.acme.com:8443", false},
      {"https://*.acme.com", "http://www.acme.com", false},
      {"https://*.acme.com:8443", "https://www.acme.com:8443", true},
      {"https://*.acme.com:8443", "https://www.acme.com", false},
      {"*", "https://anything.example", true},
      {"*", "null", true},
  }));
  CAPTURE(pattern, origin);
  CHECK(allows(pattern, origin) == allowed);
}

TEST_CASE("Without a list no origin is allowed", "[project_settings][origin]") {
  CHECK_FALSE(allows_origin({}, "https://acme.com"));
  CHECK_FALSE(allows_origin({}, ""));
}

TEST_CASE("A slug fits Analytics Engine's index and every address", "[project_settings]") {
  const auto [slug, good] = GENERATE(table<std::string, bool>({
      {"acme", true},
      {"a", true},
      {"0-_a", true},
      {std::string(64, 'a'), true},
      {std::string(65, 'a'), false},
      {"", false},
      {"-a", false},
      {"_a", false},
      {"Acme", false},
      {"a b", false},
      {"a/b", false},
      {"a'b", false},
      {"\u00e9", false},
      {"a.b", false},
      {"a\n", false},
  }));
  CAPTURE(slug);
  CHECK(is_project_slug(slug) == good);
}
