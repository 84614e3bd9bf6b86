#include "core/briefs/brief.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/briefs/figures.hpp"
#include "core/briefs/insight_lines.hpp"
#include "core/briefs/notes.hpp"
#include "core/insights/sentences.hpp"
#include "core/support/scope_words.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::briefs {

namespace {

std::int64_t count_of(const json::Value& counts, std::string_view name) { return counts[name].integer(0); }

bool has_warning(const json::Value& summary, schema::ReportWarning warning) {
  const std::string_view code = schema::info(warning).code;
  for (const json::Value row : summary["meta"]["warnings"].items()) {
    if (row["code"].string() == code) return true;
  }
  return false;
}

/// Whether the week is still held in full. Where it is not, the summary counts what is left of it.
bool is_whole(const json::Value& summary) {
  return !has_warning(summary, schema::ReportWarning::range_before_retention);
}

/// The same of the week before.
bool can_compare(const json::Value& summary) {
  return is_whole(summary) && !has_warning(summary, schema::ReportWarning::comparison_before_retention);
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

Line sentence(std::string_view words) {
  Line line;
  line.add(words);
  return line;
}

void add_line(Section& section, Line line) {
  if (!line.text.empty()) section.lines.push_back(std::move(line));
}

std::string nothing_came(const json::Value& summary) {
  if (!is_whole(summary)) return "No submission came in what is still held of this week.";
  if (!can_compare(summary)) return "No submission came in this week.";
  const std::int64_t before = count_of(summary["previous"]["totals"], "total");
  if (before == 0) return "No submission came in this week, nor in the week before.";
  return "No submission came in this week; the week before had " + count_text(before) + ".";
}

Section overview(const json::Value& summary) {
  Section section{"Overview", {}};
  const json::Value totals = summary["totals"];
  const std::int64_t total = count_of(totals, "total");
  if (total == 0) {
    section.lines.push_back(sentence(nothing_came(summary)));
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

struct Ranked {
  std::vector<json::Value> rows;  // with actual leads, most of them first
  std::size_t listed = 0;         // all that the summary lists
  bool is_sure = true;            // whether no value that it does not list belongs among them
};

/// The summary lists the values with most submissions. One that it leaves out has no more submissions than
/// the last of these, and no more actual leads than theirs leave over.
Ranked ranked(const json::Value& summary, const json::Value& listed) {
  Ranked ranked;
  std::int64_t unlisted = count_of(summary["totals"], "primary");
  std::optional<std::int64_t> least_total;
  for (const json::Value row : listed.items()) {
    ++ranked.listed;
    const std::int64_t total = count_of(row, "total");
    const std::int64_t primary = count_of(row, "primary");
    unlisted -= primary;
    least_total = std::min(total, least_total.value_or(total));
    if (primary == 0) continue;
    const auto place =
        std::find_if(ranked.rows.begin(), ranked.rows.end(),
                     [primary](const json::Value& other) { return count_of(other, "primary") < primary; });
    ranked.rows.insert(place, row);
  }
  if (ranked.rows.empty()) return ranked;
  ranked.is_sure = std::min(unlisted, *least_total) <= count_of(ranked.rows.back(), "primary");
  return ranked;
}

/// "Sources, actual leads of all submissions: “google” 150 of 200, ..."; nothing where no value is known.
Line top_line(const json::Value& summary, const TopList& list) {
  const Ranked top = ranked(summary, summary["top"][list.key]);
  Line line;
  bool known = false;
  line.add(list.title).add(top.is_sure ? "" : " with most submissions");
  line.add(", actual leads of all submissions: ");
  for (std::size_t at = 0; at < top.rows.size(); ++at) {
    const json::Value& row = top.rows[at];
    const std::string_view key = row["key"].string();
    if (at > 0) line.add(", ");
    known = known || !key.empty();
    key.empty() ? line.add("not known") : line.add_name(key);
    line.add(" " + count_text(count_of(row, "primary")) + " of " + count_text(count_of(row, "total")));
  }
  line.add(".");
  // Of the only project there is, the overview says it all.
  const bool says_nothing = list.key == "project" && top.listed < 2;
  return known && !says_nothing ? line : Line{};
}

Section top_lists(const json::Value& summary) {
  Section section{"Where leads come from", {}, false};
  for (const TopList& list : kTopLists) add_line(section, top_line(summary, list));
  return section;
}

/// It counts what people and programs sent alike, so it stands apart from the hours of leads, and in for
/// them.
Section busiest_hour(const json::Value& summary) {
  Section section{"Busiest hour", {}};
  const json::Value busiest = summary["busiest_hour"];
  if (busiest.is(json::Kind::object)) {
    section.lines.push_back(
        sentence("Busiest hour of the day, bots and blocked ones counted too: the one from " +
                 count_text(busiest["hour"].integer(0)) + ":00, with " +
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

BriefText write_brief(const json::Value& summary, const json::Value& insights, std::string_view scope) {
  BriefText brief{title_of(summary), {}, scope_words(scope)};
  const auto add = [&brief](Section section) {
    if (!section.lines.empty()) brief.sections.push_back(std::move(section));
  };
  add(overview(summary));
  add({"What changed", insight_lines(insights, {"rise", "fall"})});
  add({"Needs attention",
       insight_lines(insights, {"silence", "bot_share", "blocked_share", "no_hot_leads"})});
  add(top_lists(summary));
  Section best_hours{"Best hours", insight_lines(insights, {"best_hours"})};
  add(best_hours.lines.empty() ? busiest_hour(summary) : std::move(best_hours));
  add({"About these numbers", notes(summary, insights), false});
  return brief;
}

std::string plain_text(const BriefText& brief) {
  std::string out = brief.title + "\n" + brief.projects + "\n";
  for (const Section& section : brief.sections) {
    out.append("\n").append(section.title).append("\n");
    for (const Line& line : section.lines) out.append("- ").append(line.text).append("\n");
  }
  return out;
}

SlackText slack_text(const BriefText& brief) {
  SlackText out;
  out.bold(brief.title).plain("\n" + brief.projects + "\n");
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
