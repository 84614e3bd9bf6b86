#include "core/insights/minimums.hpp"

#include <utility>
#include <vector>

#include "core/insights/statistics.hpp"

#pragma STDC FP_CONTRACT OFF

namespace leadledger::insights {

namespace {

constexpr double kShown = schema::kStrengthShown;
constexpr double kHolds = schema::kStrengthAlertCloses;
static_assert(kHolds < kShown && kShown <= schema::kStrengthAlertOpens);

std::vector<double> totals_of(const Series& series) {
  std::vector<double> totals;
  totals.reserve(series.baseline.size() + 1);
  for (const WindowCounts& window : series.baseline) totals.push_back(total(window));
  totals.push_back(total(series.now));
  return totals;
}

}  // namespace

double limited(double strength, double reach, double held) {
  if (reach >= 1) return strength;
  return std::min(strength, kShown - (kShown - kHolds) * (1 - reach) / (1 - held));
}

double reach_of_others(const Observed& observed) {
  std::vector<double> all = totals_of(observed.all);
  double others = *std::max_element(all.begin(), all.end());
  for (std::size_t at = 0; at < observed.values.size(); ++at) {
    if (schema::kInsightDimensions[at] != schema::Dimension::project) continue;
    for (const Series& project : observed.values[at]) {
      const std::vector<double> its = totals_of(project);
      double beside = 0;
      for (std::size_t window = 0; window < all.size(); ++window) {
        beside = std::max(beside, all[window] - its[window]);
      }
      others = std::min(others, beside);
    }
  }
  all.pop_back();  // what is usual is told from earlier ones
  return others / std::max(schema::kInsightOthers * interval_of(observed.all),
                           usual(std::move(all)).middle * schema::kInsightOthersPct / 100.0);
}

}  // namespace leadledger::insights
