// How many statements a report is, what each counts, and for how long and as what its answer is kept.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/core/app/report_replies.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

/// Different texts, separated by commas.
std::string names_of(std::size_t bytes) {
  std::string out = "place-0";
  for (int n = 1; out.size() < bytes; ++n) out += ",place-" + std::to_string(n);
  return out;
}

}  // namespace

TEST_CASE("A comparison is counted by the same statement", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous"));
  REQUIRE(host.kinds() == "ae.query");
  // From the first day of the one to the end of the other; they touch, so there is no gap.
  const std::string& sql = host.only("ae.query").body;
  CHECK(sql.find("WHERE timestamp >= toDateTime(1794076200) AND timestamp < toDateTime(1795285800) GROUP BY "
                 "cell") != std::string::npos);
  // Seven days before, then seven of the range.
  host.answer("ae.query", "ok 200 end 9 0",
              answer_of({{0, {}, 1}, {6, {}, 3}, {7, {}, 2}, {12, {}, 1}, {13, {}, 2}}));
  const Answer& answer = host.response();
  CHECK(answer.member("totals.total") == "5");
  CHECK(answer.member("buckets.0.total") == "2");
  CHECK(answer.member("buckets.6.total") == "2");
  CHECK(answer.member("comparison.totals.total") == "4");
  CHECK(answer.member("comparison.buckets.0.total") == "1");
  CHECK(answer.member("comparison.buckets.6.total") == "3");
  CHECK(answer.member("comparison.buckets.7.total") == "(none)");
  CHECK(answer.member("comparison.change.total") == "0.25");
  CHECK(answer.member("comparison.change.bot") == "NULL");
  CHECK(answer.member("meta.rows_read") == "5");
}

TEST_CASE("A row of both the range and the one before counts in both", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?days=10&compare=previous_week&bucket=none"));
  // Seven days of the earlier one alone, three of both, seven of the later one.
  host.answer("ae.query", "ok 200 end 9 0", answer_of({{0, {}, 1}, {1, {}, 2}, {2, {}, 4}}));
  CHECK(host.response().member("totals.total") == "6");
  CHECK(host.response().member("comparison.totals.total") == "3");
}

TEST_CASE("What lies between the range and the one before is not asked for", "[lead_stats]") {
  Host host =
      asked(get("/analytics/lead-stats?from=2026-11-20&to=2026-11-21&compare=previous_week&bucket=none"));
  CHECK(host.only("ae.query")
            .body.find("WHERE timestamp >= toDateTime(1794508200) AND timestamp < toDateTime(1795199400) AND "
                       "(timestamp < "
                       "toDateTime(1794594600) OR timestamp >= toDateTime(1795113000)) GROUP BY cell") !=
        std::string::npos);
  SECTION("and counted it is not either") {
    host.answer("ae.query", "ok 200 end 9 0", answer_of({{0, {}, 1}, {2, {}, 4}}));
    CHECK(host.response().member("totals.total") == "4");
    CHECK(host.response().member("comparison.totals.total") == "1");
  }
  SECTION("an answer that has it is none") {
    host.answer("ae.query", "ok 200 end 9 0", answer_of({{0, {}, 1}, {1, {}, 4}}));
    host.answer("cache.get", "ok miss");
    CHECK(host.response().status == 502);
  }
}

TEST_CASE("What no longer can have data is not asked for", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous_year&bucket=none"));
  const std::string sql = host.only("ae.query").body;
  CHECK(sql.find("timestamp >= toDateTime(1794681000) AND timestamp < toDateTime(1795285800) FORMAT") !=
        std::string::npos);
  host.answer("ae.query", "ok 200 end 9 0", answer_of({{-1, {}, 3}}));
  CHECK(host.response().member("totals.total") == "3");
  CHECK(host.response().member("comparison.totals.total") == "0");
  CHECK(host.response().member("comparison.change.total") == "NULL");
  CHECK(host.response().member("meta.warnings.0.code") == "comparison_before_retention");
}

TEST_CASE("Groups are compared by a second statement that runs at the same time", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?compare=previous&group_by=country"));
  REQUIRE(host.kinds() == "ae.query ae.query");
  const std::uint32_t first = host.waiting()[0].id;
  const std::uint32_t second = host.waiting()[1].id;
  host.answer_id(second, "ok 200 end 5 0", answer_of({{0, {}, 4}}));
  CHECK_FALSE(host.responded());
  host.answer_id(first, "ok 200 end 9 0", answer_of({{6, {"IN"}, 5}}));
  CHECK(host.response().member("comparison.totals.total") == "4");
  CHECK(host.response().member("groups.0.total") == "5");
}

