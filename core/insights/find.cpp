#include "core/insights/find.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/insights/decimals.hpp"
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
Counts whole(const WindowCounts& window) {
  Counts sum = window.head;
  sum += window.tail;
  return sum;
}

double real(std::uint64_t count) { return static_cast<double>(count); }

bool has(std::span<const Dimension> list, Dimension dimension) {
  return std::find(list.begin(), list.end(), dimension) != list.end();
}

bool equal(const WindowCounts& a, const WindowCounts& b) {
  return a.head.types == b.head.types && a.head.flags == b.head.flags && a.tail.types == b.tail.types &&
         a.tail.flags == b.tail.flags;
}
bool equal(const Series& a, const Series& b) {
  return equal(a.now, b.now) &&
         std::equal(a.baseline.begin(), a.baseline.end(), b.baseline.begin(), b.baseline.end(),
                    [](const WindowCounts& one, const WindowCounts& other) { return equal(one, other); });
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
  if (a.strength != b.strength) return a.strength > b.strength;  // none is the smallest
  return std::tie(a.kind, a.dimension, a.value) < std::tie(b.kind, b.dimension, b.value);
}

class Finder {
 public:
  Finder(const Observed& observed, std::span<const InsightKind> kinds, double least_strength)
      : observed_(observed),
        kinds_(kinds),
        least_(std::max(0.0, least_strength)),
        interval_(real(std::max<std::uint64_t>(observed.largest_interval, 1))) {}

