#include "core/insights/sentences.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/insights/decimals.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::insights {

namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_whole_days(const Range& range, const time::Zone& zone) {
  return range.from_s < range.to_s && zone.start_of_day(zone.day_at(range.from_s)) == range.from_s &&
         zone.start_of_day(zone.day_at(range.to_s)) == range.to_s;
}

/// C0, DEL, C1, separators of lines, and marks that turn the direction of writing or cannot be seen.
bool is_control(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF;
}
/// “ ” „ ‟
bool is_quotation_mark(std::uint32_t point) { return point >= 0x201C && point <= 0x201F; }

/// A sentence that is put together from pieces.
class Sentence {
 public:
  Sentence(const Insight& insight, const time::Zone& zone) : insight_(insight), zone_(zone) {}

  Sentence& say(std::string_view words) {
    text_ += words;
    return *this;
  }
  Sentence& whole(std::uint64_t value) {
    append_whole(text_, value);
    return *this;
  }
  Sentence& tenths(double value) {
    append_tenths(text_, value);
    return *this;
  }
  Sentence& percent(double share) {
    append_percent(text_, share);
    return *this;
  }
  Sentence& strength(double value) {
    append_strength(text_, value);
    return *this;
  }
  /// "3 leads", "1 lead", "no leads".
  Sentence& counted(std::uint64_t count, std::string_view one, std::string_view many) {
    if (count == 0) {
      say("no ");
    } else {
      whole(count).say(" ");
    }
    return say(count == 1 ? one : many);
  }
  /// "“newsletter” (source)"; nothing where it is of all submissions.
  Sentence& subject() {
    if (!insight_.dimension) return *this;
    const std::string_view name = schema::info(*insight_.dimension).name;
    constexpr std::string_view kUtm = "utm_";
    text_ += quoted(insight_.value);
    return say(" (").say(name.starts_with(kUtm) ? name.substr(kUtm.size()) : name).say(")");
  }
  /// "7 days", "1 hour".
  Sentence& duration() {
    if (!is_whole_days(insight_.range, zone_)) {
      return counted(static_cast<std::uint64_t>(hours_of(insight_.range)), "hour", "hours");
    }
    const std::int64_t days = zone_.day_at(insight_.range.to_s) - zone_.day_at(insight_.range.from_s);
    return counted(static_cast<std::uint64_t>(days), "day", "days");
  }
  /// "; 12 were usual."
  Sentence& usual_count() {
    say("; ");
    std::string count;
    append_tenths(count, insight_.expected);
    if (count == "0") return say("none were usual.");
    return say(count).say(count == "1" ? " was usual." : " were usual.");
  }
  /// "8 earlier windows of the same weekdays"
  Sentence& earlier() {
    whole(insight_.baseline.size()).say(" earlier windows of the same weekdays");
    return is_whole_days(insight_.range, zone_) ? *this : say(" and hours");
  }
  /// "3.5 robust standard deviations"
  Sentence& within() {
    say(" would be within ").strength(schema::kStrengthShown);
    return say(" robust standard deviations");
  }
  std::string text() { return std::move(text_); }

 private:
  const Insight& insight_;
  const time::Zone& zone_;
  std::string text_;
};

}  // namespace

std::int64_t hours_of(const Range& range) {
  return range.from_s < range.to_s ? (range.to_s - range.from_s + kHour / 2) / kHour : 0;
}

std::string quoted(std::string_view value) {
  std::string out = "“";
  for (std::uint32_t shown = 1; !value.empty(); ++shown) {
    const text::CodePoint point = text::first_code_point(value);
    const bool is_last = value.size() == point.size;
    if (shown == schema::kInsightValueChars && !is_last) {
      out += "…";
      break;
    }
    if (!point.well_formed) {
      out += kReplacement;
    } else if (is_control(point.value)) {
      out += ' ';
    } else if (is_quotation_mark(point.value)) {
      out += '"';
    } else {
      out += value.substr(0, point.size);
    }
    value.remove_prefix(point.size);
  }
  return out += "”";
}

