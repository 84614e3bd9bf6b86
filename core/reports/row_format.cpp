#include "core/reports/row_format.hpp"

#include <cstddef>

#include "core/reports/csv.hpp"

namespace leadledger::reports {

void Csv::append_head(std::string& out, const Columns& columns, bool bom) {
  if (bom) out += "\xEF\xBB\xBF";
  if (columns.buckets) out += "start,end,partial,";
  for (const schema::Dimension dimension : columns.group_by) {
    out += schema::info(dimension).name;
    out += ',';
  }
  if (!columns.group_by.empty()) out += "other,";
  bool first = true;
  for (const std::string_view name : schema::kCountNames) {
    if (!first) out += ',';
    first = false;
    out += name;
  }
  out += kRowEnd;
}

void Csv::append_key(std::string& out, const Columns& columns, const KeyTexts* texts) {
  for (std::size_t n = 0; n < columns.group_by.size(); ++n) {
    if (texts != nullptr) append_csv_cell(out, (*texts)[n]);
    out += ',';
  }
  out += texts == nullptr ? "true," : "false,";
}

void Ndjson::append_key(std::string& out, const Columns& columns, const KeyTexts* texts) {
  for (std::size_t n = 0; n < columns.group_by.size(); ++n) {
    append_json_text(out, schema::info(columns.group_by[n]).name);
    out += ':';
    if (texts == nullptr) {
      out += "null";
    } else {
      append_json_text(out, (*texts)[n]);
    }
    out += ',';
  }
  out += texts == nullptr ? "\"other\":true," : "\"other\":false,";
}

}  // namespace leadledger::reports
