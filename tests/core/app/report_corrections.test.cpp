// Corrections in the report's handler, its outside played by hand: which lists are read, when, and what comes
// of them.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/core/app/report_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

/// A row of five submissions of acme, four of them bots' with a vpn.
std::string bots_of(std::int64_t cell) {
  std::string answer = answer_of({{cell, {}, 5}});
  for (const auto& [from, to] :
       {std::pair(R"("m_primary":"5")", R"("m_primary":"1")"), std::pair(R"("m_bot":"0")", R"("m_bot":"4")"),
        std::pair(R"("m_vpn":"0")", R"("m_vpn":"4")")}) {
    const std::string was = from;
    answer.replace(answer.find(was), was.size(), to);
  }
  return answer;
}

constexpr std::int64_t kNow = 1'795'248'000;  // as Incoming has it, 13:30 in Kolkata
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kLag = 60;

std::string correction(std::int64_t at_s, std::string_view project = "acme") {
  return R"({"at":)" + std::to_string(at_s) + R"(,"project":")" + std::string(project) +
         R"(","flags":["vpn"],"from":{"event_type":"bot","reason":"honeypot_filled"},)" +
         R"("to":{"event_type":"primary","reason":"new_person"}})";
}

std::string list_of(std::initializer_list<std::string> corrections) {
  std::string out;
  for (const std::string& one : corrections) out += (out.empty() ? "" : ",") + one;
  return R"({"corrections":[)" + out + "]}";
}

Incoming with_list(Incoming incoming, std::string list) {
  incoming.kv = {{"corrections/2026-11", std::move(list)}};
  return incoming;
}

Answer answered(const Incoming& incoming, std::int64_t cell = 6) {
  Host host = asked(incoming);
  host.answer("ae.query", "ok 200 end 4 0", bots_of(cell));
  return host.response();
}

Incoming by_hand(std::string path) {
  Incoming incoming = get(std::move(path));
  incoming.kv.reset();
  return incoming;
}

}  // namespace

TEST_CASE("The lists of the months are asked for together with the cache", "[lead_stats][corrections]") {
  Host host(by_hand("/analytics/lead-stats?days=30"));
  host.answer("zone.transitions", "ok", kKolkata);
  REQUIRE(host.kinds() == "kv.get kv.get cache.get");
  CHECK(host.waiting()[0].member("key") == "corrections/2026-11");
  CHECK(host.waiting()[1].member("key") == "corrections/2026-10");
  CHECK(host.waiting()[0].member("timeout_ms") == "2000");
  host.answer("cache.get", "ok miss");
  REQUIRE(host.kinds() == "kv.get kv.get ae.query");
  SECTION("and waited for at the end alone") {
    host.answer("ae.query", "ok 200 end 4 0", bots_of(29));
    CHECK_FALSE(host.responded());
    // The answer is kept before, as it was counted.
    CHECK(host.kept().size() == 2);
    host.answer("kv.get", "ok hit", list_of({correction(kNow - 60)}));
    CHECK_FALSE(host.responded());
    host.answer("kv.get", "ok miss");
    CHECK(host.response().member("totals.primary") == "2");
  }
  SECTION("in whichever order they come") {
    host.answer_id(host.waiting()[1].id, "ok miss");
    host.answer("kv.get", "ok hit", list_of({correction(kNow - 60)}));
    host.answer("ae.query", "ok 200 end 4 0", bots_of(29));
    CHECK(host.response().member("totals.primary") == "2");
    CHECK(host.response().member("meta.corrections") == "1");
  }
  SECTION("and dropped with the operation") {
    host.drop();
    CHECK_FALSE(host.responded());
  }
  SECTION("where there is no answer, nobody waits for them") {
    host.answer("ae.query", "ok 403 end 4 0");
    host.answer("cache.get", "ok miss");
    CHECK(host.response().status == 502);
  }
}

TEST_CASE("Months are those in which there can be points", "[lead_stats][corrections]") {
  const auto [path, keys] = GENERATE(table<std::string, std::string>({
      {"?days=1", "2026-11"},
      {"?from=2026-11-01&to=2026-11-03", "2026-11 2026-10"},  // of Kolkata
      {"?from=2026-11-02&to=2026-11-03", "2026-11"},
      {"?from=2026-09-10&to=2026-09-12", "2026-09"},
      {"?from=2026-10-20&to=2026-10-21&compare=previous_week", "2026-10"},
      {"?from=2026-11-02&to=2026-11-03&compare=previous", "2026-11 2026-10"},
      {"?from=2026-11-15&compare=previous_year", "2026-11"},  // a year ago is beyond retention
      {"?days=90", "2026-11 2026-10 2026-09 2026-08"},
      {"?from=2020-01-01&bucket=month", "2026-11 2026-10 2026-09 2026-08"},
      {"?from=2020-01-01&to=2020-02-01", ""},
      {"/summary?days=1", "2026-11"},
      {"/summary?days=20", "2026-11 2026-10"},
  }));
  CAPTURE(path);
  Host host(by_hand("/analytics/lead-stats" + path));
  host.answer("zone.transitions", "ok", kKolkata);
  std::string asked_for;
  for (const Asked& effect : host.waiting()) {
    if (effect.kind == "kv.get")
      asked_for += (asked_for.empty() ? "" : " ") + effect.member("key").substr(12);
  }
  CHECK(asked_for == keys);
}

