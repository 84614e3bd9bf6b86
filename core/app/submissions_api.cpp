// GET /api/submissions: submissions of all five types, a page at a time or all of them as NDJSON. Not a
// report: it reads the ledger.

#include "core/app/admin.hpp"
#include "core/app/submission_search.hpp"
#include "core/ledger/rows.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// All submissions that are searched for as NDJSON, page by page, newest first, in flat memory.
Task<Response> stream_submissions(LedgerPorts ports, SubmissionSearch search, std::int64_t before,
                                  std::uint32_t page_size) {
  for (;;) {
    Batch batch;
    add_select_found(batch, search, before, page_size);
    const Rows rows(co_await ports.ledger.run(batch));
    std::uint32_t count = 0;
    std::string piece;
    bool more = false;
    if (rows.ok()) {
      for (const json::Value row : rows.of(0).items()) {
        json::Writer writer(piece);
        ledger::write_submission(writer, row);
        writer.finish();
        piece += '\n';
        before = row["id"].integer(0);
        ++count;
      }
      more = count == page_size;
      if (!more && rows.first(1)["more"].integer(0) != 0) {
        before = rows.first(1)["floor"].integer(0);
        more = true;
      }
    }
    Response end{200, {}, {}, true};
    if (!rows.ok()) {
      // The head is sent: the only honest end is a broken stream, never one that looks complete.
      end.status = 503;
      co_return end;
    }
    if (!piece.empty() && !(co_await ports.stream.write(std::move(piece))).ok) co_return end;
    if (!more) co_return end;
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
  const auto query = Query::parse(call.request.query, {"limit", "cursor", "project", "event_type", "reason",
                                                       "flag", "lead_id", "from", "to", "q", "format"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  const std::string_view format = query->get("format");
  if (!format.empty() && format != "json" && format != "ndjson") {
    co_return call.refuse(bad_parameter("format", "It is json or ndjson."));
  }
  auto search = read_search(*query, *access);
  if (!search) co_return call.refuse(search.error());
  if (wants_ndjson(call.request, format)) {
    Response head{200, {}, {}};
    head.with("content-type", "application/x-ndjson; charset=utf-8").with("cache-control", "no-store");
    ports.head.send(head);
    co_return co_await stream_submissions({ports.ledger, ports.stream}, std::move(*search), page->before,
                                          schema::kPageSizeMax);
  }
  Batch batch;
  add_select_found(batch, *search, page->before, page->limit + 1);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  const json::Value window = rows.first(1);
  const bool more = window["more"].integer(0) != 0;
  // How far back the page looked: to its last row where it was cut there, else to the window's end.
  const auto searched_to = [&](json::Writer& writer, const json::Value& last) {
    const json::Value& oldest = last.is(json::Kind::none) && more ? window : last;
    ledger::write_instant(writer, "searched_to", oldest["received_at"]);
  };
  co_return list_response(rows.of(0), page->limit, ledger::write_submission,
                          more ? window["floor"].integer(0) : 0, searched_to);
}

}  // namespace leadledger::app
