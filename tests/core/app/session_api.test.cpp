// Signing in and out, who one is, and the list of keys.
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/app/session_host.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

Incoming by_key(std::string method, std::string path, const std::string& digest) {
  Incoming incoming = by_cookie(std::move(method), std::move(path), "");
  incoming.key_digest = digest;
  return incoming;
}

Incoming sign_in(char letter) { return by_key("POST", "/api/session", digest_of(letter)); }

Answer answer_to(const Incoming& incoming) {
  Host host(incoming);
  sign(host);
  return host.response();
}

/// The ids of the keys that a list answers.
std::string ids(const Answer& answer) {
  std::string out;
  for (int at = 0; answer.member("data." + std::to_string(at) + ".id") != "(none)"; ++at) {
    out += (out.empty() ? "" : " ") + answer.member("data." + std::to_string(at) + ".id");
  }
  return out;
}

}  // namespace

TEST_CASE("Signing in gives a cookie that is a session, and says whose", "[session]") {
  const Answer answer = answer_to(sign_in('b'));
  REQUIRE(answer.status == 200);
  CHECK(answer.body == R"({"key_id":"key_b","name":"Agency","role":"marketing","projects":["acme","globex"],)"
                       R"("expires_at":"2026-11-21T20:00:00.000Z","reporting_timezone":"Asia/Kolkata"})");
  CHECK(answer.header("cache-control") == "no-store");
  const std::string value = session_value("key_b", digest_of('b'), kNowS + 12 * 3600);
  CHECK(answer.header("set-cookie") ==
        "__Host-leadledger_session=" + value + "; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");

  const Answer shown = answer_to(by_cookie("GET", "/api/session", std::string(kSecureName) + "=" + value));
  CHECK(shown.status == 200);
  CHECK(shown.body == answer.body);
  CHECK(shown.header("cache-control") == "no-store");
  CHECK(shown.header("set-cookie").empty());
}

TEST_CASE("A key that reaches all projects says so", "[session]") {
  CHECK(answer_to(sign_in('a')).member("projects.0") == "*");
  CHECK(answer_to(sign_in('a')).member("projects.1") == "(none)");
}

