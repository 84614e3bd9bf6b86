// /api/leads and /api/submissions: operational reading, and erasure. Not reports: these read the ledger.

#include "core/app/admin.hpp"
#include "core/intake/email.hpp"
#include "core/intake/verdict.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::string_view kLeadColumns =
    "l.id, l.lead_id, l.project, l.first_submission_id, l.first_seen_at, l.last_seen_at, l.name, l.email, "
    "l.phone, "
    "l.company, l.lead_score, (SELECT count(*) FROM submissions s WHERE s.lead_id = l.lead_id) AS "
    "submissions";

constexpr std::string_view kSubmissionColumns =
    "id, submission_id, project, lead_id, event_type, vpn, suspicious, hot, lead_score, bot_score, "
    "person_reason, "
    "reasons, ruleset, status, received_at, ip, user_agent, name, email, phone, company, message, consent, "
    "context, "
    "custom, erased_at";

// The row of a person who is erased stays, since every submission is counted; all that tells who it was goes.
constexpr std::string_view kEraseSubmission =
    "UPDATE submissions SET ip = NULL, user_agent = NULL, name = NULL, email = NULL, phone = NULL, company = "
    "NULL, "
    "message = NULL, consent = NULL, context = '{}', custom = NULL, content_digest = NULL, reasons = '[]', "
    "erased_at = ?2 WHERE ";

void write_instant(json::Writer& writer, std::string_view name, const json::Value& ms) {
  writer.member_or_null(name, ms.is(json::Kind::number) ? format_rfc3339(ms.integer(0)) : std::string());
}

void write_lead(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
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
  writer.end_object();
}

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

void write_submission(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
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
  writer.end_object();
}

std::string sql(std::string_view a, std::string_view b, std::string_view c) {
  return std::string(a) + std::string(b) + std::string(c);
}

/// What a list of submissions is narrowed to.
struct SubmissionFilter {
  std::string project;
  std::string event_type;
  std::string reachable;  // JSON array, or "" for all
};

void add_select_submissions(Batch& batch, const SubmissionFilter& filter, std::int64_t before,
                            std::uint32_t count) {
  batch.add(sql("SELECT ", kSubmissionColumns,
                " FROM submissions WHERE id < ?1 AND (?2 IS NULL OR project = ?2) AND (?3 IS NULL OR "
                "event_type = ?3) "
                "AND (?4 IS NULL OR project IN (SELECT value FROM json_each(?4))) ORDER BY id DESC LIMIT ?5"),
            before, TextOrNull{filter.project}, TextOrNull{filter.event_type}, TextOrNull{filter.reachable},
            count);
}

/// All submissions as NDJSON, page by page, newest first, in flat memory.
Task<Response> stream_submissions(LedgerPorts ports, SubmissionFilter filter, std::int64_t before,
                                  std::uint32_t page_size) {
  for (;;) {
    Batch batch;
    add_select_submissions(batch, filter, before, page_size);
    const Rows rows(co_await ports.ledger.run(batch));
    std::uint32_t count = 0;
    std::string piece;
    if (rows.ok()) {
      for (const json::Value row : rows.of(0).items()) {
        json::Writer writer(piece);
        write_submission(writer, row);
        writer.finish();
        piece += '\n';
        before = row["id"].integer(0);
        ++count;
      }
    }
    Response end{200, {}, {}, true};
    if (!rows.ok()) {
      // The head is sent: the only honest end is a broken stream, never one that looks complete.
      end.status = 503;
      co_return end;
    }
    if (!piece.empty() && !(co_await ports.stream.write(std::move(piece))).ok) co_return end;
    if (count < page_size) co_return end;
  }
}

bool wants_ndjson(const Request& request, std::string_view format) {
  if (!format.empty()) return format == "ndjson";
  return request.header("accept").find("application/x-ndjson") != std::string_view::npos;
}

/// Whom to erase. `lead_ids` selects their leads and `rejected` their submissions that belong to no lead,
/// both with ?1 as the subject.
struct Erasure {
  std::string_view lead_ids;
  std::string_view rejected;
  std::string subject;
};

constexpr std::string_view kOfLead = "SELECT lead_id FROM leads WHERE lead_id = ?1";
constexpr std::string_view kRejectedOfLead =
    "lead_id IS NULL AND email IN (SELECT value FROM lead_identities WHERE kind = 'email' AND lead_id = ?1)";
constexpr std::string_view kOfEmail =
    "SELECT lead_id FROM lead_identities WHERE kind = 'email' AND value = ?1";
constexpr std::string_view kRejectedOfEmail = "lead_id IS NULL AND email = ?1";

