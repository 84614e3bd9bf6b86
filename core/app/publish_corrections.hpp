// The list of a month's corrections, from the ledger to where reports read it.
#pragma once

#include <string>

#include "core/app/handlers.hpp"

namespace leadledger::app {

struct PublishPorts {
  LedgerPort ledger;
  ArchivePort archive;
  TimerPort timer;
};

/// Puts the corrections of a month, such as "2026-11", as the ledger has them. Somebody else may do the same
/// meanwhile and be overwritten with an older list, so it is done only when the ledger still says what was
/// put. Returns whether it came to that.
[[nodiscard]] Task<bool> publish_corrections(PublishPorts ports, std::string month);

}  // namespace leadledger::app
