// From what was counted to what insights are found in.
#pragma once

#include "core/insights/answer.hpp"
#include "core/insights/observed.hpp"
#include "core/time/zone.hpp"

namespace leadledger::insights {

/// The windows without the earliest ones in which nothing at all was counted: before there was anything.
[[nodiscard]] Windows windows_with_data(const Material& material);

/// `windows` are those that windows_with_data() gave. Its texts point into the tallies. Of each dimension the
/// schema::kInsightValues values of which most was counted; where small rows are missing, a value of which
/// one may be missing from the window that is looked at is left out, since it could seem silent.
[[nodiscard]] Observed observe(const Material& material, const Windows& windows, const time::Zone& zone);

/// Whether values were left out.
[[nodiscard]] bool is_incomplete(const Material& material);

}  // namespace leadledger::insights
