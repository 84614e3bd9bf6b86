// An alert as it is shown: as JSON, and in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/support/json_writer.hpp"

namespace leadledger::alerts {

/// An alert of the ledger. Times are Unix milliseconds.
struct Alert {
  std::string_view id;
  std::string_view scope;  // JSON array
  std::string_view kind;
  std::string_view dimension;  // "" of all submissions, and so is the value
  std::string_view value;
  std::int64_t opened_at_ms = 0;
  std::int64_t seen_at_ms = 0;
  std::int64_t closed_at_ms = 0;  // 0: it is open
  std::string_view insight;       // JSON, when it was last found
};

/// {"alert_id", "projects", "kind", "dimension", "value", "state", "opened_at", "seen_at", "closed_at",
/// "insight"}, without braces, so that more can follow.
void write_alert_members(json::Writer& writer, const Alert& alert);

/// A few lines for people: that it opened or, where it is closed, that it is over. Without
/// links (without_links()), since visitors wrote the names of sources and campaigns in it.
[[nodiscard]] std::string plain_text(const Alert& alert);

}  // namespace leadledger::alerts
