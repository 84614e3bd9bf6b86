// Which cookie is a session, and what may be done through one.
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/app/ledger_replies.hpp"
#include "tests/core/app/session_host.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

const char* const kTestLead = R"({"project":"acme","name":"Ada Lovelace","email":"ada@lovelace.uk"})";

std::string named(std::string_view value) { return std::string(kSecureName) + "=" + std::string(value); }

/// 200, or the code of the refusal.
std::string outcome(const Incoming& incoming) {
  Host host(incoming);
  sign(host);
  return host.response().status == 200 ? "200" : host.response().member("code");
}

std::string outcome_of(std::string_view cookies) {
  return outcome(by_cookie("GET", "/api/session", cookies));
}

/// The form of a test that the dashboard sends.
Incoming test_lead(char letter) {
  Incoming incoming = post(kTestLead);
  incoming.config = session_config();
  return incoming.with("cookie", named(session_of(letter)))
      .with("x-lead-test", "1")
      .with("origin", kHost)
      .with("sec-fetch-site", "same-origin");
}

}  // namespace

TEST_CASE("A session is its key, in one signature", "[session]") {
  Host host(by_session("GET", "/api/session"));
  REQUIRE(host.kinds() == "hmac");
  CHECK(host.only("hmac").member("key") == digest_of('a'));
  CHECK(host.only("hmac").member("text") ==
        "leadledger session v1\nhttps://leads.example\nkey_a\n" + std::to_string(kNowS + 3600) + "\n");
  sign(host);
  CHECK(host.response().status == 200);
  CHECK(host.response().member("key_id") == "key_a");
  CHECK(host.history().size() == 2);
}

TEST_CASE("A cookie that was changed in any place is no session", "[session]") {
  const std::string good = session_of('a');
  REQUIRE(outcome_of(named(good)) == "200");
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char other : {'0', 'b', '.', 'A', '-'}) {
      if (good[at] == other) continue;
      std::string changed = good;
      changed[at] = other;
      CAPTURE(changed);
      CHECK(outcome_of(named(changed)) == "session_ended");
    }
    CAPTURE(at);
    CHECK(outcome_of(named(good.substr(0, at))) == "session_ended");
  }
  CHECK(outcome_of(named(good + "0")) == "session_ended");
}

TEST_CASE("A session of another key, origin or end is none", "[session]") {
  const std::int64_t ends = kNowS + 3600;
  const std::string value = GENERATE_COPY(
      session_value("key_a", digest_of('b'), ends), session_value("key_b", digest_of('a'), ends),
      session_value("key_x", digest_of('a'), ends), session_value("key_a", "", ends),
      session_value("key_a", digest_of('a'), ends, "http://leads.example"),
      session_value("key_a", digest_of('a'), ends, "https://leads.example:8443"),
      session_value("key_a", digest_of('a'), ends, "https://other.example"),
      session_value("key_weak", "1234", ends), session_value("key_twice", digest_of('1'), ends),
      session_value("key_twice", digest_of('2'), ends), session_value("key;3", digest_of('3'), ends),
      session_value(std::string(65, 'k'), digest_of('4'), ends), session_of('d'),
      session_value("key_a", digest_of('a'), kNowS), session_value("key_a", digest_of('a'), -ends),
      session_value("key_a", digest_of('a'), 1'000'000'000'000));
  CAPTURE(value);
  CHECK(outcome_of(named(value)) == "session_ended");
}

TEST_CASE("A session lives until its second, and not beyond its key", "[session]") {
  const auto [left_s, key, good] = GENERATE(table<std::int64_t, char, bool>({
      {1, 'a', true},
      {0, 'a', false},
      {-1, 'a', false},
      {12 * 3600, 'e', true},  // the key goes first, in an hour
  }));
  CAPTURE(left_s, key);
  CHECK((outcome_of(named(session_of(key, kNowS + left_s))) == "200") == good);
  if (key != 'e') return;
  Incoming later = by_cookie("GET", "/api/session", named(session_of('e', kNowS + left_s)));
  Host now(later);
  sign(now);
  CHECK(now.response().member("expires_at") == "2026-11-21T09:00:00.000Z");
  later.now_ms += 3'601'000;
  CHECK(outcome(later) == "session_ended");
}

