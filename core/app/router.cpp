#include "core/app/router.hpp"

#include <array>

#include "core/app/delivery_handlers.hpp"
#include "core/app/handlers.hpp"
#include "core/app/query.hpp"
#include "core/app/session.hpp"
#include "core/app/watch.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

LedgerPorts ledger_ports(Operation& operation) { return {LedgerPort(operation), StreamPort(operation)}; }

IntakePorts intake_ports(Operation& operation) {
  return {LedgerPort(operation), PointsPort(operation), QueuePort(operation), LimitPort(operation),
          DigestPort(operation), SignalPort(operation), HttpPort(operation),  StreamPort(operation)};
}

ValidatePorts validate_ports(Operation& operation) {
  return {LedgerPort(operation), LimitPort(operation), DigestPort(operation),
          SignalPort(operation), HttpPort(operation),  StreamPort(operation)};
}

ReplayPorts replay_ports(Operation& operation) {
  return {LedgerPort(operation), PointsPort(operation), LimitPort(operation),   DigestPort(operation),
          SignalPort(operation), HttpPort(operation),   ArchivePort(operation), TimerPort(operation)};
}

CorrectionPorts correction_ports(Operation& operation) {
  return {LedgerPort(operation), ArchivePort(operation), TimerPort(operation), StreamPort(operation)};
}

ReportPorts report_ports(Operation& operation, std::string_view request_id) {
  return {
      AnalyticsPort(operation), CachePort(operation),  CorrectionsPort(operation),     ZonePort(operation),
      TimerPort(operation),     StreamPort(operation), HeadPort(operation, request_id)};
}

using Handle = Task<Response> (*)(Operation& operation, Call call);

/// What becomes of a request's query parameters.
enum class Parameters : std::uint8_t {
  none,    ///< any is refused, before the handler
  read,    ///< the handler reads them, and refuses what it does not know
  ignored  ///< a lead is not lost over one, and monitors add them against caches
};

/// One row a method and path. A path that ends with / takes an id behind it, one with * has it there.
struct Route {
  std::string_view method;
  std::string_view path;
  Handle handle;
  SessionUse session = SessionUse::always;
  Parameters parameters = Parameters::none;
};

