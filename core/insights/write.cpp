#include <string>

#include "core/insights/decimals.hpp"
#include "core/insights/find.hpp"
#include "core/insights/sentences.hpp"
#include "core/reports/meta.hpp"
#include "core/reports/ratio.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::insights {

namespace {

constexpr std::uint64_t kHoursOfDay = 24;

void write_whole(json::Writer& writer, std::string_view name, std::uint64_t value) {
  std::string text;
  append_whole(text, value);
  writer.key(name);
  writer.raw(text);
}

void write_tenths(json::Writer& writer, std::string_view name, double value) {
  std::string text;
  append_tenths(text, value);
  writer.key(name);
  writer.raw(text);
}

void write_share(json::Writer& writer, std::string_view name, double value) {
  std::string text;
  append_share(text, value);
  writer.key(name);
  writer.raw(text);
}

/// Counts, or shares where that is what the kind is about.
void write_baseline(json::Writer& writer, const Insight& insight, bool of_shares) {
  writer.key("baseline");
  writer.begin_array();
  for (const double value : insight.baseline) {
    std::string text;
    of_shares ? append_share(text, value) : append_tenths(text, value);
    writer.raw(text);
  }
  writer.end_array();
}

void write_change(json::Writer& writer, const Insight& insight) {
  writer.key("change");
  // In halves, as the median of two whole numbers may be one.
  const std::uint64_t then = nearest(insight.expected * 2);
  if (then == 0) return writer.null();
  std::string text;
  reports::append_change(text, nearest(insight.current * 2), then);
  writer.raw(text);
}

void write_numbers(json::Writer& writer, const Insight& insight) {
  writer.begin_object();
  switch (insight.kind) {
    case InsightKind::rise:
    case InsightKind::fall:
    case InsightKind::silence:
      write_whole(writer, "current", nearest(insight.current));
      write_tenths(writer, "expected", insight.expected);
      write_whole(writer, "low", least_whole(insight.low));
      write_whole(writer, "high", most_whole(insight.high));
      write_change(writer, insight);
      if (insight.kind == InsightKind::silence) writer.member("silent_hours", hours_of(insight.range));
      write_baseline(writer, insight, false);
      break;
    case InsightKind::bot_share:
    case InsightKind::blocked_share:
      write_share(writer, "current", insight.current);
      write_share(writer, "expected", insight.expected);
      write_share(writer, "low", insight.low);
      write_share(writer, "high", insight.high);
      write_whole(writer, "submissions", insight.submissions);
      write_whole(writer, "count", insight.count);
      write_baseline(writer, insight, true);
      break;
    case InsightKind::no_hot_leads:
      write_whole(writer, "submissions", insight.submissions);
      write_whole(writer, "leads", insight.count);
      write_whole(writer, "current", 0);
      write_tenths(writer, "expected", insight.expected);
      writer.key("rate");
      reports::write_ratio(writer, insight.hot_elsewhere, insight.others);
      write_whole(writer, "other_submissions", insight.others);
      write_whole(writer, "other_hot", insight.hot_elsewhere);
      break;
    case InsightKind::best_hours:
      writer.member("hour_from", insight.hour_from);
      writer.member("hour_to", insight.hour_to);
      write_whole(writer, "leads", insight.count);
      write_whole(writer, "of", insight.submissions);
      write_share(writer, "share", insight.current);
      writer.key("even_share");
      reports::write_ratio(writer, schema::kInsightBlockHours, kHoursOfDay);
      break;
  }
  writer.end_object();
}

/// What Analytics Engine answers is UTF-8; were it not, the answer would be no JSON.
std::string well_formed(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    const text::CodePoint point = text::first_code_point(value);
    out += point.well_formed ? value.substr(0, point.size) : "\xEF\xBF\xBD";
    value.remove_prefix(point.size);
  }
  return out;
}

}  // namespace

void write_insight(json::Writer& writer, const Insight& insight, const time::Zone& zone) {
  const schema::InsightInfo& kind = schema::info(insight.kind);
  const std::string value = well_formed(insight.value);
  const std::string_view dimension =
      insight.dimension ? schema::info(*insight.dimension).name : std::string_view();
  std::string id(kind.name);
  if (insight.dimension) id.append(":").append(dimension).append(":").append(value);
  writer.begin_object();
  writer.member("id", id);
  writer.member("kind", kind.name);
  writer.member("severity", schema::kSeverityNames[static_cast<std::size_t>(insight.severity)]);
  writer.member_or_null("dimension", dimension);
  writer.key("value");
  insight.dimension ? writer.text(value) : writer.null();
  writer.member("count", kind.count);
  reports::write_time(writer, "from", zone, insight.range.from_s);
  reports::write_time(writer, "to", zone, insight.range.to_s);
  writer.key("strength");
  if (insight.strength) {
    std::string text;
    append_strength(text, *insight.strength);
    writer.raw(text);
  } else {
    writer.null();
  }
  writer.member("headline", headline(insight, zone));
  writer.member("explanation", explanation(insight, zone));
  writer.key("numbers");
  write_numbers(writer, insight);
  writer.end_object();
}

}  // namespace leadledger::insights
