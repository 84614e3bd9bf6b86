// Judging is given no points: only who keeps a submission counts it.
#include "core/app/judge.hpp"

#include "core/app/response.hpp"

namespace leadledger::app {

Task<Response> handler(JudgePorts ports);

Task<Response> handler(JudgePorts ports) {
#ifdef BREAK_THE_PROMISE
  ports.points.write("lead_submissions", "{}");
#endif
  Reply reply = co_await ports.limits.take("posts", "key");
  co_return empty_response(reply.ok ? 200 : 503);
}

}  // namespace leadledger::app
