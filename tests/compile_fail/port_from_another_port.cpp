// A port opens no other: a handler cannot make itself one that it was not given.
#include "core/app/handlers.hpp"

namespace leadledger::app {

Task<Response> handler(LedgerPorts ports);

Task<Response> handler(LedgerPorts ports) {
#ifdef BREAK_THE_PROMISE
  const PointsPort other(ports.ledger);
  other.write("lead_submissions", "{}");
#else
  const LedgerPort other(ports.ledger);
#endif
  Reply reply = co_await ports.stream.read(1);
  co_return empty_response(reply.ok ? 200 : 503);
}

}  // namespace leadledger::app
