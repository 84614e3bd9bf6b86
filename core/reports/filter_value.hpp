// The small language of a filter's value: commas between alternatives, `-` not, `~` contains, a backslash
// before what shall be plain.
#pragma once

#include <string>
#include <string_view>

#include "core/reports/query.hpp"
#include "core/support/result.hpp"

namespace leadledger::reports {

/// Reads `text`, the value of a parameter that was called `name` (its dimension's name or alias).
///   - `a,b` one of; `-a,b` neither; `~a,b` contains either; `-~a` does not contain; a sign anywhere else is
///     plain
///   - `\,` `\-` `\~` `\\`: the character itself
///   - an empty alternative means "none known"; one of only spaces is refused, since nobody means that by it
///   - exact text is cut as it is on writing, so it finds what was cut there
/// Errors (bad_parameter, one field): a backslash at the end, "contains nothing", a "contains" longer than
/// what the dimension holds, and what is none of the values of a dimension that has fixed ones.
[[nodiscard]] Result<Filter> read_filter(Dimension dimension, std::string_view name, std::string_view text);

/// The value from which read_filter makes this filter: one spelling of it, the same for equal filters only.
[[nodiscard]] std::string filter_text(const Filter& filter);

}  // namespace leadledger::reports
