// Effects and replies as such: late, unknown and broken replies, and operations that are dropped while they
// wait.
#include "core/app/operation.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/app/message.hpp"
#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

/// A post that passes every suspension point there is on its way to the queue.
Incoming long_way() {
  Incoming incoming = post(R"({"project":"acme","email":"ada@lovelace.uk","cf-turnstile-response":"t",)");
  incoming.body_partial = true;
  incoming.bot_user_agent = true;
  incoming.with("idempotency-key", "key-1");
  return incoming;
}

/// Answers the oldest effect so that the way goes on.
void step(Host& host) {
  const Asked asked = host.waiting().front();
  if (asked.kind == "stream.read") return host.answer(asked.kind, "ok end", R"("x":1})");
  if (asked.kind == "rate.limit") return host.answer(asked.kind, "ok pass");
  if (asked.kind == "digest") return host.answer(asked.kind, "ok", std::string(64, '\x11'));
  if (asked.kind == "http.fetch") return host.answer(asked.kind, "ok 200", R"({"success":true})");
  if (asked.kind == "d1.batch" && asked.sql[0].starts_with("SELECT settings")) {
    return host.answer(asked.kind, "ok",
                       settings_reply(R"({"turnstile_secret":"TURNSTILE_SECRET","allowed_origins":["*"]})"));
  }
  host.answer(asked.kind, asked.kind == "queue.send" ? "ok" : "failed: timeout");
}

}  // namespace

TEST_CASE("An operation may be dropped at every point where it waits", "[operation]") {
  int waits = 0;
  {
    Host host(long_way());
    for (; !host.done(); ++waits) step(host);
    CHECK(host.response().status == 202);
  }
  CHECK(waits == 9);
  for (int stop = 0; stop <= waits; ++stop) {
    Host host(long_way());
    for (int at = 0; at < stop; ++at) step(host);
    host.drop();  // a leak or a use of what is gone shows under AddressSanitizer
  }
}

TEST_CASE("A reply to an effect that nobody waits for is refused and changes nothing", "[operation]") {
  Host host(post(R"({"project":"acme","email":"ada@lovelace.uk"})"));
  const std::uint32_t limit = host.only("rate.limit").id;
  CHECK_FALSE(host.answer_id(0, "ok"));
  CHECK_FALSE(host.answer_id(9999, "ok"));
  CHECK(host.answer_id(limit, "ok pass"));
  CHECK_FALSE(host.answer_id(limit, "ok over"));  // twice
  host.answer("d1.batch", "ok", settings_reply());
  CHECK_FALSE(host.answer_id(limit, "ok over"));
  keep(host);
  CHECK(host.response().status == 201);
  CHECK_FALSE(host.answer_id(limit, "ok"));  // late
  CHECK(host.points().size() == 1);
}

TEST_CASE("A reply whose status is no text is a failed one", "[operation]") {
  Host host(post(R"({"project":"acme","email":"ada@lovelace.uk"})"));
  host.answer("rate.limit", "ok pass");
  host.answer("d1.batch", "ok \xff", settings_reply());
  CHECK(host.kinds() == "queue.send");  // as where the ledger is down
}

TEST_CASE("A reply that is no message is refused, and the effect goes on waiting", "[operation]") {
  Host host(post(R"({"project":"acme","email":"ada@lovelace.uk"})"));
  const std::uint32_t id = host.only("d1.batch").id;
  const std::string good = app::write_parts({"ok", settings_reply()});
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK_FALSE(host.answer_raw(id, good.substr(0, size)));
  CHECK_FALSE(host.answer_raw(id, good + "x"));
  CHECK_FALSE(host.answer_raw(id, app::write_parts({"ok"})));
  CHECK_FALSE(host.answer_raw(id, app::write_parts({"ok", "", ""})));
  CHECK_FALSE(host.answer_raw(id, std::string("\2\0\0\0\xff\xff\xff\xff\1\0\0\0ok", 14)));
  CHECK(host.answer_raw(id, good));
}

TEST_CASE("A status is ok with a word behind it, or a failure", "[operation]") {
  const auto [status, over] = GENERATE(table<std::string, bool>(
      {{"ok over", true}, {"ok pass", false}, {"ok", false}, {"failed: over", false}, {"", false}}));
  CAPTURE(status);
  Host host(post(R"({"project":"acme","email":"ada@lovelace.uk"})"));
  host.answer("rate.limit", status);
  host.answer("d1.batch", "ok", settings_reply());
  CHECK((host.only(over ? "rate.limit" : "d1.batch").id != 0));
  CHECK((host.kinds() == "rate.limit") == over);
}

TEST_CASE("Messages are read as they were written, or not at all", "[message]") {
  const std::vector<std::string_view> parts{"config", "", std::string_view("b\0dy", 4)};
  const std::string message = app::write_parts(parts);
  std::string copy = message;
  const auto back = app::read_parts(copy.data(), copy.size(), 3);
  REQUIRE(back.has_value());
  for (std::size_t at = 0; at < parts.size(); ++at) CHECK((*back)[at].view() == parts[at]);
  CHECK_FALSE(app::read_parts(copy.data(), copy.size(), 2).has_value());
  CHECK_FALSE(app::read_parts(copy.data(), copy.size(), 4).has_value());
  for (std::size_t size = 0; size < message.size(); ++size) {
    std::string shorter = message.substr(0, size);
    CHECK_FALSE(app::read_parts(shorter.data(), shorter.size(), 3).has_value());
  }
  CHECK_FALSE(app::read_parts(nullptr, 0, 0).has_value());
}

TEST_CASE("Output is given once, and there is always its list of effects", "[operation]") {
  app::Operation operation(make_buffer(post(R"({"project":"acme","email":"a@b.co"})").message()));
  operation.start();
  CHECK(operation.take_output().parts.at(0).find("d1.batch") != std::string::npos);
  CHECK(operation.take_output().parts == std::vector<std::string>{"[]"});
}