TEST_CASE("Our cookie is found among others, and never guessed", "[session]") {
  const std::string good = session_of('a');
  const std::string mine = named(good);
  const auto [cookies, expected] = GENERATE_COPY(table<std::string, std::string>({
      {mine, "200"},
      {"a=1; " + mine + "; b=2", "200"},
      {"a=1;" + mine + ";b=2", "200"},
      {" \t" + mine + "\t ", "200"},
      {";;=;a;" + mine + ";", "200"},
      {mine + "; " + mine, "200"},                       // twice the same
      {mine + "; " + named("\"" + good + "\""), "200"},  // quoted: not ours
      {mine + "; leadledger_session=" + session_of('b'), "200"},
      {mine + "; " + named(session_of('b')), "session_ended"},
      {named(session_of('b')) + "; " + mine, "session_ended"},
      {named("") + "; " + mine, "session_ended"},
      {named(""), "session_ended"},
      {named("v2" + good.substr(2)), "session_ended"},
      {named("v1"), "session_ended"},
      {named("v1..."), "session_ended"},
      {named("v1.key_a.."), "session_ended"},
      {named("v1.key_a.99999999999999999999999999." + std::string(64, '0')), "session_ended"},
      {named(std::string(8000, '.')), "session_ended"},
      {std::string(16385 - mine.size() - 1, 'x') + ";" + mine, "session_ended"},
      {std::string(16384 - mine.size() - 1, 'x') + ";" + mine, "200"},
      {named("\"" + good + "\""), "key_missing"},
      {"leadledger_session=" + good, "key_missing"},
      {"__host-leadledger_session=" + good, "key_missing"},
      {"x" + mine, "key_missing"},
      {std::string(kSecureName) + " =" + good, "key_missing"},
      {"a=" + mine, "key_missing"},
      {"a=1, " + mine, "key_missing"},
      {std::string(kSecureName), "session_ended"},
      {"", "key_missing"},
  }));
  CAPTURE(cookies.size() > 300 ? cookies.substr(0, 300) : cookies);
  CHECK(outcome_of(cookies) == expected);
}

TEST_CASE("Without https the cookie has its plain name", "[session]") {
  const std::string good = session_value("key_a", digest_of('a'), kNowS + 3600, "http://localhost:8787");
  const auto [name, expected] = GENERATE(table<std::string, std::string>(
      {{"leadledger_session", "200"}, {"__Host-leadledger_session", "key_missing"}}));
  Incoming incoming = by_cookie("GET", "/api/session", name + "=" + good);
  incoming.url = "http://localhost:8787/api/session";
  CHECK(outcome(incoming) == expected);
}

TEST_CASE("A key that came is the one that counts", "[session]") {
  Incoming incoming = by_session("GET", "/api/session", 'a');
  incoming.key_digest = digest_of('b');
  Host host(incoming);
  CHECK(host.response().member("key_id") == "key_b");
  CHECK(host.history().size() == 1);  // no signature was asked for
  incoming.key_digest = digest_of('9');
  CHECK(outcome(incoming) == "key_unknown");
}

TEST_CASE("A session reaches as far as its key", "[session]") {
  CHECK(outcome(by_session("GET", "/api/admin/keys", 'a')) == "200");
  CHECK(outcome(by_session("GET", "/api/admin/keys", 'b')) == "key_forbidden");
  CHECK(outcome(by_session("GET", "/api/admin/projects/globex", 'c')) == "key_forbidden");
  CHECK(outcome(by_session("HEAD", "/api/session", 'b')) == "200");
}

TEST_CASE("A signature that cannot be had is nobody's fault", "[session]") {
  Host host(by_session("GET", "/api/session"));
  host.answer("hmac", "error", "no");
  CHECK(host.response().status == 500);
  CHECK(host.response().member("detail") == "The session could not be checked. Please try again.");
}

