// The queue's consumer, its dead letters and the daily sweep.
#include <catch2/catch.hpp>
#include <string>

#include "core/app/facts.hpp"
#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

/// The message that a post sends to the queue while the ledger is down.
std::string queued(Incoming incoming, bool judged_before) {
  Host host(incoming);
  if (judged_before) {
    pass_judging(host);
    host.answer("d1.batch", "failed: timeout");
  } else {
    host.answer("rate.limit", "ok pass");
  }
  host.answer("d1.batch", "failed: timeout");
  return host.only("queue.send").body;
}

Incoming delivery(std::string occasion, std::string message) {
  Incoming incoming = post(std::move(message));
  incoming.occasion = std::move(occasion);
  incoming.cron = schema::kSweepCron;
  incoming.method.clear();
  incoming.url.clear();
  incoming.headers.clear();
  incoming.cf = "{}";
  incoming.now_ms += 60'000;
  return incoming;
}

Incoming dead_letter(std::string message) {
  Incoming incoming = delivery("queue", std::move(message));
  incoming.queue = "leadledger-leads-dead";
  return incoming;
}

const char* const kLead = R"({"project":"acme","email":"ada@lovelace.uk"})";

}  // namespace

TEST_CASE("The consumer judges a message as it was received, claims its row and writes the point",
          "[queue]") {
  Host host(delivery("queue", queued(post(kLead), GENERATE(true, false))));
  CHECK(host.kinds() == "d1.batch");  // no rate limit: it was counted
  host.answer("d1.batch", "ok", settings_reply());
  const Asked batch = host.only("d1.batch");
  REQUIRE(batch.sql.size() == 6);
  CHECK(batch.params[0][12] == "1795248000000");
  CHECK(
      batch.sql[3].starts_with("UPDATE submissions SET attempt"));  // after all that is bound to our attempt
  CHECK(batch.params[3][1] == "sub_0000000000004000800000000000000a");
  keep(host);
  CHECK(host.response().status == 200);
  REQUIRE(host.points().size() == 1);
  CHECK(point_at(host, "doubles.9") == "1795248000");
  CHECK(point_at(host, "blobs.11") == "Pune");
}

TEST_CASE("A message that was delivered before writes no second point", "[queue]") {
  Host host(delivery("queue", queued(post(kLead), true)));
  host.answer("d1.batch", "ok", settings_reply());
  keep(host, {.attempt = "of another delivery"});
  CHECK(host.response().status == 200);
  CHECK(host.points().empty());
}

TEST_CASE(
    "The point of an older row is what that was judged to be, whatever it is judged or corrected to be now",
    "[queue]") {
  Host host(delivery("queue", queued(post(kLead), true)));
  host.answer("d1.batch", "ok", settings_reply());
  const bool corrected = GENERATE(true, false);
  keep(host, {.event_type = corrected ? "primary" : "blocked",
              .lead_id = corrected ? "" : "NULL",
              .from_type = corrected ? "blocked" : "",
              .correction_month = corrected ? "2026-12" : ""});
  CHECK(point_at(host, "blobs.19") == "blocked");
  CHECK(point_at(host, "blobs.18").empty());
  if (corrected) {
    // The lists of the month in which the row was kept, and of that of its point.
    for (const std::string month : {"2026-11", "2026-12"}) {
      host.answer("d1.batch", "ok", "[[]]");
      CHECK(host.only("kv.put").member("key") == "corrections/" + month);
      host.answer("kv.put", "ok");
      host.answer("d1.batch", "ok", "[[]]");
    }
  }
  CHECK(host.response().status == 200);
  CHECK(host.points().size() == 1);
}

TEST_CASE("In a flood only a row that is there already is claimed; without one the point alone is written",
          "[queue]") {
  Incoming robot = post(kLead);
  robot.with("origin", "https://evil.example");
  Host host(delivery("queue", queued(robot, false)));
  host.answer("d1.batch", "ok", settings_reply());
  host.answer("rate.limit", "ok over");
  const Asked batch = host.only("d1.batch");
  REQUIRE(batch.sql.size() == 3);
  CHECK(batch.sql[0].starts_with("UPDATE submissions SET attempt"));
  host.answer("d1.batch", "ok", "[[],[],[]]");
  CHECK(host.response().status == 200);
  REQUIRE(host.points().size() == 1);
  CHECK(point_at(host, "blobs.19") == "blocked");
}

TEST_CASE("A message comes again while the ledger is down", "[queue][outage]") {
  Host host(delivery("queue", queued(post(kLead), true)));
  SECTION("for its settings") { host.answer("d1.batch", "failed: timeout"); }
  SECTION("for keeping") {
    host.answer("d1.batch", "ok", settings_reply());
    host.answer("d1.batch", "failed: timeout");
    host.answer("d1.batch", "failed: timeout");
  }
  CHECK(host.response().status == 503);
  CHECK(host.response().header("retry-after") == "30");
  CHECK(host.points().empty());
}

