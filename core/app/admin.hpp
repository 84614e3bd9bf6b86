// What the admin handlers have in common.
#pragma once

#include <optional>
#include <string>

#include "core/app/access.hpp"
#include "core/app/handlers.hpp"
#include "core/app/paging.hpp"

namespace leadledger::app {

[[nodiscard]] inline Error ledger_down() {
  return {ErrorCode::ledger_unavailable, "The ledger did not answer. Please try again."};
}

/// A reply of the ledger, held together with the document that points into it.
struct Rows {
  Reply reply;
  std::optional<json::Document> document;

  explicit Rows(Reply from) : reply(std::move(from)) {
    if (!reply.ok) return;
    auto parsed = json::Document::parse(reply.body.data, reply.body.size);
    if (parsed) document = std::move(*parsed);
  }
  [[nodiscard]] bool ok() const { return document.has_value(); }
  /// The rows of the n-th statement.
  [[nodiscard]] json::Value of(std::size_t statement) const {
    for (const json::Value rows : document->root().items()) {
      if (statement-- == 0) return rows;
    }
    return {};
  }
  /// The first row of the n-th statement, or none.
  [[nodiscard]] json::Value first(std::size_t statement = 0) const {
    for (const json::Value row : of(statement).items()) return row;
    return {};
  }
};

/// {"data": [...], "next_cursor": ...} of rows that were asked for with one more than `limit`, to see whether
/// there is a next page. `write(writer, row)` writes one. `below`: rows whose id is less may follow although
/// fewer than `limit` came; 0 for none. `also(writer, last)` writes further members; `last` is the row at
/// which the page was cut, or none.
template <class Write, class Also>
[[nodiscard]] Response list_response(const json::Value& rows, std::uint32_t limit, Write write,
                                     std::int64_t below, Also also) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.key("data");
  writer.begin_array();
  std::uint32_t count = 0;
  std::int64_t last_id = 0;
  json::Value last;
  for (const json::Value row : rows.items()) {
    if (++count > limit) break;
    write(writer, row);
    last = row;
    last_id = row["id"].integer(0);
  }
  writer.end_array();
  if (count <= limit) last_id = below;
  writer.member_or_null("next_cursor", last_id > 0 ? make_cursor(last_id) : std::string());
  also(writer, count > limit ? last : json::Value());
  writer.end_object();
  writer.finish();
  return json_response(200, std::move(body));
}

template <class Write>
[[nodiscard]] Response list_response(const json::Value& rows, std::uint32_t limit, Write write) {
  return list_response(rows, limit, write, 0, [](json::Writer&, const json::Value&) {});
}

/// The same of a list that has one page: `write_all(writer)` writes all that is in it.
template <class WriteAll>
[[nodiscard]] Response whole_list(WriteAll write_all) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.key("data");
  writer.begin_array();
  write_all(writer);
  writer.end_array();
  writer.key("next_cursor");
  writer.null();
  writer.end_object();
  writer.finish();
  return json_response(200, std::move(body));
}

/// The projects a key reaches, as a JSON array for json_each; "" where it reaches all.
[[nodiscard]] inline std::string reachable_projects(const Access& access) {
  if (access.all_projects) return {};
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  for (const std::string& project : access.projects) writer.text(project);
  writer.end_array();
  writer.finish();
  return out;
}

}  // namespace leadledger::app
