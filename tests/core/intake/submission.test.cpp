#include "core/intake/submission.hpp"

#include <catch2/catch.hpp>

#include <array>

#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

constexpr FormRules kRules = {.default_country = "IN", .honeypot_field = "lead_hp"};

TEST_CASE("a submission is understood whatever form tool sent it", "[intake][submission]") {
  auto [type, sent] = GENERATE(table<std::string, std::string>({
      {"application/json",
       R"({"full_name":"Ada Lovelace","email":"Ada@B.co","tel":"98765 43210","budget":"5k","scroll":"80","optIn":"yes"})"},
      {"application/x-www-form-urlencoded",
       "your-name=Ada+Lovelace&your-email=ada%40b.co&mobile=%2B91+98765+43210&budget=5k&scroll_percent=80&"
       "gdpr_consent=yes"},
      {"multipart/form-data; boundary=b",
       "--b\r\nContent-Disposition: form-data; name=\"form[first_name]\"\r\n\r\nAda\r\n"
       "--b\r\nContent-Disposition: form-data; name=\"form[last_name]\"\r\n\r\nLovelace\r\n"
       "--b\r\nContent-Disposition: form-data; name=\"form[email]\"\r\n\r\n ada@b.co\r\n"
       "--b\r\nContent-Disposition: form-data; name=\"phone\"\r\n\r\n0091 98765-43210\r\n"
       "--b\r\nContent-Disposition: form-data; name=\"scrollDepth\"\r\n\r\n80\r\n"
       "--b\r\nContent-Disposition: form-data; name=\"consent\"\r\n\r\nyes\r\n"
       "--b\r\nContent-Disposition: form-data; name=\"budget\"\r\n\r\n5k\r\n--b--\r\n"},
  }));
  CAPTURE(type);
  std::string body = sent;
  const auto form = decode(type, body);
  REQUIRE(form.has_value());
  const auto submission = understand(*form, kRules);
  REQUIRE(submission.has_value());
  CHECK(submission->contact.name == "Ada Lovelace");
  CHECK(submission->contact.email == "ada@b.co");
  CHECK(submission->contact.phone == "+919876543210");
  CHECK(submission->engagement.scroll_depth == 80.0);
  CHECK(submission->consent == "yes");
  CHECK(submission->custom_json == R"({"budget":"5k"})");
  CHECK_FALSE(submission->honeypot_filled);
}

TEST_CASE("faults of the contact refuse a submission, and only they", "[intake][submission]") {
  std::string body = R"({"email":"nobody","page":"broken","time_on_page":"soon","lead_hp":"x"})";
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  const auto submission = understand(*form, kRules);
  REQUIRE_FALSE(submission.has_value());
  CHECK(submission.error().code == ErrorCode::validation_failed);
  REQUIRE(submission.error().fields.size() == 1);
  CHECK(submission.error().fields[0].code == "invalid_email");
  CHECK(submission.error().detail.find("email") != std::string::npos);
}

TEST_CASE("a honeypot named like a field gives way to the field's other spellings", "[intake][submission]") {
  std::string body = "email=a@b.co&name=Ada&full_name=Bot&website=x&lead_hp=";
  const auto form = decode("application/x-www-form-urlencoded", body);
  REQUIRE(form.has_value());
  const auto submission = understand(*form, {.default_country = "", .honeypot_field = "full_name"});
  REQUIRE(submission.has_value());
  CHECK(submission->contact.name == "Ada");
  CHECK(submission->honeypot_filled);
  CHECK(submission->custom_json == R"({"website":"x"})");
  const auto other = understand(*form, {.default_country = "", .honeypot_field = "name"});
  REQUIRE(other.has_value());
  CHECK(other->contact.name == "Bot");
}

std::string hostile_form(tests::Random& random) {
  static constexpr std::array<std::string_view, 20> kNames = {
      "email",    "phone",   "name",   "first_name", "last_name",  "company",      "message",
      "page",     "referer", "source", "cta",        "utm_source", "time_on_page", "consent",
      "redirect", "budget",  "budget", "lead_hp",    "x[y]",       "\u00E9"};
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.member("work_email", "a@b.co");
  std::string used;
  for (std::size_t left = random.below(12); left > 0; --left) {
    const std::string_view name = random.pick(kNames);
    if (name != "budget" && used.find(name) != std::string::npos) continue;
    used += name;
    writer.member(name, tests::hostile_text(random, random.below(10) == 0 ? 3000 : 12));
  }
  writer.end_object();
  writer.finish();
  return out;
}

TEST_CASE("whatever is understood is well-formed and within its limits", "[intake][submission]") {
  tests::Random random(10);
  int understood = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string body = hostile_form(random);
    if (body.size() > schema::kMaxBodyBytes) continue;
    const auto form = decode("application/json", body);
    REQUIRE(form.has_value());
    const auto submission = understand(*form, kRules);
    if (!submission) {
      REQUIRE_FALSE(submission.error().fields.empty());
      continue;
    }
    ++understood;
    const Contact& contact = submission->contact;
    const Context& context = submission->context;
    REQUIRE((!contact.email.empty() || contact.phone_is_e164));
    for (const std::string* text : {&contact.name, &contact.company}) {
      REQUIRE(text::is_utf8(*text));
      REQUIRE(text::count_code_points(*text) <= 200);
      REQUIRE(text->find_first_of("\r\n\t\x01\x7F") == std::string::npos);
    }
    REQUIRE(text::is_utf8(contact.message));
    REQUIRE(contact.message.find('\r') == std::string::npos);
    for (const std::string* text : {&context.source, &context.referer, &context.referer_host, &context.page,
                                    &context.landing_path, &context.cta, &context.utm_source,
                                    &submission->consent, &submission->redirect, &submission->turnstile}) {
      REQUIRE(text::is_utf8(*text));
      REQUIRE(text->size() <= schema::kMaxContextBytes);
    }
    if (submission->custom_json.empty()) continue;
    std::string custom = submission->custom_json;
    REQUIRE(json::Document::parse(custom).has_value());
  }
  CHECK(understood > 500);
}

}  // namespace
