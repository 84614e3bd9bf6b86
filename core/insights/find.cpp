#include "core/insights/find.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "core/insights/decimals.hpp"
#include "core/insights/minimums.hpp"
#include "core/insights/statistics.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/limits.hpp"

#pragma STDC FP_CONTRACT OFF

namespace leadledger::insights {

namespace {

using reports::Counts;
using schema::EventType;

constexpr int kHoursOfDay = 24;
constexpr double kShown = schema::kStrengthShown;

std::uint64_t primary(const Counts& counts) { return counts.of(EventType::primary); }
std::uint64_t accepted(const Counts& counts) {
  return counts.of(EventType::primary) + counts.of(EventType::follow_up);
}
std::uint64_t hot(const Counts& counts) { return counts.of(schema::Flag::hot); }
bool has(std::span<const Dimension> list, Dimension dimension) {
  return std::find(list.begin(), list.end(), dimension) != list.end();
}

Severity severity_of(InsightKind kind, std::optional<Dimension> dimension) {
  switch (kind) {
    case InsightKind::bot_share: return Severity::warning;
    case InsightKind::silence:
      return !dimension || *dimension == Dimension::project ? Severity::warning : Severity::notice;
    case InsightKind::best_hours: return Severity::info;
    default: return Severity::notice;
  }
}

bool is_graver(const Insight& a, const Insight& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.strength != b.strength) return a.strength > b.strength;
  return std::tie(a.kind, a.dimension, a.value) < std::tie(b.kind, b.dimension, b.value);
}

class Finder {
 public:
  Finder(const Observed& observed, std::span<const InsightKind> kinds, double least_strength)
      : observed_(observed), kinds_(kinds), least_(std::max(0.0, least_strength)) {}

