// Deliveries as they are kept and written, and the consumer of their queue against a hostile outside.
#include <catch2/catch.hpp>
#include <string>

#include "core/app/deliveries.hpp"
#include "core/support/json.hpp"
#include "tests/core/app/host.hpp"

using namespace leadledger;
using namespace leadledger::app;
using namespace leadledger::tests;

namespace {

constexpr const char* kSignature = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

const char* const kConfig =
    R"({"webhooks":[{"id":"hook","type":"webhook","url":"https://hooks.example/x",)"
    R"("secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","projects":["*"],"topics":["alert"]}]})";

Incoming message(std::string queue = "leadledger-deliveries") {
  Incoming incoming;
  incoming.occasion = "queue";
  incoming.queue = std::move(queue);
  incoming.body = "dlv_1";
  incoming.config = kConfig;
  return incoming;
}

std::string row(std::string_view status, int attempts) {
  return R"({"id":1,"delivery_id":"dlv_1","channel":"hook","topic":"test","subject_id":"dlv_1","scope":"[\"*\"]",)"
         R"("status":")" +
         std::string(status) + R"(","attempts":)" + std::to_string(attempts) +
         R"(,"created_at":1795248000000,"due_at":1795248060000,"body":"{\"type\":\"test\"}"})";
}

std::string claimed(int attempts) { return R"([[],[{"id":1}],[)" + row("pending", attempts) + "]]"; }

}  // namespace

TEST_CASE("A scope is the same text whatever the order in which its projects come", "[deliveries]") {
  CHECK(scope_text({"globex", "acme", "globex"}) == R"(["acme","globex"])");
  CHECK(scope_text({"*"}) == R"(["*"])");
  CHECK(scope_text({"acme", "*"}) == R"(["*"])");
  CHECK(scope_text({}) == "[]");
  CHECK(read_scope(R"(["acme","globex"])") == std::vector<std::string>{"acme", "globex"});
  CHECK(read_scope("[").empty());
}

TEST_CASE("What is posted is JSON whatever text it holds, and Slack finds nothing to follow in it",
          "[deliveries]") {
  CHECK(webhook_body(schema::kTopicBriefWeekly, 1'795'248'000'000, R"({"a":1})") ==
        R"({"type":"brief.weekly","timestamp":"2026-11-21T08:00:00.000Z","data":{"a":1}})");
  CHECK(slack_body("<!channel> <https://evil.example|x> &lt; \"\\\n") ==
        "{\"text\":\"&lt;!channel&gt; &lt;https:\u200B/\u200B/\u200Bevil.\u200Bexample|x&gt; &amp;lt; "
        "\\\"\\\\\\n\"}");
}

