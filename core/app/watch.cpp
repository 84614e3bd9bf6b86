#include "core/app/watch.hpp"

#include "core/app/deliveries.hpp"

namespace leadledger::app {

// What was lost first: it costs least, and waits longest. Then alerts: a brief may wait for a language model.
Task<Response> watch(WatchPorts ports, Call call) {
  constexpr int kDone = 200;
  constexpr int kUnavailable = 503;
  const bool sent = co_await send_stranded(ports.alerts.ledger, ports.alerts.deliveries, call.request.now_ms);
  const bool checked = co_await check_alerts(ports.alerts, call);
  const bool written = co_await make_due_briefs(ports.briefs, call);
  co_return empty_response(checked && written && sent ? kDone : kUnavailable);
}

}  // namespace leadledger::app
