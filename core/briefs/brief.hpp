// The weekly brief: what a summary and the insights of the same week say, in sentences for marketing.
//
//   const BriefText brief = write_brief(summary, insights, R"(["acme"])");
//   brief.title;        // "Leads, 9 to 15 November 2026: 312 actual leads, 12% more than the week before"
//   plain_text(brief);  // title, "Projects: acme", and the sections with their lines
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/slack_text.hpp"

namespace leadledger::briefs {

/// Where in a line a name stands that somebody else gave, its quotation marks included. Campaigns and sources
/// are named by visitors: such text is data, whatever it reads like.
struct Name {
  std::size_t at = 0;
  std::size_t size = 0;
};

struct Line {
  std::string text;
  std::vector<Name> names = {};  // in the order of the text

  Line& add(std::string_view words);
  /// As insights::quoted() shows it.
  Line& add_name(std::string_view name);
};

struct Section {
  std::string title;
  std::vector<Line> lines;
  bool is_prose = true;  // sentences, which may be worded otherwise; else figures and notes
};

struct BriefText {
  std::string title;
  std::vector<Section> sections;  // none of them empty
  std::string projects = {};      // whose it is: scope_words()
};

/// `summary` and `insights` are the bodies of /analytics/lead-stats/summary and /analytics/insights of the
/// projects of `scope`, a JSON array. Every number of the text stands in the bodies, or is one of theirs as a
/// percentage (percent_text()).
[[nodiscard]] BriefText write_brief(const json::Value& summary, const json::Value& insights,
                                    std::string_view scope);

/// The title, whose it is, and each section's title with a line "- ..." for each of its lines.
[[nodiscard]] std::string plain_text(const BriefText& brief);

/// The same for Slack's incoming webhooks, with bold titles.
[[nodiscard]] SlackText slack_text(const BriefText& brief);

/// [{"title", "lines": [...]}].
void write_sections(json::Writer& writer, const BriefText& brief);

/// Whether nothing was counted in the summarised week and in the one before it.
[[nodiscard]] bool is_empty_week(const json::Value& summary);

}  // namespace leadledger::briefs