TEST_CASE("Where a store holds years, the latest lists are read, and the rest is said to be missing",
          "[lead_stats][corrections]") {
  Incoming incoming = get("/analytics/lead-stats?from=2020-01-01&bucket=none");
  incoming.config.insert(1, R"("retention_days":"10000",)");
  incoming.kv.reset();
  Host host(incoming);
  host.answer("zone.transitions", "ok", kKolkata);
  REQUIRE(host.kinds() == "kv.get kv.get kv.get kv.get cache.get");
  host.answer("cache.get", "ok miss");
  SECTION("four at a time, which are applied as they come") {
    host.answer("ae.query", "ok 200 end 4 0", bots_of(-1));
    std::vector<std::string> keys;
    while (!host.responded()) {
      REQUIRE(host.waiting().size() <= 4);
      keys.push_back(host.waiting()[0].member("key"));
      const bool is_it = keys.back() == "corrections/2025-01";
      host.answer("kv.get", is_it ? "ok hit" : "ok miss",
                  is_it ? list_of({correction(kNow - 680 * kDay)}) : "");
    }
    REQUIRE(keys.size() == 26);
    CHECK(keys.front() == "corrections/2026-11");
    CHECK(keys.back() == "corrections/2024-10");
    CHECK(host.response().member("meta.warnings.0.code") == "corrections_missing");
    CHECK(host.response().member("meta.corrections") == "1");
    CHECK(host.response().member("totals.bot") == "3");
  }
  SECTION("and no further ones where one did not come") {
    host.answer_id(host.waiting()[1].id, "error");
    host.answer("kv.get", "ok hit", list_of({correction(kNow - kLag)}));
    host.answer("ae.query", "ok 200 end 4 0", bots_of(-1));
    REQUIRE(host.kinds() == "kv.get kv.get kv.get");
    for (int left = 0; left < 3; ++left) host.answer("kv.get", "ok miss");
    CHECK(host.response().member("meta.warnings.0.code") == "corrections_missing");
    CHECK(host.response().member("meta.corrections") == "1");
  }
}

TEST_CASE("A correction moves a submission, and says so", "[lead_stats][corrections]") {
  const Answer before = answered(get("/analytics/lead-stats"));
  CHECK(before.member("meta.corrections") == "0");
  CHECK(before.member("totals.bot") == "4");
  CHECK(before.header("leadledger-corrections").empty());
  const Answer after = answered(with_list(get("/analytics/lead-stats"), list_of({correction(kNow - 60)})));
  CHECK(after.member("totals.total") == "5");
  CHECK(after.member("totals.primary") == "2");
  CHECK(after.member("totals.bot") == "3");
  CHECK(after.member("totals.vpn_count") == "4");
  CHECK(after.member("buckets.6.bot") == "3");
  CHECK(after.member("meta.corrections") == "1");
  CHECK(after.member("meta.rows_read") == before.member("meta.rows_read"));
  CHECK(after.member("meta.warnings.0.code") == "(none)");
  CHECK(after.header("etag") != before.header("etag"));
}

TEST_CASE("What a point has had no time to show is not corrected", "[lead_stats][corrections]") {
  const std::string filter = GENERATE(as<std::string>{}, "", "?event_type=primary", "?reason=new_person");
  const auto corrected_of = [&](std::int64_t at_s) {
    return answered(with_list(get("/analytics/lead-stats" + filter), list_of({correction(at_s)})))
        .member("meta.corrections");
  };
  CHECK(corrected_of(kNow - kLag + 1) == "0");
  CHECK(corrected_of(kNow - kLag) == "1");
}

