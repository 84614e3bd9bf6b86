#include "core/intake/lead_point.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/core/intake/judging.hpp"

using namespace leadledger;
using namespace leadledger::intake;
using Blob = schema::LeadSubmissionsBlob;
using Double = schema::LeadSubmissionsDouble;
using tests::Case;

namespace {

Case full() {
  Case one;
  one.submission.context = {.source = "ad",
                            .referer_host = "google.com",
                            .landing_path = "/p",
                            .cta = "Demo",
                            .utm_source = "s",
                            .utm_medium = "m",
                            .utm_campaign = "c",
                            .utm_term = "t",
                            .utm_content = "x",
                            .channel = schema::Channel::paid};
  one.submission.engagement = {
      .time_on_page = 12.5, .scroll_depth = 80, .pages_viewed = 3, .form_seconds = 20};
  one.visitor.region = "MH";
  one.visitor.city = "Pune";
  one.visitor.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  return one;
}

datasets::LeadPoint point_of(const Case& one, bool robot = false) {
  return make_lead_point("acme", one.submission, one.visitor, robot, one.decide(), "lead_1", 1'795'248'000);
}

}  // namespace

TEST_CASE("Every dimension and measure comes from the submission, its visitor and its verdict",
          "[lead_point]") {
  const Case one = full();
  const datasets::LeadPoint point = point_of(one);
  CHECK(point.index() == "acme");
  CHECK(point.blob(Blob::source) == "ad");
  CHECK(point.blob(Blob::referer_host) == "google.com");
  CHECK(point.blob(Blob::landing_path) == "/p");
  CHECK(point.blob(Blob::cta) == "Demo");
  CHECK(point.blob(Blob::utm_source) == "s");
  CHECK(point.blob(Blob::utm_medium) == "m");
  CHECK(point.blob(Blob::utm_campaign) == "c");
  CHECK(point.blob(Blob::utm_term) == "t");
  CHECK(point.blob(Blob::utm_content) == "x");
  CHECK(point.blob(Blob::country) == "IN");
  CHECK(point.blob(Blob::region) == "MH");
  CHECK(point.blob(Blob::city) == "Pune");
  CHECK(point.blob(Blob::device) == "desktop");
  CHECK(point.blob(Blob::browser) == "firefox");
  CHECK(point.blob(Blob::channel) == "paid");
  CHECK(point.blob(Blob::lead_id) == "lead_1");
  CHECK(point.number(Double::time_on_page_s) == 12.5);
  CHECK(point.number(Double::scroll_depth_pct) == 80);
  CHECK(point.number(Double::pages_viewed) == 3);
  CHECK(point.number(Double::form_seconds) == 20);
  CHECK(point.number(Double::received_at) == 1'795'248'000);
  CHECK(point.number(Double::schema_version) == 1);
}

TEST_CASE("Points of every event type carry the same dimensions", "[lead_point]") {
  Case one = full();
  const std::string expected = GENERATE(as<std::string>{}, "primary", "blocked", "bot", "test");
  one.signals.rate_limited = expected == "blocked";
  one.signals.cloudflare_bot_score = expected == "bot" ? 1 : 0;
  one.signals.test_header = expected == "test";
  const datasets::LeadPoint point = point_of(one);
  CHECK(point.blob(Blob::event_type) == expected);
  CHECK(point.blob(Blob::city) == "Pune");
  CHECK(point.blob(Blob::utm_term) == "t");
  const Verdict verdict = one.decide();
  CHECK(point.blob(Blob::reason) ==
        (verdict.reasons.empty() ? std::string_view() : schema::info(verdict.reasons.front().reason).code));
  CHECK(point.number(Double::bot_score) == verdict.bot_score);
  CHECK(point.number(Double::lead_score) == verdict.lead_score);
}

TEST_CASE("Flags are 0 or 1", "[lead_point]") {
  Case one = full();
  CHECK(point_of(one).number(Double::vpn) == 0);
  CHECK(point_of(one).number(Double::suspicious) == 0);
  one.visitor.country = "T1";
  one.submission.contact.name = "asdf";
  CHECK(point_of(one).number(Double::vpn) == 1);
  CHECK(point_of(one).number(Double::suspicious) == 1);
}

TEST_CASE("A country that nobody knows is empty, and a robot is a device", "[lead_point]") {
  Case one = full();
  one.visitor.country = "XX";
  CHECK(point_of(one).blob(Blob::country).empty());
  CHECK(point_of(one, true).blob(Blob::device) == "bot");
}
