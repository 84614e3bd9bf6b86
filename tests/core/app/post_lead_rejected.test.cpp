// POST /api/leads for what is judged blocked, bot or test, and the Turnstile check.
#include <catch2/catch.hpp>
#include <string>

#include "core/intake/address.hpp"
#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

const char* const kLead = R"({"project":"acme","email":"ada@lovelace.uk"})";
const char* const kRejecting = R"({"bot_response":"reject","allowed_origins":["https://www.acme.com"]})";

Incoming robot() {
  Incoming incoming = post(kLead);
  incoming.bot_user_agent = true;
  return incoming;
}

std::string blocked_range(std::string_view cidr) {
  const auto range = intake::parse_cidr(cidr);
  return intake::address_hex(range->first) + intake::address_hex(range->last) + "blk_" + std::string(32, '7');
}

}  // namespace

TEST_CASE("Too many posts are judged blocked, kept and counted, with an id of their own",
          "[post_lead][rejected]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  Host host(incoming);
  host.answer("rate.limit", "ok over");
  pass_judging(host);
  REQUIRE(host.kinds() == "rate.limit");
  CHECK(host.only("rate.limit").member("limit") == "rejected_rows");
  CHECK(host.only("rate.limit").member("key") == "203.0.113.7");
  host.answer("rate.limit", "ok pass");
  const Asked batch = host.only("d1.batch");
  CHECK(batch.params[0][0] == "sub_0000000000004000800000000000000a");
  CHECK(batch.params[0][14] == "NULL");  // no digest: the same key may come again
  keep(host);
  CHECK(host.response().status == 429);
  CHECK(host.response().header("retry-after") == "60");
  CHECK(host.response().member("code") == "rate_limited");
  CHECK(point_at(host, "blobs.19") == "blocked");
  CHECK(point_at(host, "blobs.17") == "rate_limited");
  CHECK(point_at(host, "blobs.18").empty());
}

TEST_CASE("A foreign origin is judged blocked, and its page may not read the answer",
          "[post_lead][rejected]") {
  Host host(post(kLead).with("origin", "https://evil.example"));
  pass_judging(host);
  host.answer("rate.limit", "ok pass");
  keep(host);
  CHECK(host.response().status == 403);
  CHECK(host.response().member("code") == "origin_not_allowed");
  CHECK(host.response().header("access-control-allow-origin").empty());
  CHECK(host.response().header("vary") == "Origin");
  CHECK(point_at(host, "blobs.17") == "origin_not_allowed");
}

TEST_CASE("No origin, and a hidden one, are nobody's", "[post_lead]") {
  Host host(post(kLead).with("origin", GENERATE("", "null")));
  pass_judging(host);
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(point_at(host, "blobs.19") == "primary");
}

TEST_CASE("A blocked address is refused and listed with what blocked it", "[post_lead][rejected]") {
  Host host(post(kLead));
  pass_judging(host, kOpenSettings, blocked_range("198.51.100.0/24") + blocked_range("203.0.113.0/24"));
  host.answer("rate.limit", "ok pass");
  const Asked batch = host.only("d1.batch");
  REQUIRE(batch.sql.size() == 3);
  CHECK(batch.sql[1].find("blocked_ip_leads") != std::string::npos);
  CHECK(batch.params[1][3] == "blk_" + std::string(32, '7'));
  keep(host);
  CHECK(host.response().status == 403);
  CHECK(host.response().member("code") == "address_blocked");
  CHECK(host.response().body.find("blk_") == std::string::npos);
  CHECK(point_at(host, "blobs.19") == "blocked");
}

TEST_CASE("A bot gets the public answer, or 422 where the project says so", "[post_lead][rejected]") {
  const auto [settings, status] =
      GENERATE(table<std::string, int>({{std::string(kOpenSettings), 201}, {kRejecting, 422}}));
  Host host(robot());
  pass_judging(host, settings);
  host.answer("rate.limit", "ok pass");
  keep(host);
  CHECK(host.response().status == status);
  CHECK(host.response().body.find("bot") == std::string::npos);
  CHECK(point_at(host, "blobs.19") == "bot");
  CHECK(point_at(host, "blobs.12") == "bot");
  CHECK(point_at(host, "doubles.4") == "70");
}

TEST_CASE("Rejected rows beyond the cap are counted by a point alone", "[post_lead][rejected]") {
  const auto [settings, status] =
      GENERATE(table<std::string, int>({{std::string(kOpenSettings), 201}, {kRejecting, 422}}));
  Host host(robot());
  pass_judging(host, settings);
  host.answer("rate.limit", "ok over");
  CHECK(host.response().status == status);
  CHECK(host.points().size() == 1);
  CHECK(point_at(host, "blobs.19") == "bot");
  for (const std::string& sql : host.statements()) CHECK(sql.starts_with("SELECT settings"));
}

TEST_CASE("A cap that cannot be asked keeps the row", "[post_lead][rejected]") {
  Host host(robot());
  pass_judging(host);
  host.answer("rate.limit", "failed: down");
  CHECK(host.kinds() == "d1.batch");
}

