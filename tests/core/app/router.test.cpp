#include <catch2/catch.hpp>
#include <string>

#include "tests/core/app/ledger_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

Incoming request(std::string method, std::string path) {
  Incoming incoming;
  incoming.method = std::move(method);
  incoming.url = "https://leads.example" + std::move(path);
  incoming.config = admin_config();
  return incoming;
}

}  // namespace

TEST_CASE("A path that is not there is 404", "[router]") {
  const std::string path =
      GENERATE(as<std::string>{}, "/nothing", "/api", "/api/leads/a/b", "/api/leads/", "/API/LEADS",
               "/api/leads%2F", "//api/leads", "/api/admin/projects/", "/api/admin/blocked-ips/a/b",
               "/api/submissions/", "/api/submissions//correction", "/api/submissions/a/b/correction",
               "/api/submissions/a/correction/", "/healthz/", "/healthz/x");
  CAPTURE(path);
  Host host(request(GENERATE("GET", "POST", "DELETE"), path));
  CHECK(host.response().status == 404);
  CHECK(host.response().member("code") == "not_found");
  CHECK(host.response().header("content-type") == "application/problem+json");
}

TEST_CASE("A method that a path does not take is 405, with those it takes", "[router]") {
  const auto [method, path, allow] = GENERATE(table<std::string, std::string, std::string>({
      {"PUT", "/api/leads", "POST, OPTIONS, GET, HEAD, DELETE"},
      {"GET", "/api/leads/validate", "POST"},
      {"DELETE", "/api/leads/validate", "POST"},
      {"POST", "/api/leads/lead_1", "GET, HEAD, DELETE"},
      {"POST", "/api/submissions", "GET, HEAD"},
      {"POST", "/api/submissions/sub_1", "GET, HEAD, DELETE"},
      {"GET", "/api/submissions/sub_1/correction", "POST, DELETE"},
      {"POST", "/api/submissions/correction", "GET, HEAD, DELETE"},
      {"PUT", "/api/admin/projects", "GET, HEAD, POST"},
      {"POST", "/api/admin/projects/acme", "GET, HEAD, PATCH, DELETE"},
      {"GET", "/api/admin/blocked-ips/blk_1", "DELETE"},
      {"POST", "/healthz", "GET, HEAD"},
      {"post", "/api/leads", "POST, OPTIONS, GET, HEAD, DELETE"},
      {"", "/healthz", "GET, HEAD"},
  }));
  CAPTURE(method, path);
  Host host(request(method, path));
  CHECK(host.response().status == 405);
  CHECK(host.response().header("allow") == allow);
  CHECK(host.response().member("detail").find(allow) != std::string::npos);
}

TEST_CASE("A problem tells which request it was", "[router]") {
  Host host(request("GET", "/no/such?a=1#b"));
  CHECK(host.response().member("instance") == "/no/such");
  CHECK(host.response().member("request_id") == "req_0000000000004000800000000000000d");
  CHECK(host.response().header("x-request-id") == "req_0000000000004000800000000000000d");
  CHECK(host.response().member("status") == "404");
}

TEST_CASE("The Worker's health is anyone's to see, by HEAD too", "[router]") {
  Host host(request(GENERATE("GET", "HEAD"), GENERATE("/healthz", "/healthz?x=1", "/healthz#x")));
  CHECK(host.response().status == 200);
  CHECK(host.response().member("status") == "ok");
}

TEST_CASE("Every route but intake and health wants an admin key", "[router][access]") {
  const auto [method, path] = GENERATE(table<std::string, std::string>({
      {"GET", "/api/leads"},
      {"DELETE", "/api/leads?email=a@b.co"},
      {"GET", "/api/leads/lead_1"},
      {"DELETE", "/api/leads/lead_1"},
      {"POST", "/api/leads/validate"},
      {"GET", "/api/submissions"},
      {"GET", "/api/submissions?format=ndjson"},
      {"GET", "/api/admin/projects"},
      {"POST", "/api/admin/projects"},
      {"GET", "/api/admin/projects/acme"},
      {"PATCH", "/api/admin/projects/acme"},
      {"DELETE", "/api/admin/projects/acme"},
      {"GET", "/api/admin/blocked-ips"},
      {"POST", "/api/admin/blocked-ips"},
      {"DELETE", "/api/admin/blocked-ips/blk_1"},
  }));
  const auto [digest, status] = GENERATE(table<std::string, int>({
      {"", 401},
      {"nobody", 401},
      {std::string(kExpiredDigest), 401},
      {std::string(kMarketingDigest), 403},
      {"eeee", 401},  // expires_at is no text
      {"ffff", 401},  // expires_at is no instant
  }));
  CAPTURE(method, path, digest);
  Incoming incoming = request(method, path);
  incoming.key_digest = digest;
  Host host(incoming);
  CHECK(host.response().status == status);
  CHECK(host.history().size() == 1);
  CHECK(host.response().header("www-authenticate").empty() == (status != 401));
}

TEST_CASE("A preflight is granted where any project allows the origin, or nobody knows", "[router][cors]") {
  const auto [origin, status, body, granted] = GENERATE(table<std::string, std::string, std::string, bool>({
      {"https://www.acme.com", "ok",
       R"([[{"settings":"{}"},{"settings":"{\"allowed_origins\":[\"https://www.acme.com\"]}"}]])", true},
      {"https://evil.example", "ok", R"([[{"settings":"{\"allowed_origins\":[\"https://www.acme.com\"]}"}]])",
       false},
      {"https://www.acme.com", "ok", "[[]]", false},
      {"https://www.acme.com", "failed: down", "", true},
      {"", "failed: down", "", false},
  }));
  CAPTURE(origin, status, body);
  Host host(request("OPTIONS", "/api/leads").with("origin", origin));
  host.answer("d1.batch", status, body);
  CHECK(host.response().status == 204);
  CHECK(host.response().header("vary") == "Origin");
  CHECK(host.response().header("access-control-allow-origin") == (granted ? origin : ""));
  CHECK(host.response().header("access-control-allow-headers").empty() != granted);
}