TEST_CASE("A message that is none of ours is done with", "[queue]") {
  const std::string bytes =
      GENERATE(as<std::string>{}, "", "garbage", std::string("\2\0\0\0\1\0\0\0\1\0\0\0ab", 14));
  Host host(delivery("queue", bytes));
  CHECK(host.response().status == 200);
  CHECK(host.history().size() == 1);
}

TEST_CASE("What turns out to be no submission stays readable", "[queue]") {
  const std::string message = queued(post(kLead), true);
  Host host(delivery("queue", message));
  host.answer("d1.batch", "ok", kNoSuchProject);
  CHECK(host.only("kv.put").body == message);
  const bool works = GENERATE(true, false);
  host.answer("kv.put", works ? "ok" : "failed: down");
  CHECK(host.response().status == (works ? 200 : 503));
  CHECK(host.points().empty());
}

TEST_CASE("The id that the sender was told survives the queue, key or not", "[queue]") {
  Incoming incoming = post(kLead);
  incoming.with("idempotency-key", "key-1");
  Host host(delivery("queue", queued(incoming, true)));
  REQUIRE(host.kinds() == "d1.batch");  // no second digest
  host.answer("d1.batch", "ok", settings_reply());
  CHECK(host.only("d1.batch").params[0][0] == "sub_" + std::string(32, '1'));
  CHECK(host.only("d1.batch").params[0][14] == std::string(64, '2'));
}

TEST_CASE("A dead letter is kept as it is, under a key that tells when it arrived", "[queue]") {
  const std::string message = queued(post(kLead), true);
  Host host(dead_letter(message));
  CHECK(host.only("kv.put").body == message);
  CHECK(host.only("kv.put").member("key") ==
        "dead_letters/2026-11-21T08:00:00.000Z/sub_0000000000004000800000000000000a");
  SECTION("kept") {
    host.answer("kv.put", "ok");
    CHECK(host.response().status == 200);
  }
  SECTION("not kept: it comes again") {
    host.answer("kv.put", "failed: down");
    CHECK(host.response().status == 503);
    CHECK(host.response().header("retry-after") == "30");
  }
}

TEST_CASE("A dead letter that cannot be read is kept too", "[queue]") {
  Host host(dead_letter("garbage"));
  CHECK(host.only("kv.put").body == "garbage");
  CHECK(host.only("kv.put").member("key") ==
        "dead_letters/2026-11-21T08:01:00.000Z/unreadable_0000000000004000800000000000000a");
}

TEST_CASE("The sweep removes what has expired, and personal data of rejected submissions", "[sweep]") {
  Host host(delivery("schedule", ""));
  const Asked batch = host.only("d1.batch");
  REQUIRE(batch.sql.size() == 11);
  CHECK(batch.member("forget_cache") == "true");
  CHECK(batch.sql[0].starts_with("DELETE FROM blocked_ips WHERE expires_at"));
  CHECK(batch.params[0][0] == "1795248060000");
  CHECK(batch.sql[1].find("lead_id IS NULL") != std::string::npos);
  CHECK(batch.params[1][0] == std::to_string(1'795'248'060'000 - 90LL * 86'400'000));
  CHECK(batch.sql[7].starts_with("DELETE FROM deliveries WHERE status <> 'pending'"));
  CHECK(batch.params[7][0] == std::to_string(1'795'248'060'000 - 90LL * 86'400'000));
  CHECK(batch.sql[9].starts_with("DELETE FROM alerts WHERE closed_at"));
  CHECK(batch.params[9][0] == std::to_string(1'795'248'060'000 - 400LL * 86'400'000));
  CHECK(batch.sql[10].starts_with("DELETE FROM briefs WHERE generated_at"));
  CHECK(batch.params[10][0] == std::to_string(1'795'248'060'000 - 730LL * 86'400'000));
  const bool works = GENERATE(true, false);
  host.answer("d1.batch", works ? "ok" : "failed: down", "[[],[],[],[],[],[],[],[],[],[]]");
  CHECK(host.response().status == (works ? 200 : 503));
}

