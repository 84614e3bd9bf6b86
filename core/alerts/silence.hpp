// Whether leads came since a silence was found: what a summary is asked, and what its answer says.
#pragma once

#include <string>
#include <string_view>

#include "core/alerts/steps.hpp"

namespace leadledger::alerts {

/// The query string of GET /analytics/lead-stats/summary that counts what came since the silence began. ""
/// where that cannot be asked: `insight` (JSON) names no beginning, or silence is not looked for there.
[[nodiscard]] std::string since_query(const Subject& subject, std::string_view insight);

/// `body` is the summary; it is rewritten in place. Not known where it is no summary, or a stale one.
[[nodiscard]] SinceThen read_since(std::string& body);

}  // namespace leadledger::alerts
