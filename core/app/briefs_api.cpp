// /api/briefs: the weekly briefs that were made, and how one would read now.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/app/admin.hpp"
#include "core/app/body.hpp"
#include "core/app/config.hpp"
#include "core/app/deliveries.hpp"
#include "core/app/handlers.hpp"
#include "core/app/report_material.hpp"
#include "core/app/weekly_brief.hpp"
#include "core/intake/project_settings.hpp"
#include "core/reports/parameters.hpp"
#include "core/support/text.hpp"
#include "core/time/zone.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// SQL: a brief that a key reaches, of which `parameter` has reachable_projects(). A week without a brief has
/// no document.
std::string reachable(std::string_view parameter) { return "document <> '' AND " + scope_within(parameter); }

/// A page of the briefs that a key reaches: the newest week first, and of one week that of most projects, so
/// that the first one says all there is. ?1 is reachable_projects(), ?2 the id at which the page before
/// ended, 0 for the first page. What is sorted is narrow: with its document a brief has some 30 KB.
std::string select_page(std::string_view columns) {
  return std::string("WITH ranked AS (SELECT id, from_at, iif(scope ->> 0 = '*', 1e9, ")
      .append("json_array_length(scope)) AS breadth, ")
      .append(reachable("?1"))
      .append(
          " AS is_reached FROM briefs), page AS (SELECT id, from_at, breadth FROM ranked WHERE is_reached ")
      .append(
          "AND (?2 = 0 OR (from_at, breadth, id) < (SELECT from_at, breadth, id FROM ranked WHERE id = ?2)) ")
      .append("ORDER BY from_at DESC, breadth DESC, id DESC LIMIT ?3) SELECT ")
      .append(columns)
      .append(" FROM page p JOIN briefs b ON b.id = p.id ORDER BY p.from_at DESC, p.breadth DESC, p.id DESC");
}

constexpr std::string_view kTimezoneIs =
    "timezone is a name of the IANA time zone database, such as Asia/Kolkata or UTC.";

/// The deliveries of one brief among `rows`.
void write_deliveries(json::Writer& writer, const json::Value& rows, std::string_view brief_id) {
  writer.key("deliveries");
  writer.begin_array();
  for (const json::Value row : rows.items()) {
    if (row["subject_id"].string() != brief_id) continue;
    writer.begin_object();
    write_delivery(writer, row);
    writer.end_object();
  }
  writer.end_array();
}

void write_listed(json::Writer& writer, const json::Value& row, const json::Value& deliveries) {
  const std::string_view brief_id = row["brief_id"].string();
  writer.begin_object();
  writer.member("brief_id", brief_id);
  writer.key("projects");
  writer.raw(row["scope"].string());
  writer.member("from", row["begins"].string());
  writer.member("to", row["ends"].string());
  for (const std::string_view name : {"timezone", "generated_at", "title", "written_by"}) {
    writer.member(name, row[name].string());
  }
  write_deliveries(writer, deliveries, brief_id);
  writer.end_object();
}

/// A whole brief: its document, which is an object, and what became of it.
std::string whole_brief(std::string_view document, const json::Value& deliveries, std::string_view brief_id) {
  std::string members;
  json::Writer writer(members);
  writer.begin_object();
  write_deliveries(writer, deliveries, brief_id);
  writer.end_object();
  writer.finish();
  std::string out(document.substr(0, document.size() - 1));
  return out.append(",").append(members, 1);
}

/// What a preview asks for.
struct PreviewRequest {
  std::vector<std::string> projects;  // none: all that the key reaches
  std::string timezone;
  std::optional<time::Date> to;
};

std::vector<FieldError> read_preview(const json::Value& body, PreviewRequest& preview) {
  std::vector<FieldError> faults;
  const auto fault = [&](std::string_view name, std::string_view code, std::string reason) {
    faults.push_back({std::string(name), std::string(code), std::move(reason)});
  };
  for (const auto& [name, value] : body.members()) {
    if (name == "projects") {
      preview.projects.clear();
      bool are_slugs = value.is(json::Kind::array);
      for (const json::Value project : value.items()) {
        are_slugs = are_slugs && intake::is_project_slug(project.string());
        preview.projects.emplace_back(project.string());
      }
      const std::size_t count = preview.projects.size();
      if (!are_slugs || count == 0 || count > schema::kBriefProjectsMax) {
        fault(name, "not_allowed", "projects is a list of 1 to 50 slugs of projects.");
      }
      static_assert(schema::kBriefProjectsMax == 50, "the sentence above names the limit");
    } else if (name == "timezone") {
      auto timezone = reports::read_timezone(std::string(value.string()));
      if (!timezone) fault(name, "not_allowed", std::string(kTimezoneIs));
      if (timezone) preview.timezone = std::move(*timezone);
    } else if (name == "to") {
      preview.to = time::parse_date(value.string());
      if (!preview.to) {
        fault(name, "not_allowed", "to is a local date such as 2026-11-16: the week ends where it begins.");
      }
    } else {
      fault(name, "unknown", "Allowed are projects, timezone and to.");
    }
  }
  return faults;
}

Error invalid(std::vector<FieldError> faults) {
  return {ErrorCode::validation_failed, "Some fields are not as they should be.", std::move(faults)};
}

Error invalid(std::string name, std::string reason) {
  return invalid({{std::move(name), "not_allowed", std::move(reason)}});
}

