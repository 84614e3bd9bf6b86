#include "core/alerts/findings.hpp"

#include "core/support/json_writer.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::alerts {

namespace {

// The text was parsed within json::Limits::max_depth, which bounds how deep this goes.
void copy(json::Writer& writer, const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::object:
      writer.begin_object();
      for (const auto& [name, member] : value.members()) {
        writer.key(name);
        copy(writer, member);
      }
      writer.end_object();
      return;
    case json::Kind::array:
      writer.begin_array();
      for (const json::Value item : value.items()) copy(writer, item);
      writer.end_array();
      return;
    case json::Kind::string: writer.text(value.text()); return;
    case json::Kind::number:
    case json::Kind::boolean: writer.raw(value.text()); return;
    case json::Kind::none:
    case json::Kind::null: writer.null(); return;
  }
}

}  // namespace

void append_json(std::string& out, const json::Value& value) {
  json::Writer writer(out);
  copy(writer, value);
  writer.finish();
}

Result<Findings> read_findings(std::string& body, std::size_t limit) {
  const auto document = json::Document::parse(body);
  if (!document) return tl::unexpected<Error>(document.error());
  const json::Value root = document->root();
  if (!root["data"].is(json::Kind::array) || !root["meta"].is(json::Kind::object)) {
    return fail(ErrorCode::internal, "The answer has no insights.");
  }
  const auto to_ms = parse_rfc3339(root["meta"]["to"].string());
  if (!to_ms) return fail(ErrorCode::internal, "The insights are of no window.");
  Findings out;
  out.to_ms = *to_ms;
  out.stale = root["meta"]["cache"].string() == "stale";
  for (const json::Value warning : root["meta"]["warnings"].items()) {
    const std::string_view incomplete = schema::info(schema::ReportWarning::top_incomplete).code;
    out.all_values = out.all_values && warning["code"].string() != incomplete;
  }
  std::size_t count = 0;
  for (const json::Value item : root["data"].items()) {
    ++count;
    const auto strength = text::parse_number(item["strength"].text());
    if (item["kind"].string().empty() || !strength) continue;  // nothing that an alert could be about
    Finding finding{
        {item["kind"].string(), item["dimension"].string(), item["value"].string()}, *strength, {}};
    append_json(finding.insight, item);
    out.list.push_back(std::move(finding));
  }
  out.whole = count < limit;
  return out;
}

}  // namespace leadledger::alerts
