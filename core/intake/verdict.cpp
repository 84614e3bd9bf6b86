#include "core/intake/verdict.hpp"

#include <algorithm>

#include "core/intake/address.hpp"
#include "core/intake/bot_evidence.hpp"
#include "core/intake/disposable.hpp"
#include "core/intake/engagement.hpp"
#include "core/intake/lead_score.hpp"
#include "core/intake/phone.hpp"
#include "core/intake/text_signs.hpp"
#include "core/support/text.hpp"
#include "leadledger/hosting_networks.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::intake {

namespace {

template <class List, class Item>
bool has(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string_view domain_of(std::string_view email) { return text::split_once(email, '@').tail; }

/// Whether `domain` or one of its parents, down to two labels, satisfies `matches`.
template <class Matches>
bool matches_with_parents(std::string_view domain, Matches matches) {
  while (domain.find('.') != std::string_view::npos) {
    if (matches(domain)) return true;
    domain = text::split_once(domain, '.').tail;
  }
  return false;
}

bool is_disposable(std::string_view domain) { return matches_with_parents(domain, is_listed_as_disposable); }

/// Domains that can never receive mail: RFC 2606 and RFC 6761.
bool is_reserved(std::string_view domain) {
  const std::size_t dot = domain.rfind('.');
  const std::string_view top = dot == std::string_view::npos ? domain : domain.substr(dot + 1);
  return has(schema::kReservedTopLevels, top) || matches_with_parents(domain, [](std::string_view name) {
           return has(schema::kReservedDomains, name);
         });
}

/// `+test` at the end of the local part, or as one of several tags.
bool has_test_tag(std::string_view email) {
  std::string_view rest = text::split_once(text::split_once(email, '@').head, '+').tail;
  while (!rest.empty()) {
    const auto [tag, tail] = text::split_once(rest, '+');
    if (tag == "test") return true;
    rest = tail;
  }
  return false;
}

void judge_blocked(Verdict& verdict, const Signals& signals) {
  if (signals.rate_limited) add_reason(verdict, Reason::rate_limited);
  if (!signals.origin_allowed) add_reason(verdict, Reason::origin_not_allowed);
  if (!signals.blocked_by.empty())
    add_reason(verdict, Reason::address_blocked, std::string(signals.blocked_by));
}

void judge_test(Verdict& verdict, const Submission& submission, const Visitor& visitor,
                const Signals& signals, const TestRules& rules) {
  const std::string& email = submission.contact.email;
  const std::string_view domain = domain_of(email);
  if (signals.test_header) add_reason(verdict, Reason::test_header);
  const auto covers = [&](const std::string& range) { return cidr_contains(range, visitor.ip); };
  if (std::any_of(rules.addresses.begin(), rules.addresses.end(), covers)) {
    add_reason(verdict, Reason::test_address, std::string(visitor.ip));
  }
  if (email.empty()) return;
  if (has(rules.emails, email)) add_reason(verdict, Reason::test_email, email);
  if (matches_with_parents(domain, [&](std::string_view name) { return has(rules.domains, name); })) {
    add_reason(verdict, Reason::test_domain, std::string(domain));
  }
  if (has_test_tag(email)) add_reason(verdict, Reason::test_plus_tag);
  if (is_reserved(domain)) add_reason(verdict, Reason::reserved_domain, std::string(domain));
}

void judge_vpn(Verdict& verdict, const Visitor& visitor) {
  if (visitor.country == "T1") add_reason(verdict, Reason::tor_exit);
  const bool listed =
      std::binary_search(schema::kHostingNetworks.begin(), schema::kHostingNetworks.end(), visitor.asn);
  const bool named = std::any_of(
      schema::kHostingOrganizationWords.begin(), schema::kHostingOrganizationWords.end(),
      [&](std::string_view word) { return text::contains_ignoring_case(visitor.as_organization, word); });
  if (listed || named) {
    std::string detail = "AS";
    text::append_number(detail, visitor.asn);
    if (!visitor.as_organization.empty())
      detail += " " + std::string(text::cut(visitor.as_organization, 100));
    add_reason(verdict, Reason::hosting_network, std::move(detail));
  }
}

void judge_phone(Verdict& verdict, const Contact& contact, const Visitor& visitor) {
  if (contact.phone.empty()) return;
  if (!contact.phone_is_e164) {
    add_reason(verdict, Reason::phone_unreadable);
    return;
  }
  const std::string_view expected = calling_code_of(visitor.country);
  if (!expected.empty() && expected != contact.phone_calling_code) {
    add_reason(verdict, Reason::phone_country_differs,
               "+" + contact.phone_calling_code + " from " + std::string(visitor.country));
  }
}

void judge_turnstile(Verdict& verdict, TurnstileOutcome outcome) {
  switch (outcome) {
    case TurnstileOutcome::not_asked:
    case TurnstileOutcome::passed: return;
    case TurnstileOutcome::failed: return add_reason(verdict, Reason::turnstile_failed);
    case TurnstileOutcome::missing: return add_reason(verdict, Reason::turnstile_missing);
    case TurnstileOutcome::unavailable: return add_reason(verdict, Reason::turnstile_unavailable);
  }
}

void judge_suspicious(Verdict& verdict, const Submission& submission, const Visitor& visitor,
                      const Signals& signals) {
  const std::string_view domain = domain_of(submission.contact.email);
  if (is_disposable(domain)) add_reason(verdict, Reason::disposable_email, std::string(domain));
  judge_phone(verdict, submission.contact, visitor);
  if (is_odd_name(submission.contact.name)) add_reason(verdict, Reason::odd_name);
  judge_turnstile(verdict, signals.turnstile);
  const bool convicted = verdict.bot_score >= schema::kBotThreshold;
  if (!convicted && verdict.bot_score >= schema::kBotSuspiciousFrom)
    add_reason(verdict, Reason::bot_evidence);
}

bool has_reason_of(const Verdict& verdict, std::string_view what) {
  return std::any_of(verdict.reasons.begin(), verdict.reasons.end(),
                     [&](const ReasonGiven& given) { return schema::info(given.reason).of == what; });
}

/// Moves the reasons of one kind before the others; each group keeps its order.
void bring_to_front(std::vector<ReasonGiven>& reasons, std::string_view kind) {
  std::vector<ReasonGiven> ordered;
  ordered.reserve(reasons.size());
  for (const bool wanted : {true, false}) {
    for (ReasonGiven& given : reasons) {
      if ((schema::info(given.reason).of == kind) == wanted) ordered.push_back(std::move(given));
    }
  }
  reasons = std::move(ordered);
}

}  // namespace

void add_reason(Verdict& verdict, Reason reason, std::string detail) {
  const auto place = std::find_if(verdict.reasons.begin(), verdict.reasons.end(),
                                  [&](const ReasonGiven& given) { return given.reason > reason; });
  verdict.reasons.insert(place, ReasonGiven{reason, std::move(detail)});
}

Verdict decide(const Submission& submission, const Visitor& visitor, const Signals& signals,
               const ProjectSettings& project) {
  Verdict verdict;
  judge_blocked(verdict, signals);
  verdict.bot_score = collect_bot_evidence(verdict, submission, signals, project);
  judge_test(verdict, submission, visitor, signals, project.test_rules);
  judge_vpn(verdict, visitor);
  judge_suspicious(verdict, submission, visitor, signals);

  verdict.engagement = engagement_level(submission.engagement);
  verdict.lead_score = lead_score(submission);
  verdict.hot = verdict.lead_score >= schema::kHotThreshold;
  if (verdict.hot) add_reason(verdict, Reason::high_lead_score);
  verdict.temperature = temperature_of(verdict.lead_score);
  verdict.vpn = has_reason_of(verdict, "vpn");
  verdict.suspicious = has_reason_of(verdict, "suspicious");

  if (has_reason_of(verdict, "blocked")) {
    verdict.event_type = EventType::blocked;
  } else if (verdict.bot_score >= schema::kBotThreshold) {
    verdict.event_type = EventType::bot;
  } else if (has_reason_of(verdict, "test")) {
    verdict.event_type = EventType::test;
  } else {
    verdict.accepted = true;
  }
  if (!verdict.accepted) {
    bring_to_front(verdict.reasons, to_text(verdict.event_type));
  }
  return verdict;
}

schema::Temperature temperature_of(int lead_score) {
  if (lead_score >= schema::kHotThreshold) return schema::Temperature::hot;
  return lead_score >= schema::kWarmThreshold ? schema::Temperature::warm : schema::Temperature::cold;
}

void settle_person(Verdict& verdict, Reason reason) {
  verdict.event_type = reason == Reason::new_person ? EventType::primary : EventType::follow_up;
  verdict.reasons.insert(verdict.reasons.begin(), ReasonGiven{reason, {}});
}

std::optional<Reason> find_reason(std::string_view code) {
  for (std::size_t at = 0; at < schema::kReasons.size(); ++at) {
    if (schema::kReasons[at].code == code) return static_cast<Reason>(at);
  }
  return std::nullopt;
}

void write_reasons(json::Writer& writer, const std::vector<ReasonGiven>& reasons) {
  writer.begin_array();
  for (const ReasonGiven& given : reasons) {
    const schema::ReasonInfo& info = schema::info(given.reason);
    writer.begin_object();
    writer.member("code", info.code);
    writer.key("detail");
    if (given.detail.empty()) {
      writer.text(info.text);
    } else {
      writer.text(std::string(info.text) + ": " + given.detail);
    }
    writer.end_object();
  }
  writer.end_array();
}

void write_verdict(json::Writer& writer, const Verdict& verdict, std::string_view lead_id) {
  writer.member_or_null("lead_id", lead_id);
  writer.member("event_type", to_text(verdict.event_type));
  writer.key("flags");
  writer.begin_object();
  writer.member("vpn", verdict.vpn);
  writer.member("suspicious", verdict.suspicious);
  writer.member("hot", verdict.hot);
  writer.end_object();
  writer.member("lead_score", verdict.lead_score);
  writer.member("bot_score", verdict.bot_score);
  writer.key("reasons");
  write_reasons(writer, verdict.reasons);
  writer.member("ruleset", schema::kRulesetVersion);
}

}  // namespace leadledger::intake
