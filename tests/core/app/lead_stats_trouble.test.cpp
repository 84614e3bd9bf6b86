// What the report's handler makes of trouble: an outside that refuses, breaks off, says nonsense or too much.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/app/report_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

TEST_CASE("Trouble is tried again, for a while, then told", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  const auto [status, code, http] = GENERATE(table<std::string, std::string, int>({
      {"ok 429 end 3 0", "analytics_unavailable", 502},
      {"ok 500 end 3 1", "analytics_unavailable", 502},
      {"ok 503 end 3 0", "analytics_unavailable", 502},
      {"timeout", "analytics_timeout", 504},
      {"error", "analytics_unavailable", 502},
  }));
  CAPTURE(status);
  int posts = 0;
  while (!host.responded()) {
    if (host.kinds() == "ae.query") {
      ++posts;
      host.answer("ae.query", status, "oh");
    } else if (host.kinds() == "timer.wait") {
      host.answer("timer.wait", "ok");
    } else {
      REQUIRE(host.kinds() == "cache.get");
      host.answer("cache.get", "ok miss");
    }
  }
  CHECK(posts == (status == "timeout" ? 2 : 3));
  CHECK(host.response().status == http);
  CHECK(host.response().member("code") == code);
  CHECK(host.response().header("retry-after") == "10");
  CHECK(host.response().header("content-type") == "application/problem+json");
}

TEST_CASE("What passes on the second try is an answer", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  const std::string trouble = GENERATE("ok 500 end 3 0", "cut", "timeout");
  if (trouble == "cut") {
    host.answer("ae.query", "ok 200 more 12 0", kTwoDays.substr(0, kTwoDays.size() - 40));
    host.answer("ae.read", "error", "connection lost");
  } else {
    host.answer("ae.query", trouble);
  }
  REQUIRE(host.kinds() == "timer.wait");
  host.answer("timer.wait", "ok");
  host.answer("ae.query", "ok 200 end 4 0", kTwoDays);
  CHECK(host.response().status == 200);
  CHECK(host.response().member("totals.total") == "5");  // nothing of the first try is left
}

TEST_CASE("A long Retry-After is not waited for", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  const auto [asked_s, told_s] =
      GENERATE(table<std::string, std::string>({{"60", "60"}, {"3600", "3600"}, {"999999999", "3600"}}));
  host.answer("ae.query", "ok 429 end 3 " + asked_s);
  host.answer("cache.get", "ok miss");
  CHECK(host.response().status == 502);
  CHECK(host.response().header("retry-after") == told_s);
}

