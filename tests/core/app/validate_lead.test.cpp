// POST /api/leads/validate explains a verdict and writes nothing.
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

Incoming validate(std::string body) { return admin("POST", "/api/leads/validate", std::move(body)); }

const char* const kPerson = R"([[{"by_email":null,"by_phone":null}]])";

/// No effect may write: only reading statements, no point, no queue, no count against a limit.
void check_nothing_written(const Host& host) {
  for (const std::string& kind : host.history()) {
    CAPTURE(kind);
    CHECK((kind == "d1.batch" || kind == "respond" || kind == "signal.bot_user_agent" ||
           kind == "stream.read"));
  }
  for (const std::string& sql : host.statements()) CHECK(sql.starts_with("SELECT "));
  CHECK(host.points().empty());
}

}  // namespace

TEST_CASE("Validating shows the verdict and the point, and writes nothing", "[validate]") {
  Host host(validate(R"({"project":"acme","email":"ada@lovelace.uk","cta":"O'Brien"})")
                .with("idempotency-key", "k"));
  CHECK(host.kinds() == "d1.batch");
  host.answer("d1.batch", "ok", settings_reply());
  host.answer("d1.batch", "ok", kPerson);
  CHECK(host.response().status == 200);
  CHECK(host.response().member("event_type") == "primary");
  CHECK(host.response().member("lead_id") == "NULL");
  CHECK(host.response().member("reasons.0.code") == "new_person");
  CHECK(host.response().member("point.indexes.0") == "acme");
  CHECK(host.response().member("point.blobs.3") == "O\u2019Brien");
  CHECK(host.response().member("point.blobs.19") == "primary");
  check_nothing_written(host);
}

TEST_CASE("Validating knows the person by e-mail, else by phone", "[validate]") {
  const auto [row, lead, reason] = GENERATE(table<std::string, std::string, std::string>({
      {R"([[{"by_email":"lead_e","by_phone":"lead_p"}]])", "lead_e", "known_email"},
      {R"([[{"by_email":null,"by_phone":"lead_p"}]])", "lead_p", "known_phone"},
  }));
  Host host(validate(R"({"project":"acme","email":"ada@lovelace.uk","phone":"+919812345678"})"));
  host.answer("d1.batch", "ok", settings_reply());
  CHECK(host.only("d1.batch").params[0] ==
        std::vector<std::string>{"acme", "ada@lovelace.uk", "+919812345678"});
  host.answer("d1.batch", "ok", row);
  CHECK(host.response().member("event_type") == "follow_up");
  CHECK(host.response().member("lead_id") == lead);
  CHECK(host.response().member("reasons.0.code") == reason);
  CHECK(host.response().member("point.blobs.18") == lead);
  check_nothing_written(host);
}

TEST_CASE("What is rejected is explained without asking for the person", "[validate]") {
  Host host(validate(R"({"project":"acme","email":"ada+test@lovelace.uk"})"));
  host.answer("d1.batch", "ok", settings_reply());
  CHECK(host.response().status == 200);
  CHECK(host.response().member("event_type") == "test");
  CHECK(host.response().member("lead_id") == "NULL");
  check_nothing_written(host);
}

TEST_CASE("The visitor of a validation is judged, and not counted", "[validate]") {
  Host host(validate(
      R"({"project":"acme","email":"a@lovelace.uk","visitor":{"user_agent":"curl/8","ip":"192.0.2.1"}})"));
  CHECK(host.kinds() == "d1.batch signal.bot_user_agent");
  host.answer("signal.bot_user_agent", "ok yes");
  host.answer("d1.batch", "ok", settings_reply());
  CHECK(host.response().member("event_type") == "bot");
  check_nothing_written(host);
}

TEST_CASE("A validation that cannot be answered says why", "[validate]") {
  SECTION("no key") {
    Incoming incoming = validate(R"({"project":"acme","email":"ada@lovelace.uk"})");
    incoming.key_digest.clear();
    Host host(incoming);
    CHECK(host.response().status == 401);
    CHECK_FALSE(host.response().header("www-authenticate").empty());
    check_nothing_written(host);
  }
  SECTION("a marketing key") {
    Incoming incoming = validate("{}");
    incoming.key_digest = kMarketingDigest;
    CHECK(Host(incoming).response().status == 403);
  }
  SECTION("out of reach") {
    Incoming incoming = validate(R"({"project":"other","email":"ada@lovelace.uk"})");
    incoming.key_digest = kLimitedDigest;
    Host host(incoming);
    pass_judging(host);
    CHECK(host.response().status == 403);
    check_nothing_written(host);
  }
  SECTION("a broken body") { CHECK(Host(validate("{")).response().status == 400); }
  SECTION("the ledger is down for settings") {
    Host host(validate(R"({"project":"acme","email":"ada@lovelace.uk"})"));
    host.answer("d1.batch", "failed: down");
    CHECK(host.response().status == 503);
    check_nothing_written(host);
  }
  SECTION("the ledger is down for the person") {
    Host host(validate(R"({"project":"acme","email":"ada@lovelace.uk"})"));
    host.answer("d1.batch", "ok", settings_reply());
    host.answer("d1.batch", GENERATE("failed: down", "ok"), "");
    CHECK(host.response().status == 503);
    check_nothing_written(host);
  }
}