Task<Response> erase(LedgerPorts ports, Call call, Erasure erasure, std::string reachable) {
  // ?1 the subject, ?2 now, ?3 the projects in reach
  const std::string in_reach = " AND (?3 IS NULL OR project IN (SELECT value FROM json_each(?3)))";
  const std::string leads = "lead_id IN (" + std::string(erasure.lead_ids) + in_reach + ")";
  const std::string rejected = std::string(erasure.rejected) + in_reach;
  const std::string of_rejected =
      "submission_id IN (SELECT submission_id FROM submissions WHERE " + rejected + ")";
  Batch batch;
  const auto add = [&](const std::string& statement) {
    batch.add(statement, erasure.subject, call.request.now_ms, TextOrNull{reachable});
  };
  add("SELECT count(DISTINCT lead_id) AS leads FROM leads WHERE " + leads);
  add("UPDATE testing_leads SET matched = '' WHERE " + of_rejected);
  add("UPDATE blocked_ip_leads SET ip = NULL WHERE " + of_rejected);
  add(std::string(kEraseSubmission) + rejected + " RETURNING id");
  add(std::string(kEraseSubmission) + leads + " RETURNING id");
  add("DELETE FROM leads WHERE " + leads);
  add("DELETE FROM lead_identities WHERE lead_id IN "
      "(SELECT lead_id FROM submissions WHERE erased_at = ?2 AND lead_id IS NOT NULL)" +
      in_reach);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  std::int64_t erased = 0;
  for (const std::size_t statement : {std::size_t{3}, std::size_t{4}}) {
    for ([[maybe_unused]] const json::Value row : rows.of(statement).items()) ++erased;
  }
  if (erased == 0) {
    co_return call.refuse({ErrorCode::not_found, "There is no such lead that the key reaches."});
  }
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("erased_leads", rows.first()["leads"].integer(0));
  writer.member("erased_submissions", erased);
  writer.end_object();
  writer.finish();
  co_return json_response(200, std::move(body));
}

}  // namespace

Task<Response> list_leads(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"limit", "cursor", "project", "email"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string_view project = query->get("project");
  if (!project.empty() && !access->reaches(project)) co_return call.refuse(out_of_reach(project));
  const std::string email = text::lower(text::trim(query->get("email")));
  Batch batch;
  batch.add(
      sql("SELECT ", kLeadColumns,
          " FROM leads l WHERE l.id < ?1 AND (?2 IS NULL OR l.project = ?2) "
          "AND (?3 IS NULL OR l.project IN (SELECT value FROM json_each(?3))) "
          "AND (?4 IS NULL OR l.lead_id IN (SELECT lead_id FROM lead_identities WHERE kind = 'email' AND "
          "value = ?4)) ORDER BY l.id DESC LIMIT ?5"),
      page->before, TextOrNull{project}, TextOrNull{reachable_projects(*access)}, TextOrNull{email},
      page->limit + 1);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  co_return list_response(rows.of(0), page->limit, write_lead);
}

Task<Response> get_lead(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  constexpr std::uint32_t kMostSubmissions = 1000;
  Batch batch;
  batch.add(sql("SELECT ", kLeadColumns, " FROM leads l WHERE l.lead_id = ?1"), call.tail);
  batch.add(
      sql("SELECT ", kSubmissionColumns, " FROM submissions WHERE lead_id = ?1 ORDER BY id DESC LIMIT ?2"),
      call.tail, kMostSubmissions);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const json::Value lead = rows.first();
  // A lead out of reach is not told apart from one that is not there.
  if (lead.is(json::Kind::none) || !access->reaches(lead["project"].string())) {
    co_return call.refuse({ErrorCode::not_found, "There is no such lead that the key reaches."});
  }
  std::string body;
  json::Writer writer(body);
  write_lead(writer, lead);
  writer.finish();
  body.pop_back();  // }
  body += ",\"submissions\":";
  json::Writer list(body);
  list.begin_array();
  for (const json::Value row : rows.of(1).items()) write_submission(list, row);
  list.end_array();
  list.finish();
  body += '}';
  co_return json_response(200, std::move(body));
}

Task<Response> erase_lead(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  Erasure erasure{kOfLead, kRejectedOfLead, std::string(call.tail)};
  co_return co_await erase(ports, call, std::move(erasure), reachable_projects(*access));
}

Task<Response> erase_by_email(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"email"});
  if (!query) co_return call.refuse(query.error());
  Erasure erasure{kOfEmail, kRejectedOfEmail, text::lower(text::trim(query->get("email")))};
  if (erasure.subject.empty()) {
    co_return call.refuse(bad_parameter("email", "Give the address of the person to erase."));
  }
  co_return co_await erase(ports, call, std::move(erasure), reachable_projects(*access));
}

Task<Response> list_submissions(SubmissionPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"limit", "cursor", "project", "event_type", "format"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string_view format = query->get("format");
  if (!format.empty() && format != "json" && format != "ndjson") {
    co_return call.refuse(bad_parameter("format", "It is json or ndjson."));
  }
  SubmissionFilter filter{std::string(query->get("project")), std::string(query->get("event_type")),
                          reachable_projects(*access)};
  if (!filter.project.empty() && !access->reaches(filter.project))
    co_return call.refuse(out_of_reach(filter.project));
  const auto& types = schema::kEventTypeNames;
  if (!filter.event_type.empty() && std::find(types.begin(), types.end(), filter.event_type) == types.end()) {
    co_return call.refuse(bad_parameter("event_type", "It is primary, follow_up, test, blocked or bot."));
  }
  if (wants_ndjson(call.request, format)) {
    Response head{200, {}, {}};
    head.with("content-type", "application/x-ndjson; charset=utf-8").with("cache-control", "no-store");
    ports.head.send(head);
    co_return co_await stream_submissions({ports.ledger, ports.stream}, std::move(filter), page->before,
                                          schema::kPageSizeMax);
  }
  Batch batch;
  add_select_submissions(batch, filter, page->before, page->limit + 1);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  co_return list_response(rows.of(0), page->limit, write_submission);
}

}  // namespace leadledger::app
