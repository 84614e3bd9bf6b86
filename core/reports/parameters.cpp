#include "core/reports/parameters.hpp"

#include <algorithm>

#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

/// "a, b and c"; the names of a generated list.
template <class List>
std::string listed(const List& list) {
  std::string out;
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (at > 0) out += at + 1 == list.size() ? " and " : ", ";
    out += name_of(list[at]);
  }
  return out;
}

std::string dimension_names() {
  std::string out;
  for (const schema::DimensionInfo& known : schema::kDimensions) {
    if (!out.empty()) out += ", ";
    out += known.name;
    if (!known.alias.empty()) out.append(" (or ").append(known.alias).append(")");
  }
  return out;
}

std::string between(std::uint32_t least, std::uint32_t most) {
  std::string out = "It is a whole number from ";
  text::append_number(out, least);
  out += " to ";
  text::append_number(out, most);
  return out + ".";
}

/// One or several names of a generated list, separated by commas, none twice.
template <class Enum, class List>
std::optional<std::vector<Enum>> several_of(const List& list, std::string_view text) {
  std::vector<Enum> out;
  while (true) {
    const std::size_t end = text.find(',');
    const auto one = one_of<Enum>(list, text.substr(0, end));
    if (!one || std::find(out.begin(), out.end(), *one) != out.end()) return std::nullopt;
    out.push_back(*one);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<Dimension> find_dimension(std::string_view name) {
  for (std::size_t at = 0; at < schema::kDimensions.size(); ++at) {
    const schema::DimensionInfo& known = schema::kDimensions[at];
    const bool alias = !known.alias.empty() && known.alias == name;
    if (known.name == name || alias) return static_cast<Dimension>(at);
  }
  return std::nullopt;
}

std::string all_names(Kind kind) {
  std::string out = "There is no such parameter. Allowed are ";
  for (const SingleInfo& single : kSingles) {
    if (is_taken(kind, single)) out.append(single.name).append(", ");
  }
  return out + listed(schema::kFlagNames) + ", and the dimensions " + dimension_names() + ".";
}

std::string allowed(Kind kind, Single single) {
  const bool of_insights = kind == Kind::insights;
  switch (single) {
    case Single::days: return between(1, of_insights ? schema::kInsightDaysMax : schema::kReportDaysMax);
    case Single::hours: return between(schema::kInsightHoursMin, schema::kInsightHoursMax);
    case Single::limit: return between(1, of_insights ? schema::kInsightsMax : schema::kReportGroupsMax);
    case Single::from:
    case Single::to:
      if (of_insights) return "It is a local date such as 2026-11-01, at whose midnight the days end.";
      return "It is a local date such as 2026-11-01, or an instant with its offset such as "
             "2026-11-01T00:00:00+05:30.";
    case Single::timezone:
      return "It is a name of the IANA time zone database, such as Asia/Kolkata or UTC, not an offset.";
    case Single::group_by:
      return "It is none, or one dimension, or two different ones separated by a comma, of " +
             dimension_names() + ".";
    case Single::bucket: return "Allowed are " + listed(schema::kBuckets) + ".";
    case Single::compare: return "Allowed are " + listed(schema::kCompareWithNames) + ".";
    case Single::include: return "Allowed is " + listed(schema::kIncludeNames) + ".";
    case Single::kind:
      return "Allowed are " + listed(schema::kInsights) + "; several come separated by commas.";
    case Single::sort: return "Allowed are " + listed(schema::kCountNames) + ".";
    case Single::format: return "Allowed are " + listed(schema::kReportFormats) + ".";
    case Single::bom:
    case Single::explain: break;
  }
  return "It is 1 or true, or 0 or false.";
}

std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t most) {
  const auto number = text::parse_unsigned(text);
  if (!number || *number < 1 || *number > most) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<std::uint32_t> read_hours(std::string_view text) {
  const auto number = whole_number(text, schema::kInsightHoursMax);
  if (!number || *number < schema::kInsightHoursMin) return std::nullopt;
  return number;
}

std::optional<bool> yes_or_no(std::string_view text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return std::nullopt;
}

std::optional<Moment> read_moment(std::string text) {
  if (const auto date = time::parse_date(text)) return Moment{date, 0};
  // Callers forget to write the + of an offset as %2B, and then it arrives as a space. Nothing else can be
  // meant.
  constexpr std::size_t kOffsetSize = 6;
  constexpr std::size_t kSecondsEnd = 19;
  if (text.size() >= kSecondsEnd + kOffsetSize && text[text.size() - kOffsetSize] == ' ') {
    text[text.size() - kOffsetSize] = '+';
  }
  const auto unix_ms = parse_rfc3339(text);
  if (!unix_ms) return std::nullopt;
  const std::int64_t below_a_second = (*unix_ms % 1000 + 1000) % 1000;
  const std::int64_t instant_s = (*unix_ms - below_a_second) / 1000;
  constexpr std::int64_t kYear1 = -62'135'596'800;
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  if (instant_s < kYear1 || instant_s >= kYear10000) return std::nullopt;
  return Moment{std::nullopt, instant_s};
}

std::optional<Moment> read_day(std::string_view text) {
  const auto date = time::parse_date(text);
  if (!date) return std::nullopt;
  return Moment{date, 0};
}

std::optional<std::string> read_timezone(std::string text) {
  constexpr std::size_t kLongest = 64;
  if (text.empty() || text.size() > kLongest || !text::is_letter(text.front())) return std::nullopt;
  for (char& c : text) {
    if (c == ' ') c = '+';  // Etc/GMT+5, whose + was not written as %2B
    const bool of_a_name = text::is_letter(c) || text::is_digit(c) || c == '_' || c == '/' || c == '-';
    if (!of_a_name && c != '+') return std::nullopt;
  }
  return text;
}

std::optional<std::vector<Dimension>> read_group_by(std::string_view text) {
  constexpr std::size_t kMost = 2;
  std::vector<Dimension> out;
  if (text == "none") return out;
  while (true) {
    const std::size_t end = text.find(',');
    const auto dimension = find_dimension(text.substr(0, end));
    if (!dimension || out.size() == kMost) return std::nullopt;
    if (std::find(out.begin(), out.end(), *dimension) != out.end()) return std::nullopt;
    out.push_back(*dimension);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::size_t> read_count_name(std::string_view text) {
  return one_of<std::size_t>(schema::kCountNames, text);
}

std::optional<std::vector<schema::Include>> read_include(std::string_view text) {
  return several_of<schema::Include>(schema::kIncludeNames, text);
}

std::optional<std::vector<schema::InsightKind>> read_kinds(std::string_view text) {
  return several_of<schema::InsightKind>(schema::kInsights, text);
}

}  // namespace leadledger::reports