TEST_CASE("Filters that leave no room for both periods in one statement leave it in two", "[lead_stats]") {
  // Every month is a segment of its own in the statement's text.
  std::string path = "/analytics/lead-stats?from=2025-01-01&bucket=month&compare=previous&city=";
  const auto kinds_with = [&](std::size_t bytes) {
    Incoming incoming = get(path + names_of(bytes));
    incoming.config.insert(1, R"("retention_days":"2000",)");
    return asked(incoming).kinds();
  };
  std::vector<std::string> seen;
  for (std::size_t bytes = 1000; bytes < 8000; bytes += 200) {
    const std::string kinds = kinds_with(bytes);
    if (seen.empty() || seen.back() != kinds) seen.push_back(kinds);
  }
  CHECK(seen == std::vector<std::string>{"ae.query", "ae.query ae.query", ""});
}

TEST_CASE("What is watched as it happens is kept for seconds", "[lead_stats]") {
  // It is 13:30 in Kolkata.
  const auto kept_for = [](const std::string& query) {
    Host host = asked(get("/analytics/lead-stats?" + query));
    host.answer("ae.query", "ok 200 end 4 0", answer_of({{0, {}, 1}}));
    REQUIRE(host.kept().size() == 2);
    return host.kept()[0].seconds;
  };
  CHECK(kept_for("bucket=1min&from=2026-11-21T13:00:20%2B05:30") == 15);
  CHECK(kept_for("bucket=1min&from=2026-11-21T11:29:59%2B05:30") == 300);
  CHECK(kept_for("bucket=1min&from=2026-11-21T12:00:00%2B05:30&to=2026-11-21T13:00:00%2B05:30") == 300);
}

TEST_CASE("Hours of the week are counted by the same statement", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?include=hour_of_week&compare=previous"));
  // Days before, then hours, from Sunday 2026-11-15 on.
  host.answer("ae.query", "ok 200 end 9 0",
              answer_of({{6, {}, 1}, {7, {}, 2}, {8, {}, 3}, {7 + 24 + 13, {}, 4}, {7 + 6 * 24, {}, 5}}));
  const Answer& answer = host.response();
  CHECK(answer.member("buckets.0.total") == "5");
  CHECK(answer.member("buckets.1.total") == "4");
  CHECK(answer.member("buckets.6.total") == "5");
  CHECK(answer.member("comparison.buckets.6.total") == "1");
  CHECK(answer.member("hour_of_week.0.weekday") == "1");
  CHECK(answer.member("hour_of_week.0.hour") == "0");
  CHECK(answer.member("hour_of_week.13.total") == "4");
  CHECK(answer.member("hour_of_week.120.total") == "5");
  CHECK(answer.member("hour_of_week.144.weekday") == "7");
  CHECK(answer.member("hour_of_week.144.total") == "2");
  CHECK(answer.member("hour_of_week.145.primary") == "3");
  CHECK(answer.member("hour_of_week.167.hour") == "23");
  CHECK(answer.member("hour_of_week.168.hour") == "(none)");

  SECTION("and kept with the answer") {
    const std::vector<Kept> kept = host.kept();
    REQUIRE(kept.size() == 2);
    Host again(get("/analytics/lead-stats?include=hour_of_week&compare=previous"));
    again.answer("zone.transitions", "ok", kKolkata);
    REQUIRE(again.only("cache.get").member("key") == kept[0].key);
    again.answer("cache.get", "ok hit", kept[0].body);
    CHECK(again.response().member("hour_of_week.145.primary") == "3");
    Host without(get("/analytics/lead-stats?compare=previous"));
    without.answer("zone.transitions", "ok", kKolkata);
    CHECK(without.only("cache.get").member("key") != kept[0].key);
  }
}

TEST_CASE("Groups sorted otherwise are another representation of the same entry", "[lead_stats]") {
  Host host = asked(get("/analytics/lead-stats?group_by=country&bucket=none"));
  host.answer("ae.query", "ok 200 end 12 0", answer_of({{-1, {"IN"}, 3}, {-1, {"US"}, 1}}));
  Host again(get("/analytics/lead-stats?group_by=country&bucket=none&sort=bot")
                 .with("if-none-match", host.response().header("etag")));
  again.answer("zone.transitions", "ok", kKolkata);
  REQUIRE(again.only("cache.get").member("key") == host.kept()[0].key);
  again.answer("cache.get", "ok hit", host.kept()[0].body);
  CHECK(again.response().status == 200);
}
