#include "core/intake/bot_evidence.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "tests/core/intake/judging.hpp"

using namespace leadledger;
using namespace leadledger::intake;
using tests::Case;
using tests::give_bot_sign;
using tests::has;

namespace {

std::vector<Reason> signs() {
  std::vector<Reason> found;
  for (std::size_t at = 0; at < schema::kReasons.size(); ++at) {
    if (schema::kReasons[at].of == "bot") found.push_back(static_cast<Reason>(at));
  }
  return found;
}

Verdict of_signs(const std::vector<Reason>& given) {
  Case one;
  for (const Reason reason : given) give_bot_sign(one, reason);
  return one.decide();
}

}  // namespace

TEST_CASE("Every sign alone gives its weight; a weak one convicts nobody", "[bot_evidence]") {
  REQUIRE(signs().size() == 8);
  for (const Reason reason : signs()) {
    const schema::ReasonInfo& info = schema::info(reason);
    CAPTURE(info.code);
    const Verdict verdict = of_signs({reason});
    CHECK(has(verdict, reason));
    CHECK(verdict.bot_score == info.weight);
    CHECK((verdict.event_type == EventType::bot) == (info.weight >= schema::kBotThreshold));
    CHECK(verdict.accepted == (info.weight < schema::kBotThreshold));
  }
  // Autofill fills honeypots and mail clients drop headers, so these must stay weak.
  for (const Reason weak : {Reason::honeypot_filled, Reason::filled_too_fast, Reason::links_in_message,
                            Reason::gibberish, Reason::browser_headers_missing, Reason::bot_score_likely}) {
    CHECK(schema::info(weak).weight < schema::kBotThreshold);
  }
}

TEST_CASE("Signs add up, and their sum convicts from the threshold on", "[bot_evidence]") {
  for (const Reason first : signs()) {
    for (const Reason second : signs()) {
      const bool both_scores = first != second && first <= Reason::bot_score_likely &&
                               second <= Reason::bot_score_likely && first >= Reason::bot_score_certain &&
                               second >= Reason::bot_score_certain;
      if (first >= second || both_scores) continue;
      CAPTURE(schema::info(first).code, schema::info(second).code);
      const Verdict verdict = of_signs({first, second});
      const int sum = std::min(100, schema::info(first).weight + schema::info(second).weight);
      CHECK(verdict.bot_score == sum);
      CHECK((verdict.event_type == EventType::bot) == (sum >= schema::kBotThreshold));
    }
  }
  CHECK(of_signs(signs()).bot_score == 100);
}

TEST_CASE("Evidence too little to convict is suspicious; a conviction says it already", "[bot_evidence]") {
  CHECK_FALSE(has(of_signs({Reason::browser_headers_missing}), Reason::bot_evidence));  // 20
  CHECK_FALSE(of_signs({Reason::browser_headers_missing}).suspicious);
  CHECK(has(of_signs({Reason::gibberish}), Reason::bot_evidence));  // 30
  CHECK(of_signs({Reason::gibberish}).suspicious);
  CHECK(has(of_signs({Reason::gibberish, Reason::browser_headers_missing}), Reason::bot_evidence));  // 50
  const Verdict convicted = of_signs({Reason::filled_too_fast, Reason::browser_headers_missing});    // 60
  CHECK(convicted.event_type == EventType::bot);
  CHECK_FALSE(has(convicted, Reason::bot_evidence));
}

TEST_CASE("Cloudflare's bot score convicts at 1, speaks up to 29, and 0 is none", "[bot_evidence]") {
  const auto [score, weight] =
      GENERATE(table<int, int>({{-5, 0}, {0, 0}, {1, 80}, {2, 40}, {29, 40}, {30, 0}, {99, 0}}));
  CAPTURE(score);
  Case one;
  one.signals.cloudflare_bot_score = score;
  CHECK(one.decide().bot_score == weight);
}

TEST_CASE("How fast is too fast is the rules' to say, or the project's", "[bot_evidence]") {
  const auto [project, seconds, fast] = GENERATE(table<int, double, bool>(
      {{0, 0, true}, {0, 1.99, true}, {0, 2, false}, {10, 9.5, true}, {10, 10, false}, {1, 1.5, false}}));
  CAPTURE(project, seconds);
  Case one;
  one.project.min_form_seconds = project;
  one.submission.engagement.form_seconds = seconds;
  CHECK(has(one.decide(), Reason::filled_too_fast) == fast);
}

TEST_CASE("A form that tells no time was not filled too fast", "[bot_evidence]") {
  CHECK_FALSE(has(Case().decide(), Reason::filled_too_fast));
}

TEST_CASE("Two links are a message, three are stuffing", "[bot_evidence]") {
  Case one;
  one.submission.contact.message = "See https://acme.com/a and www.acme.com please";
  CHECK_FALSE(has(one.decide(), Reason::links_in_message));
  one.submission.contact.message += " or http://acme.com";
  CHECK(has(one.decide(), Reason::links_in_message));
}

TEST_CASE("Random letters are told in the name and in the message", "[bot_evidence]") {
  Case one;
  one.submission.contact.message = "JkLmQxRtYuWpZ";
  CHECK(has(one.decide(), Reason::gibberish));
  one.submission.contact.message = "We would like a quote for forty chairs.";
  CHECK_FALSE(has(one.decide(), Reason::gibberish));
}
