#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/export.hpp"
#include "core/reports/export_parts.hpp"
#include "core/reports/file_name.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::reports {

using json::Value;

namespace {

constexpr std::size_t kDateSize = 10;

/// What the answer's filters say about projects.
std::vector<Filter> project_filters(const Value& filters) {
  std::vector<Filter> out;
  for (const Value filter : filters.items()) {
    if (filter["dimension"].string() != schema::info(Dimension::project).name) continue;
    Filter& added = out.emplace_back();
    added.dimension = Dimension::project;
    added.negated = filter["match"].string() != "is";  // in any other match no project is named
    for (const Value value : filter["values"].items()) added.values.emplace_back(value.string());
  }
  return out;
}

/// The local date of a moment, as its text and offset have it, `seconds` later.
std::string date_after(std::string_view moment, std::int64_t seconds) {
  constexpr std::size_t kLocalSize = 19;
  const std::string as_utc = std::string(moment.substr(0, kLocalSize)) + 'Z';
  std::string out;
  append_rfc3339_local(out, parse_rfc3339(as_utc).value_or(0) / 1000 + seconds, 0);
  out.resize(kDateSize);
  return out;
}

}  // namespace

Result<std::string> export_file_name(std::string answer, ReportFormat format, const FileFacts& facts) {
  const auto document = parse_answer(answer);
  if (!document) return tl::unexpected<Error>(document.error());
  const Value meta = document->root()["meta"];
  if (!meta.is(json::Kind::object)) return no_answer("it has no meta");
  const Value from = meta["from"];
  const Value to = meta["to"];
  if (!is_time(from) || !is_time(to)) return no_answer("meta.from and meta.to are no times with an offset");
  if (meta["timezone"].string().empty()) return no_answer("meta.timezone is no text");
  if (!meta["filters"].is(json::Kind::array)) return no_answer("meta.filters is no list");
  if (!meta["group_by"].is(json::Kind::array)) return no_answer("meta.group_by is no list");
  if (meta["bucket"].string().empty()) return no_answer("meta.bucket is no text");

  constexpr std::int64_t kDay = 86'400;
  std::string last_day = date_after(to.text(), -1);
  if (!facts.last_day.empty()) {
    // Where clocks change at the end of the range, the second before it may lie in the next or the last day.
    const bool near = facts.last_day == last_day || facts.last_day == date_after(to.text(), -1 - kDay) ||
                      facts.last_day == date_after(to.text(), -1 + kDay);
    if (!near) {
      return fail(ErrorCode::bad_parameter, "The last day is a date like 2026-11-21, just before meta.to.");
    }
    last_day = facts.last_day;
  }
  std::vector<std::string_view> group_by;
  for (const Value name : meta["group_by"].items()) group_by.push_back(name.string());
  return file_name({project_filters(meta["filters"]), std::move(group_by), meta["bucket"].string(),
                    facts.only_project, from.text().substr(0, kDateSize), last_day, meta["timezone"].string(),
                    format});
}

}  // namespace leadledger::reports
