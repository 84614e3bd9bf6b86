// POST /api/leads: a website form's submission becomes a kept lead and one data point.
//
// Theory of operation. What is no submission is refused with what is wrong and leaves nothing behind. What is
// one is judged, kept in one transaction, and counted by one point. A ledger that is down hands the raw
// submission to the queue, whose consumer runs the same code; only when both fail is the sender told to come
// back.

#include "core/app/access.hpp"
#include "core/app/body.hpp"
#include "core/app/cors.hpp"
#include "core/app/handlers.hpp"
#include "core/app/keep_lead.hpp"
#include "core/app/redirect.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

using intake::EventType;
using intake::Reason;

constexpr std::string_view kRetryAfterRateLimit = "60";
constexpr std::string_view kRetryAfterOutage = "5";

ErrorCode refusal_of_block(Reason reason) {
  switch (reason) {
    case Reason::rate_limited: return ErrorCode::rate_limited;
    case Reason::origin_not_allowed: return ErrorCode::origin_not_allowed;
    default: return ErrorCode::address_blocked;
  }
}

/// What the sender of a judged submission is told. Primary, follow_up, test and bot look the same.
std::optional<ErrorCode> refusal_of(const intake::Verdict& verdict, intake::BotResponse bot_response) {
  if (verdict.event_type == EventType::bot && bot_response == intake::BotResponse::reject) {
    return ErrorCode::rejected_as_bot;
  }
  if (verdict.event_type != EventType::blocked || verdict.reasons.empty()) return std::nullopt;
  return refusal_of_block(verdict.reasons.front().reason);
}

std::string_view sentence_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::rate_limited:
      return "There were too many submissions from this address. Please try again in a minute.";
    case ErrorCode::origin_not_allowed: return "This website may not send submissions to the project.";
    case ErrorCode::rejected_as_bot: return "The submission looks automated and was not accepted.";
    default: return "Submissions from this address are not accepted.";
  }
}

ErrorCode refusal_of_status(int status, const intake::Verdict& verdict) {
  if (status == http_status(ErrorCode::rejected_as_bot)) return ErrorCode::rejected_as_bot;
  // Its type may have been corrected since; what it was refused for stays among its reasons.
  for (const intake::ReasonGiven& given : verdict.reasons) {
    if (schema::info(given.reason).of == to_text(EventType::blocked)) return refusal_of_block(given.reason);
  }
  return ErrorCode::address_blocked;
}

/// The answer's own members, and the verdict's where it is given: to an admin key, once there is one.
std::string answer_body(const Facts& facts, const intake::Verdict* verdict, std::string_view lead_id) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("submission_id", facts.submission_id);
  writer.member("status", "received");
  if (verdict != nullptr) write_verdict(writer, *verdict, lead_id);
  writer.end_object();
  writer.finish();
  return body;
}

/// A problem, to which an admin key gets the verdict added.
Response refused(const Call& call, ErrorCode code, const Facts& facts, const intake::Verdict& verdict) {
  Response response = call.refuse({code, std::string(sentence_of(code))});
  if (facts.trusted) {
    std::string members;
    json::Writer writer(members);
    writer.begin_object();
    writer.member("submission_id", facts.submission_id);
    write_verdict(writer, verdict, {});
    writer.end_object();
    writer.finish();
    response.body.pop_back();  // }
    response.body += ',';
    response.body.append(members, 1);
  }
  if (code == ErrorCode::rate_limited) response.with("retry-after", std::string(kRetryAfterRateLimit));
  return response;
}

/// The answer to a submission that is in the ledger.
Response answered(const Call& call, const Facts& facts, const Judged& judged, const KeepResult& kept) {
  constexpr int kCreated = 201;
  constexpr int kSeeOther = 303;
  Response response;
  if (kept.status >= 400) {
    response = refused(call, refusal_of_status(kept.status, kept.verdict), facts, kept.verdict);
  } else {
    const std::string location = resolve_redirect(judged.submission.redirect, facts.origin,
                                                  call.request.origin, judged.intake_project.settings);
    if (judged.form.encoded_as_form && !location.empty()) {
      response = empty_response(kSeeOther).with("location", location);
    } else {
      response =
          json_response(kCreated, answer_body(facts, facts.trusted ? &kept.verdict : nullptr, kept.lead_id));
    }
  }
  if (kept.outcome == KeepOutcome::replayed) response.with("idempotency-replayed", "true");
  return response;
}