  std::vector<Insight> find() {
    look_at(observed_.all, std::nullopt);
    for (std::size_t at = 0; at < observed_.values.size(); ++at) {
      for (const Series& series : observed_.values[at]) look_at(series, schema::kInsightDimensions[at]);
    }
    if (asked(InsightKind::best_hours)) best_hours();
    std::sort(found_.begin(), found_.end(), is_graver);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool asked(InsightKind kind) const {
    return std::find(kinds_.begin(), kinds_.end(), kind) != kinds_.end();
  }
  /// Whether a kind is looked for in a dimension, or in all submissions together, and was asked for.
  [[nodiscard]] bool looked_for(InsightKind kind, std::optional<Dimension> dimension) const {
    if (!asked(kind)) return false;
    return dimension ? has(schema::info(kind).dimensions, *dimension) : kind != InsightKind::no_hot_leads;
  }
  void look_at(const Series& series, std::optional<Dimension> dimension) {
    if (looked_for(InsightKind::no_hot_leads, dimension)) no_hot_leads(series, *dimension);
    if (series.baseline.size() < schema::kInsightWindowsMin) return;
    reach_ = dimension ? 1 : reach_of_others(observed_);
    change(series, dimension);
    if (looked_for(InsightKind::silence, dimension)) silence(series, dimension);
    if (looked_for(InsightKind::bot_share, dimension)) {
      share(series, dimension, InsightKind::bot_share, EventType::bot);
    }
    if (looked_for(InsightKind::blocked_share, dimension)) {
      share(series, dimension, InsightKind::blocked_share, EventType::blocked);
    }
  }

  [[nodiscard]] Insight made(InsightKind kind, const Series& series, std::optional<Dimension> dimension,
                             const Comparison& compared, double strength) const {
    Insight insight;
    insight.series = &series;
    insight.kind = kind;
    insight.severity = severity_of(kind, dimension);
    insight.dimension = dimension;
    insight.value = series.value;
    insight.range = observed_.windows.now.whole;
    insight.strength = strength;
    insight.distance = compared.strength;
    insight.expected = compared.expected;
    insight.low = std::max(compared.expected - kShown * compared.spread, 0.0);
    insight.high = compared.expected + kShown * compared.spread;
    return insight;
  }

  /// A rise or a fall of new leads.
  void change(const Series& series, std::optional<Dimension> dimension) {
    const Counts counts = whole(series.now);
    const double now = real(primary(counts));
    std::vector<double> earlier;
    earlier.reserve(series.baseline.size());
    for (const WindowCounts& window : series.baseline) earlier.push_back(real(primary(whole(window))));
    const double interval = interval_of(series);
    const Comparison compared = compare_counts(now, earlier, interval);
    const bool rises = now > compared.expected;
    const InsightKind kind = rises ? InsightKind::rise : InsightKind::fall;
    const double distance = rises ? now - compared.expected : compared.expected - now;
    const double reach = std::min({reach_, distance / (schema::kInsightMinChange * interval),
                                   std::max(now, compared.expected) / (schema::kInsightMinCount * interval)});
    const double strength = limited(compared.strength, reach);
    if (!looked_for(kind, dimension) || distance <= 0 || strength < least_) return;
    // That nothing at all came is a silence where those are looked for.
    const bool may_be_silent = !dimension || has(schema::info(InsightKind::silence).dimensions, *dimension);
    if (may_be_silent && accepted(counts) == 0) return;
    Insight insight = made(kind, series, dimension, compared, strength);
    insight.current = now;
    insight.count = primary(counts);
    insight.baseline = std::move(earlier);
    found_.push_back(std::move(insight));
  }

  void silence(const Series& series, std::optional<Dimension> dimension) {
    if (accepted(series.now.tail) > 0) return;
    std::optional<Insight> told = silence_of(series, dimension, false);
    if (accepted(series.now.head) == 0) {
      // The longer silence says more, where it is sure.
      std::optional<Insight> longer = silence_of(series, dimension, true);
      if (longer && (!told || longer->strength >= kShown || longer->strength >= told->strength)) {
        told = std::move(longer);
      }
    }
    if (told) found_.push_back(std::move(*told));
  }

  std::optional<Insight> silence_of(const Series& series, std::optional<Dimension> dimension,
                                    bool of_whole) const {
    std::vector<double> earlier;
    earlier.reserve(series.baseline.size());
    std::size_t silent = 0;
    for (const WindowCounts& window : series.baseline) {
      const std::uint64_t count = accepted(of_whole ? whole(window) : window.tail);
      if (count == 0) ++silent;
      earlier.push_back(real(count));
    }
    if (silent * 100 > earlier.size() * schema::kInsightSilentBeforePct) return std::nullopt;
    const double interval = interval_of(series);
    Comparison compared = compare_counts(0, earlier, interval);
    // Its strength follows from what is expected: who asks for weaker ones follows a silence into hours in
    // which that is less, and only what is shown has a minimum of its own.
    compared.strength = strength_of_none(compared.expected, usual(earlier).scale, interval);
    const double reach = compared.expected / (schema::kInsightSilenceExpected * interval);
    const double strength = limited(limited(compared.strength, reach, 0), reach_);
    if (compared.expected <= 0 || strength < least_) return std::nullopt;
    Insight insight = made(InsightKind::silence, series, dimension, compared, strength);
    const Window& window = observed_.windows.now;
    if (!of_whole) insight.range = {window.tail_from_s, window.whole.to_s};
    insight.low = std::max(insight.low, 1.0);  // none is what is remarkable
    insight.baseline = std::move(earlier);
    return insight;
  }

  void share(const Series& series, std::optional<Dimension> dimension, InsightKind kind, EventType type) {
    const Counts counts = whole(series.now);
    const double interval = interval_of(series);
    // Of as many earlier windows as are needed, the one with least.
    std::vector<double> totals;
    totals.reserve(series.baseline.size());
    for (const WindowCounts& window : series.baseline) totals.push_back(total(window));
    std::sort(totals.begin(), totals.end(), std::greater<>());
    const double fewest = totals[schema::kInsightWindowsMin - 1];
    if (counts.total() == 0 || fewest == 0) return;
    const double least_then = schema::kInsightMinShareWindow * interval;
    std::vector<double> earlier;
    for (const WindowCounts& window : series.baseline) {
      if (total(window) < std::min(least_then, fewest)) continue;
      earlier.push_back(real(whole(window).of(type)) / total(window));
    }
    const double base = real(counts.total());
    const double now = real(counts.of(type)) / base;
    const Comparison compared = compare_shares(now, base, earlier, interval);
    // By the digits that are written, where 30 % less 20 % is exactly ten points.
    const double grown = real(millionths(now)) - real(millionths(compared.expected));
    const double reach = std::min({reach_, base / (schema::kInsightMinShareBase * interval),
                                   fewest / least_then, grown / (schema::kInsightMinSharePoints * 10'000.0)});
    const double strength = limited(compared.strength, reach);
    if (grown <= 0 || strength < least_) return;
    Insight insight = made(kind, series, dimension, compared, strength);
    insight.current = now;
    insight.high = std::min(insight.high, 1.0);
    insight.submissions = counts.total();
    insight.count = counts.of(type);
    insight.baseline = std::move(earlier);
    found_.push_back(std::move(insight));
  }

  void no_hot_leads(const Series& series, Dimension dimension) {
    const Counts counts = whole(series.now);
    const Counts all = whole(observed_.all.now);
    if (hot(counts) > 0) return;
    // Of all submissions on both sides: nothing tells how many of the hot ones are leads. Those of all come
    // from a statement of their own, between which and this one a point may have come.
    if (all.total() <= counts.total()) return;
    const std::uint64_t others = all.total() - counts.total();
    const std::uint64_t hot_elsewhere = std::min(hot(all), others);
    Comparison compared;
    compared.expected = real(counts.total()) * (real(hot_elsewhere) / real(others));
    // Both counts make the rate, so the coarser of them tells how sure it is.
    const double interval = std::max(interval_of(series), interval_of(observed_.all));
    const double reach = std::min(real(accepted(counts)) / (schema::kInsightMinCampaignLeads * interval),
                                  compared.expected / (schema::kInsightNoHotExpected * interval));
    compared.strength = strength_of_none(compared.expected, 0, interval);
    const double strength = limited(compared.strength, reach);
    if (compared.expected <= 0 || strength < least_) return;
    Insight insight = made(InsightKind::no_hot_leads, series, dimension, compared, strength);
    insight.count = accepted(counts);
    insight.submissions = counts.total();
    insight.others = others;
    insight.hot_elsewhere = hot_elsewhere;
    found_.push_back(std::move(insight));
  }

  /// The hours in a row with most new leads; of equal ones the first.
  void best_hours() {
    if (!observed_.hours_of_day) return;
    std::array<std::uint64_t, kHoursOfDay> leads = {};
    std::uint64_t all = 0;
    for (std::size_t hour = 0; hour < leads.size(); ++hour) {
      leads[hour] = primary((*observed_.hours_of_day)[hour]);
      all += leads[hour];
    }
    if (all == 0) return;
    std::size_t best = 0;
    std::uint64_t most = 0;
    for (std::size_t from = 0; from < leads.size(); ++from) {
      std::uint64_t sum = 0;
      for (std::size_t more = 0; more < schema::kInsightBlockHours; ++more) {
        sum += leads[(from + more) % leads.size()];
      }
      if (sum > most) best = from, most = sum;
    }
    constexpr double kEven = static_cast<double>(schema::kInsightBlockHours) / kHoursOfDay;
    // As if each lead chose its hour by lot; the best of 24 blocks is 3.5 standard deviations off in less
    // than one of 50 such months.
    const double interval = real(std::max<std::uint64_t>(observed_.hours_interval, 1));
    Comparison compared{kEven, std::sqrt(kEven * (1 - kEven) * interval / real(all)), 0};
    const double share = real(most) / real(all);
    const double reach = std::min(real(all) / (schema::kInsightMinHoursLeads * interval),
                                  real(most) * 100 / (kEven * schema::kInsightBestHoursPct * real(all)));
    compared.strength = std::min((share - kEven) / compared.spread, kMostStrength);
    const double strength = limited(compared.strength, reach);
    if (strength < least_) return;
    Insight insight = made(InsightKind::best_hours, {}, std::nullopt, compared, strength);
    insight.series = nullptr;
    insight.range = observed_.hours_range;
    insight.current = share;
    insight.high = std::min(insight.high, 1.0);
    insight.submissions = all;
    insight.count = most;
    insight.hour_from = static_cast<int>(best);
    insight.hour_to =
        (insight.hour_from + static_cast<int>(schema::kInsightBlockHours) - 1) % kHoursOfDay + 1;
    found_.push_back(std::move(insight));
  }

  const Observed& observed_;
  std::span<const InsightKind> kinds_;
  double least_;
  double reach_ = 1;  // what is looked at has this part of being worth a look of its own
  std::vector<Insight> found_;
};

}  // namespace

std::vector<Insight> find_insights(const Observed& observed, std::span<const InsightKind> kinds,
                                   double least_strength) {
  return Finder(observed, kinds, least_strength).find();
}

}  // namespace leadledger::insights
