#include "core/alerts/steps.hpp"

#include <algorithm>
#include <tuple>

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

bool was_found_lately(const OpenAlert& alert, std::int64_t now_ms) {
  return now_ms - alert.seen_at_ms < std::int64_t{schema::kAlertSilenceDays} * kMsPerDay;
}
/// Whether it is up to the leads that came, not to what is found.
bool ends_with_leads(const OpenAlert& alert, std::int64_t now_ms) {
  return is_silence(alert.subject) && was_found_lately(alert, now_ms);
}
/// Whether its value may be one that was not looked at.
bool may_be_cut(const Subject& subject, const Findings& findings) {
  const std::string_view project = schema::info(schema::Dimension::project).name;
  return !findings.all_values && !subject.dimension.empty() && subject.dimension != project;
}

AlertStep step_of(const OpenAlert& alert, const Findings& findings, std::int64_t now_ms) {
  const std::size_t finding = find(findings, alert.subject);
  if (finding < findings.list.size()) return {Step::holds, finding, 0};
  const AlertStep stays{Step::stays, 0, alert.calm};
  if (!findings.whole || findings.to_ms <= alert.checked_to_ms) return stays;
  if (ends_with_leads(alert, now_ms)) {
    if (alert.leads == SinceThen::not_known) return stays;
    if (alert.leads == SinceThen::none_came) return {Step::calms, 0, 0};
  } else if (may_be_cut(alert.subject, findings) && was_found_lately(alert, now_ms)) {
    return stays;
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
    const bool is_new = findings.to_ms > open[at].checked_to_ms;
    if (gone && is_new && ends_with_leads(open[at], now_ms)) out.push_back(at);
  }
  std::sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(open[a].checked_to_ms, a) < std::tie(open[b].checked_to_ms, b);
  });
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