/// The ledger is down: the raw submission goes to the queue, or the sender is told to come back.
Task<Response> queued(IntakePorts ports, Call call, const Facts& facts, std::string_view raw_body) {
  constexpr int kAccepted = 202;
  Reply sent = co_await ports.queue.send(pack(facts, raw_body));
  if (!sent.ok) {
    Response response = call.refuse({ErrorCode::ledger_unavailable,
                                     "Nothing was kept. Please send the submission again in a few seconds."});
    response.with("retry-after", std::string(kRetryAfterOutage));
    co_return response;
  }
  co_return json_response(kAccepted, answer_body(facts, nullptr, {}));
}

Task<Response> post_judged(IntakePorts ports, Call call, Facts& facts, const Judged& judged,
                           std::string_view raw_body) {
  const std::optional<ErrorCode> refusal =
      refusal_of(judged.verdict, judged.intake_project.settings.bot_response);
  KeepResult kept;
  if (!co_await may_keep_row(ports.limits, facts, judged.verdict.event_type)) {
    write_point(ports.points, facts, judged, judged.verdict, {});
    kept.verdict = judged.verdict;
    kept.status = refusal ? http_status(*refusal) : 201;
    co_return answered(call, facts, judged, kept);
  }
  kept = co_await keep_lead(ports.ledger, ports.points, facts, judged, refusal ? http_status(*refusal) : 201);
  if (kept.outcome == KeepOutcome::unavailable) co_return co_await queued(ports, call, facts, raw_body);
  if (kept.outcome == KeepOutcome::key_reused) {
    co_return call.refuse(
        {ErrorCode::key_reused,
         "This Idempotency-Key was used for a submission with other content. Use a new key for new "
         "content."});
  }
  co_return answered(call, facts, judged, kept);
}

}  // namespace

Task<Response> post_lead(IntakePorts ports, Call call) {
  const Request& request = call.request;
  const auto admin = optional_admin(request);
  if (!admin) co_return call.refuse(admin.error());
  Facts facts = read_facts(request, admin->has_value());
  if (request.by_session) facts.origin.clear();  // our own page, which no project has to allow
  if (facts.idempotency_key.size() > schema::kMaxIdempotencyKeyBytes) {
    co_return call.refuse({ErrorCode::bad_parameter,
                           "The Idempotency-Key is longer than 255 characters.",
                           {{"Idempotency-Key", "too_long", "Use at most 255 characters, such as a UUID."}}});
  }
  auto body = co_await read_body(ports.stream, request);
  if (!body) {
    Response response = call.refuse(body.error());
    share_with(response, facts.origin);
    co_return response;
  }
  Judged judged;
  judged.body = *body;  // decoding rewrites it, and the queue takes it as it came
  const JudgePorts judge_ports{ports.ledger, ports.limits, ports.digest, ports.signals, ports.http};
  const bool understood = co_await judge(judge_ports, request.config, admin->has_value() ? &**admin : nullptr,
                                         RateLimiting::counted, facts, judged);

  Response response;
  if (understood) {
    response = co_await post_judged(ports, call, facts, judged, *body);
  } else if (judged.error->code == ErrorCode::ledger_unavailable) {
    response = co_await queued(ports, call, facts, *body);
  } else {
    response = call.refuse(*judged.error);
  }
  // A page reads what its project said to it, and errors that no project was known for.
  const bool shared =
      !judged.project_known || intake::allows_origin(judged.intake_project.settings, facts.origin);
  share_with(response, shared ? std::string_view(facts.origin) : std::string_view{});
  co_return response;
}

}  // namespace leadledger::app