TEST_CASE("An attempt is claimed in the ledger before anything is posted", "[deliveries]") {
  Host host(message());
  CHECK(host.kinds() == "d1.batch");
  CHECK(host.only("d1.batch").sql.size() == 3);
  host.answer("d1.batch", "ok", claimed(1));
  CHECK(host.kinds() == "hmac");
  CHECK(host.only("hmac").member("key_base64") == "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  CHECK(host.only("hmac").member("text") == R"(dlv_1.1795248000.{"type":"test"})");
  host.answer("hmac", "ok", kSignature);
  const Asked fetch = host.only("http.fetch");
  CHECK(fetch.member("url") == "https://hooks.example/x");
  CHECK(fetch.member("at_most") == "0");
  CHECK(fetch.member("with_secrets") == "false");
  CHECK(fetch.body == R"({"type":"test"})");
  CAPTURE(fetch.json);
  for (const char* header : {R"("webhook-id":"dlv_1")", R"("webhook-timestamp":"1795248000")",
                             R"("webhook-signature":"v1,MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")"}) {
    CHECK(fetch.json.find(header) != std::string::npos);
  }
  host.answer("http.fetch", "ok 204 0");
  const Asked note = host.only("d1.batch");
  CHECK(note.sql[0].starts_with("UPDATE deliveries SET status = 'delivered'"));
  CHECK(note.params[0][1] == "204");
  host.answer("d1.batch", "ok", "[[],[" + row("delivered", 1) + "]]");
  CHECK(host.response().status == 200);
}

TEST_CASE("What is no signature is not sent as one", "[deliveries]") {
  for (const char* reply : {"", "c2lnbmVk", "\xff\xfe", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZW\r\n",
                            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZW"}) {
    Host host(message());
    host.answer("d1.batch", "ok", claimed(1));
    host.answer("hmac", "ok", reply);
    REQUIRE(host.kinds() == "d1.batch");
    CHECK(host.only("d1.batch").params[0][3] == "The message could not be signed.");
  }
}

TEST_CASE("Where the attempt is somebody else's nothing is posted", "[deliveries]") {
  Host host(message());
  host.answer("d1.batch", "ok", "[[],[],[" + row("pending", 1) + "]]");
  CHECK(host.response().status == 200);
  CHECK(host.history() == std::vector<std::string>{"d1.batch", "respond"});
}

TEST_CASE("Where it is this message's own, which was run before, the message comes again", "[deliveries]") {
  Host host(message());
  std::string own = row("pending", 1);
  own.insert(own.size() - 1, R"(,"attempted_at":1795248000000)");
  host.answer("d1.batch", "ok", "[[],[],[" + own + "]]");
  CHECK(host.response().status == 503);
  CHECK(host.response().header("retry-after") == "60");
}

TEST_CASE("The last attempt is the last whatever the receiver asks for", "[deliveries]") {
  Host host(message());
  host.answer("d1.batch", "ok", claimed(9));
  host.answer("hmac", "ok", kSignature);
  host.answer("http.fetch", "ok 503 30");
  CHECK(host.only("d1.batch").params[0][4] == "0");
  host.answer("d1.batch", "ok", "[[],[" + row("dead", 9) + "]]");
  const Asked put = host.only("kv.put");
  CHECK(put.member("key") == "dead_letters/deliveries/2026-11-21T08:00:00.000Z/dlv_1");
  CHECK(at_path(put.body, "body.type") == "test");
  host.answer("kv.put", "ok");
  CHECK(host.response().status == 200);
}

TEST_CASE("An alert that was not taken is posted again after quiet hours, a test at any time",
          "[deliveries]") {
  // 2026-11-21 07:59:40 UTC; quiet from 13:30 to 14:00 in Kolkata, which is 08:00 to 08:30 UTC.
  const bool is_alert = GENERATE(true, false);
  Incoming incoming = message();
  incoming.now_ms = 1'795'247'980'000;
  incoming.config.insert(incoming.config.rfind("}]}"),
                         R"(,"quiet_hours":{"from":"13:30","to":"14:00","timezone":"Asia/Kolkata"})");
  Host host(std::move(incoming));
  std::string claim = claimed(2);
  if (is_alert) claim.replace(claim.find(R"("topic":"test")"), 14, R"("topic":"alert.opened")");
  host.answer("d1.batch", "ok", claim);
  host.answer("hmac", "ok", kSignature);
  host.answer("http.fetch", "ok 503 0");
  if (is_alert) {
    CHECK(host.only("zone.transitions").member("timezone") == "Asia/Kolkata");
    host.answer("zone.transitions", "ok", R"({"offset":19800,"transitions":[]})");
  }
  const std::string wait = is_alert ? "1820" : "60";
  CHECK(host.only("d1.batch").params[0][4] == wait);
  host.answer("d1.batch", "ok", "[[],[" + row("pending", 2) + "]]");
  CHECK(host.response().status == 503);
  CHECK(host.response().header("retry-after") == wait);
}

TEST_CASE("Whatever the ledger and the receiver answer, the consumer ends", "[deliveries]") {
  const std::string answer = GENERATE(as<std::string>{}, "", "[]", "[[]]", "{}", "[[],[{}],[{}]]",
                                      "[[],[1],[2]]", "[[],[{\"id\":1}],[]]", "not json");
  Host host(message(GENERATE("leadledger-deliveries", "leadledger-deliveries-dead")));
  host.answer("d1.batch", "ok", answer);
  for (int step = 0; step < 8 && !host.done(); ++step) {
    REQUIRE(!host.waiting().empty());
    host.answer_id(host.waiting().front().id, GENERATE(as<std::string>{}, "ok", "failed: down"), answer);
  }
  CHECK(host.done());
  CHECK((host.response().status == 200 || host.response().status == 503));
}
