// What happens every quarter of an hour without anybody asking.
#pragma once

#include "core/app/alert_job.hpp"
#include "core/app/brief_job.hpp"

namespace leadledger::app {

struct WatchPorts {
  AlertPorts alerts;
  BriefPorts briefs;
};

/// Sends deliveries again whose message was lost, checks alerts, and makes briefs that are due: each of them
/// whatever became of the others. 503 where one could not be done: the runtime then shows a failed
/// invocation, and the next one does its work.
Task<Response> watch(WatchPorts ports, Call call);

}  // namespace leadledger::app