TEST_CASE("A rejected submission goes to the queue too, when the ledger is down",
          "[post_lead][rejected][outage]") {
  Host host(robot());
  pass_judging(host);
  host.answer("rate.limit", "ok pass");
  host.answer("d1.batch", "failed: timeout");
  host.answer("d1.batch", "failed: timeout");
  host.answer("queue.send", "ok");
  CHECK(host.response().status == 202);
  CHECK(host.points().empty());
}

TEST_CASE("A test lead looks like any other, and is kept as a test", "[post_lead]") {
  Host host(post(R"({"project":"acme","email":"ada+test@lovelace.uk"})"));
  pass_judging(host);
  const Asked batch = host.only("d1.batch");
  REQUIRE(batch.sql.size() == 3);
  CHECK(batch.sql[1].find("testing_leads") != std::string::npos);
  CHECK(batch.params[1][2] == "test_plus_tag");
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(host.response().body ==
        R"({"submission_id":"sub_0000000000004000800000000000000a","status":"received"})");
  CHECK(point_at(host, "blobs.19") == "test");
  CHECK(point_at(host, "blobs.18").empty());
}

TEST_CASE("A test header counts with an admin key only", "[post_lead]") {
  Incoming incoming = post(kLead);
  incoming.with("x-lead-test", "1");
  const bool trusted = GENERATE(true, false);
  if (trusted) incoming.key_digest = kAdminDigest;
  Host host(incoming);
  pass_judging(host);
  keep(host);
  CHECK(point_at(host, "blobs.19") == (trusted ? "test" : "primary"));
}

TEST_CASE("An admin key sees why a submission was refused", "[post_lead][rejected]") {
  Incoming incoming = robot();
  incoming.key_digest = kAdminDigest;
  Host host(incoming);
  pass_judging(host, kRejecting);
  host.answer("rate.limit", "ok pass");
  keep(host);
  CHECK(host.response().status == 422);
  CHECK(host.response().member("event_type") == "bot");
  CHECK(host.response().member("reasons.0.code") == "bot_user_agent");
  CHECK(host.response().member("lead_id") == "NULL");
}

TEST_CASE("Turnstile costs a flag at most, never a lead", "[post_lead][turnstile]") {
  const auto [status, body, reason] = GENERATE(table<std::string, std::string, std::string>({
      {"ok 200", R"({"success":true})", ""},
      {"ok 200", R"({"success":false,"error-codes":["invalid-input-response"]})", "turnstile_failed"},
      {"ok 200", R"({"success":false})", "turnstile_failed"},
      {"ok 200", R"({"success":false,"error-codes":["invalid-input-secret"]})", "turnstile_unavailable"},
      {"ok 200", R"({"success":false,"error-codes":["internal-error"]})", "turnstile_unavailable"},
      {"ok 200", R"({"success":"true"})", "turnstile_unavailable"},
      {"ok 200", "<html>", "turnstile_unavailable"},
      {"ok 200", "", "turnstile_unavailable"},
      {"ok 500", R"({"success":true})", "turnstile_unavailable"},
      {"failed: timeout", "", "turnstile_unavailable"},
  }));
  CAPTURE(status, body);
  Host host(post(R"({"project":"acme","email":"ada@lovelace.uk","cf-turnstile-response":"tok\"en"})"));
  pass_judging(host, R"({"turnstile_secret":"TURNSTILE_SECRET_ACME","allowed_origins":["*"]})");
  const Asked asked = host.only("http.fetch");
  CHECK(asked.member("url") == "https://challenges.cloudflare.com/turnstile/v0/siteverify");
  CHECK(asked.body ==
        R"({"secret":"{{TURNSTILE_SECRET_ACME}}","response":"tok\"en","remoteip":"203.0.113.7"})");
  host.answer("http.fetch", status, body);
  const std::string reasons = host.only("d1.batch").params[0][9];
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(point_at(host, "doubles.1") == (reason.empty() ? "0" : "1"));
  CHECK((reason.empty() ? reasons == "[]" : reasons.find(reason) != std::string::npos));
}

TEST_CASE("A missing token is a flag, and nobody is asked", "[post_lead][turnstile]") {
  Host host(post(kLead));
  pass_judging(host, R"({"turnstile_secret":"TURNSTILE_SECRET","allowed_origins":["*"]})");
  REQUIRE(host.kinds() == "d1.batch");
  CHECK(host.only("d1.batch").params[0][9].find("turnstile_missing") != std::string::npos);
}

TEST_CASE("The service that is asked is the deployment's", "[post_lead][turnstile]") {
  Incoming incoming = post(R"({"project":"acme","email":"ada@lovelace.uk","cf-turnstile-response":"t"})");
  incoming.config = R"({"turnstile_url":"http://localhost:9/verify"})";
  Host host(incoming);
  pass_judging(host, R"({"turnstile_secret":"TURNSTILE_SECRET","allowed_origins":["*"]})");
  CHECK(host.only("http.fetch").member("url") == "http://localhost:9/verify");
}
