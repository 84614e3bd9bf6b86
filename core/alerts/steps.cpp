#include "core/alerts/steps.hpp"

#include <algorithm>

#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::alerts {

namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

/// Its index, or the list's size.
std::size_t find(const Findings& findings, const Subject& subject) {
  const auto at = std::find_if(findings.list.begin(), findings.list.end(),
                               [&](const Finding& finding) { return finding.subject == subject; });
  return static_cast<std::size_t>(at - findings.list.begin());
}

bool is_silence(const Subject& subject) {
  return subject.kind == schema::info(schema::InsightKind::silence).name;
}
bool is_silence_of_all(const Subject& subject) {
  return is_silence(subject) && subject.dimension.empty() && subject.value.empty();
}

/// Whether it is up to the leads that came, not to what is found.
bool ends_with_leads(const OpenAlert& alert, std::int64_t now_ms) {
  return is_silence(alert.subject) &&
         now_ms - alert.seen_at_ms < std::int64_t{schema::kAlertSilenceDays} * kMsPerDay;
}

AlertStep step_of(const OpenAlert& alert, const Findings& findings, std::int64_t now_ms) {
  const std::size_t finding = find(findings, alert.subject);
  if (finding < findings.list.size()) return {Step::holds, finding, 0};
  if (!findings.whole) return {Step::stays, 0, alert.calm};
  if (ends_with_leads(alert, now_ms)) {
    if (alert.leads == SinceThen::not_known) return {Step::stays, 0, alert.calm};
    if (alert.leads == SinceThen::none_came) {
      return alert.calm == 0 ? AlertStep{Step::stays, 0, 0} : AlertStep{Step::calms, 0, 0};
    }
  }
  const std::int64_t calm = alert.calm + 1;
  return {calm < schema::kAlertCalmChecks ? Step::calms : Step::closes, 0, calm};
}

}  // namespace

std::vector<std::size_t> silences_to_ask(const std::vector<OpenAlert>& open, const Findings& findings,
                                         std::int64_t now_ms) {
  std::vector<std::size_t> out;
  if (findings.stale || !findings.whole) return out;
  for (std::size_t at = 0; at < open.size(); ++at) {
    const bool gone = find(findings, open[at].subject) == findings.list.size();
    if (gone && ends_with_leads(open[at], now_ms)) out.push_back(at);
  }
  return out;
}

Steps decide(const std::vector<OpenAlert>& open, const Findings& findings, std::int64_t now_ms) {
  Steps out;
  out.alerts.resize(open.size());
  if (findings.stale) {
    for (std::size_t at = 0; at < open.size(); ++at) out.alerts[at].calm = open[at].calm;
    return out;
  }
  std::size_t left = open.size();
  bool all_silent = std::any_of(findings.list.begin(), findings.list.end(), [](const Finding& finding) {
    return is_silence_of_all(finding.subject) && finding.strength >= schema::kStrengthAlertOpens;
  });
  for (std::size_t at = 0; at < open.size(); ++at) {
    out.alerts[at] = step_of(open[at], findings, now_ms);
    const bool closes = out.alerts[at].step == Step::closes;
    if (closes) --left;
    all_silent = all_silent || (!closes && is_silence_of_all(open[at].subject));
  }
  for (std::size_t at = 0; at < findings.list.size() && left < schema::kAlertsOpenMax; ++at) {
    const Finding& finding = findings.list[at];
    if (finding.strength < schema::kStrengthAlertOpens) continue;
    if (all_silent && is_silence(finding.subject) && !is_silence_of_all(finding.subject)) continue;
    const bool is_open = std::any_of(
        open.begin(), open.end(), [&](const OpenAlert& alert) { return alert.subject == finding.subject; });
    // The first of that subject is the one that is meant, should an answer ever have two.
    if (is_open || find(findings, finding.subject) != at) continue;
    out.opens.push_back(at);
    ++left;
  }
  return out;
}

}  // namespace leadledger::alerts
