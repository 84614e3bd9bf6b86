#include "core/intake/lead_score.hpp"

#include <algorithm>

#include "core/intake/engagement.hpp"
#include "core/support/text.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::intake {

namespace {

bool is_business_email(std::string_view email) {
  const std::string_view domain = text::split_once(email, '@').tail;
  const auto& free_mail = schema::kFreeMailDomains;
  return !domain.empty() && std::find(free_mail.begin(), free_mail.end(), domain) == free_mail.end();
}

/// Gives `earn` each part of completeness with what it is and its points.
template <class Earn>
void completeness(const Contact& contact, Earn earn) {
  if (!contact.name.empty()) earn("name", "a name", schema::kCompletenessPointsName);
  if (!contact.email.empty()) earn("email", "an e-mail address", schema::kCompletenessPointsEmail);
  if (contact.phone_is_e164)
    earn("phone", "a phone number that can be called", schema::kCompletenessPointsPhone);
  if (!contact.company.empty()) earn("company", "a company", schema::kCompletenessPointsCompany);
  if (!contact.message.empty()) earn("message", "a message", schema::kCompletenessPointsMessage);
  if (text::count_code_points(contact.message) >= schema::kLongMessageChars) {
    earn("long_message", "the message is long", schema::kCompletenessPointsLongMessage);
  }
  if (is_business_email(contact.email))
    earn("business_email", "the e-mail is a company's", schema::kCompletenessPointsBusinessEmail);
}

int call_to_action(std::string_view cta) {
  if (cta.empty()) return 0;
  const auto& words = schema::kStrongCtaWords;
  const bool strong = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text::contains_ignoring_case(cta, word);
  });
  return strong ? schema::kCtaPointsStrong : schema::kCtaPointsAny;
}

}  // namespace

int lead_score(const Submission& submission) {
  int sum = call_to_action(submission.context.cta) + engagement_points(submission.engagement);
  completeness(submission.contact, [&](std::string_view, std::string_view, int points) { sum += points; });
  return std::clamp(sum, 0, 100);
}

std::vector<ScorePart> lead_score_parts(const Submission& submission) {
  std::vector<ScorePart> parts;
  const auto earn = [&](std::string_view name, std::string_view text, int points) {
    if (points > 0) parts.push_back({name, text, points});
  };
  completeness(submission.contact, earn);
  earn("cta", "the call to action", call_to_action(submission.context.cta));
  const Engagement& all = submission.engagement;
  const auto measure = [&](Field field, std::string_view text, Engagement one) {
    earn(schema::info(field).name, text, engagement_points(one));
  };
  measure(Field::time_on_page, "time on the page", {all.time_on_page, {}, {}, {}});
  measure(Field::scroll_depth, "how far was scrolled", {{}, all.scroll_depth, {}, {}});
  measure(Field::pages_viewed, "pages viewed", {{}, {}, all.pages_viewed, {}});
  measure(Field::form_seconds, "time taken for the form", {{}, {}, {}, all.form_seconds});
  return parts;
}

}  // namespace leadledger::intake