TEST_CASE("Without https the cookie does without Secure and its prefix", "[session]") {
  Incoming incoming = sign_in('a');
  incoming.url = "http://localhost:8787/api/session";
  const std::string cookie = answer_to(incoming).header("set-cookie");
  CHECK(cookie.starts_with("leadledger_session=v1.key_a."));
  CHECK(cookie.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"));
}

TEST_CASE("Without https only this very machine is signed in to", "[session]") {
  const auto [url, status] = GENERATE(table<std::string, int>({
      {"http://127.0.0.1:8787/api/session", 200},
      {"http://[::1]:8787/api/session", 200},
      {"http://[::1]/api/session", 200},
      {"http://leads.localhost/api/session", 200},
      {"http://leads.example/api/session", 403},
      {"http://localhost.leads.example/api/session", 403},
      {"http://127.0.0.1.leads.example:8787/api/session", 403},
      {"http://notlocalhost/api/session", 403},
      {"https://leads.example/api/session", 200},
  }));
  CAPTURE(url);
  Incoming incoming = sign_in('a');
  incoming.url = url;
  const Answer answer = answer_to(incoming);
  CHECK(answer.status == status);
  CHECK(answer.header("set-cookie").empty() == (status == 403));
  if (status == 403) CHECK(answer.member("code") == "insecure_transport");
}

TEST_CASE("A session never outlives its key", "[session]") {
  const Answer answer = answer_to(sign_in('e'));
  CHECK(answer.member("expires_at") == "2026-11-21T09:00:00.000Z");
  CHECK(answer.header("set-cookie").find("; Max-Age=3600;") != std::string::npos);
}

TEST_CASE("Who has no key cannot sign in, nor with a session", "[session]") {
  const auto [digest, code] = GENERATE(table<std::string, std::string>(
      {{"", "key_missing"}, {digest_of('9'), "key_unknown"}, {digest_of('d'), "key_unknown"}}));
  Incoming incoming = by_session("POST", "/api/session");
  incoming.key_digest = digest;
  incoming.with("sec-fetch-site", "same-origin");
  const Answer answer = answer_to(incoming);
  CHECK(answer.status == 401);
  CHECK(answer.member("code") == code);
  CHECK(answer.header("set-cookie").empty());
  CHECK_FALSE(answer.header("www-authenticate").empty());
}

TEST_CASE("A key whose entry cannot carry a session is told so", "[session]") {
  const std::string digest =
      GENERATE(std::string("1234"), digest_of('1'), digest_of('2'), digest_of('3'), digest_of('4'));
  CAPTURE(digest);
  Host host(by_key("POST", "/api/session", digest));
  CHECK(host.history().size() == 1);
  CHECK(host.response().status == 500);
  CHECK(host.response().member("detail").find("its id on the key list") != std::string::npos);
  CHECK(host.response().header("set-cookie").empty());
}

TEST_CASE("A signature that cannot be had is no session", "[session]") {
  const auto [status, body] = GENERATE(
      table<std::string, std::string>({{"error", "no"}, {"ok", ""}, {"ok", std::string(64, '\xff')}}));
  Host host(sign_in('a'));
  host.answer("hmac", status, body);
  CHECK(host.response().status == 500);
  CHECK(host.response().header("set-cookie").empty());
}

TEST_CASE("Nobody is signed in from another site", "[session][cross_site]") {
  const auto [site, origin, allowed] = GENERATE(table<std::string, std::string, bool>({
      {"", "", true},
      {"same-origin", "", true},
      {"", "https://leads.example", true},
      {"same-origin", "https://leads.example", true},
      {"same-origin", "https://evil.example", false},
      {"same-site", "https://leads.example", false},
      {"cross-site", "", false},
      {"none", "", false},
      {"", "null", false},
      {"", "https://evil.example", false},
      {"", "http://leads.example", false},
  }));
  CAPTURE(site, origin);
  const Answer answer = answer_to(sign_in('a').with("sec-fetch-site", site).with("origin", origin));
  CHECK(answer.status == (allowed ? 200 : 403));
  CHECK(answer.header("set-cookie").empty() != allowed);
  if (!allowed) CHECK(answer.member("code") == "cross_site");
}

TEST_CASE("A key is shown with its own end", "[session]") {
  CHECK(answer_to(by_key("GET", "/api/session", digest_of('a'))).member("expires_at") == "NULL");
  CHECK(answer_to(by_key("GET", "/api/session", digest_of('e'))).member("expires_at") ==
        "2026-11-21T09:00:00.900Z");
}

TEST_CASE("Signing out takes the cookie away, whatever it is", "[session]") {
  const std::string cookies =
      GENERATE(std::string(), std::string(kSecureName) + "=" + session_of('a'),
               std::string(kSecureName) + "=v1.rubbish", std::string(kSecureName) + "=" + session_of('d'));
  CAPTURE(cookies);
  const Answer answer =
      answer_to(by_cookie("DELETE", "/api/session", cookies).with("sec-fetch-site", "same-origin"));
  CHECK(answer.status == 204);
  CHECK(answer.body.empty());
  CHECK(answer.header("cache-control") == "no-store");
  CHECK(answer.header("set-cookie") ==
        "__Host-leadledger_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
}

TEST_CASE("Parameters are taken nowhere here", "[session][keys]") {
  const auto [method, path] = GENERATE(table<std::string, std::string>(
      {{"GET", "/api/session?a=1"}, {"POST", "/api/session?a=1"}, {"GET", "/api/admin/keys?limit=1"}}));
  const Answer answer = answer_to(by_key(method, path, digest_of('a')));
  CHECK(answer.status == 400);
  CHECK(answer.member("code") == "bad_parameter");
}

TEST_CASE("An admin sees the keys, and never a digest", "[keys]") {
  const Answer answer = answer_to(by_session("GET", "/api/admin/keys", 'a'));
  REQUIRE(answer.status == 200);
  CHECK(ids(answer) ==
        "key_a key_b key_c key_d key_e key_weak key_twice key_twice key;3 " + std::string(65, 'k'));
  CHECK(answer.body.starts_with(
      R"({"data":[{"id":"key_a","name":"Ada","role":"admin","projects":["*"],)"
      R"("created_at":"2026-01-01T00:00:00Z","expires_at":null,"expired":false,"current":true},)"));
  CHECK(answer.body.ends_with(R"("next_cursor":null})"));
  CHECK(answer.body.find("digest") == std::string::npos);
  for (const char letter : {'a', 'b', 'c', 'd', 'e', '1'}) {
    CHECK(answer.body.find(digest_of(letter)) == std::string::npos);
  }
  CHECK(answer.member("data.1.current") == "false");
  CHECK(answer.member("data.1.created_at") == "NULL");
  CHECK(answer.member("data.3.expired") == "true");
  CHECK(answer.member("data.4.expired") == "false");
  CHECK(answer.header("cache-control") == "no-store");
}

TEST_CASE("An admin of some projects sees the keys of these alone", "[keys]") {
  const Answer answer = answer_to(by_key("GET", "/api/admin/keys", digest_of('c')));
  CHECK(ids(answer) == "key_c");
  CHECK(answer.member("data.0.current") == "true");
}

TEST_CASE("A list of keys that holds other things is shown as far as it is one", "[keys]") {
  Incoming incoming = by_key("GET", "/api/admin/keys", digest_of('a'));
  incoming.config = R"({"api_keys":[1,null,"key",[],{},
    {"id":"key_a","digest":")" +
                    digest_of('a') + R"(","role":"admin","projects":["*"]},
    {"id":7,"name":[],"role":"owner","projects":"*","expires_at":1999999999,"created_at":true}]})";
  const Answer answer = answer_to(incoming);
  REQUIRE(answer.status == 200);
  CHECK(answer.member("data.0.id").empty());
  CHECK(answer.member("data.1.id") == "key_a");
  CHECK(answer.member("data.2.role") == "marketing");
  CHECK(answer.member("data.2.expires_at") == "1999999999");
  CHECK(answer.member("data.2.expired") == "true");
  CHECK(answer.member("data.3") == "(none)");
}
