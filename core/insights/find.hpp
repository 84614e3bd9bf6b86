// Finds what is worth saying without being asked: deterministic, and each with the numbers behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/observed.hpp"
#include "core/support/json_writer.hpp"
#include "leadledger/insights.hpp"

namespace leadledger::insights {

using schema::Dimension;
using schema::InsightKind;
using schema::Severity;

/// What a finding is about: a value of a dimension, or all submissions.
struct Subject {
  std::optional<Dimension> dimension;
  std::string_view value;
};

/// One finding. What is a number of leads or a share depends on its kind (schema/insights.json).
struct Insight {
  InsightKind kind = InsightKind::rise;
  Severity severity = Severity::info;
  std::optional<Dimension> dimension;  // none: of all submissions
  std::string_view value;              // points into what was observed
  Range range;                         // the window, or the part of it, that it is about
  std::optional<double> strength;      // the distance; below kStrengthShown where a minimum is not reached
  double distance = 0;                 // from what was expected, in robust standard deviations
  double current = 0;
  double expected = 0;
  double low = 0;  // of what would have been nothing to speak of
  double high = 0;
  std::vector<double> baseline;   // of earlier windows, the latest first
  std::uint64_t submissions = 0;  // what a share is of; of no_hot_leads: the campaign's; of best_hours: leads
  std::uint64_t count = 0;        // of what a share counts; of best_hours and no_hot_leads: the leads
  std::uint64_t others = 0;       // of no_hot_leads: submissions of all others
  std::uint64_t hot_elsewhere = 0;  // of these the hot ones
  int hour_from = 0;                // of best_hours: local hours, 0 to 23
  int hour_to = 0;                  // excluded, 1 to 24; at most hour_from where midnight lies between them
  const Series* series = nullptr;   // that it was found in; of best_hours none
  std::vector<Subject> same;        // told_once(): what else it is about
  bool is_filtered = false;         // only submissions were looked at that a filter lets through
};

/// All of the kinds that are asked for, of at least that strength, the gravest first: by severity, strength,
/// kind, dimension and value. The same counts give the same findings in the same order. The values and the
/// windows of `observed` must outlive what is found.
///
/// Rises, falls, silences and shares are looked for in each value of the kind's dimensions and in all
/// submissions together, where these are not nearly all those of one project (then it is said of the
/// project). Every minimum of schema/insights.json counts points: it is as many times larger as the largest
/// interval of the series' sampling. What falls short of a minimum has a strength below kStrengthShown, the
/// less the shorter it falls, and kStrengthAlertCloses where kInsightHeldPct percent of it are there.
[[nodiscard]] std::vector<Insight> find_insights(const Observed& observed, std::span<const InsightKind> kinds,
                                                 double least_strength);

/// {"id", "kind", "severity", "dimension", "value", "count", "from", "to", "strength", "headline",
/// "explanation", "numbers": {...}}; times in the zone.
void write_insight(json::Writer& writer, const Insight& insight, const time::Zone& zone);

}  // namespace leadledger::insights
