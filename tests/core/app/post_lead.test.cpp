// POST /api/leads, as long as everything outside works.
#include <catch2/catch.hpp>
#include <string>

#include "core/app/handlers.hpp"
#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

const char* const kLead =
    R"({"project":"acme","name":"Ada Lovelace","email":"ada@lovelace.uk","cta":"Book a demo"})";

Incoming form_post(std::string body) {
  Incoming incoming = post(std::move(body));
  incoming.with("content-type", "application/x-www-form-urlencoded");
  return incoming;
}

}  // namespace

TEST_CASE("A lead is judged, kept in one transaction and counted by one point", "[post_lead]") {
  Host host(post(kLead));
  CHECK(host.kinds() == "d1.batch rate.limit");
  const Asked settings = host.only("d1.batch");
  REQUIRE(settings.params.size() == 1);
  CHECK(settings.params[0] == std::vector<std::string>{"acme"});
  CHECK(settings.member("cache_s") == "60");
  CHECK(settings.member("cache_empty_s") == "2");
  CHECK(host.only("rate.limit").member("limit") == "posts");
  CHECK(host.only("rate.limit").member("key") == "acme 203.0.113.7");
  host.answer("rate.limit", "ok pass");
  CHECK(host.kinds() == "d1.batch");
  host.answer("d1.batch", "ok", settings_reply());

  REQUIRE(host.kinds() == "d1.batch");
  CHECK(host.only("d1.batch").member("cache_s") == "(none)");
  CHECK(host.only("d1.batch").sql.size() == 4);
  CHECK(host.points().empty());
  CHECK_FALSE(host.responded());
  keep(host);

  REQUIRE(host.done());
  CHECK(host.response().status == 201);
  CHECK(host.response().body ==
        R"({"submission_id":"sub_0000000000004000800000000000000a","status":"received"})");
  CHECK(host.response().header("x-request-id") == "req_0000000000004000800000000000000d");
  CHECK(host.response().header("access-control-allow-origin") == "https://www.acme.com");
  CHECK(host.response().header("cache-control") == "no-store");
  CHECK(host.response().header("idempotency-replayed").empty());
  REQUIRE(host.points().size() == 1);
  CHECK(point_at(host, "indexes.0") == "acme");
  CHECK(point_at(host, "blobs.19") == "primary");
  CHECK(point_at(host, "blobs.18") == "lead_0000000000004000800000000000000b");
  CHECK(point_at(host, "blobs.17") == "new_person");
  CHECK(point_at(host, "blobs.11") == "Pune");
  CHECK(point_at(host, "doubles.9") == "1795248000");
  CHECK(host.waiting().empty());
}

TEST_CASE("No point and no answer hold a contact's data", "[post_lead]") {
  Host host(post(R"({"project":"acme","name":"Zoe Quux","email":"zoe@quux.fi","phone":"+358401234567",
                     "company":"Quux Oy","message":"call me"})"));
  pass_judging(host);
  keep(host);
  for (const std::string_view secret : {"Zoe", "quux", "Quux", "358", "call me", "203.0.113.7", "Mozilla"}) {
    CAPTURE(secret);
    CHECK(host.points().at(0).find(secret) == std::string::npos);
    CHECK(host.response().body.find(secret) == std::string::npos);
  }
}

TEST_CASE("Everything that judging needs is asked for at once", "[post_lead]") {
  Incoming incoming = post(R"({"project":"acme","email":"ada@lovelace.uk",
                               "visitor":{"ip":"198.51.100.9","user_agent":"Safari"}})");
  incoming.key_digest = kAdminDigest;
  incoming.with("idempotency-key", "key-1");
  Host host(incoming);
  CHECK(host.kinds() == "d1.batch rate.limit digest signal.bot_user_agent");
  CHECK(host.only("rate.limit").member("key") == "acme 198.51.100.9");
  CHECK(host.only("signal.bot_user_agent").member("user_agent") == "Safari");
  CHECK(host.only("digest").body.starts_with("acme\nkey-1"));
  CHECK(host.only("digest").member("split") == "10");
}

