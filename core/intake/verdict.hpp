// The verdict: what a submission is, which flags it has, and every reason for it.
//
// Theory of operation. Rules are data (schema/rules.json, schema/reasons.json); this file applies them in a
// fixed order. The event type is the first that holds of
//   blocked    rate limit, origin or address say so
//   bot        the weights of the bot evidence reach the threshold; no weak sign does so alone
//   test       the project's test rules, +test, a domain reserved for examples, or a test header with an
//   admin key follow_up  the ledger knows the e-mail or phone in this project primary    otherwise
// The last two only the ledger can tell apart, in the transaction that keeps the submission; until then a
// verdict is `accepted`. All rules are always evaluated, so a blocked submission shows its bot evidence too.
// Flags do not depend on the event type.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/project_settings.hpp"
#include "core/intake/submission.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/reasons.hpp"

namespace leadledger::intake {

using schema::EventType;
using schema::Reason;

/// Who sent it, as far as the network or a trusted server tells.
struct Visitor {
  std::string_view ip;
  std::string_view user_agent;
  std::string_view country;  // ISO 3166-1 alpha-2, "T1" for Tor, "" or "XX" where unknown
  std::string_view region;
  std::string_view city;
  std::uint32_t asn = 0;
  std::string_view as_organization;
};

enum class TurnstileOutcome : std::uint8_t { not_asked, passed, failed, missing, unavailable };

/// What is known of the request beside its content.
struct Signals {
  bool rate_limited = false;
  bool origin_allowed = true;
  std::string_view blocked_by;  // id of the blocked address that matched, or ""
  bool bot_user_agent = false;
  int cloudflare_bot_score = 0;  // 1 to 99, 0 where Cloudflare gives none
  bool browser_headers_missing = false;
  bool test_header = false;  // with an admin key only
  TurnstileOutcome turnstile = TurnstileOutcome::not_asked;
};

struct ReasonGiven {
  Reason reason;
  std::string detail;
};

struct Verdict {
  EventType event_type = EventType::primary;  // of an accepted one: primary until the ledger says follow_up
  bool accepted = false;                      // neither blocked nor bot nor test
  bool vpn = false;
  bool suspicious = false;
  bool hot = false;
  int lead_score = 0;  // 0 to 100
  int bot_score = 0;   // 0 to 100
  schema::Engagement engagement = schema::Engagement::none;
  schema::Temperature temperature = schema::Temperature::cold;
  std::vector<ReasonGiven>
      reasons;  // those of the event type first, else in the order of schema/reasons.json
};

[[nodiscard]] Verdict decide(const Submission& submission, const Visitor& visitor, const Signals& signals,
                             const ProjectSettings& project);

[[nodiscard]] schema::Temperature temperature_of(int lead_score);

/// Puts a reason in its place among those of `verdict`.
void add_reason(Verdict& verdict, Reason reason, std::string detail = {});

/// What the ledger said of the person of an accepted submission: new_person, known_email or known_phone.
/// Settles the event type; the reason comes first.
void settle_person(Verdict& verdict, Reason reason);

/// The reason of that code, or nothing.
[[nodiscard]] std::optional<Reason> find_reason(std::string_view code);

/// Writes [{"code", "detail"}, ...].
void write_reasons(json::Writer& writer, const std::vector<ReasonGiven>& reasons);

/// Writes "lead_id" (null where it is empty), "event_type", "flags", "lead_score", "bot_score", "reasons" and
/// "ruleset" as members.
void write_verdict(json::Writer& writer, const Verdict& verdict, std::string_view lead_id);

}  // namespace leadledger::intake