TEST_CASE("What is not in the counts is not corrected in them", "[lead_stats][corrections]") {
  constexpr std::int64_t kLong = 100 * 86'400;
  const std::string one =
      GENERATE_COPY(correction(kNow + 1), correction(kNow - 86'400), correction(kNow - kLong));
  const Answer answer = answered(with_list(get("/analytics/lead-stats"), list_of({one})));
  CHECK(answer.member("totals.bot") == "4");
  CHECK(answer.member("meta.corrections") == "0");
}

TEST_CASE("No more are taken than there are", "[lead_stats][corrections]") {
  const std::string one = correction(kNow - 60);
  const Answer answer =
      answered(with_list(get("/analytics/lead-stats"), list_of({one, one, one, one, one, one})));
  CHECK(answer.member("totals.total") == "5");
  CHECK(answer.member("totals.primary") == "5");
  CHECK(answer.member("totals.bot") == "0");
  CHECK(answer.member("meta.corrections") == "4");
}

TEST_CASE("A correction shows in an answer from the cache, and in no stored one",
          "[lead_stats][corrections]") {
  Host host = asked(get("/analytics/lead-stats"));
  host.answer("ae.query", "ok 200 end 4 0", bots_of(6));
  const Answer first = host.response();
  const auto again = [&](Incoming incoming) {
    Host next(std::move(incoming).with("if-none-match", first.header("etag")));
    next.answer("zone.transitions", "ok", kKolkata);
    next.answer("cache.get", "ok hit", host.kept()[0].body);
    CHECK(next.kept().empty());
    return next.response();
  };
  CHECK(again(get("/analytics/lead-stats")).status == 304);
  const Answer corrected = again(with_list(get("/analytics/lead-stats"), list_of({correction(kNow - 60)})));
  CHECK(corrected.status == 200);
  CHECK(corrected.member("meta.cache") == "hit");
  CHECK(corrected.member("totals.bot") == "3");
  // Taken back again.
  CHECK(again(get("/analytics/lead-stats")).status == 304);
}

TEST_CASE("A last good answer is corrected by the months of its own time", "[lead_stats][corrections]") {
  // The last day of November in Kolkata, then the first of December.
  Incoming before = get("/analytics/lead-stats?days=1");
  before.now_ms += 9 * kDay * 1000;
  Host host = asked(before);
  host.answer("ae.query", "ok 200 end 4 0", bots_of(0));
  REQUIRE(host.response().member("meta.from") == "2026-11-30T00:00:00+05:30");
  Incoming later = get("/analytics/lead-stats?days=1");
  later.now_ms = before.now_ms + kDay * 1000;
  later.kv = {{"corrections/2026-11", list_of({correction(kNow + 9 * kDay - 60)})}};
  Host next = asked(later);
  next.answer("ae.query", "ok 403 end 4 0");
  next.answer("cache.get", "ok hit", host.kept()[1].body);
  CHECK(next.response().member("meta.cache") == "stale");
  CHECK(next.response().member("totals.bot") == "3");
  // Whoever comes next finds it as it was counted.
  REQUIRE(next.kept().size() == 1);
  CHECK(next.kept()[0].body.find("2026-11-30") == std::string::npos);
  later.kv.emplace();
  Host third(later);
  third.answer("zone.transitions", "ok", kKolkata);
  third.answer("cache.get", "ok hit", next.kept()[0].body);
  CHECK(third.response().member("totals.bot") == "4");
}

TEST_CASE("A list that cannot be read is said to be missing", "[lead_stats][corrections]") {
  const std::string path = GENERATE("/analytics/lead-stats", "/analytics/lead-stats/summary");
  const auto [status, list, applied] = GENERATE(table<std::string, std::string, std::string>({
      {"error", "No answer within 2000 ms.", "0"},
      {"error", "", "0"},
      {"ok hit", "", "0"},
      {"ok hit", "not JSON", "0"},
      {"ok hit", R"({"corrections":7})", "0"},
      {"ok hit", list_of({correction(kNow - 60), "7"}), "1"},
  }));
  CAPTURE(status, list);
  const auto answer_with = [&](std::string_view given, std::string_view body) {
    Host host(by_hand(path));
    host.answer("zone.transitions", "ok", kKolkata);
    host.answer("cache.get", "ok miss");
    while (host.kinds().starts_with("kv.get")) host.answer("kv.get", given, body);
    while (!host.responded()) {
      const bool is_top = host.only("ae.query").body.find("AS d0") != std::string::npos;
      const std::int64_t hour = 24 * 6 + 13 + (path.ends_with("summary") ? 168 : -151);
      host.answer("ae.query", "ok 200 end 4 0",
                  is_top ? answer_of({}) : bots_of(path.ends_with("summary") ? hour : 6));
    }
    return host.response();
  };
  const Answer answer = answer_with(status, list);
  CHECK(answer.status == 200);
  CHECK(answer.member("meta.warnings.0.code") == "corrections_missing");
  CHECK(answer.member("totals.total") == "5");
  CHECK(answer.member("meta.corrections") == applied);
  const Answer whole = answer_with("ok miss", "");
  CHECK(whole.member("meta.warnings.0.code") == "(none)");
  CHECK(whole.header("etag") != answer.header("etag"));
}

TEST_CASE("A correction of another project is none of a key's that does not reach it",
          "[lead_stats][corrections]") {
  Incoming incoming = with_list(get("/analytics/lead-stats"), list_of({correction(kNow - 60, "beta")}));
  incoming.key_digest = kLimitedDigest;
  CHECK(answered(incoming).member("totals.bot") == "4");
  incoming.kv = {{"corrections/2026-11", list_of({correction(kNow - 60)})}};
  CHECK(answered(incoming).member("totals.bot") == "3");
}

TEST_CASE("Files tell in a header how much was corrected", "[lead_stats][corrections]") {
  const std::string path = "/analytics/lead-stats?format=" + GENERATE(as<std::string>{}, "csv", "ndjson");
  CHECK(answered(with_list(get(path), list_of({correction(kNow - 60)}))).header("leadledger-corrections") ==
        "1");
  CHECK(answered(get(path)).header("leadledger-corrections").empty());
}
