// Who asks, what, and for which zone and time.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/app/config.hpp"
#include "core/app/report_material.hpp"
#include "core/insights/windows.hpp"
#include "core/reports/summary.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

/// Who asks, whether with a key or without.
struct Caller {
  reports::Scope scope;
  bool may_explain = false;
  Part config;
  std::int64_t now_ms = 0;
  std::uint64_t random = 0;
};

bool reaches(const reports::Scope& scope, std::string_view project) {
  return scope.all_projects ||
         std::find(scope.projects.begin(), scope.projects.end(), project) != scope.projects.end();
}

/// The first project that is asked for by name and that the scope does not hold.
std::optional<std::string> foreign_project(const reports::Query& query, const reports::Scope& scope) {
  for (const reports::Filter& filter : query.filters) {
    if (filter.dimension != schema::Dimension::project || filter.negated || filter.contains) continue;
    for (const std::string& project : filter.values) {
      if (!project.empty() && !reaches(scope, project)) return project;
    }
  }
  return std::nullopt;
}

std::string_view name_of(reports::Kind kind) {
  switch (kind) {
    case reports::Kind::stats: return "2 lead-stats ";
    case reports::Kind::summary: return "2 lead-stats/summary ";
    case reports::Kind::insights: break;
  }
  return "2 insights ";
}

/// Answers of other layouts, or for other keys, must not be taken for this one.
std::string key_of(const Asked& asked, reports::Query query) {
  std::string key(name_of(asked.kind));
  // With their lengths, so that no name can look like two.
  const auto append = [&key](std::string_view text) {
    text::append_number(key, static_cast<std::int64_t>(text.size()));
    key.append(":").append(text);
  };
  if (asked.scope.all_projects) {
    key += '*';
  } else {
    for (const std::string& project : asked.scope.projects) append(project);
  }
  key += ' ';
  append(asked.zone.name());
  key += ' ';
  query.timezone.clear();  // the zone is named already, whoever named it
  key += reports::normalised(query);
  return key;
}

/// However the range was asked for, what it means now is what counts.
std::string fresh_key_of(const Asked& asked) {
  reports::Query query = asked.query;
  // A day and 24 hours are cut into pieces of their own.
  if (asked.kind != reports::Kind::insights) query.days = 0;
  query.from.reset();
  query.to.reset();
  std::string key = key_of(asked, std::move(query));
  key += ' ';
  text::append_number(key, asked.plan.period.range.from_s);
  key += '-';
  text::append_number(key, asked.plan.period.range.to_s);
  return key;
}

Error unknown_zone(const std::string& name, bool of_deployment) {
  if (of_deployment) {
    return {ErrorCode::internal,
            "This deployment's REPORTING_TIMEZONE is no time zone that the runtime knows. Name one with "
            "timezone."};
  }
  return bad_parameter("timezone",
                       "There is no time zone " + name +
                           ". It is a name of the IANA time zone database, such as Asia/Kolkata or UTC.");
}

Task<Result<Asked>> place(ZonePort zones, Caller caller, std::string_view query_string,
                          std::string_view accept, reports::Kind kind) {
  using Fail = tl::unexpected<Error>;
  const auto parameters = read_query_string(query_string);
  if (!parameters) co_return Fail(parameters.error());
  auto query = reports::read_query(kind, *parameters, accept);
  if (!query) co_return Fail(query.error());
  if (query->explain && !caller.may_explain) {
    co_return fail(ErrorCode::key_forbidden,
                   "explain needs an admin key; the key that came is a marketing key.");
  }
  if (const auto foreign = foreign_project(*query, caller.scope)) co_return Fail(out_of_reach(*foreign));

  const Config deployment = read_config(caller.config);
  const bool of_deployment = query->timezone.empty();
  std::string timezone = of_deployment ? deployment.reporting_timezone : query->timezone;
  constexpr std::int64_t kMsPerSecond = 1000;
  const std::int64_t now_s = caller.now_ms / kMsPerSecond;
  const time::Span span = kind == reports::Kind::insights ? insights::window_span(*query, now_s)
                                                          : reports::zone_span(*query, now_s);
  Reply reply = co_await zones.transitions(timezone, span.from_s, span.to_s);
  if (!reply.ok || reply.status == "unknown") co_return Fail(unknown_zone(timezone, of_deployment));
  auto zone = time::Zone::read(std::move(timezone), reply.body.data, reply.body.size);
  if (!zone) co_return Fail(zone.error());
  auto plan = plan_at(kind, *query, *zone, now_s, deployment.retention_days);
  if (!plan) {
    // The hours that a summary counts in are not the caller's to change.
    const bool too_long = kind == reports::Kind::summary && plan.error().fields.front().name == "bucket";
    co_return Fail(too_long ? reports::summary_too_long() : plan.error());
  }

  std::sort(caller.scope.projects.begin(), caller.scope.projects.end());
  Asked asked{kind,  std::move(*query), std::move(caller.scope),  std::move(*zone), std::move(*plan), {}, {},
              now_s, caller.random,     deployment.retention_days};
  asked.stale_key = key_of(asked, asked.query);
  asked.key = fresh_key_of(asked);
  co_return asked;
}

}  // namespace

Result<reports::Plan> plan_at(reports::Kind kind, const reports::Query& query, const time::Zone& zone,
                              std::int64_t now_s, std::int64_t retention_days) {
  if (kind != reports::Kind::insights) return reports::make_plan(query, zone, now_s, retention_days);
  const auto frame = insights::frame_of(query, zone, now_s, retention_days);
  if (!frame) return tl::unexpected<Error>(frame.error());
  return insights::plan_of(*frame, now_s, retention_days);
}

Task<Result<Asked>> read_asked(ZonePort zones, const Request& request, reports::Kind kind) {
  auto access = require_access(request, Role::marketing);
  if (!access) co_return tl::unexpected<Error>(access.error());
  co_return co_await place(zones,
                           {{access->all_projects, std::move(access->projects)},
                            access->role == Role::admin,
                            request.config,
                            request.now_ms,
                            fingerprint(request.random[1], 0)},
                           request.query, request.header("accept"), kind);
}

Task<Result<Asked>> read_asked(ZonePort zones, const Asker& asker, std::string_view query,
                               reports::Kind kind) {
  co_return co_await place(zones,
                           {asker.scope, false, asker.config, asker.now_ms, fingerprint(asker.random[1], 0)},
                           query, {}, kind);
}

}  // namespace leadledger::app
