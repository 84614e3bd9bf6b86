#include "core/alerts/texts.hpp"

#include "core/support/json.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/scope_words.hpp"
#include "core/support/slack_text.hpp"

namespace leadledger::alerts {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;

void write_time(json::Writer& writer, std::string_view name, std::int64_t ms) {
  writer.member_or_null(name, ms == 0 ? std::string() : format_rfc3339(ms));
}

/// How far the clock was ahead of UTC that wrote `instant`, a local time with its offset; 0 of other text.
std::int64_t offset_s_of(std::string_view instant) {
  constexpr std::size_t kWithoutOffset = 19;  // "2026-11-21T14:15:00"
  const auto utc = parse_rfc3339(instant);
  const auto local = parse_rfc3339(std::string(instant.substr(0, kWithoutOffset)) + "Z");
  return utc && local ? (*local - *utc) / kMsPerSecond : 0;
}

/// "2026-11-21 14:15", by the clock that the insight's own times go by.
std::string minute_of(std::int64_t ms, std::int64_t offset_s) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kMinutes = 5;
  std::string instant;
  append_rfc3339_local(instant, ms / kMsPerSecond, offset_s);
  return instant.substr(0, kDate) + " " + instant.substr(kDate + 1, kMinutes);
}

/// " (UTC+05:30)", or " UTC".
std::string clock_of(std::int64_t offset_s) {
  if (offset_s == 0) return " UTC";
  constexpr std::size_t kOffset = 6;
  std::string instant;
  append_rfc3339_local(instant, 0, offset_s);
  return " (UTC" + instant.substr(instant.size() - kOffset) + ")";
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
  const json::Value insight = document ? document->root() : json::Value();
  const std::int64_t offset_s = offset_s_of(insight["to"].string());
  const std::string clock = clock_of(offset_s);
  const bool is_open = alert.closed_at_ms == 0;
  std::string out(is_open ? "Alert" : "Over");
  if (const std::string_view severity = insight["severity"].string(); is_open && !severity.empty()) {
    out.append(" (").append(severity).append(")");
  }
  out.append(": ").append(without_links(insight["headline"].string())).append("\n");
  if (is_open) out.append(without_links(insight["explanation"].string())).append("\n");
  out += scope_words(alert.scope);
  if (is_open) {
    return out.append(". Open since ")
        .append(minute_of(alert.opened_at_ms, offset_s))
        .append(clock)
        .append(".");
  }
  out.append(". Open from ").append(minute_of(alert.opened_at_ms, offset_s));
  out.append(" to ").append(minute_of(alert.closed_at_ms, offset_s)).append(clock);
  out.append("; last found at ").append(minute_of(alert.seen_at_ms, offset_s)).append(".");
  return out;
}

}  // namespace leadledger::alerts
