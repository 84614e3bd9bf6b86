// GET /api/submissions: submissions of all five types, a page at a time or all of them as NDJSON. Not a
// report: it reads the ledger.

#include <algorithm>

#include "core/app/admin.hpp"
#include "core/ledger/rows.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// What a list of submissions is narrowed to.
struct SubmissionFilter {
  std::string project;
  std::string event_type;
  std::string reachable;  // JSON array, or "" for all
};

void add_select_submissions(Batch& batch, const SubmissionFilter& filter, std::int64_t before,
                            std::uint32_t count) {
  batch.add(
      std::string("SELECT ")
          .append(ledger::kSubmissionColumns)
          .append(
              " FROM submissions WHERE id < ?1 AND (?2 IS NULL OR project = ?2) AND (?3 IS NULL OR "
              "event_type = ?3) "
              "AND (?4 IS NULL OR project IN (SELECT value FROM json_each(?4))) ORDER BY id DESC LIMIT ?5"),
      before, TextOrNull{filter.project}, TextOrNull{filter.event_type}, TextOrNull{filter.reachable}, count);
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
        ledger::write_submission(writer, row);
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

}  // namespace

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
  co_return list_response(rows.of(0), page->limit, ledger::write_submission);
}

}  // namespace leadledger::app
