// What becomes of a scope's alerts when they are checked. Pure: the same alerts, findings and time give the
// same steps.
//
// An alert opens when something is found at kStrengthAlertOpens or more, holds while it is found at
// kStrengthAlertCloses or more (weaker findings are not asked for), and closes when it was not found
// kAlertCalmChecks times in a row: what swings around one threshold crosses only that one. Windows end with
// the last full hour and checks come more often, so a check counts as one of these only where its window ends
// later than that of the last one that did.
//
// A silence ends when leads come. At night, or on Sunday, no leads are expected and so no silence is found;
// that must neither close the alert nor open a second one on Monday.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/alerts/findings.hpp"

namespace leadledger::alerts {

/// Whether leads have come since a silence was last found.
enum class SinceThen : std::uint8_t { not_known, none_came, some_came };

struct OpenAlert {
  Subject subject;
  std::int64_t seen_at_ms = 0;             // when it was last found
  std::int64_t calm = 0;                   // checks in a row that found it gone
  std::int64_t checked_to_ms = 0;          // the end of the window of the last check that counted
  SinceThen leads = SinceThen::not_known;  // of a silence
};

enum class Step : std::uint8_t {
  stays,   // as it is: nothing could be told, or nothing new
  holds,   // found again
  calms,   // not found in this window, for the `calm`-th time in a row; 0: of a silence, and none came
  closes,  // not found once too often
};

struct AlertStep {
  Step step = Step::stays;
  std::size_t finding = 0;  // where it holds
  std::int64_t calm = 0;    // from now on
};

struct Steps {
  std::vector<AlertStep> alerts;   // one for each open alert
  std::vector<std::size_t> opens;  // findings that become alerts
};

/// Open alerts, by index, of which `leads` decides: silences that are not found now and were within the last
/// kAlertSilenceDays, and that were not asked about in this window yet. Those that were asked about longest
/// ago come first. Whoever calls decide() asks for these before, and may ask for the first ones only.
[[nodiscard]] std::vector<std::size_t> silences_to_ask(const std::vector<OpenAlert>& open,
                                                       const Findings& findings, std::int64_t now_ms);

/// Stale findings change nothing; of an answer that was cut, what it lacks says nothing. Where not every
/// value could be looked at, what is not found of a value closes only after kAlertSilenceDays; of projects
/// that cannot be, a deployment has not that many. No more than kAlertsOpenMax are open afterwards, unless
/// they were before: then nothing opens. While there is an alert that nothing at all comes, no other silence
/// opens: it would say the same again.
[[nodiscard]] Steps decide(const std::vector<OpenAlert>& open, const Findings& findings, std::int64_t now_ms);

}  // namespace leadledger::alerts