/// The body, which may also be none. Errors: of the body, validation_failed.
Task<Result<PreviewRequest>> preview_request(StreamPort stream, const Request& request) {
  PreviewRequest preview;
  if (request.body.size == 0 && request.body_complete) co_return preview;
  std::string text;
  const auto body = co_await read_json_object(stream, request, text);
  if (!body) co_return tl::unexpected<Error>(body.error());
  auto faults = read_preview(body->root(), preview);
  if (!faults.empty()) co_return tl::unexpected<Error>(invalid(std::move(faults)));
  co_return preview;
}

/// What the reports refuse, by the names of the body's members: their parameters are nothing that the caller
/// wrote.
Error of_body(Error error) {
  if (error.code != ErrorCode::bad_parameter) return error;
  for (FieldError& field : error.fields) {
    if (field.name == "project" || field.name == "?") field.name = "projects";
    if (field.name == "from") field.name = "to";
  }
  return invalid(std::move(error.fields));
}

/// The week that a preview is of. Errors: a zone that is not known, a week that has not ended, or one of
/// which nothing is held.
Task<Result<BriefWeek>> preview_week(ZonePort zones, const Request& request, PreviewRequest preview) {
  const bool of_deployment = preview.timezone.empty();
  std::string timezone =
      of_deployment ? read_config(request.config).reporting_timezone : std::move(preview.timezone);
  const std::int64_t now_s = request.now_ms / 1000;
  Reply reply = co_await zones.transitions(timezone, now_s, now_s);
  if (!reply.ok || reply.status == "unknown") {
    if (of_deployment) {
      co_return fail(ErrorCode::internal,
                     "This deployment's REPORTING_TIMEZONE is no time zone that the runtime knows. Name one "
                     "with timezone.");
    }
    co_return tl::unexpected<Error>(
        invalid("timezone", "There is no such time zone. " + std::string(kTimezoneIs)));
  }
  const auto zone = time::Zone::read(std::move(timezone), reply.body.data, reply.body.size);
  if (!zone) co_return tl::unexpected<Error>(zone.error());
  const std::int64_t today = zone->day_at(now_s);
  const std::int64_t end = preview.to ? time::days_of(*preview.to) : monday_of(today);
  if (end > today) {
    co_return tl::unexpected<Error>(
        invalid("to", "to is today at the latest: a brief is of days that have ended."));
  }
  const std::int64_t held_days = read_config(request.config).retention_days;
  if (end <= zone->day_at(now_s - held_days * time::kSecondsPerDay)) {
    std::string reason =
        "to is too early: of the seven days before it nothing is held. Statistics are kept for ";
    text::append_number(reason, held_days);
    co_return tl::unexpected<Error>(invalid("to", reason + " days."));
  }
  co_return BriefWeek{end, zone->name()};
}

}  // namespace

Task<Response> list_briefs(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"limit", "cursor"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string projects = reachable_projects(*access);
  const std::int64_t after = query->get("cursor").empty() ? 0 : page->before;
  Batch batch;
  batch.add(select_page("b.id, b.brief_id, b.scope, b.timezone, b.document ->> 'from' AS begins, "
                        "b.document ->> 'to' AS ends, b.document ->> 'generated_at' AS generated_at, "
                        "b.document ->> 'title' AS title, b.document ->> 'written_by' AS written_by"),
            TextOrNull{projects}, after, page->limit + 1);
  batch.add(std::string("SELECT ")
                .append(kDeliveryColumns)
                .append(" FROM deliveries WHERE topic = ?4 AND subject_id IN (SELECT brief_id FROM (")
                .append(select_page("b.brief_id"))
                .append(")) ORDER BY id"),
            TextOrNull{projects}, after, page->limit + 1, schema::kTopicBriefWeekly);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const json::Value deliveries = rows.of(1);
  co_return list_response(rows.of(0), page->limit, [&](json::Writer& writer, const json::Value& row) {
    write_listed(writer, row, deliveries);
  });
}

Task<Response> get_brief(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  Batch batch;
  batch.add("SELECT document FROM briefs WHERE brief_id = ?2 AND " + reachable("?1"),
            TextOrNull{reachable_projects(*access)}, call.tail);
  batch.add(std::string("SELECT ")
                .append(kDeliveryColumns)
                .append(" FROM deliveries WHERE topic = ?1 AND subject_id = ?2 ORDER BY id"),
            schema::kTopicBriefWeekly, call.tail);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const std::string_view document = rows.first()["document"].string();
  // A brief out of reach is not told apart from one that is not there.
  if (document.empty()) {
    co_return call.refuse({ErrorCode::not_found, "There is no such brief that the key reaches."});
  }
  co_return json_response(200, whole_brief(document, rows.of(1), call.tail));
}

Task<Response> preview_brief(PreviewPorts ports, Call call) {
  const Request& request = call.request;
  auto access = require_access(request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  auto preview = co_await preview_request(ports.stream, request);
  if (!preview) co_return call.refuse(preview.error());
  for (const std::string& project : preview->projects) {
    if (!access->reaches(project)) co_return call.refuse(out_of_reach(project));
  }
  const bool named = !preview->projects.empty();
  reports::Scope scope{!named && access->all_projects,
                       named ? std::move(preview->projects) : std::move(access->projects)};
  std::sort(scope.projects.begin(), scope.projects.end());
  scope.projects.erase(std::unique(scope.projects.begin(), scope.projects.end()), scope.projects.end());
  auto week = co_await preview_week(ports.reports.zones, request, std::move(*preview));
  if (!week) co_return call.refuse(week.error());
  const Asker asker{scope, request.config, request.now_ms, request.random};
  const auto brief = co_await make_brief({ports.reports, ports.model}, asker, std::move(*week));
  if (!brief) co_return refuse_report(call, of_body(brief.error()));
  co_return json_response(200, whole_brief(brief_document(*brief, {}), {}, {}));
}

}  // namespace leadledger::app