constexpr std::array kRoutes{
    Route{"POST", "/api/leads", [](Operation& op, Call call) { return post_lead(intake_ports(op), call); },
          SessionUse::for_tests, Parameters::ignored},
    Route{"OPTIONS", "/api/leads", [](Operation& op, Call call) { return preflight(ledger_ports(op), call); },
          SessionUse::never, Parameters::ignored},
    Route{"GET", "/api/leads", [](Operation& op, Call call) { return list_leads(ledger_ports(op), call); },
          SessionUse::always, Parameters::read},
    Route{"DELETE", "/api/leads",
          [](Operation& op, Call call) { return erase_by_email(ledger_ports(op), call); }, SessionUse::always,
          Parameters::read},
    Route{"POST", "/api/leads/validate",
          [](Operation& op, Call call) { return validate_lead(validate_ports(op), call); }},
    Route{"GET", "/api/leads/", [](Operation& op, Call call) { return get_lead(ledger_ports(op), call); }},
    Route{"DELETE", "/api/leads/",
          [](Operation& op, Call call) { return erase_lead(ledger_ports(op), call); }},
    Route{"GET", "/api/submissions",
          [](Operation& op, Call call) {
            return list_submissions({LedgerPort(op), StreamPort(op), HeadPort(op, call.request_id)}, call);
          },
          SessionUse::always, Parameters::read},
    Route{"GET", "/api/submissions/",
          [](Operation& op, Call call) { return get_submission(ledger_ports(op), call); }},
    Route{"DELETE", "/api/submissions/",
          [](Operation& op, Call call) { return erase_submission(ledger_ports(op), call); }},
    Route{"POST", "/api/submissions/*/correction",
          [](Operation& op, Call call) { return correct_submission(correction_ports(op), call); }},
    Route{"DELETE", "/api/submissions/*/correction",
          [](Operation& op, Call call) { return undo_correction(correction_ports(op), call); }},
    Route{"GET", "/api/admin/projects",
          [](Operation& op, Call call) { return list_projects(ledger_ports(op), call); }},
    Route{"POST", "/api/admin/projects",
          [](Operation& op, Call call) { return create_project(ledger_ports(op), call); }},
    Route{"GET", "/api/admin/projects/",
          [](Operation& op, Call call) { return get_project(ledger_ports(op), call); }},
    Route{"PATCH", "/api/admin/projects/",
          [](Operation& op, Call call) { return change_project(ledger_ports(op), call); }},
    Route{"DELETE", "/api/admin/projects/",
          [](Operation& op, Call call) { return delete_project(ledger_ports(op), call); }},
    Route{"GET", "/api/admin/blocked-ips",
          [](Operation& op, Call call) { return list_blocked(ledger_ports(op), call); }, SessionUse::always,
          Parameters::read},
    Route{"POST", "/api/admin/blocked-ips",
          [](Operation& op, Call call) { return create_blocked(ledger_ports(op), call); }},
    Route{"DELETE", "/api/admin/blocked-ips/",
          [](Operation& op, Call call) { return delete_blocked(ledger_ports(op), call); }},
    Route{"GET", "/api/admin/keys", [](Operation&, Call call) { return list_keys(call); }},
    Route{"GET", "/api/admin/channels",
          [](Operation& op, Call call) { return list_channels(ZonePort(op), call); }},
    Route{"POST", "/api/admin/channels/*/test",
          [](Operation& op, Call call) { return try_channel({LedgerPort(op), DeliveryPort(op)}, call); }},
    Route{"GET", "/api/admin/deliveries",
          [](Operation& op, Call call) { return list_deliveries(LedgerPort(op), call); }, SessionUse::always,
          Parameters::read},
    Route{"POST", "/api/admin/deliveries/*/retry",
          [](Operation& op, Call call) { return retry_delivery({LedgerPort(op), DeliveryPort(op)}, call); }},
    // A session is no key to begin the next one with: it would never end.
    Route{"POST", "/api/session",
          [](Operation& op, Call call) { return begin_session(SignaturePort(op), call); }, SessionUse::never},
    Route{"GET", "/api/session", [](Operation&, Call call) { return show_session(call); }},
    Route{"DELETE", "/api/session", [](Operation&, Call call) { return end_session(call); }},
    Route{"GET", "/api/alerts", [](Operation& op, Call call) { return list_alerts(ledger_ports(op), call); },
          SessionUse::always, Parameters::read},
    Route{"GET", "/api/briefs", [](Operation& op, Call call) { return list_briefs(ledger_ports(op), call); },
          SessionUse::always, Parameters::read},
    Route{"POST", "/api/briefs/preview",
          [](Operation& op, Call call) {
            return preview_brief({report_ports(op, call.request_id), ModelPort(op), StreamPort(op)}, call);
          }},
    Route{"GET", "/api/briefs/", [](Operation& op, Call call) { return get_brief(ledger_ports(op), call); }},
    Route{"GET", "/analytics/lead-stats",
          [](Operation& op, Call call) { return lead_stats(report_ports(op, call.request_id), call); },
          SessionUse::always, Parameters::read},
    Route{
        "GET", "/analytics/lead-stats/summary",
        [](Operation& op, Call call) { return lead_stats_summary(report_ports(op, call.request_id), call); },
        SessionUse::always, Parameters::read},
    Route{"GET", "/analytics/insights",
          [](Operation& op, Call call) { return get_insights(report_ports(op, call.request_id), call); },
          SessionUse::always, Parameters::read},
    Route{"GET", "/meta/metrics", [](Operation&, Call call) { return list_metrics(call); },
          SessionUse::never},
    Route{"GET", "/meta/metrics/", [](Operation&, Call call) { return explain_metric(call); },
          SessionUse::never},
    Route{"GET", "/meta/dimensions", [](Operation&, Call call) { return list_dimensions(call); },
          SessionUse::never},
    Route{"GET", "/meta/dimensions/", [](Operation&, Call call) { return explain_dimension(call); },
          SessionUse::never},
    Route{"POST", "/mcp", [](Operation& op, Call call) { return mcp({McpPort(op), StreamPort(op)}, call); },
          SessionUse::never},
    Route{"GET", "/healthz", [](Operation&, Call call) { return health(call); }, SessionUse::never,
          Parameters::ignored},
};

