#include "core/app/submission_search.hpp"

#include <algorithm>

#include "core/app/admin.hpp"
#include "core/ledger/rows.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "core/time/civil.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/limits.hpp"
#include "leadledger/reasons.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kEndOfTime = 253'402'300'800'000;  // the year 10000
constexpr std::size_t kFewestChars = 2;

template <class List, class Name>
std::string listed(const List& list, Name name) {
  std::string out = "It is ";
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (at > 0) out += at + 1 == list.size() ? " or " : ", ";
    out += name(list[at]);
  }
  return out + ".";
}

template <class List, class Name>
bool has(const List& list, std::string_view value, Name name) {
  return std::any_of(list.begin(), list.end(), [&](const auto& item) { return name(item) == value; });
}

/// Unix milliseconds of an instant, or of the midnight with which a date begins in UTC.
std::optional<std::int64_t> read_time(std::string_view text) {
  constexpr std::int64_t kMsPerDay = time::kSecondsPerDay * 1000;
  if (const auto date = time::parse_date(text)) return time::days_of(*date) * kMsPerDay;
  return parse_rfc3339(text);
}

std::string without_dividers(std::string_view text) {
  constexpr std::string_view kDividers = " -.()/";
  std::string out;
  for (const char c : text) {
    if (kDividers.find(c) == std::string_view::npos) out += c;
  }
  const std::string_view digits = std::string_view(out).substr(out.starts_with('+') ? 1 : 0);
  const bool is_number =
      digits.size() >= kFewestChars && std::all_of(digits.begin(), digits.end(), text::is_digit);
  return is_number ? out : std::string();
}

std::optional<Error> read_text(std::string_view given, SubmissionSearch& search) {
  if (given.empty()) return std::nullopt;
  static_assert(kFewestChars == 2 && schema::kMaxSearchChars == 100, "the sentence below names the limits");
  const std::string_view text = text::trim(given);
  const std::size_t chars = text::count_code_points(text);
  if (chars < kFewestChars || chars > schema::kMaxSearchChars) {
    return bad_parameter("q",
                         "It is a text of 2 to 100 characters: a part of a name, e-mail, phone number or "
                         "company, or a whole submission_id, lead_id or IP address.");
  }
  search.exact = text;
  search.text = text::lower(text);
  search.phone = without_dividers(text);
  return std::nullopt;
}

std::optional<Error> read_range(const Query& query, SubmissionSearch& search) {
  search.to_ms = kEndOfTime;
  for (const std::string_view name : {"from", "to"}) {
    const std::string_view given = query.get(name);
    if (given.empty()) continue;
    const auto ms = read_time(given);
    if (!ms) {
      return bad_parameter(name,
                           "It is a date, which begins at midnight in UTC, or an RFC 3339 time such as "
                           "2026-11-21T08:30:00Z.");
    }
    (name == "from" ? search.from_ms : search.to_ms) = *ms;
  }
  if (search.from_ms >= search.to_ms)
    return bad_parameter("to", "It lies after from, and is itself left out.");
  return std::nullopt;
}

/// Whether the text is an id as make_id() gives it.
bool is_id(std::string_view text, std::string_view prefix) {
  constexpr std::size_t kDigits = 32;
  return text.starts_with(prefix) && text.size() == prefix.size() + kDigits &&
         text.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
}
bool is_submission_id(const SubmissionSearch& search) { return is_id(search.exact, "sub_"); }
bool is_lead_id(const SubmissionSearch& search) { return is_id(search.exact, "lead_"); }

std::string_view text_condition(const SubmissionSearch& search) {
  if (search.text.empty()) return " AND ?11 IS NULL";
  if (is_submission_id(search)) return " AND submission_id = ?12";
  if (is_lead_id(search)) return " AND lead_id = ?12";
  return " AND (submission_id = ?12 OR lead_id = ?12 OR lower(ip) = ?11 OR instr(lower(name), ?11) OR "
         "instr(lower(email), ?11)"
         " OR instr(lower(company), ?11) OR instr(lower(phone), ?11) OR instr(phone, ?5))";
}

