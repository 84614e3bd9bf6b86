// Projects and blocked addresses in the ledger.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/intake/project_settings.hpp"
#include "core/ledger/batch.hpp"

namespace leadledger::ledger {

/// What intake needs of a project: its settings, and every address blocked for it.
void add_select_for_intake(Batch& batch, std::string_view slug);

struct IntakeProject {
  bool found = false;
  intake::ProjectSettings settings;
  std::string blocked;  // fixed-size records, see find_blocking

  /// The id of the blocked range that holds `ip`, or "". `ip` is canonical address text.
  [[nodiscard]] std::string_view find_blocking(std::string_view ip) const;
};

[[nodiscard]] IntakeProject read_intake_project(const json::Value& batch_reply);

/// Settings from the text of the `settings` column.
[[nodiscard]] intake::ProjectSettings read_settings_text(std::string_view text);

/// An id of a blocked address: fixed in size, since records of find_blocking end with it.
inline constexpr std::string_view kBlockedIdPrefix = "blk_";
inline constexpr std::size_t kBlockedIdBytes = 36;

}  // namespace leadledger::ledger