TEST_CASE("The sweep puts the list of each month anew, until the ledger says what was put", "[sweep]") {
  Host host(delivery("schedule", ""));
  // What corrections say goes a day after their points, the lists that say no more a week after.
  CHECK(host.only("d1.batch").params[5] == host.only("d1.batch").params[6]);
  CHECK(host.only("d1.batch").params[6][0] == std::to_string(1'795'248'060'000 - 91LL * 86'400'000));
  CHECK(host.only("d1.batch").params[8][0] == std::to_string(1'795'248'060'000 - 97LL * 86'400'000));
  host.answer("d1.batch", "ok",
              R"([[],[],[],[],[],[],[],[],[{"month":"2026-10"},{"month":"2026-11"}],[],[]])");
  const std::string none = R"([[]])";
  const std::string one =
      R"([[{"project":"acme","at":1795248000,"dimensions":"{\"country\":\"IN\"}","flags":"[]",)"
      R"("from_type":"bot","from_reason":"gibberish","to_type":"primary","to_reason":"new_person"}]])";
  const std::string list =
      R"({"corrections":[{"at":1795248000,"project":"acme","dimensions":{"country":"IN"},"flags":[],)"
      R"("from":{"event_type":"bot","reason":"gibberish"},"to":{"event_type":"primary","reason":"new_person"}}]})";
  host.answer("d1.batch", "ok", none);
  CHECK(host.only("kv.put").member("key") == "corrections/2026-10");
  CHECK(host.only("kv.put").body == R"({"corrections":[]})");
  CHECK(host.only("kv.put").member("keep_s") == std::to_string(120 * 86'400));
  CHECK(host.only("kv.put").member("timeout_ms") == "5000");
  host.answer("kv.put", "ok");
  host.answer("d1.batch", "ok", one);  // somebody corrected meanwhile
  CHECK(host.only("kv.put").body == list);
  host.answer("kv.put", "ok");
  host.answer("d1.batch", "ok", one);
  SECTION("all put") {
    host.answer("d1.batch", "ok", none);
    CHECK(host.only("kv.put").member("key") == "corrections/2026-11");
    host.answer("kv.put", "ok");
    host.answer("d1.batch", "ok", none);
    CHECK(host.response().status == 200);
  }
  SECTION("refused four times") {
    for (int put = 0; put < 4; ++put) {
      host.answer("d1.batch", "ok", none);
      host.answer("kv.put", "failed: 429");
      CHECK(host.only("timer.wait").member("ms") == "1100");
      host.answer("timer.wait", "ok");
    }
    host.answer("d1.batch", "ok", none);
    CHECK(host.response().status == 503);
  }
  SECTION("never the same twice") {
    for (int put = 0; put < 4; ++put) {
      host.answer("d1.batch", "ok", put % 2 == 0 ? none : one);
      host.answer("kv.put", "ok");
    }
    host.answer("d1.batch", "ok", none);
    CHECK(host.response().status == 503);
  }
}

TEST_CASE("A store that keeps more than Analytics Engine keeps its corrections as long", "[sweep]") {
  Incoming incoming = delivery("schedule", "");
  incoming.config.insert(1, R"("retention_days":"730",)");
  Host host(incoming);
  CHECK(host.only("d1.batch").params[6][0] == std::to_string(1'795'248'060'000 - 731LL * 86'400'000));
  CHECK(host.only("d1.batch").params[8][0] == std::to_string(1'795'248'060'000 - 737LL * 86'400'000));
  // Personal data of the rejected goes as ever.
  CHECK(host.only("d1.batch").params[1][0] == std::to_string(1'795'248'060'000 - 90LL * 86'400'000));
}

TEST_CASE("Facts are the same after the queue", "[facts]") {
  app::Facts facts;
  facts.submission_id = "sub_1";
  facts.lead_id = "lead_1";
  facts.attempt = "a\"\\\n";
  facts.content_type = "application/json";
  facts.origin = "https://x\u00e9";
  facts.idempotency_key = "k";
  facts.content_digest = "d";
  facts.ip = "::1";
  facts.user_agent = "ua";
  facts.country = "IN";
  facts.region = "r";
  facts.city = "c";
  facts.as_organization = "o";
  facts.trusted = facts.rate_limited = facts.browser_headers_missing = GENERATE(true, false);
  facts.test_header = facts.bot_user_agent = !facts.trusted;
  facts.received_at_ms = 1'795'248'000'007;
  facts.asn = 4'294'967'295;
  facts.cloudflare_bot_score = 99;
  std::string message = app::pack(facts, std::string_view("raw \0 body\xff", 11));
  const auto back = app::unpack({message.data(), message.size()});
  REQUIRE(back.has_value());
  CHECK(back->body == std::string_view("raw \0 body\xff", 11));
  std::string again = app::pack(back->facts, back->body);
  CHECK(again == message);
  CHECK(back->facts.asn == facts.asn);
  CHECK(back->facts.attempt == facts.attempt);
  CHECK(back->facts.trusted == facts.trusted);
  CHECK(back->facts.test_header == facts.test_header);
  CHECK(back->facts.received_at_ms == facts.received_at_ms);
  CHECK(back->facts.cloudflare_bot_score == 99);
}
