#include "core/intake/lead_score.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/core/intake/judging.hpp"

using namespace leadledger;
using namespace leadledger::intake;
using tests::Case;

namespace {

/// Everything that earns points.
Submission best() {
  Submission submission;
  submission.contact = {.name = "Ada",
                        .email = "ada@lovelace.uk",
                        .phone = "+441632960000",
                        .phone_is_e164 = true,
                        .phone_calling_code = "44",
                        .company = "Analytical",
                        .message = std::string(40, 'm')};
  submission.context.cta = "Book a demo";
  submission.engagement = {.time_on_page = 120, .scroll_depth = 75, .pages_viewed = 4, .form_seconds = 10};
  return submission;
}

}  // namespace

TEST_CASE("Each part of a contact earns the points of the rules", "[lead_score]") {
  Submission submission;
  CHECK(lead_score(submission) == 0);
  SECTION("name") {
    submission.contact.name = "Ada";
    CHECK(lead_score(submission) == 5);
  }
  SECTION("e-mail of a free mailer") {
    submission.contact.email = "ada@gmail.com";
    CHECK(lead_score(submission) == 5);
  }
  SECTION("business e-mail") {
    submission.contact.email = "ada@lovelace.uk";
    CHECK(lead_score(submission) == 15);
  }
  SECTION("phone, where it is a number") {
    submission.contact.phone = "12345";
    CHECK(lead_score(submission) == 0);
    submission.contact.phone_is_e164 = true;
    CHECK(lead_score(submission) == 10);
  }
  SECTION("company") {
    submission.contact.company = "Acme";
    CHECK(lead_score(submission) == 10);
  }
  SECTION("message, by characters and not bytes") {
    submission.contact.message = "hi";
    CHECK(lead_score(submission) == 5);
    std::string message;
    for (int at = 0; at < 39; ++at) message += "\u00e9";
    submission.contact.message = message;
    CHECK(lead_score(submission) == 5);
    submission.contact.message = message + "\u00e9";
    CHECK(lead_score(submission) == 10);
  }
}

TEST_CASE("A call to action earns more where it asks for talk", "[lead_score]") {
  const auto [cta, points] = GENERATE(table<std::string, int>({{"", 0},
                                                               {"newsletter", 5},
                                                               {"Book a Demo", 15},
                                                               {"GET PRICING", 15},
                                                               {"contact", 5},
                                                               {"Free trial", 15}}));
  CAPTURE(cta);
  Submission submission;
  submission.context.cta = cta;
  CHECK(lead_score(submission) == points);
}

TEST_CASE("All points together stay within 100", "[lead_score]") {
  const int score = lead_score(best());
  CHECK(score <= 100);
  CHECK(score > schema::kHotThreshold);
}

TEST_CASE("Points of engagement come with the thresholds of the rules", "[lead_score]") {
  for (const schema::EngagementPoints& rule : schema::kEngagementPoints) {
    const auto score_at = [&](double value) {
      Submission submission;
      Engagement& engagement = submission.engagement;
      if (rule.measure == schema::Field::time_on_page) engagement.time_on_page = value;
      if (rule.measure == schema::Field::scroll_depth) engagement.scroll_depth = value;
      if (rule.measure == schema::Field::pages_viewed) engagement.pages_viewed = value;
      if (rule.measure == schema::Field::form_seconds) engagement.form_seconds = value;
      return lead_score(submission);
    };
    CAPTURE(static_cast<int>(rule.measure), rule.at_least);
    CHECK(score_at(rule.at_least) - score_at(rule.at_least - 0.01) == rule.points);
  }
}

TEST_CASE("Hot and warm begin exactly at their thresholds", "[lead_score][verdict]") {
  using schema::Temperature;
  // With everything but the contact, 60: call to action 15, engagement 45. With all of the contact but a
  // message, 40.
  Submission above = best();
  Submission contact_only;
  contact_only.contact = best().contact;
  contact_only.contact.message.clear();
  const auto [points, score, temperature] = GENERATE(table<std::string, int, Temperature>({
      {"company", 75, Temperature::hot},
      {"name", 70, Temperature::warm},
      {"all", 40, Temperature::warm},
      {"all but name", 35, Temperature::cold},
  }));
  CAPTURE(points);
  Case one;
  if (points == "company") above.contact = {.email = "ada@gmail.com", .company = "Acme"};
  if (points == "name") above.contact = {.name = "Ada", .email = "ada@gmail.com"};
  if (points == "all but name") contact_only.contact.name.clear();
  one.submission = points.starts_with("all") ? contact_only : above;
  const Verdict verdict = one.decide();
  CHECK(verdict.lead_score == score);
  CHECK(verdict.temperature == temperature);
  CHECK(verdict.hot == (temperature == Temperature::hot));
  CHECK(tests::has(verdict, Reason::high_lead_score) == verdict.hot);
}

TEST_CASE("The parts are those that were earned, and add up to the score below 100", "[lead_score]") {
  Submission submission = best();
  const auto told = [&] {
    std::string out;
    for (const ScorePart& part : lead_score_parts(submission)) {
      out.append(part.name).append("=").append(std::to_string(part.points)).append(" ");
    }
    return out;
  };
  const auto sum = [&] {
    int points = 0;
    for (const ScorePart& part : lead_score_parts(submission)) points += part.points;
    return points;
  };
  CHECK(told() ==
        "name=5 email=5 phone=10 company=10 message=5 long_message=5 business_email=10 cta=15 "
        "time_on_page=15 scroll_depth=10 pages_viewed=15 form_seconds=5 ");
  CHECK(sum() == 110);
  CHECK(lead_score(submission) == 100);
  submission.contact.phone_is_e164 = false;
  submission.engagement.pages_viewed.reset();
  submission.engagement.time_on_page = 44;
  submission.contact.email = "ada@gmail.com";
  CHECK(sum() == lead_score(submission));
  CHECK(sum() == 65);
  submission = {};
  CHECK(told().empty());
}
