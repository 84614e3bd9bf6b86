// The report's handler, its outside played by hand: what it asks for, in which order.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/app/report_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

TEST_CASE("A report asks for its zone, the cache and one statement, and answers", "[lead_stats]") {
  Host host(get("/analytics/lead-stats"));
  CHECK(host.kinds() == "zone.transitions");
  CHECK(host.only("zone.transitions").member("timezone") == "Asia/Kolkata");
  host.answer("zone.transitions", "ok", kKolkata);
  CHECK(host.kinds() == "cache.get");
  CHECK(host.only("cache.get").member("lease") == "true");
  host.answer("cache.get", "ok miss");
  REQUIRE(host.kinds() == "ae.query");
  CHECK(host.only("ae.query").body.find("FROM lead_submissions") != std::string::npos);
  host.answer("ae.query", "ok 200 end 12 0", kTwoDays);
  const Answer& answer = host.response();
  CHECK(answer.status == 200);
  CHECK(answer.header("content-type") == "application/json; charset=utf-8");
  CHECK(answer.header("cache-control") == "private, no-cache");
  CHECK(answer.member("totals.total") == "5");
  CHECK(answer.member("totals.primary") == "5");
  CHECK(answer.member("buckets.6.total") == "3");
  CHECK(answer.member("buckets.6.partial") == "true");
  CHECK(answer.member("buckets.5.partial") == "false");
  CHECK(answer.member("buckets.7.total") == "(none)");
  CHECK(answer.member("meta.from") == "2026-11-15T00:00:00+05:30");
  CHECK(answer.member("meta.to") == "2026-11-22T00:00:00+05:30");
  CHECK(answer.member("meta.cache") == "miss");
  CHECK(answer.member("comparison") == "NULL");
}

TEST_CASE("An answer comes in pieces", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  const std::string id = std::to_string(host.only("ae.query").id);
  host.answer("ae.query", "ok 200 more 12 0", kTwoDays.substr(0, 30));
  for (std::size_t at = 30; at < kTwoDays.size(); at += 50) {
    REQUIRE(host.kinds() == "ae.read");
    CHECK(host.only("ae.read").member("query") == id);
    host.answer("ae.read", at + 50 < kTwoDays.size() ? "ok more 3" : "ok end 3", kTwoDays.substr(at, 50));
  }
  CHECK(host.response().member("totals.total") == "5");
}

