// What is read of insights, what is asked about a silence, and how an alert is written.
#include "core/alerts/texts.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/alerts/findings.hpp"
#include "core/alerts/silence.hpp"
#include "core/app/query.hpp"
#include "core/reports/filter_value.hpp"

using namespace leadledger;
using namespace leadledger::alerts;

namespace {

std::string answer_with(const std::string& insights, const std::string& cache = "miss") {
  return R"({"meta":{"cache":")" + cache + R"("},"data":[)" + insights + "]}";
}

const std::string kInsight =
    R"({"id":"rise:source:x","kind":"rise","severity":"notice","dimension":"source","value":"say \"hi\"\u0007",)"
    R"("count":"primary","from":"2026-11-20T08:00:00+05:30","to":"2026-11-21T08:00:00+05:30","strength":5.25,)"
    R"("headline":"45 new leads from the source x.","explanation":"12 were expected.",)"
    R"("numbers":{"current":45,"expected":12.5,"change":null,"baseline":[12,13,-0.5e3],"odd":[],"none":{},"yes":true}})";

Alert alert_of(const std::string& insight) {
  return {"alr_1",           R"(["acme","beta"])", "rise", "source", "x",
          1'795'248'000'000, 1'795'251'600'000,    0,      insight};
}

}  // namespace

TEST_CASE("An insight is kept as it was answered, byte for byte but for the spelling of escapes",
          "[alerts]") {
  std::string body = answer_with(kInsight);
  const auto read = read_findings(body, 100);
  REQUIRE(read.has_value());
  REQUIRE(read->list.size() == 1);
  CHECK(read->whole);
  CHECK_FALSE(read->stale);
  const Finding& finding = read->list[0];
  CHECK(finding.subject == Subject{"rise", "source", "say \"hi\"\x07"});
  CHECK(finding.strength == 5.25);
  CHECK(finding.insight == kInsight);
}

TEST_CASE("What has no strength or no kind can be no alert, but counts where an answer is cut", "[alerts]") {
  std::string body =
      answer_with(R"({"kind":"best_hours","strength":null},{"strength":9},{"kind":"rise","strength":4})");
  const std::size_t limit = GENERATE(3U, 4U);
  const auto read = read_findings(body, limit);
  REQUIRE(read.has_value());
  CHECK(read->list.size() == 1);
  CHECK(read->list[0].subject == Subject{"rise", "", ""});
  CHECK(read->whole == (limit == 4));
}

TEST_CASE("An old answer says so", "[alerts]") {
  std::string body = answer_with("", "stale");
  CHECK(read_findings(body, 10)->stale);
}

TEST_CASE("What is no answer of insights is an error, not calm", "[alerts]") {
  std::string body = GENERATE(as<std::string>{}, "", "null", "{}", "[]", R"({"data":[]})", R"({"meta":{}})",
                              R"({"meta":{},"data":{}})", R"({"meta":{},"data":[)");
  CHECK_FALSE(read_findings(body, 10).has_value());
}

TEST_CASE("What came since a silence began is asked by the very value, however it is spelt",
          "[alerts][silence]") {
  for (const std::string_view value :
       {std::string_view("news,letter"), std::string_view("-a~b"), std::string_view("100% & more=1?#"),
        std::string_view("über\xE2\x80\x99s"), std::string_view("~"), std::string_view("a b")}) {
    const std::string query = since_query({"silence", "source", value}, kInsight);
    INFO(query);
    const auto read = app::Query::parse(query, {"from", "source"});
    REQUIRE(read.has_value());
    CHECK(read->get("from") == "2026-11-20T08:00:00+05:30");
    const auto filter = reports::read_filter(schema::Dimension::source, "source", read->get("source"));
    REQUIRE(filter.has_value());
    CHECK_FALSE(filter->negated);
    CHECK_FALSE(filter->contains);
    CHECK(filter->values == std::vector<std::string>{std::string(value)});
  }
}

