#include "core/alerts/texts.hpp"

#include "core/support/json.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/slack_text.hpp"

namespace leadledger::alerts {

namespace {

void write_time(json::Writer& writer, std::string_view name, std::int64_t ms) {
  writer.member_or_null(name, ms == 0 ? std::string() : format_rfc3339(ms));
}

/// "2026-11-21 14:15 UTC".
std::string minute_of(std::int64_t ms) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kMinutes = 5;
  const std::string instant = format_rfc3339(ms);
  return instant.substr(0, kDate) + " " + instant.substr(kDate + 1, kMinutes) + " UTC";
}

void append_projects(std::string& out, std::string_view scope) {
  std::string text(scope);
  const auto document = json::Document::parse(text);
  if (!document) return;
  bool first = true;
  for (const json::Value project : document->root().items()) {
    if (project.string() == "*") {
      out += "All projects";
      return;
    }
    out += first ? "Projects: " : ", ";
    out += project.string();
    first = false;
  }
}

}  // namespace

void write_alert_members(json::Writer& writer, const Alert& alert) {
  writer.member("alert_id", alert.id);
  writer.key("projects");
  writer.raw(alert.scope);
  writer.member("kind", alert.kind);
  writer.member_or_null("dimension", alert.dimension);
  writer.member_or_null("value", alert.value);
  writer.member("state", alert.closed_at_ms == 0 ? "open" : "closed");
  write_time(writer, "opened_at", alert.opened_at_ms);
  write_time(writer, "seen_at", alert.seen_at_ms);
  write_time(writer, "closed_at", alert.closed_at_ms);
  writer.key("insight");
  writer.raw(alert.insight);
}

std::string plain_text(const Alert& alert) {
  std::string text(alert.insight);
  const auto document = json::Document::parse(text);
  const std::string_view headline = document ? document->root()["headline"].string() : std::string_view{};
  const std::string_view explanation =
      document ? document->root()["explanation"].string() : std::string_view{};
  const bool is_open = alert.closed_at_ms == 0;
  std::string out(is_open ? "Alert: " : "Over: ");
  out += without_links(headline);
  if (is_open) {
    out += "\n";
    out += without_links(explanation);
    out += "\n";
    append_projects(out, alert.scope);
    out.append(". Open since ").append(minute_of(alert.opened_at_ms)).append(".");
    return out;
  }
  out += "\n";
  append_projects(out, alert.scope);
  out.append(". Open from ").append(minute_of(alert.opened_at_ms));
  out.append(" to ").append(minute_of(alert.closed_at_ms));
  out.append("; last found at ").append(minute_of(alert.seen_at_ms)).append(".");
  return out;
}

}  // namespace leadledger::alerts
