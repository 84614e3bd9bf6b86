// Alerts as rows of the ledger.
#pragma once

#include <string_view>

#include "core/alerts/texts.hpp"
#include "core/support/json.hpp"

namespace leadledger::app {

inline constexpr std::string_view kAlertIdPrefix = "alert_";

/// Columns that read_alert() reads, of `alerts`.
inline constexpr std::string_view kAlertColumns =
    "id, alert_id, scope, kind, dimension, value, opened_at, seen_at, closed_at, insight";

/// Points into the row.
[[nodiscard]] inline alerts::Alert read_alert(const json::Value& row) {
  return {row["alert_id"].string(),  row["scope"].string(),       row["kind"].string(),
          row["dimension"].string(), row["value"].string(),       row["opened_at"].integer(0),
          row["seen_at"].integer(0), row["closed_at"].integer(0), row["insight"].string()};
}

}  // namespace leadledger::app
