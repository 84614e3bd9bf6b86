// Parameters of reports, one by one: their names, what each takes, and a sentence that says so.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/query.hpp"

namespace leadledger::reports {

/// Parameters that come once, beside the flags'.
enum class Single : std::uint8_t {
  days,
  hours,
  from,
  to,
  bucket,
  timezone,
  group_by,
  compare,
  include,
  kind,
  sort,
  limit,
  format,
  bom,
  explain
};

struct SingleInfo {
  std::string_view name;
  bool in_stats;
  bool in_summary;
  bool in_insights;
};
inline constexpr std::array<SingleInfo, 15> kSingles = {{
    {"days", true, true, true},
    {"hours", false, false, true},
    {"from", true, true, false},
    {"to", true, true, true},
    {"bucket", true, false, false},
    {"timezone", true, true, true},
    {"group_by", true, false, false},
    {"compare", true, false, false},
    {"include", true, false, false},
    {"kind", false, false, true},
    {"sort", true, false, false},
    {"limit", true, false, true},
    {"format", true, false, false},
    {"bom", true, false, false},
    {"explain", true, true, true},
}};

[[nodiscard]] constexpr const SingleInfo& info(Single single) {
  return kSingles[static_cast<std::size_t>(single)];
}

[[nodiscard]] constexpr std::string_view name_of(std::string_view name) { return name; }
template <class Info>
[[nodiscard]] constexpr std::string_view name_of(const Info& info) {
  return info.name;
}

/// The enumerator whose name in its generated list is `text`.
template <class Enum, class List>
[[nodiscard]] std::optional<Enum> one_of(const List& list, std::string_view text) {
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (name_of(list[at]) == text) return static_cast<Enum>(at);
  }
  return std::nullopt;
}

/// By its name or alias.
[[nodiscard]] std::optional<Dimension> find_dimension(std::string_view name);

/// Whether a report takes the parameter.
[[nodiscard]] constexpr bool is_taken(Kind kind, const SingleInfo& single) {
  switch (kind) {
    case Kind::stats: return single.in_stats;
    case Kind::summary: return single.in_summary;
    case Kind::insights: break;
  }
  return single.in_insights;
}

/// "Allowed are ...": every name that a report takes, once.
[[nodiscard]] std::string all_names(Kind kind);

/// What a parameter of a report takes, as a sentence.
[[nodiscard]] std::string allowed(Kind kind, Single single);

// Values. Nothing where the text is none.

/// 1 to `most`.
[[nodiscard]] std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t most);

/// schema::kInsightHoursMin to kInsightHoursMax.
[[nodiscard]] std::optional<std::uint32_t> read_hours(std::string_view text);

/// 1 or true, 0 or false.
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view text);

/// A local date or an instant with its offset, of the years 1 to 9999; parts of a second are dropped.
[[nodiscard]] std::optional<Moment> read_moment(std::string text);

/// A local date alone.
[[nodiscard]] std::optional<Moment> read_day(std::string_view text);

/// A name, as far as it can be told without a table of zones.
[[nodiscard]] std::optional<std::string> read_timezone(std::string text);

/// "none", or one or two different dimensions.
[[nodiscard]] std::optional<std::vector<Dimension>> read_group_by(std::string_view text);

/// Which of schema::kCountNames.
[[nodiscard]] std::optional<std::size_t> read_count_name(std::string_view text);

/// One or several names, separated by commas, none twice.
[[nodiscard]] std::optional<std::vector<schema::Include>> read_include(std::string_view text);

/// The same.
[[nodiscard]] std::optional<std::vector<schema::InsightKind>> read_kinds(std::string_view text);

}  // namespace leadledger::reports
