// GET /api/admin/keys: who has access. Keys are made and removed with `npm run keys`; here they can be seen.

#include <algorithm>

#include "core/app/access.hpp"
#include "core/app/admin.hpp"
#include "core/app/handlers.hpp"
#include "core/app/query.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::app {

namespace {

void write_key(json::Writer& writer, const json::Value& key, const Request& request) {
  const Access access = read_access(key);
  writer.begin_object();
  writer.member("id", access.key_id);
  writer.member("name", access.name);
  writer.member("role", schema::to_text(access.role));
  writer.key("projects");
  writer.begin_array();
  for (const std::string& project : access.projects) writer.text(project);
  writer.end_array();
  // As they stand on the list, also where they are no times: that is then why the key does not work.
  writer.member_or_null("created_at", key["created_at"].text());
  writer.member_or_null("expires_at", key["expires_at"].text());
  writer.member("expired", has_expired(key, request.now_ms));
  writer.member("current", same_secret(key["digest"].string(), request.key_digest));
  writer.end_object();
}

bool reaches_all_of(const Access& access, const Access& other) {
  return access.all_projects ||
         std::all_of(other.projects.begin(), other.projects.end(),
                     [&](const std::string& project) { return access.reaches(project); });
}

}  // namespace

Task<Response> list_keys(Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const KeyList list(call.request.config);
  co_return whole_list([&](json::Writer& writer) {
    for (const json::Value key : list.keys()) {
      if (key.is(json::Kind::object) && reaches_all_of(*access, read_access(key))) {
        write_key(writer, key, call.request);
      }
    }
  });
}

}  // namespace leadledger::app
