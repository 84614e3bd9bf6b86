// POST /api/leads while something outside fails: what was not kept is never told to be.
#include <catch2/catch.hpp>
#include <string>

#include "core/app/facts.hpp"
#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

const char* const kLead = R"({"project":"acme","email":"ada@lovelace.uk"})";

/// A post whose judging went well.
Host judged(Incoming incoming = post(kLead)) {
  Host host(incoming);
  pass_judging(host);
  return host;
}

}  // namespace

TEST_CASE("A ledger that refuses once is asked again", "[post_lead][outage]") {
  const auto [status, body] = GENERATE(table<std::string, std::string>(
      {{"failed: timeout", ""}, {"ok", "not JSON"}, {"ok", "[]"}, {"ok", "[[],[],[],[]]"}, {"", ""}}));
  CAPTURE(status, body);
  Host host = judged();
  const Asked first = host.only("d1.batch");
  host.answer("d1.batch", status, body);
  REQUIRE(host.kinds() == "d1.batch");
  Asked second = host.only("d1.batch");
  CHECK(second.sql.back().find("corrections") != std::string::npos);  // the row may be from the first try
  second.sql.back() = first.sql.back();
  CHECK(second.sql == first.sql);
  CHECK(second.params == first.params);  // repeating the batch changes nothing
  CHECK(host.points().empty());
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(host.points().size() == 1);
}

TEST_CASE("A ledger that refuses twice hands the raw submission to the queue", "[post_lead][outage]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  Host host = judged(incoming);
  host.answer("d1.batch", "failed: timeout");
  host.answer("d1.batch", "failed: timeout");
  REQUIRE(host.kinds() == "queue.send");
  CHECK_FALSE(host.responded());
  std::string message = host.only("queue.send").body;
  const auto unpacked = app::unpack({message.data(), message.size()});
  REQUIRE(unpacked.has_value());
  CHECK(unpacked->body == kLead);
  CHECK(unpacked->facts.submission_id == "sub_" + std::string(32, '1'));
  CHECK(unpacked->facts.ip == "203.0.113.7");
  CHECK(unpacked->facts.origin == "https://www.acme.com");

  host.answer("queue.send", "ok");
  CHECK(host.response().status == 202);
  CHECK(host.response().body ==
        R"({"submission_id":"sub_11111111111111111111111111111111","status":"received"})");
  CHECK(host.response().header("access-control-allow-origin") == "https://www.acme.com");
  CHECK(host.points().empty());  // the consumer writes it
}

TEST_CASE("When the queue refuses too, nothing was kept and the sender is told so", "[post_lead][outage]") {
  Host host = judged();
  host.answer("d1.batch", "failed: timeout");
  host.answer("d1.batch", "failed: timeout");
  host.answer("queue.send", "failed: over the limit");
  CHECK(host.response().status == 503);
  CHECK(host.response().header("retry-after") == "5");
  CHECK(host.response().member("code") == "ledger_unavailable");
  CHECK(host.points().empty());
  CHECK(host.done());
}

TEST_CASE("Settings that cannot be read send the submission to the queue unjudged", "[post_lead][outage]") {
  const auto [status, body] =
      GENERATE(table<std::string, std::string>({{"failed: timeout", ""}, {"ok", "{"}, {"ok", ""}}));
  Host host(post(kLead));
  host.answer("rate.limit", "ok pass");
  host.answer("d1.batch", status, body);
  host.answer("queue.send", "ok");
  CHECK(host.response().status == 202);
  CHECK(host.response().header("access-control-allow-origin") == "https://www.acme.com");
  CHECK(host.points().empty());
}

TEST_CASE("A rate limit or digest that fails loses no lead", "[post_lead][outage]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  Host host(incoming);
  host.answer("rate.limit", "failed: down");
  host.answer("digest", GENERATE("failed: down", "ok"), "short");
  host.answer("d1.batch", "ok", settings_reply());
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(host.response().member("submission_id") == "sub_0000000000004000800000000000000a");
  CHECK(host.points().size() == 1);
}

TEST_CASE("A commit whose answer was lost is found by the second try, and counted once",
          "[post_lead][outage]") {
  Host host = judged();
  const std::string lost = kept_reply(host.only("d1.batch"));
  host.answer("d1.batch", "failed: timeout");
  host.answer("d1.batch", "ok", lost);  // the row is there, with our attempt
  CHECK(host.response().status == 201);
  CHECK(host.response().header("idempotency-replayed").empty());
  CHECK(host.points().size() == 1);
}

TEST_CASE("A retry with the same key gets the first answer, and no second point", "[post_lead][replay]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  SECTION("accepted") {
    Host host = judged(incoming);
    keep(host, {.attempt = "of the first"});
    CHECK(host.response().status == 201);
    CHECK(host.response().header("idempotency-replayed") == "true");
    CHECK(host.points().empty());
  }
  SECTION("refused as a bot") {
    Host host = judged(incoming);
    keep(host, {.attempt = "of the first", .event_type = "bot", .status = 422});
    CHECK(host.response().status == 422);
    CHECK(host.response().member("code") == "rejected");
    CHECK(host.response().header("idempotency-replayed") == "true");
    CHECK(host.points().empty());
  }
  SECTION("an admin key sees the first verdict") {
    incoming.key_digest = kAdminDigest;
    Host host = judged(incoming);
    keep(host, {.person = "known_email", .attempt = "of the first", .lead_id = "lead_before"});
    CHECK(host.response().member("event_type") == "follow_up");
    CHECK(host.response().member("lead_id") == "lead_before");
    CHECK(host.response().member("reasons.0.code") == "known_email");
    CHECK(host.points().empty());
  }
}

TEST_CASE("A key that comes again with other content is refused", "[post_lead][replay]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  Host host = judged(incoming);
  keep(host, {.attempt = "of the first", .content_digest = std::string(64, '3')});
  CHECK(host.response().status == 422);
  CHECK(host.response().member("code") == "idempotency_key_reused");
  CHECK(host.points().empty());
}

TEST_CASE("What the digest covers is the content, not its encoding", "[post_lead][replay]") {
  const auto content_of = [](const Incoming& incoming) {
    Host host(incoming);
    const Asked& asked = host.only("digest");
    return asked.body.substr(static_cast<std::size_t>(std::stoi(asked.member("split"))));
  };
  const std::string json = content_of(
      post(R"({"project":"acme","email":"ada@lovelace.uk","budget":"5k","cf-turnstile-response":"t1"})")
          .with("idempotency-key", "k"));
  CHECK(json.find("ada@lovelace.uk") != std::string::npos);
  CHECK(json == content_of(post("budget=5k&email=ada%40lovelace.uk&project=acme&cf-turnstile-response=t2")
                               .with("content-type", "application/x-www-form-urlencoded")
                               .with("idempotency-key", "k")));
  CHECK(json != content_of(post("budget=6k&email=ada%40lovelace.uk&project=acme")
                               .with("content-type", "application/x-www-form-urlencoded")
                               .with("idempotency-key", "k")));
}
