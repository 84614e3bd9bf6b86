// What is read of insights, and how an alert is written.
#include "core/alerts/texts.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/alerts/findings.hpp"

using namespace leadledger;
using namespace leadledger::alerts;

namespace {

std::string answer_with(const std::string& insights, const std::string& cache = "miss") {
  return R"({"meta":{"to":"2026-11-21T08:00:00+05:30","cache":")" + cache + R"("},"data":[)" + insights +
         "]}";
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
                              R"({"meta":{},"data":[]})", R"({"meta":{},"data":[)");
  CHECK_FALSE(read_findings(body, 10).has_value());
}

TEST_CASE("An alert in words says how grave it is, what was found, of which projects and since when",
          "[alerts]") {
  Alert alert = alert_of(kInsight);
  CHECK(
      plain_text(alert) ==
      "Alert (notice): 45 new leads from the source x.\n12 were expected.\nProjects: acme, beta. Open since "
      "2026-11-21 13:30 (UTC+05:30).");
  alert.closed_at_ms = 1'795'255'200'000;
  CHECK(plain_text(alert) ==
        "Over: 45 new leads from the source x.\nProjects: acme, beta. Open from 2026-11-21 13:30 to "
        "2026-11-21 15:30 (UTC+05:30); last found at 2026-11-21 14:30.");
  alert.scope = R"(["a","b","c","d","e","f","g","h","i","j","k","l"])";
  CHECK(plain_text(alert).find("\nProjects: a, b, c, d, e, f, g, h, i, j and 2 more. Open from") !=
        std::string::npos);
  alert.scope = R"(["*"])";
  CHECK(plain_text(alert).find("\nAll projects. Open from") != std::string::npos);
}

TEST_CASE("An alert's times are those of the clock of its insight", "[alerts]") {
  struct Clock {
    const char* to;
    const char* told;
  };
  const auto [to, told] = GENERATE(Clock{"2026-11-21T08:00:00+00:00", "2026-11-21 08:00 UTC"},
                                   Clock{"2026-11-21T08:00:00Z", "2026-11-21 08:00 UTC"},
                                   Clock{"2026-11-20T20:30:00-09:30", "2026-11-20 22:30 (UTC-09:30)"},
                                   Clock{"2026-11-21T20:00:00+14:00", "2026-11-21 22:00 (UTC+14:00)"},
                                   Clock{"gone", "2026-11-21 08:00 UTC"});
  const std::string insight = std::string(R"({"headline":"h","explanation":"e","to":")") + to + R"("})";
  CHECK(plain_text(alert_of(insight)) ==
        std::string("Alert: h\ne\nProjects: acme, beta. Open since ") + told + ".");
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