TEST_CASE("Replies may come in any order", "[post_lead]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  const std::string order = GENERATE(as<std::string>{}, "dls", "dsl", "lds", "lsd", "sdl", "sld");
  Host host(incoming);
  for (const char which : order) {
    CHECK_FALSE(host.responded());
    if (which == 'd') host.answer("digest", "ok", std::string(32, '\x11') + std::string(32, '\x22'));
    if (which == 'l') host.answer("rate.limit", "ok pass");
    if (which == 's') host.answer("d1.batch", "ok", settings_reply());
  }
  REQUIRE(host.kinds() == "d1.batch");
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(host.response().member("submission_id") == "sub_" + std::string(32, '1'));
}

TEST_CASE("A known person's submission is a follow_up, and the public cannot tell", "[post_lead]") {
  const auto [person, reason] = GENERATE(
      table<std::string, std::string>({{"known_email", "known_email"}, {"known_phone", "known_phone"}}));
  Host host(post(kLead));
  pass_judging(host);
  keep(host, {.person = person, .lead_id = "lead_before"});
  CHECK(host.response().status == 201);
  CHECK(host.response().body ==
        R"({"submission_id":"sub_0000000000004000800000000000000a","status":"received"})");
  CHECK(point_at(host, "blobs.19") == "follow_up");
  CHECK(point_at(host, "blobs.18") == "lead_before");
  CHECK(point_at(host, "blobs.17") == reason);
}

TEST_CASE("An admin key sees the verdict", "[post_lead]") {
  Incoming incoming = post(kLead);
  incoming.key_digest = kAdminDigest;
  Host host(incoming);
  pass_judging(host);
  keep(host);
  const Answer& answer = host.response();
  CHECK(answer.status == 201);
  CHECK(answer.member("lead_id") == "lead_0000000000004000800000000000000b");
  CHECK(answer.member("event_type") == "primary");
  CHECK(answer.member("flags.vpn") == "false");
  CHECK(answer.member("reasons.0.code") == "new_person");
  CHECK(answer.member("ruleset") != "(none)");
}

TEST_CASE("A key that may not post is refused before anything is asked", "[post_lead]") {
  const auto [digest, status] = GENERATE(table<std::string, int>(
      {{"unknown", 401}, {std::string(kMarketingDigest), 403}, {std::string(kExpiredDigest), 401}}));
  Incoming incoming = post(kLead);
  incoming.key_digest = digest;
  Host host(incoming);
  CHECK(host.response().status == status);
  CHECK(host.history() == std::vector<std::string>{"respond"});
}

TEST_CASE("An admin key posts only to projects it reaches", "[post_lead]") {
  Incoming incoming = post(R"({"project":"other","email":"ada@lovelace.uk"})");
  incoming.key_digest = kLimitedDigest;
  Host host(incoming);
  pass_judging(host);
  CHECK(host.response().status == 403);
  CHECK(host.points().empty());
  for (const std::string& sql : host.statements()) CHECK(sql.starts_with("SELECT"));
}

TEST_CASE("A visitor is a trusted server's to name", "[post_lead]") {
  const std::string body =
      R"({"project":"acme","email":"ada@lovelace.uk","visitor":{"ip":"198.51.100.9","country":"T1","city":"Oslo"}})";
  SECTION("with an admin key the visitor is judged") {
    Incoming incoming = post(body);
    incoming.key_digest = kAdminDigest;
    Host host(incoming);
    pass_judging(host);
    keep(host);
    CHECK(host.response().member("flags.vpn") == "true");
    CHECK(point_at(host, "blobs.11") == "Oslo");
  }
  SECTION("without one it is ignored") {
    Host host(post(body));
    CHECK(host.only("rate.limit").member("key") == "acme 203.0.113.7");
    pass_judging(host);
    keep(host);
    CHECK(point_at(host, "blobs.11") == "Pune");
    CHECK(point_at(host, "doubles.0") == "0");
  }
}

