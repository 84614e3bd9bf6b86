#include "core/intake/verdict.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/core/intake/judging.hpp"

using namespace leadledger;
using namespace leadledger::intake;
using tests::Case;
using tests::has;

namespace {

std::string codes(const Verdict& verdict) {
  std::string out;
  for (const ReasonGiven& given : verdict.reasons) {
    out += (out.empty() ? "" : " ") + std::string(schema::info(given.reason).code);
  }
  return out;
}

Verdict of_email(std::string email) {
  Case one;
  one.submission.contact.email = std::move(email);
  return one.decide();
}

Verdict of_network(std::uint32_t asn, std::string_view organization) {
  Case one;
  one.visitor.asn = asn;
  one.visitor.as_organization = organization;
  return one.decide();
}

/// A case in which a reason of each kind that decides an event type holds, as far as asked for.
Case of_kinds(bool blocked, bool bot, bool test) {
  Case one;
  one.signals.origin_allowed = !blocked;
  one.signals.bot_user_agent = bot;
  one.signals.test_header = test;
  return one;
}

}  // namespace

TEST_CASE("A submission with nothing wrong is accepted without a reason", "[verdict]") {
  const Verdict verdict = Case().decide();
  CHECK(verdict.accepted);
  CHECK(codes(verdict).empty());
  CHECK_FALSE((verdict.vpn || verdict.suspicious || verdict.hot));
  CHECK(verdict.bot_score == 0);
}

TEST_CASE("The event type is the first that holds of blocked, bot and test", "[verdict]") {
  const bool blocked = GENERATE(true, false);
  const bool bot = GENERATE(true, false);
  const bool test = GENERATE(true, false);
  const Verdict verdict = of_kinds(blocked, bot, test).decide();
  const EventType expected = blocked ? EventType::blocked
                             : bot   ? EventType::bot
                             : test  ? EventType::test
                                     : EventType::primary;
  CHECK(verdict.event_type == expected);
  CHECK(verdict.accepted == (expected == EventType::primary));
  // All rules are evaluated whatever the event type is.
  CHECK(has(verdict, Reason::origin_not_allowed) == blocked);
  CHECK(has(verdict, Reason::bot_user_agent) == bot);
  CHECK(has(verdict, Reason::test_header) == test);
}

TEST_CASE("Reasons of the event type come first, the others in the order of the rules", "[verdict]") {
  Case one = of_kinds(false, false, true);
  one.submission.honeypot_filled = true;
  one.visitor.country = "T1";
  CHECK(codes(one.decide()) == "test_header honeypot_filled tor_exit bot_evidence");
  one.signals.bot_user_agent = true;
  CHECK(codes(one.decide()) == "bot_user_agent honeypot_filled test_header tor_exit");
  one.signals.rate_limited = true;
  one.signals.blocked_by = "blk_1";
  CHECK(codes(one.decide()) ==
        "rate_limited address_blocked bot_user_agent honeypot_filled test_header tor_exit");
}

TEST_CASE("Each sign of being blocked blocks alone", "[verdict]") {
  const Reason expected = GENERATE(Reason::rate_limited, Reason::origin_not_allowed, Reason::address_blocked);
  Case one;
  one.signals.rate_limited = expected == Reason::rate_limited;
  one.signals.origin_allowed = expected != Reason::origin_not_allowed;
  one.signals.blocked_by = expected == Reason::address_blocked ? "blk_1" : "";
  const Verdict verdict = one.decide();
  CHECK(verdict.event_type == EventType::blocked);
  REQUIRE(verdict.reasons.size() == 1);
  CHECK(verdict.reasons[0].reason == expected);
  CHECK(verdict.reasons[0].detail == one.signals.blocked_by);
}

