#include "core/insights/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>

// A product and a sum in one rounding would make other bits where a processor has that.
#pragma STDC FP_CONTRACT OFF

namespace leadledger::insights {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kOfMedianDistance = 1.4826;  // 1 / the third quartile of the normal distribution
constexpr double kOfMeanDistance = 1.2533;    // sqrt(pi / 2)

/// By how much the median distance of so many normal values is too small: Croux and Rousseeuw,
/// "Time-efficient algorithms for two highly robust estimators of scale" (1992).
double few_values(std::size_t count) {
  constexpr std::array<double, 10> kFactors = {1, 1, 1.196, 1.495, 1.363, 1.206, 1.200, 1.140, 1.129, 1.107};
  if (count < kFactors.size()) return kFactors[count];
  const auto size = static_cast<double>(count);
  return size / (size - 0.8);
}

double median_of_sorted(const std::vector<double>& sorted) {
  const std::size_t half = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[half];
  return (sorted[half - 1] + sorted[half]) / 2;
}

/// The median of `count` values is uncertain itself, by pi / 2 / count of their variance: one more value lies
/// around it that much wider.
double one_more(std::size_t count) {
  return count == 0 ? 1 : std::sqrt(1 + kPi / 2 / static_cast<double>(count));
}

Comparison compare(double now, const std::vector<double>& earlier, const Usual& usual, double chance) {
  const double spread = one_more(earlier.size()) * std::max(usual.scale, chance);
  const double distance = now > usual.middle ? now - usual.middle : usual.middle - now;
  return {usual.middle, spread, std::min(distance / spread, kMostStrength)};
}

}  // namespace

Usual usual(std::vector<double> values) {
  if (values.empty()) return {};
  const std::size_t count = values.size();
  std::sort(values.begin(), values.end());
  const double middle = median_of_sorted(values);
  for (double& value : values) value = value > middle ? value - middle : middle - value;
  // Also so that the sum below does not depend on the order of the values.
  std::sort(values.begin(), values.end());
  const double median = median_of_sorted(values);
  if (median > 0) return {middle, kOfMedianDistance * few_values(count) * median};
  double sum = 0;
  for (const double distance : values) sum += distance;
  return {middle, kOfMeanDistance * sum / static_cast<double>(count)};
}

Comparison compare_counts(double now, const std::vector<double>& earlier, double interval) {
  const Usual before = usual(earlier);
  return compare(now, earlier, before, std::sqrt(std::max(before.middle, interval) * interval));
}

Comparison compare_shares(double now, double of, const std::vector<double>& earlier, double interval) {
  constexpr double kMore = 2;
  const Usual before = usual(earlier);
  const double points = of / interval;
  const double size = points + 2 * kMore;
  const double share = (before.middle * points + kMore) / size;
  return compare(now, earlier, before, std::sqrt(share * (1 - share) / size));
}

double strength_of_none(double expected, double scale, double interval) {
  if (expected <= 0) return 0;
  const double spread = std::max(scale, std::sqrt(expected * interval));
  return std::min(std::sqrt(2.0) * expected / spread, kMostStrength);
}

}  // namespace leadledger::insights
