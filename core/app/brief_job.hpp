// The weekly briefs that are due: made once for each scope and week, kept, and handed to its channels.
#pragma once

#include "core/app/call.hpp"
#include "core/app/ledger_port.hpp"
#include "core/app/ports.hpp"
#include "core/app/report_handlers.hpp"
#include "core/app/task.hpp"

namespace leadledger::app {

struct BriefPorts {
  LedgerPort ledger;
  ReportPorts reports;
  ModelPort model;
  DigestPort digest;
  DeliveryPort deliveries;
};

/// Makes some of the briefs that are due and not made yet: from Monday's kBriefHour on, in the deployment's
/// zone, those of the week before. A week in which nothing was counted is noted, and has no brief. False
/// where something failed and is to be tried again at the next watch.
Task<bool> make_due_briefs(BriefPorts ports, Call call);

}  // namespace leadledger::app
