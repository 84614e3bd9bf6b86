// Validation is given no points, so it cannot write one.
#include "core/app/handlers.hpp"

#include "core/app/response.hpp"

namespace leadledger::app {

Task<Response> handler(ValidatePorts ports);

Task<Response> handler(ValidatePorts ports) {
#ifdef BREAK_THE_PROMISE
  ports.points.write("lead_submissions", "{}");
#endif
  Reply reply = co_await ports.limits.take("posts", "key");
  co_return empty_response(reply.ok ? 200 : 503);
}

}  // namespace leadledger::app
