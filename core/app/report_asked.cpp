// Who asks, what, and for which zone and time.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/app/config.hpp"
#include "core/app/report_material.hpp"
#include "core/reports/summary.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

/// The first project that is asked for by name and that the key does not reach.
std::optional<std::string> foreign_project(const reports::Query& query, const Access& access) {
  for (const reports::Filter& filter : query.filters) {
    if (filter.dimension != schema::Dimension::project || filter.negated || filter.contains) continue;
    for (const std::string& project : filter.values) {
      if (!project.empty() && !access.reaches(project)) return project;
    }
  }
  return std::nullopt;
}

/// Answers of other layouts, or for other keys, must not be taken for this one.
std::string key_of(const Asked& asked, reports::Kind kind, reports::Query query) {
  std::string key = kind == reports::Kind::stats ? "2 lead-stats " : "2 lead-stats/summary ";
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
std::string fresh_key_of(const Asked& asked, reports::Kind kind) {
  reports::Query query = asked.query;
  query.days = 0;
  query.from.reset();
  query.to.reset();
  std::string key = key_of(asked, kind, std::move(query));
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

}  // namespace

Task<Result<Asked>> read_asked(ZonePort zones, const Request& request, reports::Kind kind) {
  using Fail = tl::unexpected<Error>;
  auto access = require_access(request, Role::marketing);
  if (!access) co_return Fail(access.error());
  const auto parameters = read_query_string(request.query);
  if (!parameters) co_return Fail(parameters.error());
  auto query = reports::read_query(kind, *parameters, request.header("accept"));
  if (!query) co_return Fail(query.error());
  if (query->explain && access->role != Role::admin) {
    co_return fail(ErrorCode::key_forbidden,
                   "explain needs an admin key; the key that came is a marketing key.");
  }
  if (const auto foreign = foreign_project(*query, *access)) co_return Fail(out_of_reach(*foreign));

  const Config deployment = read_config(request.config);
  const bool of_deployment = query->timezone.empty();
  std::string timezone = of_deployment ? deployment.reporting_timezone : query->timezone;
  constexpr std::int64_t kMsPerSecond = 1000;
  const std::int64_t now_s = request.now_ms / kMsPerSecond;
  const time::Span span = reports::zone_span(*query, now_s);
  Reply reply = co_await zones.transitions(timezone, span.from_s, span.to_s);
  if (!reply.ok || reply.status == "unknown") co_return Fail(unknown_zone(timezone, of_deployment));
  auto zone = time::Zone::read(std::move(timezone), reply.body.data, reply.body.size);
  if (!zone) co_return Fail(zone.error());
  auto plan = reports::make_plan(*query, *zone, now_s, deployment.retention_days);
  if (!plan) {
    // The hours that a summary counts in are not the caller's to change.
    const bool too_long = kind == reports::Kind::summary && plan.error().fields.front().name == "bucket";
    co_return Fail(too_long ? reports::summary_too_long() : plan.error());
  }

  reports::Scope scope{access->all_projects, std::move(access->projects)};
  std::sort(scope.projects.begin(), scope.projects.end());
  Asked asked{std::move(*query),
              std::move(scope),
              std::move(*zone),
              std::move(*plan),
              {},
              {},
              now_s,
              fingerprint(request.random[1], 0),
              deployment.retention_days};
  asked.stale_key = key_of(asked, kind, asked.query);
  asked.key = fresh_key_of(asked, kind);
  co_return asked;
}

}  // namespace leadledger::app
