// One check of the alerts of one list of projects: from what is found to what the ledger keeps.
#pragma once

#include "core/app/alert_job.hpp"
#include "core/app/alert_watched.hpp"

namespace leadledger::app {

/// Opens, holds and closes. False where something could not be had; then what it would have decided stays as
/// it was.
[[nodiscard]] Task<bool> check_scope(AlertPorts ports, Call call, const Watched& watched, Ids& alert_ids);

}  // namespace leadledger::app
