#include "core/intake/bot_evidence.hpp"

#include <algorithm>

#include "core/intake/text_signs.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::intake {

int collect_bot_evidence(Verdict& verdict, const Submission& submission, const Signals& signals,
                         const ProjectSettings& project) {
  int sum = 0;
  const auto found = [&](bool holds, Reason reason) {
    if (!holds) return;
    add_reason(verdict, reason);
    sum += schema::info(reason).weight;
  };
  const int least_seconds = project.min_form_seconds > 0 ? project.min_form_seconds : schema::kMinFormSeconds;
  const std::optional<double> form_seconds = submission.engagement.form_seconds;
  const int score = signals.cloudflare_bot_score;
  const bool certain = score > 0 && score <= schema::kCloudflareBotCertainMax;
  const Contact& contact = submission.contact;

  found(signals.bot_user_agent, Reason::bot_user_agent);
  found(certain, Reason::bot_score_certain);
  found(!certain && score > 0 && score <= schema::kCloudflareBotLikelyMax, Reason::bot_score_likely);
  found(submission.honeypot_filled, Reason::honeypot_filled);
  found(form_seconds && *form_seconds < least_seconds, Reason::filled_too_fast);
  found(count_links(contact.message) > schema::kMaxMessageLinks, Reason::links_in_message);
  found(is_gibberish(contact.message) || is_gibberish(contact.name), Reason::gibberish);
  found(signals.browser_headers_missing, Reason::browser_headers_missing);
  return std::min(sum, 100);
}

}  // namespace leadledger::intake
