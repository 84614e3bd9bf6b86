// GET /healthz: the Worker answers, and which rules it judges by.

#include "core/app/handlers.hpp"
#include "core/support/json_writer.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::app {

Task<Response> health(Call) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("status", "ok");
  writer.member("ruleset", schema::kRulesetVersion);
  writer.end_object();
  writer.finish();
  co_return json_response(200, std::move(body));
}

}  // namespace leadledger::app