bool matches(std::string_view route, std::string_view path, std::string_view& tail) {
  const auto [before, after] = text::split_once(route, '*');
  if (before == route && !route.ends_with('/')) return route == path;
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
    return false;
  }
  tail = path.substr(before.size(), path.size() - before.size() - after.size());
  return tail.find('/') == std::string_view::npos;
}

/// The route of a request; else the methods that its path takes, or "" where there is no such path.
struct Found {
  const Route* route = nullptr;
  std::string_view tail;
  std::string allowed;
};

Found find_route(std::string_view method, std::string_view path) {
  Found found;
  bool exact = false;  // /api/leads/validate is no id
  for (const Route& route : kRoutes) {
    std::string_view tail;
    if (!matches(route.path, path, tail) || (exact && !tail.empty())) continue;
    exact = exact || tail.empty();
    if (route.method == method) {
      found.route = &route;
      found.tail = tail;
      return found;
    }
    if (!found.allowed.empty()) found.allowed += ", ";
    found.allowed += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  return found;
}

Task<Response> answer_http(Operation& operation, Request& request, Call call) {
  const std::string_view method =
      call.request.method == "HEAD" ? std::string_view("GET") : call.request.method;
  Found found = find_route(method, call.request.path);
  if (found.route == nullptr && found.allowed.empty()) {
    co_return call.refuse({ErrorCode::not_found, "There is nothing at this path."});
  }
  if (found.route == nullptr) {
    Response response =
        call.refuse({ErrorCode::method_not_allowed, "This path takes " + found.allowed + "."});
    response.with("allow", std::move(found.allowed));
    co_return response;
  }
  call.tail = found.tail;
  std::string session_digest;  // what the request's key_digest then points to
  if (brings_session(request, found.route->session)) {
    const auto resolved = co_await resolve_session(SignaturePort(operation), request, session_digest);
    if (!resolved) co_return call.refuse(resolved.error());
  }
  if (found.route->parameters == Parameters::none) {
    const auto query = Query::parse(request.query, {});
    if (!query) co_return call.refuse(query.error());
  }
  co_return co_await found.route->handle(operation, call);
}

/// A trigger that nothing runs at: the invocation fails, so that whoever changed wrangler.toml alone hears of
/// it.
Task<Response> refuse_trigger(Call call) {
  co_return call.refuse({ErrorCode::internal, "Nothing runs at this trigger."});
}

/// `call` is of `request`, which is not changed any more once a handler has it.
Task<Response> answer(Operation& operation, Request& request, Call call) {
  switch (request.occasion) {
    case Occasion::http: return answer_http(operation, request, call);
    case Occasion::queue: return replay_lead(replay_ports(operation), call);
    case Occasion::dead_letter: return bury_lead(ArchivePort(operation), call);
    case Occasion::delivery:
      return deliver({LedgerPort(operation), SignaturePort(operation), HttpPort(operation),
                      ArchivePort(operation), ZonePort(operation)},
                     call);
    case Occasion::dead_delivery: return bury_delivery({LedgerPort(operation), ArchivePort(operation)}, call);
    case Occasion::watch:
      return watch(
          {{LedgerPort(operation), DeliveryPort(operation), report_ports(operation, call.request_id)},
           {LedgerPort(operation), report_ports(operation, call.request_id), ModelPort(operation),
            DigestPort(operation), DeliveryPort(operation)}},
          call);
    case Occasion::sweep:
      return sweep({LedgerPort(operation), ArchivePort(operation), TimerPort(operation)}, call);
    case Occasion::unknown: return refuse_trigger(call);
  }
  __builtin_trap();
}

}  // namespace

Task<bool> serve(Operation& operation, Part config, Part body, Part header) {
  json::Document document;
  Request request = read_request(document, config, body, header);
  const std::string request_id = make_id("req_", request.random[3]);
  Response response = co_await answer(operation, request, Call{request, request_id, {}});
  if (response.streamed) {
    json::Writer& writer = operation.begin_effect("end", 0);
    writer.member("complete", response.status < 400);
    operation.end_effect();
  } else {
    send(operation, std::move(response), request_id);
  }
  co_return true;
}

}  // namespace leadledger::app