TEST_CASE("What is no submission leaves nothing behind", "[post_lead]") {
  const auto [body, status, code, asks] = GENERATE(table<std::string, int, std::string, bool>({
      {"{", 400, "malformed_body", false},
      {"[]", 400, "malformed_body", false},
      {R"({"email":"ada@lovelace.uk"})", 422, "validation_failed", false},
      {R"({"project":"No Slug","email":"ada@lovelace.uk"})", 422, "validation_failed", false},
      {R"({"project":"acme"})", 422, "validation_failed", true},
      {R"({"project":"acme","email":"nonsense"})", 422, "validation_failed", true},
  }));
  CAPTURE(body);
  Host host(post(body));
  CHECK(host.waiting().empty() != asks);
  pass_judging(host);
  CHECK(host.response().status == status);
  CHECK(host.response().member("code") == code);
  CHECK(host.response().header("content-type") == "application/problem+json");
  CHECK(host.points().empty());
  for (const std::string& sql : host.statements()) CHECK(sql.starts_with("SELECT"));
}

TEST_CASE("A project that nobody knows is a fault of the field", "[post_lead]") {
  Host host(post(kLead));
  host.answer("rate.limit", "ok pass");
  host.answer("d1.batch", "ok", kNoSuchProject);
  CHECK(host.response().status == 422);
  CHECK(host.response().member("code") == "unknown_project");
  CHECK(host.response().member("invalid_params.0.name") == "project");
  CHECK(host.points().empty());
}

TEST_CASE("A body of another kind, or too large, is refused", "[post_lead]") {
  SECTION("kind") {
    Host host(post(kLead).with("content-type", "text/xml"));
    CHECK(host.response().status == 415);
  }
  SECTION("none") {
    Host host(post(kLead).with("content-type", ""));
    CHECK(host.response().status == 415);
  }
  SECTION("size") {
    Host host(post(std::string(65'537, ' ')));
    CHECK(host.response().status == 413);
    CHECK(host.response().header("access-control-allow-origin") == "https://www.acme.com");
  }
}

TEST_CASE("A body that comes in pieces is asked for until it ends", "[post_lead]") {
  const std::string whole = kLead;
  Incoming incoming = post(whole.substr(0, 10));
  incoming.body_partial = true;
  Host host(incoming);
  CHECK(host.kinds() == "stream.read");
  host.answer("stream.read", "ok more", whole.substr(10, 20));
  host.answer("stream.read", "ok more", "");
  host.answer("stream.read", "ok end", whole.substr(30));
  pass_judging(host);
  keep(host);
  CHECK(host.response().status == 201);
}

TEST_CASE("A body in pieces ends where it grows too large or breaks off", "[post_lead]") {
  Incoming incoming = post("{");
  incoming.body_partial = true;
  Host host(incoming);
  SECTION("too large: not one piece more is asked for") {
    int pieces = 0;
    while (host.kinds() == "stream.read" && ++pieces < 100)
      host.answer("stream.read", "ok more", std::string(16'384, ' '));
    CHECK(pieces == 4);
    CHECK(host.response().status == 413);
  }
  SECTION("broken off") {
    host.answer("stream.read", "failed: gone");
    CHECK(host.response().status == 400);
  }
}

TEST_CASE("A form without JavaScript is sent on to a page of an allowed origin", "[post_lead]") {
  const auto [redirect, location] = GENERATE(table<std::string, std::string>({
      {"%2Fthanks", "https://www.acme.com/thanks"},
      {"https%3A%2F%2Fwww.acme.com%2Fthanks%3Fa%3D1", "https://www.acme.com/thanks?a=1"},
      {"https%3A%2F%2Fevil.example%2F", ""},
      {"", ""},
  }));
  CAPTURE(redirect);
  Host host(form_post("project=acme&email=ada%40lovelace.uk&redirect=" + redirect));
  pass_judging(host);
  keep(host);
  CHECK(host.response().status == (location.empty() ? 201 : 303));
  CHECK(host.response().header("location") == location);
  CHECK(host.points().size() == 1);
}

TEST_CASE("An Idempotency-Key that is too long is refused", "[post_lead]") {
  Host host(post(kLead).with("idempotency-key", std::string(256, 'k')));
  CHECK(host.response().status == 400);
  Host fits(post(kLead).with("idempotency-key", std::string(255, 'k')));
  CHECK_FALSE(fits.responded());
}
