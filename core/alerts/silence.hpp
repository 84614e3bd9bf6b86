// Whether leads came since a silence was found: what a report is asked, and what its answer says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/alerts/steps.hpp"

namespace leadledger::alerts {

/// A silence, and its insight (JSON) when it was last found.
struct Silence {
  std::size_t alert = 0;  // whichever number the caller knows it by
  Subject subject;
  std::string_view insight;
};

/// One report about silences of one dimension that began at the same time.
struct Question {
  /// The query string of GET /analytics/lead-stats that counts what came since they began, by value.
  std::string query;
  std::vector<Silence> about;
};

/// In the order of the silences that come first in them; no more than kAlertQuestions. A silence is in none
/// where it has no room there, where its insight names no beginning, or where silence is not looked for.
[[nodiscard]] std::vector<Question> questions_about(const std::vector<Silence>& silences);

/// What the answer says of each of question.about. `body` is rewritten in place. Not known where it is no
/// such report, or a stale one.
[[nodiscard]] std::vector<SinceThen> read_since(std::string& body, const Question& question);

}  // namespace leadledger::alerts
