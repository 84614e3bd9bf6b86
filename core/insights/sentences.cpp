#include "core/insights/sentences.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "core/insights/decimals.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::insights {

namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDaysOfWeek = 7;
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

/// "source", "campaign".
std::string_view title(Dimension dimension) {
  const std::string_view name = schema::info(dimension).name;
  constexpr std::string_view kUtm = "utm_";
  return name.starts_with(kUtm) ? name.substr(kUtm.size()) : name;
}

/// Appends a count, or a share.
using Append = void (*)(std::string&, double);

std::string shown(double value, Append append) {
  std::string out;
  append(out, value);
  return out;
}

constexpr double kNoBound = std::numeric_limits<double>::infinity();

/// A sentence that is put together from pieces.
class Sentence {
 public:
  Sentence(const Insight& insight, const time::Zone& zone) : insight_(insight), zone_(zone) {}

  Sentence& say(std::string_view words) {
    text_ += words;
    return *this;
  }
  Sentence& whole(std::uint64_t value) {
    append_whole_grouped(text_, value);
    return *this;
  }
  Sentence& tenths(double value) {
    append_tenths_grouped(text_, value);
    return *this;
  }
  Sentence& percent(double share) {
    append_percent(text_, share);
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
    text_ += quoted(insight_.value);
    return say(" (").say(title(*insight_.dimension)).say(")");
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
    append_tenths_grouped(count, insight_.expected);
    if (count == "0") return say("none were usual.");
    return say(count).say(count == "1" ? " was usual." : " were usual.");
  }
  /// "In 8 earlier weeks", "On the same day of 8 earlier weeks": windows of more than a week lie two apart.
  Sentence& earlier() {
    const std::int64_t days = zone_.day_at(insight_.range.to_s) - zone_.day_at(insight_.range.from_s);
    if (!is_whole_days(insight_.range, zone_)) {
      say("At the same hours of ");
    } else if (days == 1) {
      say("On the same day of ");
    } else if (days != kDaysOfWeek && days != 2 * kDaysOfWeek) {
      say("On the same days of ");
    } else {
      say("In ");
    }
    const bool is_long = is_whole_days(insight_.range, zone_) && days > kDaysOfWeek;
    return whole(insight_.baseline.size()).say(is_long ? " earlier fortnights" : " earlier weeks");
  }
  /// " it was 9 to 15" of the earlier windows. Those that would be a surprise themselves, since they lie
  /// beyond `low` or `high`, are told apart: " it was mostly 9 to 15, and once 40".
  Sentence& it_was(Append append, double low, double high) {
    std::vector<double> usual;
    std::vector<double> beyond;
    for (const double value : insight_.baseline) {
      const double bound = std::clamp(value, low, high);
      (shown(value, append) == shown(bound, append) ? usual : beyond).push_back(value);
    }
    say(" it was ");
    if (usual.empty() || beyond.empty()) return span(insight_.baseline, append);
    say("mostly ").span(usual, append);
    if (beyond.size() == 1) return say(", and once ").span(beyond, append);
    return say(", and in ").whole(beyond.size()).say(" of them ").span(beyond, append);
  }
  /// " The same leads: channel “social”, source “instagram”."
  Sentence& same(std::string_view what) {
    if (insight_.same.empty()) return *this;
    say(" The same ").say(what);
    bool is_first = true;
    for (const Subject& subject : insight_.same) {
      say(is_first ? ": " : ", ");
      is_first = false;
      if (subject.dimension) {
        say(title(*subject.dimension)).say(" ").say(quoted(subject.value));
      } else {
        say("all submissions");
      }
    }
    return say(".");
  }
  std::string text() { return std::move(text_); }

 private:
  /// "9 to 15", or "12" where all are shown the same.
  Sentence& span(const std::vector<double>& values, Append append) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    if (least == values.end()) return *this;
    const std::string from = shown(*least, append);
    const std::string to = shown(*most, append);
    return from == to ? say(from) : say(from).say(" to ").say(to);
  }

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
  // Read alone, it must not seem to be said of all submissions.
  if (insight.is_filtered) sentence.say("Under these filters: ");
  switch (insight.kind) {
    case InsightKind::rise:
    case InsightKind::fall:
      if (!of_all) sentence.subject().say(" brought ");
      sentence.counted(insight.count, "new lead", "new leads").say(of_all ? " came in " : " in ");
      sentence.duration().usual_count();
      break;
    case InsightKind::silence:
      sentence.subject();
      if (of_all) {
        sentence.say(insight.is_filtered ? "no" : "No").say(" leads or follow-ups have come for ");
      } else {
        sentence.say(" has brought no leads or follow-ups for ");
      }
      // What was before the window, or before its tail, is not looked at.
      sentence.say("at least ");
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
      sentence.subject().say(" brought ").counted(insight.submissions, "submission", "submissions");
      sentence.say(" in ")
          .duration()
          .say(", none of them hot; at the rate of all others ")
          .tenths(insight.expected);
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
      sentence.earlier().it_was(append_tenths_grouped, 0, static_cast<double>(most_whole(insight.high)));
      sentence.say("; up to ").whole(most_whole(insight.high)).say(" would be no surprise.").same("leads");
      break;
    case InsightKind::fall:
      sentence.earlier().it_was(append_tenths_grouped, static_cast<double>(least_whole(insight.low)),
                                kNoBound);
      sentence.say("; down to ").whole(least_whole(insight.low)).say(" would be no surprise.").same("leads");
      break;
    case InsightKind::silence:
      sentence.earlier().it_was(append_tenths_grouped, 1, kNoBound);
      sentence.say(", new leads and follow-ups together; none at all is a surprise.");
      sentence.same("leads and follow-ups");
      break;
    case InsightKind::bot_share:
    case InsightKind::blocked_share:
      sentence.say("These are ").counted(insight.count, "submission", "submissions").say(". ").earlier();
      sentence.it_was(append_percent, 0, insight.high).say("; up to ").percent(insight.high);
      sentence.say(" would be no surprise.").same("submissions");
      break;
    case InsightKind::no_hot_leads:
      sentence.whole(insight.count)
          .say(" of them are leads and follow-ups. Of all other submissions of the same time ");
      sentence.whole(insight.hot_elsewhere).say(" of ").whole(insight.others);
      sentence.say(insight.hot_elsewhere == 1 ? " is hot" : " are hot")
          .say("; none at all here is a surprise.");
      break;
    case InsightKind::best_hours:
      sentence.say("These are the ").whole(schema::kInsightBlockHours);
      sentence.say(" hours in a row, by the local clock, with most new leads: ").whole(insight.count);
      sentence.say(" of ").whole(insight.submissions);
      sentence.say(". If leads came at any hour alike, so many would be a surprise.");
      break;
  }
  return sentence.text();
}

}  // namespace leadledger::insights
