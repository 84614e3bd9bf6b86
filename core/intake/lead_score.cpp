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

int completeness(const Contact& contact) {
  int points = 0;
  if (!contact.name.empty()) points += schema::kCompletenessPointsName;
  if (!contact.email.empty()) points += schema::kCompletenessPointsEmail;
  if (contact.phone_is_e164) points += schema::kCompletenessPointsPhone;
  if (!contact.company.empty()) points += schema::kCompletenessPointsCompany;
  if (!contact.message.empty()) points += schema::kCompletenessPointsMessage;
  if (text::count_code_points(contact.message) >= schema::kLongMessageChars) {
    points += schema::kCompletenessPointsLongMessage;
  }
  if (is_business_email(contact.email)) points += schema::kCompletenessPointsBusinessEmail;
  return points;
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
  const int sum = completeness(submission.contact) + call_to_action(submission.context.cta) +
                  engagement_points(submission.engagement);
  return std::clamp(sum, 0, 100);
}

}  // namespace leadledger::intake
