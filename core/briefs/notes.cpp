#include "core/briefs/notes.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "core/briefs/figures.hpp"
#include "core/support/text.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::briefs {

namespace {

/// A warning in the words of a report's reader, who has no members of an answer to look at.
std::string_view words_of(schema::ReportWarning warning) {
  switch (warning) {
    case schema::ReportWarning::range_before_retention:
      return "The beginning of this week is no longer held, so the numbers are too small, and the week "
             "before "
             "is gone.";
    case schema::ReportWarning::comparison_before_retention:
      return "The week before is no longer held in full, so nothing is compared with it.";
    case schema::ReportWarning::stale:
      return "Analytics Engine gave no answer: these are the last good numbers, and they may be old.";
    case schema::ReportWarning::no_data_yet: return "Nothing has been counted yet at all.";
    case schema::ReportWarning::running_period:
      return "This week is not over yet, while the week before is whole.";
    case schema::ReportWarning::other_event_types:
      return "Some submissions are of a kind that this version does not know; they are not counted.";
    case schema::ReportWarning::corrections_missing:
      return "Corrected verdicts could not be read: the numbers are those of the first verdicts.";
    case schema::ReportWarning::top_incomplete:
      return "There are too many values to count them all: lists name the largest.";
    case schema::ReportWarning::insufficient_history:
      return "There are too few earlier weeks to tell what is unusual, so rises, falls and silences are not "
             "looked for yet.";
  }
  return {};
}

/// A warning that has no words of ours is told in its own.
std::string_view words_of(std::string_view code, std::string_view detail) {
  for (std::size_t at = 0; at < schema::kReportWarnings.size(); ++at) {
    if (schema::kReportWarnings[at].code == code) return words_of(static_cast<schema::ReportWarning>(at));
  }
  return detail;
}

void add_once(std::vector<Line>& lines, std::string_view words) {
  for (const Line& line : lines) {
    if (line.text == words) return;
  }
  if (!words.empty()) lines.push_back({std::string(words)});
}

}  // namespace

std::vector<Line> notes(const json::Value& summary, const json::Value& insights) {
  std::vector<Line> lines;
  const json::Value meta = summary["meta"];
  const json::Value margin = meta["margin"];
  if (meta["sampled"].is_true() && margin.is(json::Kind::object)) {
    add_once(lines, "Analytics Engine kept a sample of these submissions: the total may be " +
                        count_text(margin["total"].integer(0)) + " more or less, actual leads " +
                        count_text(margin["primary"].integer(0)) + ".");
  }
  for (const json::Value body : {meta, insights["meta"]}) {
    for (const json::Value warning : body["warnings"].items()) {
      add_once(lines, words_of(warning["code"].string(), warning["detail"].string()));
    }
  }
  return lines;
}

}  // namespace leadledger::briefs
