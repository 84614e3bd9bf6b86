// POST /api/leads/validate: the verdict and the point that a submission would get. Writes nothing.

#include "core/app/access.hpp"
#include "core/app/body.hpp"
#include "core/app/handlers.hpp"
#include "core/app/keep_lead.hpp"

namespace leadledger::app {

Task<Response> validate_lead(ValidatePorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  Facts facts = read_facts(call.request, true);
  facts.idempotency_key.clear();
  auto body = co_await read_body(ports.stream, call.request);
  if (!body) co_return call.refuse(body.error());
  Judged judged;
  judged.body = std::move(*body);
  const JudgePorts judge_ports{ports.ledger, ports.limits, ports.digest, ports.signals, ports.http};
  if (!co_await judge(judge_ports, call.request.config, &*access, RateLimiting::not_counted, facts, judged)) {
    co_return call.refuse(*judged.error);
  }
  // The ledger alone knows whether the person is known; it is asked, and nothing is written.
  intake::Verdict verdict = judged.verdict;
  std::string lead_id;
  if (verdict.accepted) {
    Batch batch;
    ledger::add_select_person(batch, judged.project, judged.submission.contact);
    Reply reply = co_await ports.ledger.run(batch);
    const auto document = json::Document::parse(reply.body.data, reply.body.size);
    if (!reply.ok || !document) {
      co_return call.refuse({ErrorCode::ledger_unavailable, "The ledger did not answer. Please try again."});
    }
    const ledger::KnownPerson person = ledger::read_person(document->root());
    intake::settle_person(verdict, person.reason);
    lead_id = person.lead_id;
  }
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  write_verdict(writer, verdict, lead_id);
  writer.key("point");
  intake::make_lead_point(judged.project, judged.submission, facts.visitor(), facts.bot_user_agent, verdict,
                          lead_id, facts.received_at_ms / 1000)
      .write(writer);
  writer.end_object();
  writer.finish();
  co_return json_response(200, std::move(out));
}

}  // namespace leadledger::app
