#include "core/briefs/notes.hpp"

#include <array>
#include <string>
#include <string_view>

#include "core/briefs/figures.hpp"
#include "core/support/text.hpp"

namespace leadledger::briefs {

namespace {

struct Note {
  std::string_view code;
  std::string_view words;
};
// A warning that has no words of ours is told in its own.
constexpr std::array<Note, 5> kNotes = {{
    {"stale", "Analytics Engine gave no answer: these are the last good numbers, and they may be old."},
    {"corrections_missing",
     "Corrected verdicts could not be read: the numbers are those of the first verdicts."},
    {"insufficient_history",
     "There are too few earlier weeks to tell what is unusual, so rises, falls and silences are not looked "
     "for "
     "yet."},
    {"comparison_before_retention",
     "The week before is no longer held in full, so nothing is compared with it."},
    {"top_incomplete", "There are too many values to count them all: lists name the largest."},
}};

std::string_view words_of(std::string_view code, std::string_view detail) {
  for (const Note& note : kNotes) {
    if (note.code == code) return note.words;
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
