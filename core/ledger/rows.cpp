#include "core/ledger/rows.hpp"

#include <string>

#include "core/intake/verdict.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::ledger {

void write_instant(json::Writer& writer, std::string_view name, const json::Value& ms) {
  writer.member_or_null(name, ms.is(json::Kind::number) ? format_rfc3339(ms.integer(0)) : std::string());
}

void write_lead_members(json::Writer& writer, const json::Value& row) {
  writer.member("lead_id", row["lead_id"].string());
  writer.member("project", row["project"].string());
  for (const std::string_view name : {"name", "email", "phone", "company"}) {
    writer.member_or_null(name, row[name].string());
  }
  writer.member("lead_score", row["lead_score"].integer(0));
  writer.member("submission_count", row["submissions"].integer(0));
  writer.member("first_submission_id", row["first_submission_id"].string());
  write_instant(writer, "first_seen_at", row["first_seen_at"]);
  write_instant(writer, "last_seen_at", row["last_seen_at"]);
}

namespace {

/// Reasons of a kept submission: what the ledger said of the person comes first.
void write_kept_reasons(json::Writer& writer, const json::Value& row) {
  std::string person;
  if (const auto reason = intake::find_reason(row["person_reason"].string())) {
    json::Writer one(person);
    intake::write_reasons(one, {{*reason, {}}});
    one.finish();
  }
  const std::string_view others = row["reasons"].string();
  std::string all = person.empty() ? std::string(others) : person;
  if (!person.empty() && others.size() > 2)
    all.replace(all.size() - 1, 1, "," + std::string(others.substr(1)));
  writer.raw(all.empty() ? std::string_view("[]") : std::string_view(all));
}

}  // namespace

void write_submission(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
  write_submission_members(writer, row);
  writer.end_object();
}

void write_submission_members(json::Writer& writer, const json::Value& row) {
  writer.member("submission_id", row["submission_id"].string());
  writer.member("project", row["project"].string());
  writer.member_or_null("lead_id", row["lead_id"].string());
  writer.member("event_type", row["event_type"].string());
  writer.key("flags");
  writer.begin_object();
  for (const std::string_view name : {"vpn", "suspicious", "hot"})
    writer.member(name, row[name].integer(0) != 0);
  writer.end_object();
  writer.member("lead_score", row["lead_score"].integer(0));
  writer.member("bot_score", row["bot_score"].integer(0));
  writer.key("reasons");
  write_kept_reasons(writer, row);
  writer.member("ruleset", row["ruleset"].string());
  writer.member("status", row["status"].integer(0));
  write_instant(writer, "received_at", row["received_at"]);
  for (const std::string_view name :
       {"name", "email", "phone", "company", "message", "consent", "ip", "user_agent"}) {
    writer.member_or_null(name, row[name].string());
  }
  // Context is kept as one JSON object, and its members are members here.
  std::string context_text(row["context"].string());
  if (const auto context = json::Document::parse(context_text)) {
    for (const auto& [name, value] : context->root().members()) {
      writer.key(name);
      value.is(json::Kind::string) ? writer.text(value.text()) : writer.raw(value.text());
    }
  }
  writer.key("custom");
  const std::string_view custom = row["custom"].string();
  writer.raw(custom.empty() ? std::string_view("{}") : custom);
  write_instant(writer, "erased_at", row["erased_at"]);
}

}  // namespace leadledger::ledger