TEST_CASE("What was answered is kept twice, and answers the next who asks", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?group_by=country&compare=previous&days=60"));
  const std::string grouped = answer_of({{6, {"IN"}, 3}, {0, {""}, 1}});
  host.answer("ae.query", "ok 200 end 12 0", grouped);
  host.answer("ae.query", "ok 200 end 12 0", kTwoDays);
  const Answer first = host.response();
  const std::vector<Kept> kept = host.kept();
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].seconds == 300);
  CHECK(kept[1].seconds == 86400);

  SECTION("a hit needs no statement and says the same") {
    Host again(get("/analytics/lead-stats?compare=previous&days=60&group_by=country"));
    again.answer("zone.transitions", "ok", kKolkata);
    CHECK(again.only("cache.get").member("key") == kept[0].key);
    again.answer("cache.get", "ok hit", kept[0].body);
    const Answer& answer = again.response();
    CHECK(answer.member("meta.cache") == "hit");
    CHECK(answer.header("etag") == first.header("etag"));
    std::string expected = first.body;
    expected.replace(expected.find(R"("cache":"miss")"), 14, R"("cache":"hit")");
    CHECK(answer.body == expected);
  }
  SECTION("a client that has it gets 304") {
    Host again(get("/analytics/lead-stats?group_by=country&compare=previous&days=60")
                   .with("if-none-match", "\"other\", " + first.header("etag")));
    again.answer("zone.transitions", "ok", kKolkata);
    again.answer("cache.get", "ok hit", kept[0].body);
    CHECK(again.response().status == 304);
    CHECK(again.response().body.empty());
    CHECK(again.response().header("content-type").empty());
    CHECK(again.response().header("etag") == first.header("etag"));
  }
  SECTION("another format is another representation of the same entry") {
    Host again(get("/analytics/lead-stats?group_by=country&compare=previous&days=60&limit=1")
                   .with("if-none-match", first.header("etag")));
    again.answer("zone.transitions", "ok", kKolkata);
    CHECK(again.only("cache.get").member("key") == kept[0].key);
    again.answer("cache.get", "ok hit", kept[0].body);
    CHECK(again.response().status == 200);
    CHECK(again.response().member("groups.1.other") == "true");
  }
  SECTION("what cannot be read is as if it were not there") {
    Host again(get("/analytics/lead-stats?group_by=country&compare=previous&days=60"));
    again.answer("zone.transitions", "ok", kKolkata);
    std::string broken = kept[0].body;
    broken.resize(broken.size() - 1);
    again.answer("cache.get", "ok hit", broken);
    CHECK(again.kinds() == "ae.query ae.query");
  }
  SECTION("the last good answer stands in when Analytics Engine is in trouble, days later too") {
    Incoming later = get("/analytics/lead-stats?group_by=country&compare=previous&days=60");
    later.now_ms += 20 * 3600 * 1000;  // the next local day: another range
    Host again(later);
    again.answer("zone.transitions", "ok", kKolkata);
    CHECK(again.only("cache.get").member("key") != kept[0].key);
    again.answer("cache.get", "ok miss");
    again.answer("ae.query", "ok 403 end 1 0", "no");
    again.answer("ae.query", "ok 403 end 1 0", "no");
    REQUIRE(again.kinds() == "cache.get");
    CHECK(again.only("cache.get").member("key") == kept[1].key);
    CHECK(again.only("cache.get").member("lease") == "false");
    again.answer("cache.get", "ok hit", kept[1].body);
    CHECK(again.response().status == 200);
    CHECK(again.response().member("meta.cache") == "stale");
    CHECK(again.response().member("meta.warnings.0.code") == "comparison_before_retention");
    CHECK(again.response().member("meta.warnings.1.code") == "stale");
    CHECK(again.response().member("meta.to") == first.member("meta.to"));
    CHECK(again.response().member("totals.total") == first.member("totals.total"));
    CHECK(again.response().header("etag") != first.header("etag"));
  }
}

TEST_CASE("Questions that mean one range now need not have meant one before", "[lead_stats]") {
  constexpr std::int64_t kMinuteBeforeMidnight = 1'795'199'340'000;  // 2026-11-20T23:59 in Kolkata
  Incoming before = get("/analytics/lead-stats?from=2026-11-15&bucket=week");
  before.now_ms = kMinuteBeforeMidnight;
  Host host = asked(before);
  host.answer("ae.query", "ok 200 end 4 0", answer_of({{0, {}, 3}}));
  REQUIRE(host.kept().size() == 2);
  Incoming after = get("/analytics/lead-stats?days=7&bucket=week");
  after.now_ms = kMinuteBeforeMidnight + 120'000;
  Host other(after);
  other.answer("zone.transitions", "ok", kKolkata);
  REQUIRE(other.only("cache.get").member("key") == host.kept()[0].key);
  other.answer("cache.get", "ok hit", host.kept()[0].body);
  CHECK(other.kinds() == "ae.query");
}

TEST_CASE("Rows have no meta, so its warnings are headers", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?format=csv&compare=previous_year"));
  host.answer("ae.query", "ok 200 end 4 0", kTwoDays);
  CHECK(host.response().header("leadledger-warnings") == "comparison_before_retention, running_period");
  CHECK(host.response().header("leadledger-generated-at") == "2026-11-21T13:30:00+05:30");
  CHECK(host.response().header("leadledger-sample-interval-max") == "1");
  CHECK(host.response().header("content-type") == "text/csv; header=present; charset=utf-8");
}

TEST_CASE("A key that is limited to projects counts these alone, and is told of others", "[lead_stats]") {
  Incoming limited = get("/analytics/lead-stats");
  limited.key_digest = kLimitedDigest;
  Host host = asked(limited);
  CHECK(host.only("ae.query").body.find("index1 = 'acme'") != std::string::npos);

  Incoming other = get("/analytics/lead-stats?project=acme,globex");
  other.key_digest = kLimitedDigest;
  Host refused(other);
  CHECK(refused.response().status == 403);
  CHECK(refused.response().member("detail").find("globex") != std::string::npos);

  Host all = asked(get("/analytics/lead-stats"));
  CHECK(all.only("ae.query").body.find("index1 IN") == std::string::npos);
  CHECK(host.history().size() == 4);  // zone, corrections, cache and statement
}

