// A submission that nothing is wrong with, for tests that change one thing about it.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/intake/verdict.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::tests {

struct Case {
  intake::Submission submission;
  intake::Visitor visitor{.ip = "203.0.113.7", .country = "IN", .asn = 55836, .as_organization = "Jio"};
  intake::Signals signals;
  intake::ProjectSettings project;

  Case() {
    submission.contact.name = "Ada Lovelace";
    submission.contact.email = "ada@lovelace.uk";
  }
  [[nodiscard]] intake::Verdict decide() const {
    return intake::decide(submission, visitor, signals, project);
  }
};

inline bool has(const intake::Verdict& verdict, intake::Reason reason) {
  return std::any_of(verdict.reasons.begin(), verdict.reasons.end(),
                     [&](const intake::ReasonGiven& given) { return given.reason == reason; });
}

/// Makes one reason of kind bot hold.
inline void give_bot_sign(Case& one, intake::Reason reason) {
  using intake::Reason;
  if (reason == Reason::bot_user_agent) one.signals.bot_user_agent = true;
  if (reason == Reason::bot_score_certain) one.signals.cloudflare_bot_score = 1;
  if (reason == Reason::bot_score_likely) one.signals.cloudflare_bot_score = 29;
  if (reason == Reason::honeypot_filled) one.submission.honeypot_filled = true;
  if (reason == Reason::filled_too_fast) one.submission.engagement.form_seconds = 1;
  if (reason == Reason::links_in_message) {
    one.submission.contact.message =
        "Please see http://a.example http://b.example and http://c.example for more";
  }
  if (reason == Reason::gibberish) one.submission.contact.name = "sdkjfhskdjfh";
  if (reason == Reason::browser_headers_missing) one.signals.browser_headers_missing = true;
}

}  // namespace leadledger::tests
