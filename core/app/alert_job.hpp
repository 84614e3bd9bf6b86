// Checks what alerts are about: opens and closes them, and tells channels.
#pragma once

#include "core/app/call.hpp"
#include "core/app/ledger_port.hpp"
#include "core/app/ports.hpp"
#include "core/app/report_handlers.hpp"

namespace leadledger::app {

struct AlertPorts {
  LedgerPort ledger;
  DeliveryPort deliveries;
  ReportPorts reports;
};

/// For every project, and for each list of projects that a channel takes alerts of: of many lists some, in
/// turn. Where Analytics Engine is in trouble, alerts stay as they are, and what waits for the end of quiet
/// hours is sent all the same. Several at once are as good as one. False where something could not be done;
/// the next check makes up for it.
[[nodiscard]] Task<bool> check_alerts(AlertPorts ports, Call call);

}  // namespace leadledger::app
