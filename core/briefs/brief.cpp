#include "core/briefs/brief.hpp"

#include <array>
#include <optional>

#include "core/briefs/figures.hpp"
#include "core/briefs/insight_lines.hpp"
#include "core/briefs/notes.hpp"
#include "core/insights/sentences.hpp"

namespace leadledger::briefs {

namespace {

std::int64_t count_of(const json::Value& counts, std::string_view name) { return counts[name].integer(0); }

/// Whether the week before is still held in full. Where it is not, the summary counts what is left of it.
bool can_compare(const json::Value& summary) {
  for (const json::Value warning : summary["meta"]["warnings"].items()) {
    if (warning["code"].string() == "comparison_before_retention") return false;
  }
  return true;
}

/// How a count compares with the week before: "12% more than the week before". "" where nothing can be said.
std::string compared(const json::Value& summary, std::string_view count) {
  if (!can_compare(summary)) return {};
  const std::int64_t now = count_of(summary["totals"], count);
  const std::int64_t before = count_of(summary["previous"]["totals"], count);
  const json::Value change = summary["change"][count];
  if (before == 0) return change.is(json::Kind::null) && now > 0 ? "none the week before" : "";
  const auto ratio = read_ratio(change.text());
  if (!change.is(json::Kind::number) || !ratio) return {};
  if (now == before) return "as many as the week before";
  return percent_text(*ratio) + (now > before ? " more" : " fewer") + " than the week before";
}

/// The days that the summary is of, by their local dates.
std::string dates_of(const json::Value& meta) {
  constexpr std::size_t kDateSize = 10;
  const auto date = [&](std::string_view name) {
    return time::parse_date(meta[name].string().substr(0, kDateSize));
  };
  const auto from = date("from");
  const auto to = date("to");
  if (!from || !to) return {};
  return dates_text(*from, time::date_of(time::days_of(*to) - 1));
}

std::string title_of(const json::Value& summary) {
  std::string out = "Leads, " + dates_of(summary["meta"]) + ": " +
                    counted(count_of(summary["totals"], "primary"), "actual lead", "actual leads");
  const std::string than_before = compared(summary, "primary");
  return than_before.empty() ? out : out + ", " + than_before;
}

Line sentence(std::string words) {
  Line line;
  line.add(words);
  return line;
}

void add_line(Section& section, Line line) {
  if (!line.text.empty()) section.lines.push_back(std::move(line));
}

Section overview(const json::Value& summary) {
  Section section{"Overview", {}};
  const json::Value totals = summary["totals"];
  const std::int64_t total = count_of(totals, "total");
  if (total == 0) {
    std::string words = "No submission came in this week";
    if (can_compare(summary)) {
      words += "; the week before had " + count_text(count_of(summary["previous"]["totals"], "total"));
    }
    section.lines.push_back(sentence(words + "."));
    return section;
  }
  // All five kinds, always: they add up.
  section.lines.push_back(sentence(counted(total, "submission", "submissions") + ": " +
                                   counted(count_of(totals, "primary"), "actual lead", "actual leads") +
                                   ", " + counted(count_of(totals, "follow_up"), "follow-up", "follow-ups") +
                                   ", " + counted(count_of(totals, "test"), "test", "tests") + ", " +
                                   count_text(count_of(totals, "blocked")) + " blocked and " +
                                   counted(count_of(totals, "bot"), "bot", "bots") + "."));
  const std::string actual = compared(summary, "primary");
  if (!actual.empty()) {
    section.lines.push_back(sentence("Actual leads: " + count_text(count_of(totals, "primary")) + ", " +
                                     actual + " (" +
                                     count_text(count_of(summary["previous"]["totals"], "primary")) + ")."));
  }
  const auto hot_rate = read_ratio(summary["rates"]["hot"].text());
  if (hot_rate) {
    const std::int64_t hot = count_of(totals, "hot_count");
    section.lines.push_back(sentence(counted(hot, "submission was", "submissions were") + " hot, " +
                                     percent_text(*hot_rate) + " of all submissions."));
  }
  return section;
}

struct TopList {
  std::string_view key;
  std::string_view title;
};
constexpr std::array<TopList, 4> kTopLists = {{{"source", "Sources"},
                                               {"utm_campaign", "Campaigns"},
                                               {"country", "Countries"},
                                               {"project", "Projects"}}};

/// "Sources, actual leads of all submissions: “google” 150 of 200, ..."; nothing where no value is known.
Line top_line(const json::Value& rows, const TopList& list) {
  Line line;
  bool known = false;
  std::size_t shown = 0;
  line.add(list.title).add(", actual leads of all submissions: ");
  for (const json::Value row : rows.items()) {
    const std::string_view key = row["key"].string();
    if (shown++ > 0) line.add(", ");
    known = known || !key.empty();
    key.empty() ? line.add("not known") : line.add_name(key);
    line.add(" " + count_text(count_of(row, "primary")) + " of " + count_text(count_of(row, "total")));
  }
  line.add(".");
  // Of the only project there is, the overview says it all.
  const bool says_nothing = list.key == "project" && shown < 2;
  return known && !says_nothing ? line : Line{};
}

Section top_lists(const json::Value& summary) {
  Section section{"Where leads come from", {}, false};
  for (const TopList& list : kTopLists) add_line(section, top_line(summary["top"][list.key], list));
  return section;
}

Section best_hours(const json::Value& summary, const json::Value& insights) {
  Section section{"Best hours", insight_lines(insights, {"best_hours"})};
  const json::Value busiest = summary["busiest_hour"];
  if (busiest.is(json::Kind::object)) {
    const std::int64_t hour = busiest["hour"].integer(0);
    section.lines.push_back(sentence("Busiest hour of the day: the one from " + count_text(hour) +
                                     ":00, with " +
                                     counted(count_of(busiest, "total"), "submission", "submissions") + "."));
  }
  return section;
}

}  // namespace

Line& Line::add(std::string_view words) {
  text.append(words);
  return *this;
}

Line& Line::add_name(std::string_view name) {
  const std::size_t at = text.size();
  text += insights::quoted(name);
  names.push_back({at, text.size() - at});
  return *this;
}

BriefText write_brief(const json::Value& summary, const json::Value& insights) {
  BriefText brief{title_of(summary), {}};
  const auto add = [&brief](Section section) {
    if (!section.lines.empty()) brief.sections.push_back(std::move(section));
  };
  add(overview(summary));
  add({"What changed", insight_lines(insights, {"rise", "fall"})});
  add({"Needs attention",
       insight_lines(insights, {"silence", "bot_share", "blocked_share", "no_hot_leads"})});
  add(top_lists(summary));
  add(best_hours(summary, insights));
  add({"About these numbers", notes(summary, insights), false});
  return brief;
}

std::string plain_text(const BriefText& brief) {
  std::string out = brief.title + "\n";
  for (const Section& section : brief.sections) {
    out.append("\n").append(section.title).append("\n");
    for (const Line& line : section.lines) out.append("- ").append(line.text).append("\n");
  }
  return out;
}

SlackText slack_text(const BriefText& brief) {
  SlackText out;
  out.bold(brief.title).plain("\n");
  for (const Section& section : brief.sections) {
    out.plain("\n").bold(section.title).plain("\n");
    for (const Line& line : section.lines) out.plain("• ").plain(line.text).plain("\n");
  }
  return out;
}

void write_sections(json::Writer& writer, const BriefText& brief) {
  writer.begin_array();
  for (const Section& section : brief.sections) {
    writer.begin_object();
    writer.member("title", section.title);
    writer.key("lines");
    writer.begin_array();
    for (const Line& line : section.lines) writer.text(line.text);
    writer.end_array();
    writer.end_object();
  }
  writer.end_array();
}

bool is_empty_week(const json::Value& summary) {
  return count_of(summary["totals"], "total") == 0 && count_of(summary["previous"]["totals"], "total") == 0;
}

}  // namespace leadledger::briefs
