// Validation is given no queue, so it cannot send anything there.
#include "core/app/handlers.hpp"

#include "core/app/response.hpp"

namespace leadledger::app {

Task<Response> handler(ValidatePorts ports);

Task<Response> handler(ValidatePorts ports) {
#ifdef BREAK_THE_PROMISE
  (void)co_await ports.queue.send("");
#endif
  Reply reply = co_await ports.limits.take("posts", "key");
  co_return empty_response(reply.ok ? 200 : 503);
}

}  // namespace leadledger::app