TEST_CASE("Test e-mails are told by rule, tag and reserved domain", "[verdict]") {
  const auto [email, code] = GENERATE(table<std::string, std::string>({
      {"ada+test@lovelace.uk", "test_plus_tag"},
      {"ada+x+test@lovelace.uk", "test_plus_tag"},
      {"ada+test+x@lovelace.uk", "test_plus_tag"},
      {"ada+testing@lovelace.uk", ""},
      {"test@lovelace.uk", ""},
      {"ada@test.uk", ""},
      {"a@example.com", "reserved_domain"},
      {"a@mail.example.org", "reserved_domain"},
      {"a@myexample.com", ""},
      {"a@example.com.au", ""},
      {"a@acme.test", "reserved_domain"},
      {"a@acme.invalid", "reserved_domain"},
      {"a@localhost", "reserved_domain"},
      {"a@contest", ""},
      {"", ""},
  }));
  CAPTURE(email);
  const Verdict verdict = of_email(email);
  CHECK(codes(verdict) == code);
  CHECK((verdict.event_type == EventType::test) == !code.empty());
}

TEST_CASE("A project's own test rules hold for exactly what they name", "[verdict]") {
  Case one;
  one.project.test_rules = {{"qa@acme.com"}, {"qa.acme.com"}, {"198.51.100.0/24", "2001:db8::1"}};
  const auto [email, ip, code] = GENERATE(table<std::string, std::string, std::string>({
      {"qa@acme.com", "192.0.2.1", "test_email"},
      {"xqa@acme.com", "192.0.2.1", ""},
      {"a@qa.acme.com", "192.0.2.1", "test_domain"},
      {"a@deep.qa.acme.com", "192.0.2.1", "test_domain"},
      {"a@xqa.acme.com", "192.0.2.1", ""},
      {"a@acme.com", "198.51.100.255", "test_address"},
      {"a@acme.com", "198.51.101.0", ""},
      {"a@acme.com", "2001:db8::1", "test_address"},
      {"a@acme.com", "", ""},
      {"", "198.51.100.1", "test_address"},
  }));
  CAPTURE(email, ip);
  one.submission.contact.email = email;
  one.visitor.ip = ip;
  CHECK(codes(one.decide()) == code);
}

TEST_CASE("Networks of servers and Tor set the flag vpn and nothing else", "[verdict]") {
  const auto [asn, organization, flagged] = GENERATE(table<std::uint32_t, std::string, bool>({
      {16509, "Amazon", true},
      {14061, "", true},
      {55836, "Jio", false},
      {0, "", false},
      {64500, "NordVPN S.A.", true},
      {64500, "Best HOSTING Ltd", true},
      {64500, "Example Data Center", true},
      {64500, "Telecom", false},
  }));
  CAPTURE(asn, organization);
  const Verdict verdict = of_network(asn, organization);
  CHECK(verdict.vpn == flagged);
  CHECK(has(verdict, Reason::hosting_network) == flagged);
  CHECK(verdict.accepted);
  CHECK_FALSE(verdict.suspicious);
}

TEST_CASE("Tor is told by the country that Cloudflare gives it", "[verdict]") {
  Case one;
  one.visitor.country = "T1";
  CHECK(codes(one.decide()) == "tor_exit");
  CHECK(one.decide().vpn);
}

TEST_CASE("Throw-away e-mail domains are suspicious, their subdomains too", "[verdict]") {
  const auto [email, flagged] = GENERATE(table<std::string, bool>({
      {"a@mailinator.com", true},
      {"a@yopmail.com", true},
      {"a@any.thing.mailinator.com", true},
      {"a@notmailinator.example.uk", false},
      {"a@mailinator.com.acme.uk", false},
      {"a@gmail.com", false},
      {"a@com", false},
      {"", false},
  }));
  CAPTURE(email);
  const Verdict verdict = of_email(email);
  CHECK(has(verdict, Reason::disposable_email) == flagged);
  CHECK(verdict.suspicious == flagged);
  CHECK(verdict.accepted);
}

