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

/// Gives `earn` each part of completeness with its points.
template <class Earn>
void completeness(const Contact& contact, Earn earn) {
  if (!contact.name.empty()) earn("name", schema::kCompletenessPointsName);
  if (!contact.email.empty()) earn("email", schema::kCompletenessPointsEmail);
  if (contact.phone_is_e164) earn("phone", schema::kCompletenessPointsPhone);
  if (!contact.company.empty()) earn("company", schema::kCompletenessPointsCompany);
  if (!contact.message.empty()) earn("message", schema::kCompletenessPointsMessage);
  if (text::count_code_points(contact.message) >= schema::kLongMessageChars) {
    earn("long_message", schema::kCompletenessPointsLongMessage);
  }
  if (is_business_email(contact.email)) earn("business_email", schema::kCompletenessPointsBusinessEmail);
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
  completeness(submission.contact, [&](std::string_view, int points) { sum += points; });
  return std::clamp(sum, 0, 100);
}

std::vector<ScorePart> lead_score_parts(const Submission& submission) {
  std::vector<ScorePart> parts;
  const auto earn = [&](std::string_view name, int points) {
    if (points > 0) parts.push_back({name, points});
  };
  completeness(submission.contact, earn);
  earn("cta", call_to_action(submission.context.cta));
  const Engagement& all = submission.engagement;
  const auto measure = [&](Field field, Engagement one) {
    earn(schema::info(field).name, engagement_points(one));
  };
  measure(Field::time_on_page, {all.time_on_page, {}, {}, {}});
  measure(Field::scroll_depth, {{}, all.scroll_depth, {}, {}});
  measure(Field::pages_viewed, {{}, {}, all.pages_viewed, {}});
  measure(Field::form_seconds, {{}, {}, {}, all.form_seconds});
  return parts;
}

}  // namespace leadledger::intake
