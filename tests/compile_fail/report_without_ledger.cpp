// A report is given no ledger, so one that reads it does not compile.
#include "core/app/ledger_port.hpp"
#include "core/app/report_handlers.hpp"

namespace leadledger::app {

Task<Response> report(ReportPorts ports, Call call);

Task<Response> report(ReportPorts ports, Call) {
#ifdef BREAK_THE_PROMISE
  Batch batch;
  batch.add("SELECT count(*) FROM leads");
  Reply reply = co_await ports.ledger.run(batch);
#else
  Reply reply = co_await ports.analytics.query("SELECT 1 AS one FORMAT JSON");
#endif
  co_return empty_response(reply.ok ? 200 : 502);
}

}  // namespace leadledger::app