TEST_CASE("A phone number is compared with the country of the address", "[verdict]") {
  const auto [phone, code, e164, country, reason] =
      GENERATE(table<std::string, std::string, bool, std::string, std::string>({
          {"+919812345678", "91", true, "IN", ""},
          {"+919812345678", "91", true, "US", "phone_country_differs"},
          {"+12125550123", "1", true, "CA", ""},  // one plan, two countries
          {"+919812345678", "91", true, "", ""},
          {"+919812345678", "91", true, "XX", ""},
          {"12345", "", false, "IN", "phone_unreadable"},
          {"", "", false, "IN", ""},
      }));
  CAPTURE(phone, country);
  Case one;
  one.submission.contact.phone = phone;
  one.submission.contact.phone_calling_code = code;
  one.submission.contact.phone_is_e164 = e164;
  one.visitor.country = country;
  CHECK(codes(one.decide()) == reason);
  CHECK(one.decide().suspicious == !reason.empty());
}

TEST_CASE("An odd name is suspicious, no more", "[verdict]") {
  Case one;
  one.submission.contact.name = "asdf";
  CHECK(codes(one.decide()) == "odd_name");
  CHECK(one.decide().suspicious);
  CHECK(one.decide().accepted);
}

TEST_CASE("Turnstile makes a submission suspicious at most", "[verdict]") {
  const auto [outcome, code] = GENERATE(table<TurnstileOutcome, std::string>({
      {TurnstileOutcome::not_asked, ""},
      {TurnstileOutcome::passed, ""},
      {TurnstileOutcome::failed, "turnstile_failed"},
      {TurnstileOutcome::missing, "turnstile_missing"},
      {TurnstileOutcome::unavailable, "turnstile_unavailable"},
  }));
  Case one;
  one.signals.turnstile = outcome;
  CHECK(codes(one.decide()) == code);
  CHECK(one.decide().suspicious == !code.empty());
  CHECK(one.decide().accepted);
}

TEST_CASE("Flags do not depend on the event type", "[verdict]") {
  Case one = of_kinds(GENERATE(true, false), GENERATE(true, false), GENERATE(true, false));
  one.visitor.country = "T1";
  one.submission.contact.name = "asdf";
  const Verdict verdict = one.decide();
  CHECK(verdict.vpn);
  CHECK(verdict.suspicious);
}

TEST_CASE("What the ledger says of the person settles an accepted verdict", "[verdict]") {
  const auto [reason, type] = GENERATE(table<Reason, EventType>({
      {Reason::new_person, EventType::primary},
      {Reason::known_email, EventType::follow_up},
      {Reason::known_phone, EventType::follow_up},
  }));
  Case one;
  one.visitor.country = "T1";
  Verdict verdict = one.decide();
  settle_person(verdict, reason);
  CHECK(verdict.event_type == type);
  REQUIRE(verdict.reasons.size() == 2);
  CHECK(verdict.reasons[0].reason == reason);
  CHECK(verdict.reasons[1].reason == Reason::tor_exit);
}

TEST_CASE("Every reason has a code that finds it, and a text", "[verdict]") {
  for (std::size_t at = 0; at < schema::kReasons.size(); ++at) {
    CHECK(find_reason(schema::kReasons[at].code) == static_cast<Reason>(at));
    CHECK_FALSE(schema::kReasons[at].text.empty());
  }
  CHECK_FALSE(find_reason("").has_value());
  CHECK_FALSE(find_reason("Rate_limited").has_value());
}

TEST_CASE("Reasons are written with their text and detail", "[verdict]") {
  std::string out;
  json::Writer writer(out);
  write_reasons(writer, {{Reason::tor_exit, ""}, {Reason::test_email, "a\"b@c.de"}});
  writer.finish();
  CHECK(out == R"([{"code":"tor_exit","detail":"the request came through Tor"},{"code":"test_email",)"
               R"("detail":"the e-mail is one of the project's test e-mails: a\"b@c.de"}])");
}
