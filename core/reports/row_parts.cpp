#include "core/reports/row_parts.hpp"

#include "core/support/json_writer.hpp"

namespace leadledger::reports {

void append_bucket(std::string& out, const BucketFrame& frame, std::string_view start, std::string_view end,
                   bool partial) {
  out += frame.before;
  out += start;
  out += frame.between;
  out += end;
  out += frame.behind;
  out += partial ? "true" : "false";
  out += frame.after;
}

void append_json_text(std::string& out, std::string_view text) {
  json::Writer writer(out);
  writer.text(text);
  writer.finish();
}

}  // namespace leadledger::reports