std::string headline(const Insight& insight, const time::Zone& zone) {
  Sentence sentence(insight, zone);
  const bool of_all = !insight.dimension;
  switch (insight.kind) {
    case InsightKind::rise:
    case InsightKind::fall:
      if (!of_all) sentence.subject().say(" brought ");
      sentence.counted(insight.count, "new lead", "new leads").say(of_all ? " came in " : " in ");
      sentence.duration().usual_count();
      break;
    case InsightKind::silence:
      sentence.subject().say(of_all ? "No leads have come for " : " has brought no leads for ");
      sentence.duration().usual_count();
      break;
    case InsightKind::bot_share:
    case InsightKind::blocked_share:
      sentence.subject().say(of_all ? "" : ": ").percent(insight.current).say(" of ");
      sentence.counted(insight.submissions, "submission", "submissions").say(" in ").duration();
      sentence.say(" were judged ").say(schema::info(insight.kind).count).say("; ");
      sentence.percent(insight.expected).say(" is usual.");
      break;
    case InsightKind::no_hot_leads:
      sentence.subject().say(" brought ").counted(insight.count, "lead", "leads").say(" in ").duration();
      sentence.say(", none of them hot; at the rate of all others ").tenths(insight.expected);
      sentence.say(" would be.");
      break;
    case InsightKind::best_hours:
      sentence.percent(insight.current).say(" of the new leads of ").duration().say(" came from ");
      sentence.whole(static_cast<std::uint64_t>(insight.hour_from)).say(":00 to ");
      sentence.whole(static_cast<std::uint64_t>(insight.hour_to)).say(":00; ");
      sentence.percent(insight.expected).say(" would be an even share.");
      break;
  }
  return sentence.text();
}

std::string explanation(const Insight& insight, const time::Zone& zone) {
  Sentence sentence(insight, zone);
  switch (insight.kind) {
    case InsightKind::rise:
    case InsightKind::fall:
      sentence.say("The median of ").earlier().say(" is ").tenths(insight.expected);
      sentence.say(". By their spread, and at least by chance, ").whole(least_whole(insight.low)).say(" to ");
      sentence.whole(most_whole(insight.high)).within().say("; ").whole(insight.count).say(" is ");
      sentence.strength(insight.distance)
          .say(insight.kind == InsightKind::rise ? " of them above." : " of them below.");
      break;
    case InsightKind::silence:
      sentence.say("The median of ").earlier().say(" is ").tenths(insight.expected);
      sentence.say(", new leads and follow-ups together. None at all is ").strength(insight.distance);
      sentence.say(
          " standard deviations from that, by Poisson’s law or by the wider spread of those windows.");
      break;
    case InsightKind::bot_share:
    case InsightKind::blocked_share:
      sentence.say("The median share of ").earlier().say(" is ").percent(insight.expected);
      sentence.say(". By their spread, and at least by chance, ").percent(insight.low).say(" to ");
      sentence.percent(insight.high).within().say("; ").whole(insight.count).say(" of ");
      sentence.whole(insight.submissions).say(" is ").strength(insight.distance).say(" of them above.");
      break;
    case InsightKind::no_hot_leads:
      sentence.say("Of all other submissions of the same time ").whole(insight.hot_elsewhere).say(" of ");
      sentence.whole(insight.submissions).say(insight.hot_elsewhere == 1 ? " is hot" : " are hot");
      sentence.say(". None among ").whole(insight.count).say(" is ").strength(insight.distance);
      sentence.say(" standard deviations from what that rate leads to expect, by Poisson’s law.");
      break;
    case InsightKind::best_hours:
      sentence.say("These are the ").whole(schema::kInsightBlockHours);
      sentence.say(" hours in a row, by the local clock, with most new leads: ").whole(insight.count);
      sentence.say(" of ").whole(insight.submissions).say(". If each came at any hour alike, that would be ");
      sentence.strength(insight.distance).say(" standard deviations off.");
      break;
  }
  return sentence.text();
}

}  // namespace leadledger::insights