TEST_CASE("An answer that is not whole is a 502, never fewer rows", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  const std::string body =
      GENERATE_COPY(as<std::string>{}, "", "null", "<html>", "{}", kTwoDays.substr(0, kTwoDays.size() - 1),
                    kTwoDays + "}", answer_of({{6, {}, 3}}, 2), answer_of({{7, {}, 3}}),
                    answer_of({{-1, {}, 3}}), answer_of({{6, {"IN"}, 3}}), std::string(100'000, '['));
  CAPTURE(body.substr(0, 100));
  host.answer("ae.query", "ok 200 end 4 0", body);
  REQUIRE(host.kinds() == "cache.get");
  host.answer("cache.get", "ok miss");
  CHECK(host.response().status == 502);
  CHECK(host.response().member("code") == "analytics_unavailable");
}

TEST_CASE("A dataset without points is an empty report that says so, and is not kept", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous&group_by=country"));
  const std::string body = "Input was invalid: unable to find type of column: \"timestamp\"";
  host.answer("ae.query", "ok 422 end 4 0", body);
  host.answer("ae.query", "ok 422 end 4 0", body);
  CHECK(host.response().status == 200);
  CHECK(host.response().member("meta.warnings.0.code") == "no_data_yet");
  CHECK(host.response().member("totals.total") == "0");
  CHECK(host.response().member("buckets.6.total") == "0");
  // It goes to those who wait for the same, and no further.
  REQUIRE(host.kept().size() == 1);
  CHECK(host.kept()[0].seconds == 0);
  Host waiter(get("/analytics/lead-stats?compare=previous&group_by=country"));
  waiter.answer("zone.transitions", "ok", kKolkata);
  waiter.answer("cache.get", "ok hit", host.kept()[0].body);
  CHECK(waiter.response().member("meta.warnings.0.code") == "no_data_yet");
}

TEST_CASE("Where the first point came between two statements, there is data", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous&group_by=country"));
  const std::uint32_t first = host.waiting()[0].id;
  host.answer_id(host.waiting()[1].id, "ok 422 end 4 0",
                 "Input was invalid: unable to find type of column: \"index1\"");
  host.answer_id(first, "ok 200 end 4 0", answer_of({{6, {"IN"}, 5}}));
  CHECK(host.response().member("totals.total") == "5");
  CHECK(host.response().member("comparison.totals.total") == "0");
  CHECK(host.response().body.find("no_data_yet") == std::string::npos);
}

TEST_CASE("A column of the statement's own that is unknown is a fault, not a lack of data", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  const std::string name = GENERATE(as<std::string>{}, "m_n", "cell", "d0", "", "x", "blobs\" unable");
  CAPTURE(name);
  const bool has_prefix = name != "x";
  host.answer("ae.query", "ok 422 end 4 0",
              (has_prefix ? "Input was invalid: " : "") + std::string("unable to find type of column: \"") +
                  (has_prefix ? name : "timestamp") + "\"");
  if (name == "blobs\" unable") return;  // begins as a column does
  host.answer("cache.get", "ok miss");
  CHECK(host.response().status == 502);
}

TEST_CASE("The largest of nothing may be null", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?bucket=none"));
  std::string nothing = answer_of({{-1, {}, 0}});
  const auto null_of = [&nothing](const std::string& column, const std::string& value) {
    const std::string member = "\"" + column + "\":\"" + value + "\"";
    REQUIRE(nothing.find(member) != std::string::npos);
    nothing.replace(nothing.find(member), member.size(), "\"" + column + "\":null");
  };
  null_of("m_most", "1");
  null_of("m_newest", "1795240000");
  SECTION("which is 0") {
    host.answer("ae.query", "ok 200 end 4 0", nothing);
    CHECK(host.response().status == 200);
    CHECK(host.response().member("meta.newest_submission_at") == "NULL");
    CHECK(host.response().member("totals.total") == "0");
  }
  SECTION("but no count is") {
    null_of("m_n", "0");
    host.answer("ae.query", "ok 200 end 4 0", nothing);
    host.answer("cache.get", "ok miss");
    CHECK(host.response().status == 502);
  }
}

TEST_CASE("More text than fits into memory is refused with what helps", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?bucket=none&group_by=landing_path"));
  std::string answer = R"({"data":[)";
  constexpr int kRows = 20'000;
  const std::string row = answer_of({{-1, {"/"}, 1}});
  const std::string one =
      row.substr(row.find('[', row.find("data")) + 1, row.rfind(']') - row.find('[', row.find("data")) - 1);
  for (int at = 0; at < kRows; ++at) {
    std::string next = one;
    next.replace(next.find("\"/\"") + 1, 1, "/" + std::to_string(at) + std::string(990, 'x'));
    answer += (at > 0 ? "," : "") + next;
  }
  host.answer("ae.query", "ok 200 end 4 0", answer + R"(],"rows":20000})");
  CHECK(host.response().status == 400);
  CHECK(host.response().member("detail").find("fits into memory") != std::string::npos);
}

TEST_CASE("Where one statement is refused the other is not tried again", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous&group_by=country"));
  const std::uint32_t second = host.waiting()[1].id;
  host.answer("ae.query", "ok 401 end 4 0");
  CHECK(host.kinds() == "ae.query");
  host.answer_id(second, "ok 500 end 4 0");
  CHECK(host.kinds() == "cache.get");
}

TEST_CASE("Two statements do not come back at the same moment", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous&group_by=country"));
  host.answer("ae.query", "ok 500 end 4 0");
  host.answer("ae.query", "ok 500 end 4 0");
  REQUIRE(host.kinds() == "timer.wait timer.wait");
  CHECK(host.waiting()[0].member("ms") != host.waiting()[1].member("ms"));
}

TEST_CASE("The last good answer has a tag of its own, and is given at once for a while", "[lead_stats]") {
  const auto kept_with = [](std::int64_t count) {
    Host host = asked(get("/analytics/lead-stats"));
    host.answer("ae.query", "ok 200 end 4 0", answer_of({{6, {}, count}}));
    return host.kept();
  };
  const auto stale = [](const std::string& body, std::vector<Kept>& kept) {
    Host host = asked(get("/analytics/lead-stats"));
    host.answer("ae.query", "ok 403 end 1 0");
    host.answer("cache.get", "ok hit", body);
    kept = host.kept();
    return host.response();
  };
  std::vector<Kept> again;
  const std::vector<Kept> few = kept_with(10);
  const Answer first = stale(few[1].body, again);
  const Answer other = stale(kept_with(99)[1].body, again);
  CHECK(first.header("etag") != other.header("etag"));
  REQUIRE(again.size() == 1);
  CHECK(again[0].key == few[0].key);
  CHECK(again[0].seconds == 20);
  Host next(get("/analytics/lead-stats"));
  next.answer("zone.transitions", "ok", kKolkata);
  next.answer("cache.get", "ok hit", again[0].body);
  CHECK(next.response().member("meta.cache") == "stale");
  CHECK(next.response().member("totals.total") == "99");
}

TEST_CASE("Any other refusal is not tried again", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  host.answer(
      "ae.query",
      GENERATE("ok 422 end 4 0", "ok 401 end 4 0", "ok 302 end 4 0", "ok 0 end 4 0", "ok", "ok x y z"),
      "Input was invalid: sql parser error");
  REQUIRE(host.kinds() == "cache.get");
  host.answer("cache.get", "error");
  CHECK(host.response().status == 502);
}

TEST_CASE("Who waited too long for another's answer gets the last good one, or is told", "[lead_stats]") {
  Host host(get("/analytics/lead-stats"));
  host.answer("zone.transitions", "ok", kKolkata);
  host.answer("cache.get", "ok late");
  REQUIRE(host.kinds() == "cache.get");  // and no statement
  host.answer("cache.get", "ok miss");
  CHECK(host.response().status == 504);
}

TEST_CASE("Whatever is half-way can be dropped", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous&group_by=country"));
  const int stage = GENERATE(0, 1, 2, 3);
  if (stage > 0) host.answer("ae.query", "ok 200 more 12 0", kTwoDays.substr(0, 20));
  if (stage > 1) host.answer("ae.query", "ok 500 end 12 0");
  if (stage > 2) host.answer("timer.wait", "ok");
  host.drop();
  CHECK_FALSE(host.responded());
}

TEST_CASE("Who waits for an answer that failed is told why, and asks no further", "[lead_stats]") {
  const auto [status, code] = GENERATE(table<std::string, std::string>(
      {{"ok 401 end 1 0", "analytics_unavailable"}, {"ok 200 end 1 0", "analytics_unavailable"}}));
  Host host = asked(get("/analytics/lead-stats"));
  host.answer("ae.query", status, "no");
  host.answer("cache.get", "ok miss");
  REQUIRE(host.kept().size() == 1);
  CHECK(host.kept()[0].seconds == 0);
  Host waiter(get("/analytics/lead-stats"));
  waiter.answer("zone.transitions", "ok", kKolkata);
  waiter.answer("cache.get", "ok hit", host.kept()[0].body);
  REQUIRE(waiter.kinds() == "cache.get");  // the last good answer
  waiter.answer("cache.get", "ok miss");
  CHECK(waiter.response().status == 502);
  CHECK(waiter.response().member("detail") == host.response().member("detail"));
  CHECK(waiter.response().member("code") == code);
  CHECK(waiter.kept().empty());
}

TEST_CASE("Counts that do not add up are no answer", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats"));
  std::string odd = kTwoDays;
  const std::string was = GENERATE(R"("m_n":"3")", R"("m_hot":"0")", R"("m_bot":"0")");
  odd.replace(odd.find(was), was.size(),
              was.substr(0, was.size() - 2) + (was == R"("m_n":"3")" ? "2\"" : "9\""));
  host.answer("ae.query", "ok 200 end 4 0", odd);
  host.answer("cache.get", "ok miss");
  CHECK(host.response().status == 502);
}
