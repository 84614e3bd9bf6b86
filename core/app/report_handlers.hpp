// Handlers of reports, with the ports they are given: no ledger, so a report that reads D1 does not compile.
#pragma once

#include "core/app/call.hpp"
#include "core/app/ports.hpp"
#include "core/app/task.hpp"

namespace leadledger::app {

struct ReportPorts {
  AnalyticsPort analytics;
  CachePort cache;
  CorrectionsPort corrections;
  ZonePort zones;
  TimerPort timer;
  StreamPort stream;
  HeadPort head;
};

Task<Response> lead_stats(ReportPorts ports, Call call);
Task<Response> lead_stats_summary(ReportPorts ports, Call call);
Task<Response> get_insights(ReportPorts ports, Call call);

}  // namespace leadledger::app