/// Whether an index leads straight to the rows, or all that come are wanted.
bool needs_window(const SubmissionSearch& search) {
  if (!search.lead_id.empty() || is_submission_id(search) || is_lead_id(search)) return false;
  const bool narrowed = !search.event_type.empty() || !search.reason.empty() || !search.flag.empty() ||
                        !search.text.empty() || search.from_ms > 0 || search.to_ms < kEndOfTime;
  return narrowed || (search.project.empty() && !search.reachable.empty());
}

}  // namespace

Result<SubmissionSearch> read_search(const Query& query, const Access& access) {
  SubmissionSearch search;
  search.project = query.get("project");
  search.event_type = query.get("event_type");
  search.reason = query.get("reason");
  search.flag = query.get("flag");
  search.lead_id = query.get("lead_id");
  search.reachable = reachable_projects(access);
  const auto itself = [](std::string_view name) { return name; };
  const auto code = [](const schema::ReasonInfo& info) { return info.code; };
  const auto wrong = [](std::string_view name, std::string allowed) {
    return tl::unexpected<Error>(bad_parameter(name, std::move(allowed)));
  };
  if (!search.project.empty() && !access.reaches(search.project)) {
    return tl::unexpected<Error>(out_of_reach(search.project));
  }
  if (!search.event_type.empty() && !has(schema::kEventTypeNames, search.event_type, itself)) {
    return wrong("event_type", listed(schema::kEventTypeNames, itself));
  }
  if (!search.reason.empty() && !has(schema::kReasons, search.reason, code)) {
    return wrong("reason", listed(schema::kReasons, code));
  }
  if (!search.flag.empty() && !has(schema::kFlagNames, search.flag, itself)) {
    return wrong("flag", listed(schema::kFlagNames, itself));
  }
  if (auto error = read_text(query.get("q"), search)) return tl::unexpected<Error>(std::move(*error));
  if (auto error = read_range(query, search)) return tl::unexpected<Error>(std::move(*error));
  return search;
}

// Texts are compared by instr(): it takes every character as itself, and D1 refuses a LIKE pattern of more
// than 50 bytes. lower() knows ASCII only, as does the core's.
void add_select_found(Batch& batch, const SubmissionSearch& search, std::int64_t before,
                      std::uint32_t count) {
  const bool window = needs_window(search);
  std::string sql("SELECT ");
  sql += ledger::kSubmissionColumns;
  sql += " FROM submissions WHERE id < ?1";
  sql +=
      window ? " AND id >= min(?1, (SELECT COALESCE(max(id), 0) + 1 FROM submissions)) - ?6" : " AND ?6 > 0";
  sql += search.project.empty() ? " AND ?2 IS NULL" : " AND project = ?2";
  sql += search.lead_id.empty() ? " AND ?8 IS NULL" : " AND lead_id = ?8";
  if (!search.flag.empty()) sql += " AND " + search.flag + " = 1";
  sql +=
      " AND (?3 IS NULL OR event_type = ?3) AND (?4 IS NULL OR project IN (SELECT value FROM json_each(?4)))"
      " AND (?7 IS NULL OR person_reason = ?7 OR EXISTS"
      " (SELECT 1 FROM json_each(reasons) WHERE value ->> 'code' = ?7))"
      " AND received_at >= ?9 AND received_at < ?10";
  sql += text_condition(search);
  sql += " ORDER BY id DESC LIMIT ?13";
  batch.add(sql, before, TextOrNull{search.project}, TextOrNull{search.event_type},
            TextOrNull{search.reachable}, TextOrNull{search.phone}, schema::kSearchWindowRows,
            TextOrNull{search.reason}, TextOrNull{search.lead_id}, search.from_ms, search.to_ms,
            TextOrNull{search.text}, TextOrNull{search.exact}, count);
  if (window) {
    batch.add(
        "SELECT floor, EXISTS (SELECT 1 FROM submissions WHERE id < floor) AS more, "
        "(SELECT received_at FROM submissions WHERE id >= floor ORDER BY id LIMIT 1) AS received_at FROM "
        "(SELECT "
        "min(?1, (SELECT COALESCE(max(id), 0) + 1 FROM submissions)) - ?2 AS floor)",
        before, schema::kSearchWindowRows);
  } else {
    batch.add("SELECT 0 AS floor, 0 AS more, NULL AS received_at");
  }
}

}  // namespace leadledger::app