  std::vector<Insight> find() {
    if (!is_of_one_project()) look_at(observed_.all, std::nullopt);
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
  /// A minimum of points, as a count.
  [[nodiscard]] double points(double count) const { return count * interval_; }

  [[nodiscard]] bool is_of_one_project() const {
    for (std::size_t at = 0; at < observed_.values.size(); ++at) {
      if (schema::kInsightDimensions[at] != Dimension::project) continue;
      const std::vector<Series>& projects = observed_.values[at];
      return std::any_of(projects.begin(), projects.end(),
                         [&](const Series& one) { return equal(one, observed_.all); });
    }
    return false;
  }

  void look_at(const Series& series, std::optional<Dimension> dimension) {
    if (looked_for(InsightKind::no_hot_leads, dimension)) no_hot_leads(series, *dimension);
    if (series.baseline.size() < schema::kInsightWindowsMin) return;
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
                             const Comparison& compared) const {
    Insight insight;
    insight.kind = kind;
    insight.severity = severity_of(kind, dimension);
    insight.dimension = dimension;
    insight.value = series.value;
    insight.range = observed_.windows.now.whole;
    insight.strength = compared.strength;
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
    const Comparison compared = compare_counts(now, earlier, interval_);
    const bool rises = now > compared.expected;
    const InsightKind kind = rises ? InsightKind::rise : InsightKind::fall;
    if (!looked_for(kind, dimension) || compared.strength < least_) return;
    const double distance = rises ? now - compared.expected : compared.expected - now;
    if (distance < points(schema::kInsightMinChange)) return;
    if (std::max(now, compared.expected) < points(schema::kInsightMinCount)) return;
    // That nothing at all came is a silence where those are looked for.
    const bool may_be_silent = !dimension || has(schema::info(InsightKind::silence).dimensions, *dimension);
    if (may_be_silent && accepted(counts) == 0) return;
    Insight insight = made(kind, series, dimension, compared);
    insight.current = now;
    insight.count = primary(counts);
    insight.baseline = std::move(earlier);
    found_.push_back(std::move(insight));
  }

  void silence(const Series& series, std::optional<Dimension> dimension) {
    if (accepted(series.now.tail) > 0) return;
    // The longer silence says more.
    const bool all_silent = accepted(series.now.head) == 0;
    if (all_silent && silence_of(series, dimension, true)) return;
    static_cast<void>(silence_of(series, dimension, false));
  }

  bool silence_of(const Series& series, std::optional<Dimension> dimension, bool of_whole) {
    std::vector<double> earlier;
    earlier.reserve(series.baseline.size());
    std::size_t silent = 0;
    for (const WindowCounts& window : series.baseline) {
      const std::uint64_t count = accepted(of_whole ? whole(window) : window.tail);
      if (count == 0) ++silent;
      earlier.push_back(real(count));
    }
    if (silent * 100 > earlier.size() * schema::kInsightSilentBeforePct) return false;
    Comparison compared = compare_counts(0, earlier, interval_);
    compared.strength = strength_of_none(compared.expected, usual(earlier).scale, interval_);
    if (compared.strength < least_) return false;
    // Who asks for weaker ones follows a silence into hours in which less is expected.
    const double least_expected =
        std::min(static_cast<double>(schema::kInsightSilenceExpected), least_ * least_ / 2);
    if (compared.expected <= 0 || compared.expected < points(least_expected)) return false;
    Insight insight = made(InsightKind::silence, series, dimension, compared);
    const Window& window = observed_.windows.now;
    if (!of_whole) insight.range = {window.tail_from_s, window.whole.to_s};
    insight.low = std::max(insight.low, 1.0);  // none is what is remarkable
    insight.baseline = std::move(earlier);
    found_.push_back(std::move(insight));
    return true;
  }

  void share(const Series& series, std::optional<Dimension> dimension, InsightKind kind, EventType type) {
    const Counts counts = whole(series.now);
    const std::uint64_t total = counts.total();
    if (total == 0 || real(total) < points(schema::kInsightMinShareBase)) return;
    std::vector<double> earlier;
    for (const WindowCounts& window : series.baseline) {
      const Counts then = whole(window);
      if (then.total() == 0 || real(then.total()) < points(schema::kInsightMinShareWindow)) continue;
      earlier.push_back(real(then.of(type)) / real(then.total()));
    }
    if (earlier.size() < schema::kInsightWindowsMin) return;
    const double now = real(counts.of(type)) / real(total);
    const Comparison compared = compare_shares(now, real(total), earlier, interval_);
    if (compared.strength < least_) return;
    // By the digits that are written, where 30 % less 20 % is exactly ten points.
    if (millionths(now) < millionths(compared.expected) + schema::kInsightMinSharePoints * 10'000) return;
    Insight insight = made(kind, series, dimension, compared);
    insight.current = now;
    insight.high = std::min(insight.high, 1.0);
    insight.submissions = total;
    insight.count = counts.of(type);
    insight.baseline = std::move(earlier);
    found_.push_back(std::move(insight));
  }

  void no_hot_leads(const Series& series, Dimension dimension) {
    const Counts counts = whole(series.now);
    const Counts all = whole(observed_.all.now);
    if (hot(counts) > 0 || real(accepted(counts)) < points(schema::kInsightMinCampaignLeads)) return;
    // Of all submissions, as a summary's rate: nothing tells how many of the hot ones are leads. They come
    // from a statement of their own, between which and this one a point may have come.
    if (all.total() <= counts.total()) return;
    const std::uint64_t others = all.total() - counts.total();
    const std::uint64_t hot_elsewhere = std::min(hot(all), others);
    Comparison compared;
    compared.expected = real(accepted(counts)) * (real(hot_elsewhere) / real(others));
    compared.strength = strength_of_none(compared.expected, 0, interval_);
    if (compared.strength < least_ || compared.expected < points(schema::kInsightNoHotExpected)) return;
    Insight insight = made(InsightKind::no_hot_leads, series, dimension, compared);
    insight.count = accepted(counts);
    insight.submissions = others;
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
    if (real(all) < points(schema::kInsightMinHoursLeads)) return;
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
    if (real(most) * 100 < kEven * schema::kInsightBestHoursPct * real(all)) return;
    // As if each lead chose its hour by lot; the best of 24 blocks is 3.5 standard deviations off in less
    // than one of 50 such months.
    Comparison compared{kEven, std::sqrt(kEven * (1 - kEven) * interval_ / real(all)), 0};
    const double share = real(most) / real(all);
    compared.strength = std::min((share - kEven) / compared.spread, kMostStrength);
    if (compared.strength < least_) return;
    Insight insight = made(InsightKind::best_hours, {}, std::nullopt, compared);
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
  double interval_;
  std::vector<Insight> found_;
};

}  // namespace

std::vector<Insight> find_insights(const Observed& observed, std::span<const InsightKind> kinds,
                                   double least_strength) {
  return Finder(observed, kinds, least_strength).find();
}

}  // namespace leadledger::insights