TEST_CASE("Keys of two reaches never share an answer", "[lead_stats]") {
  Incoming limited = get("/analytics/lead-stats");
  limited.key_digest = kLimitedDigest;
  Host one(limited);
  one.answer("zone.transitions", "ok", kKolkata);
  Host two(get("/analytics/lead-stats"));
  two.answer("zone.transitions", "ok", kKolkata);
  CHECK(one.only("cache.get").member("key") != two.only("cache.get").member("key"));
}

TEST_CASE("Without a key 401, explain without an admin key 403", "[lead_stats]") {
  Incoming nobody = get("/analytics/lead-stats");
  nobody.key_digest = "";
  CHECK(Host(nobody).response().status == 401);
  CHECK(Host(get("/analytics/lead-stats?explain=1")).response().status == 403);

  Incoming admin_key = get("/analytics/lead-stats?explain=1");
  admin_key.key_digest = kAdminDigest;
  Host host = asked(admin_key);
  const std::string sql = host.only("ae.query").body;
  host.answer("ae.query", "ok 200 end 12 0", kTwoDays);
  CHECK(host.response().member("explain.statements.0.sql") == sql);
  CHECK(host.response().member("explain.statements.0.milliseconds") == "12");
  CHECK(host.response().member("explain.statements.0.attempts") == "1");
  CHECK(host.response().member("explain.statements.0.rows") == "2");
}

TEST_CASE("An unknown zone is the caller's fault, or the deployment's", "[lead_stats]") {
  Host host(get("/analytics/lead-stats?timezone=Mars/Olympus"));
  host.answer("zone.transitions", "ok unknown");
  CHECK(host.response().status == 400);
  CHECK(host.response().member("invalid_params.0.name") == "timezone");
  Host deployment(get("/analytics/lead-stats"));
  deployment.answer("zone.transitions", "ok unknown");
  CHECK(deployment.response().status == 500);
  CHECK(deployment.response().member("detail").find("REPORTING_TIMEZONE") != std::string::npos);
}

TEST_CASE("Files have a name and come in pieces where they are long", "[lead_stats]") {
  Host host =
      asked(get("/analytics/lead-stats?format=csv&bucket=30min&days=90&project=acme&timezone=Asia/Kolkata"));
  host.answer("ae.query", "ok 200 end 12 0", answer_of({{10, {}, 3}}));
  CHECK(host.response().streamed);
  CHECK(host.response().header("content-disposition") ==
        "attachment; filename=\"lead-stats_acme_2026-08-24_2026-11-21_Asia-Kolkata.csv\"");
  std::string all;
  while (host.kinds() == "stream.write") {
    CHECK(host.only("stream.write").body.size() < 80'000);
    all += host.only("stream.write").body;
    host.answer("stream.write", "ok");
  }
  CHECK(host.ended_complete() == true);
  CHECK(all.starts_with("start,end,partial,total,"));
  CHECK(std::count(all.begin(), all.end(), '\n') == 1 + 89 * 48 + 28);  // until 14:00 local: 13:30 is running
}

TEST_CASE("A file is called by the only project that a key reaches", "[lead_stats]") {
  Incoming limited = get("/analytics/lead-stats?format=csv");
  limited.key_digest = kLimitedDigest;
  Host host = asked(limited);
  host.answer("ae.query", "ok 200 end 12 0", kTwoDays);
  CHECK(host.response().header("content-disposition").find("lead-stats_acme_2026-11-15_2026-11-21_") !=
        std::string::npos);
}

TEST_CASE("A client that goes away ends a stream that does not look whole", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?format=ndjson&bucket=30min&days=90"));
  host.answer("ae.query", "ok 200 end 12 0", answer_of({{10, {}, 3}}));
  host.answer("stream.write", "error", "gone");
  CHECK(host.ended_complete() == false);
  CHECK(host.done());
}

TEST_CASE("A limited key may ask for what has no project", "[lead_stats]") {
  Incoming limited = get("/analytics/lead-stats?project=");
  limited.key_digest = kLimitedDigest;
  Host host(limited);
  CHECK(host.kinds() == "zone.transitions");
}
