// /api/session: signing in with an API key, seeing who one is, signing out.

#include <algorithm>

#include "core/app/access.hpp"
#include "core/app/config.hpp"
#include "core/app/handlers.hpp"
#include "core/app/session.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/rfc3339.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;

/// The end of the session or, of a key, its own: Unix milliseconds, or none.
Response who_it_is(const Request& request, const Access& access, std::optional<std::int64_t> ends_ms) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("key_id", access.key_id);
  writer.member("name", access.name);
  writer.member("role", schema::to_text(access.role));
  writer.key("projects");
  writer.begin_array();
  for (const std::string& project : access.projects) writer.text(project);
  writer.end_array();
  writer.member_or_null("expires_at", ends_ms ? format_rfc3339(*ends_ms) : std::string());
  writer.member("reporting_timezone", read_config(request.config).reporting_timezone);
  writer.end_object();
  writer.finish();
  return json_response(200, std::move(body));
}

}  // namespace

Task<Response> begin_session(SignaturePort signature, Call call) {
  const Request& request = call.request;
  if (!comes_from_here(request)) {
    co_return call.refuse(
        {ErrorCode::cross_site, "Signing in is possible from the dashboard's own page only."});
  }
  if (!is_private_line(request)) {
    co_return call.refuse(
        {ErrorCode::insecure_transport, "Signing in is possible by https only: open the page at https://."});
  }
  const auto access = require_access(request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  constexpr std::int64_t kSecondsPerHour = 3600;
  std::int64_t ends_s = request.now_ms / kMsPerSecond + std::int64_t{schema::kSessionHours} * kSecondsPerHour;
  if (access->expires_ms) ends_s = std::min(ends_s, *access->expires_ms / kMsPerSecond);
  auto cookie = co_await sign_session(signature, request, access->key_id, ends_s);
  if (!cookie) co_return call.refuse(cookie.error());
  co_return who_it_is(request, *access, ends_s * kMsPerSecond).with("set-cookie", std::move(*cookie));
}

Task<Response> show_session(Call call) {
  const auto access = require_access(call.request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  co_return who_it_is(call.request, *access,
                      call.request.by_session ? std::optional(call.request.session_expires_s * kMsPerSecond)
                                              : access->expires_ms);
}

// Whoever asks is signed out, whatever their cookie is worth.
Task<Response> end_session(Call call) {
  co_return empty_response(204).with("set-cookie", cleared_cookie(call.request));
}

}  // namespace leadledger::app