TEST_CASE("Through a session only our own pages change something", "[session][cross_site]") {
  const auto [site, origin, allowed] = GENERATE(table<std::string, std::string, bool>({
      {"same-origin", "https://leads.example", true},
      {"same-origin", "", true},
      {"same-origin", "null", true},
      {"", "https://leads.example", true},
      {"same-site", "https://leads.example", false},
      {"same-site", "https://www.leads.example", false},
      {"cross-site", "https://evil.example", false},
      {"cross-site", "", false},
      {"none", "", false},
      {"Same-Origin", "", false},
      {"", "", false},
      {"", "null", false},
      {"", "http://leads.example", false},
      {"", "https://leads.example:8443", false},
      {"", "https://leads.example.evil.example", false},
      {"", "https://evil.example", false},
  }));
  CAPTURE(site, origin);
  const auto [method, path] = GENERATE(table<std::string, std::string>({
      {"POST", "/api/admin/projects"},
      {"PATCH", "/api/admin/projects/acme"},
      {"DELETE", "/api/leads/lead_1"},
      {"DELETE", "/api/session"},
  }));
  CAPTURE(method, path);
  Incoming incoming = by_session(method, path);
  incoming.with("sec-fetch-site", site).with("origin", origin);
  Host host(incoming);
  sign(host);
  if (!allowed) {
    CHECK(host.response().status == 403);
    CHECK(host.response().member("code") == "cross_site");
    CHECK(host.history().size() == 2);
    return;
  }
  CHECK((!host.responded() || host.response().member("code") != "cross_site"));
}

TEST_CASE("Reading through a session asks for no origin", "[session][cross_site]") {
  const std::string method = GENERATE(as<std::string>{}, "GET", "HEAD");
  Incoming incoming = by_session(method, "/api/session");
  CHECK(outcome(incoming.with("sec-fetch-site", "cross-site").with("origin", "https://evil.example")) ==
        "200");
}

TEST_CASE("Whoever brings the key itself may come from anywhere", "[session][cross_site]") {
  Incoming incoming = by_session("DELETE", "/api/session");
  incoming.key_digest = digest_of('a');
  Host host(incoming.with("sec-fetch-site", "cross-site"));
  CHECK(host.response().status == 204);
}

TEST_CASE("A form on our own host is not its signed-in visitor's", "[session][post_lead]") {
  const std::string header = GENERATE(as<std::string>{}, "", "0", "false");
  Host host(test_lead('a').with("x-lead-test", header).with("origin", "https://www.acme.com"));
  REQUIRE(host.kinds() == "d1.batch rate.limit");  // no signature: the cookie is not looked at
  host.answer("rate.limit", "ok pass");
  host.answer("d1.batch", "ok", settings_reply());
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(host.response().member("event_type") == "(none)");
  CHECK(point_at(host, "blobs.19") == "primary");
}

TEST_CASE("With the test header a session posts a test, of our own page", "[session][post_lead]") {
  Host host(test_lead(GENERATE('a', 'c')));
  REQUIRE(host.kinds() == "hmac");
  sign(host);
  REQUIRE(host.kinds() == "d1.batch");  // as a server's with an admin key: not counted
  host.answer("d1.batch", "ok", settings_reply());
  keep(host);
  CHECK(host.response().status == 201);
  CHECK(host.response().member("event_type") == "test");
  CHECK(point_at(host, "blobs.19") == "test");
}

TEST_CASE("A test that no admin's session vouches for is nobody's lead", "[session][post_lead]") {
  const auto refused = [](const Incoming& incoming, std::string_view code) {
    Host host(incoming);
    sign(host);
    REQUIRE(host.responded());
    CHECK(host.response().member("code") == code);
    CHECK(host.statements().empty());
    CHECK(host.points().empty());
  };
  SECTION("a marketing key's") { refused(test_lead('b'), "key_forbidden"); }
  SECTION("one that has ended") {
    refused(test_lead('a').with("cookie", named(session_of('a', kNowS - 1))), "session_ended");
  }
  SECTION("another site's page") {
    refused(test_lead('a').with("sec-fetch-site", "cross-site"), "cross_site");
  }
  SECTION("a page that tells nothing") {
    refused(test_lead('a').with("sec-fetch-site", "").with("origin", ""), "cross_site");
  }
}

TEST_CASE("A test beyond the reach of a session's key is refused", "[session][post_lead]") {
  Incoming incoming = test_lead('c');
  incoming.body = R"({"project":"globex","email":"ada@lovelace.uk"})";
  Host host(incoming);
  sign(host);
  CHECK(host.response().member("code") == "key_forbidden");
}

TEST_CASE("Preflights, health and paths that are not there look at no session", "[session]") {
  const auto [method, path] = GENERATE(table<std::string, std::string>(
      {{"OPTIONS", "/api/leads"}, {"GET", "/healthz"}, {"GET", "/nothing"}, {"PUT", "/api/session"}}));
  CAPTURE(method, path);
  const Host host(by_session(method, path));
  for (const std::string& kind : host.history()) CHECK(kind != "hmac");
}
