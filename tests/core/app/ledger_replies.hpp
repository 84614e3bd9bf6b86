// What the ledger answers, as far as a test of handlers needs it.
#pragma once

#include <string>
#include <string_view>

#include "core/support/json_writer.hpp"
#include "tests/core/app/host.hpp"

namespace leadledger::tests {

inline constexpr std::string_view kOpenSettings =
    R"({"name":"Acme","allowed_origins":["https://www.acme.com"]})";

/// The project's settings; `blocked` are its records of blocked ranges.
inline std::string settings_reply(std::string_view settings = kOpenSettings, std::string_view blocked = {}) {
  std::string out = "[[";
  json::Writer writer(out);
  writer.begin_object();
  writer.member("settings", settings);
  writer.member_or_null("blocked", blocked);
  writer.end_object();
  writer.finish();
  return out + "]]";
}

inline constexpr std::string_view kNoSuchProject = "[[]]";

/// What a kept row differs by from the one that was asked to be kept.
struct KeptRow {
  std::string person = "new_person";  // of an accepted one
  std::string attempt;                // "": ours
  std::string content_digest;         // "": ours
  std::string event_type;             // "": ours, or follow_up for a known person
  std::string lead_id;                // "": ours
  int status = 0;                     // 0: ours
  std::string from_type;              // "": no correction stands
  std::string correction_month;       // "": no correction stands
};

/// The reply of a ledger that keeps what `asked`, a keep batch, wants kept.
inline std::string kept_reply(const Asked& asked, const KeptRow& row = {}) {
  std::size_t insert = 0;
  while (insert + 1 < asked.sql.size() && !asked.sql[insert].starts_with("INSERT INTO submissions")) ++insert;
  const auto& sent = asked.params[insert];
  const auto param = [&](std::size_t number) { return sent.at(number - 1); };
  const bool accepted = param(3) != "NULL";
  const bool known = accepted && row.person != "new_person";
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  for (std::size_t at = 0; at + 1 < asked.sql.size(); ++at) writer.raw("[]");
  writer.begin_array();
  writer.begin_object();
  const auto text = [&](std::string_view name, std::string_view value) {
    writer.key(name);
    value == "NULL" ? writer.null() : writer.text(value);
  };
  text("event_type", !row.event_type.empty() ? std::string_view(row.event_type)
                     : known                 ? "follow_up"
                                             : param(4));
  text("lead_id", !row.lead_id.empty() ? row.lead_id : param(3));
  for (const auto& [name, number] :
       {std::pair{"vpn", 5}, {"suspicious", 6}, {"hot", 7}, {"lead_score", 8}, {"bot_score", 9}}) {
    writer.key(name);
    writer.raw(param(static_cast<std::size_t>(number)));
  }
  text("person_reason", accepted ? std::string_view(row.person) : "NULL");
  text("reasons", param(10));
  text("ruleset", param(11));
  writer.key("status");
  writer.raw(row.status == 0 ? param(12) : std::to_string(row.status));
  text("attempt", row.attempt.empty() ? param(14) : row.attempt);
  if (!row.from_type.empty()) text("from_type", row.from_type);
  if (!row.correction_month.empty()) text("month", row.correction_month);
  text("content_digest", row.content_digest.empty() ? param(15) : row.content_digest);
  writer.end_object();
  writer.end_array();
  writer.end_array();
  writer.finish();
  return out;
}

/// Answers everything that a post asks for before it is kept.
inline void pass_judging(Host& host, std::string_view settings = kOpenSettings,
                         std::string_view blocked = {}) {
  for (;;) {
    const std::string kinds = host.kinds();
    if (kinds.find("rate.limit") != std::string::npos && host.only("rate.limit").member("limit") == "posts") {
      host.answer("rate.limit", "ok pass");
    } else if (kinds.find("digest") != std::string::npos) {
      host.answer("digest", "ok", std::string(32, '\x11') + std::string(32, '\x22'));
    } else if (kinds.find("signal.bot_user_agent") != std::string::npos) {
      host.answer("signal.bot_user_agent", "ok no");
    } else if (kinds.find("d1.batch") != std::string::npos &&
               host.only("d1.batch").sql.front().starts_with("SELECT settings")) {
      host.answer("d1.batch", "ok", settings_reply(settings, blocked));
    } else {
      return;
    }
  }
}

inline void keep(Host& host, const KeptRow& row = {}) {
  host.answer("d1.batch", "ok", kept_reply(host.only("d1.batch"), row));
}

/// The name of a slot in the last point, such as blobs.19.
inline std::string point_at(const Host& host, std::string_view path) {
  return host.points().empty() ? "(no point)" : at_path(host.points().back(), path);
}

}  // namespace leadledger::tests
