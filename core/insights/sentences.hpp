// What an insight says, in plain English. Every number is one of the insight's own, rounded as the answer's
// "numbers" are.
#pragma once

#include <string>
#include <string_view>

#include "core/insights/find.hpp"
#include "core/time/zone.hpp"

namespace leadledger::insights {

/// One sentence with the numbers: "“newsletter” (source) brought 45 new leads in 7 days; 12 were usual."
[[nodiscard]] std::string headline(const Insight& insight, const time::Zone& zone);

/// What was compared with what, in words that ask for no statistics: those stay in "strength". Where other
/// findings are of the same submissions, it names them.
[[nodiscard]] std::string explanation(const Insight& insight, const time::Zone& zone);

/// A value as a sentence shows it: between “ and ”, of at most kInsightValueChars characters, the last of
/// which is … where it was cut. Visitors wrote it: line ends and other controls, those of the direction of
/// writing too, become spaces, quotation marks of this form become plain ones, and what is no UTF-8 U+FFFD.
[[nodiscard]] std::string quoted(std::string_view value);

/// Whole hours of a range, rounded.
[[nodiscard]] std::int64_t hours_of(const Range& range);

}  // namespace leadledger::insights