TEST_CASE("What cannot be asked is not", "[alerts][silence]") {
  CHECK(since_query({"silence", "source", ""}, kInsight).empty());
  CHECK(since_query({"silence", "utm_campaign", "x"}, kInsight).empty());
  CHECK(since_query({"silence", "source", "x"}, "{}").empty());
  CHECK(since_query({"silence", "source", "x"}, "").empty());
  CHECK(since_query({"silence", "project", "acme"}, kInsight).ends_with("&project=acme"));
}

TEST_CASE("A silence of everything is asked about without a filter", "[alerts][silence]") {
  CHECK(since_query({"silence", "", ""}, kInsight) == "from=2026%2D11%2D20T08%3A00%3A00%2B05%3A30");
}

TEST_CASE("Leads are first and follow-up ones; nothing is concluded from what is stale or no summary",
          "[alerts][silence]") {
  const auto since = [](std::string body) { return read_since(body); };
  CHECK(since(R"({"meta":{"cache":"hit"},"totals":{"primary":0,"follow_up":0,"bot":9}})") ==
        SinceThen::none_came);
  CHECK(since(R"({"meta":{"cache":"hit"},"totals":{"primary":0,"follow_up":1}})") == SinceThen::some_came);
  CHECK(since(R"({"meta":{"cache":"hit"},"totals":{"primary":2,"follow_up":0}})") == SinceThen::some_came);
  CHECK(since(R"({"meta":{"cache":"stale"},"totals":{"primary":0,"follow_up":0}})") == SinceThen::not_known);
  CHECK(since(R"({"meta":{"cache":"hit"}})") == SinceThen::not_known);
  CHECK(since(R"({"meta":{},"totals":{"primary":0}})") == SinceThen::not_known);
  CHECK(since("") == SinceThen::not_known);
}

TEST_CASE("An alert in words says what was found, of which projects and since when", "[alerts]") {
  Alert alert = alert_of(kInsight);
  CHECK(plain_text(alert) ==
        "Alert: 45 new leads from the source x.\n12 were expected.\nProjects: acme, beta. Open since "
        "2026-11-21 "
        "08:00 UTC.");
  alert.closed_at_ms = 1'795'255'200'000;
  CHECK(plain_text(alert) ==
        "Over: 45 new leads from the source x.\nProjects: acme, beta. Open from 2026-11-21 08:00 UTC to "
        "2026-11-21 "
        "10:00 UTC; last found at 2026-11-21 09:00 UTC.");
  alert.scope = R"(["*"])";
  CHECK(plain_text(alert).find("\nAll projects. Open from") != std::string::npos);
}

TEST_CASE("No link comes into the words, whatever a source is called", "[alerts]") {
  const std::string insight =
      R"({"headline":"“evil.example/login *URGENT* mailto:x@evil.example `x` www.evil.com” brought 45 new leads.",)"
      R"("explanation":"More of https://evil.example and 1.5."})";
  const std::string text = plain_text(alert_of(insight));
  for (const char* meant : {"evil.example", "*URGENT*", "x@e", "`x`", "www.e", "mailto:x", "://"}) {
    CHECK(text.find(meant) == std::string::npos);
  }
  CHECK(text.find("brought 45 new leads.\n") != std::string::npos);
  CHECK(text.find("1.5.") != std::string::npos);
}

TEST_CASE("An alert as JSON", "[alerts]") {
  const std::string insight = R"({"kind":"rise"})";
  Alert alert = alert_of(insight);
  alert.dimension = alert.value = "";
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  write_alert_members(writer, alert);
  writer.end_object();
  writer.finish();
  CHECK(out ==
        R"({"alert_id":"alr_1","projects":["acme","beta"],"kind":"rise","dimension":null,"value":null,)"
        R"("state":"open","opened_at":"2026-11-21T08:00:00.000Z","seen_at":"2026-11-21T09:00:00.000Z",)"
        R"("closed_at":null,"insight":{"kind":"rise"}})");
}
