// /api/admin/projects: projects and their settings.

#include "core/app/admin.hpp"
#include "core/app/body.hpp"
#include "core/app/cors.hpp"
#include "core/intake/project_settings.hpp"
#include "core/ledger/projects.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::string_view kSelect =
    "SELECT slug, settings, created_at, updated_at FROM projects WHERE slug = ?1";

void write_project(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
  writer.member("slug", row["slug"].string());
  intake::write_settings(writer, ledger::read_settings_text(row["settings"].string()));
  writer.member("created_at", format_rfc3339(row["created_at"].integer(0)));
  writer.member("updated_at", format_rfc3339(row["updated_at"].integer(0)));
  writer.end_object();
}

Response project_response(int status, const json::Value& row) {
  std::string body;
  json::Writer writer(body);
  write_project(writer, row);
  writer.finish();
  return json_response(status, std::move(body));
}

std::string settings_text(const intake::ProjectSettings& settings) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  intake::write_settings(writer, settings);
  writer.end_object();
  writer.finish();
  return out;
}

Error invalid(std::vector<FieldError> faults) {
  return {ErrorCode::validation_failed, "Some settings are not as they should be.", std::move(faults)};
}

Error no_such_project(std::string_view slug) {
  return {ErrorCode::not_found, "There is no project " + std::string(text::cut(slug, 100)) + "."};
}

}  // namespace

Task<Response> list_projects(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  Batch batch;
  batch.add(
      "SELECT slug, settings, created_at, updated_at FROM projects "
      "WHERE ?1 IS NULL OR slug IN (SELECT value FROM json_each(?1)) ORDER BY slug",
      TextOrNull{reachable_projects(*access)});
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  co_return whole_list([&](json::Writer& writer) {
    for (const json::Value row : rows.of(0).items()) write_project(writer, row);
  });
}

Task<Response> create_project(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  std::string text;
  const auto document = co_await read_json_object(ports.stream, call.request, text);
  if (!document) co_return call.refuse(document.error());
  const json::Value root = document->root();
  const std::string_view slug = root["slug"].string();
  intake::ProjectSettings settings;
  std::vector<FieldError> faults = intake::apply_settings(settings, root);
  if (!intake::is_project_slug(slug)) {
    faults.insert(faults.begin(),
                  {"slug", slug.empty() ? "required" : "not_allowed",
                   "slug has 1 to 64 of a-z, 0-9, - and _, and begins with a letter or digit."});
  }
  if (root["name"].is(json::Kind::none)) faults.push_back({"name", "required", "Give the project a name."});
  if (!faults.empty()) co_return call.refuse(invalid(std::move(faults)));
  if (!access->reaches(slug)) co_return call.refuse(out_of_reach(slug));
  Batch batch;
  // Of two at once one creates it; who it was shows in the number of rows that RETURNING gives.
  batch.add(
      "INSERT INTO projects (slug, name, settings, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4) "
      "ON CONFLICT (slug) DO NOTHING RETURNING slug, settings, created_at, updated_at",
      slug, settings.name, settings_text(settings), call.request.now_ms);
  const Rows rows(co_await ports.ledger.run_and_forget_cache(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  if (rows.first().is(json::Kind::none)) {
    co_return call.refuse(
        {ErrorCode::conflict,
         "There is a project " + std::string(slug) + " already.",
         {{"slug", "taken", "Choose another slug, or change the project that has this one."}}});
  }
  Response response = project_response(201, rows.first());
  response.with("location", "/api/admin/projects/" + std::string(slug));
  co_return response;
}

Task<Response> get_project(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  if (!access->reaches(call.tail)) co_return call.refuse(out_of_reach(call.tail));
  Batch batch;
  batch.add(kSelect, call.tail);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  if (rows.first().is(json::Kind::none)) co_return call.refuse(no_such_project(call.tail));
  co_return project_response(200, rows.first());
}

Task<Response> change_project(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  if (!access->reaches(call.tail)) co_return call.refuse(out_of_reach(call.tail));
  std::string text;
  const auto document = co_await read_json_object(ports.stream, call.request, text);
  if (!document) co_return call.refuse(document.error());
  // Two changes at once must not lose one of them: the row is written only where it still is what was read.
  constexpr int kTries = 3;
  for (int tries = 0; tries < kTries; ++tries) {
    Batch select;
    select.add(kSelect, call.tail);
    const Rows before(co_await ports.ledger.run(select));
    if (!before.ok()) co_return call.refuse(ledger_down());
    if (before.first().is(json::Kind::none)) co_return call.refuse(no_such_project(call.tail));
    const std::string_view old_text = before.first()["settings"].string();
    intake::ProjectSettings settings = ledger::read_settings_text(old_text);
    std::vector<FieldError> faults = intake::apply_settings(settings, document->root());
    const json::Value slug = document->root()["slug"];
    if (!slug.is(json::Kind::none) && slug.string() != call.tail) {
      faults.push_back({"slug", "not_allowed", "A project keeps its slug."});
    }
    if (!faults.empty()) co_return call.refuse(invalid(std::move(faults)));
    Batch update;
    update.add(
        "UPDATE projects SET name = ?2, settings = ?3, updated_at = ?4 WHERE slug = ?1 AND settings = ?5 "
        "RETURNING slug, settings, created_at, updated_at",
        call.tail, settings.name, settings_text(settings), call.request.now_ms, old_text);
    const Rows after(co_await ports.ledger.run_and_forget_cache(update));
    if (!after.ok()) co_return call.refuse(ledger_down());
    if (!after.first().is(json::Kind::none)) co_return project_response(200, after.first());
  }
  co_return call.refuse(
      {ErrorCode::conflict, "The project is being changed by somebody else. Please try again."});
}

// What was received stays in the ledger: deleting a project ends its intake.
Task<Response> delete_project(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  if (!access->reaches(call.tail)) co_return call.refuse(out_of_reach(call.tail));
  Batch batch;
  batch.add("DELETE FROM blocked_ips WHERE project = ?1", call.tail);
  batch.add("DELETE FROM projects WHERE slug = ?1 RETURNING slug", call.tail);
  const Rows rows(co_await ports.ledger.run_and_forget_cache(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  if (rows.first(1).is(json::Kind::none)) co_return call.refuse(no_such_project(call.tail));
  co_return empty_response(204);
}

// A preflight names no project, so it is granted where any project allows the origin; the post itself is
// judged by its own project. Where the ledger is down it is granted too: the post behind it may still reach
// the queue.
Task<Response> preflight(LedgerPorts ports, Call call) {
  const std::string_view origin = call.request.header("origin");
  Batch batch;
  batch.add("SELECT settings FROM projects");
  const Rows rows(co_await ports.ledger.run(batch, {schema::kSettingsCacheS, schema::kMissingCacheS}));
  bool allowed = !rows.ok();
  if (rows.ok()) {
    for (const json::Value row : rows.of(0).items()) {
      allowed =
          allowed || intake::allows_origin(ledger::read_settings_text(row["settings"].string()), origin);
    }
  }
  Response response = empty_response(204);
  share_with(response, allowed ? origin : std::string_view{});
  if (allowed && !origin.empty()) {
    response.with("access-control-allow-methods", "POST")
        .with("access-control-allow-headers", "Content-Type, Idempotency-Key")
        .with("access-control-max-age", "86400");
  }
  co_return response;
}

}  // namespace leadledger::app
