// Names of output columns: constants of ours, looked at while compiling. One that hides a column of the
// dataset or that a parser may take for a word of SQL does not compile: an alias stands for its expression
// everywhere in a statement, so `blob1 AS blob2` would change what WHERE means.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/support/text.hpp"

namespace leadledger::sql {

namespace alias_rules {

/// Words that open a clause or an expression, or name one, in the parsers that read our statements.
inline constexpr std::array<std::string_view, 56> kWords = {
    "all",    "and",    "any",     "array", "as",       "asc",       "between",  "by",
    "case",   "cast",   "count",   "date",  "desc",     "distinct",  "else",     "end",
    "except", "exists", "extract", "false", "fetch",    "final",     "format",   "from",
    "group",  "having", "if",      "ilike", "in",       "intersect", "interval", "into",
    "is",     "join",   "like",    "limit", "max",      "not",       "null",     "offset",
    "on",     "or",     "order",   "over",  "position", "select",    "settings", "show",
    "sum",    "then",   "true",    "union", "using",    "when",      "where",    "with",
};

constexpr bool is_identifier(std::string_view name) {
  constexpr std::size_t kMostBytes = 32;
  return !name.empty() && name.size() <= kMostBytes && text::is_lower(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return text::is_lower(c) || text::is_digit(c) || c == '_'; });
}

/// Whether a point has a column of that name; slots that are free count too.
constexpr bool is_column(std::string_view name) {
  if (name == "timestamp" || name == "dataset" || name == "_sample_interval") return true;
  for (const std::string_view kind : {"blob", "double", "index"}) {
    if (name.size() <= kind.size() || !name.starts_with(kind)) continue;
    const std::string_view number = name.substr(kind.size());
    if (std::all_of(number.begin(), number.end(), [](char c) { return text::is_digit(c); })) return true;
  }
  return false;
}

constexpr bool is_fit(std::string_view name) {
  return is_identifier(name) && !is_column(name) &&
         std::find(kWords.begin(), kWords.end(), name) == kWords.end();
}

// Not constant, so that calling it while compiling is an error that reads like what is wrong.
inline void not_a_name_of_an_output_column() {}

}  // namespace alias_rules

class Alias {
 public:
  /// A literal is meant to be given as it is.
  consteval Alias(std::string_view name) : name_(name) {
    if (!alias_rules::is_fit(name)) alias_rules::not_a_name_of_an_output_column();
  }
  template <std::size_t Size>
  consteval Alias(const char (&name)[Size]) : Alias(std::string_view(name)) {}

  [[nodiscard]] constexpr std::string_view name() const { return name_; }

 private:
  std::string_view name_;
};

}  // namespace leadledger::sql
