// Answers calls of the functions that the browser's modules offer: one JSON object a line on stdin, one
// answer a line on stdout, in the same order.
//
//   {"call": "explain", "texts": [input, body]}
//   {"call": "check", "texts": [settings, content type, body]}
//   {"call": "rows", "texts": [answer, format, "bom" or ""]}
//   {"call": "name", "texts": [answer, format, only project, last day]}
//
// Texts are hexadecimal, so that bodies may hold any bytes. Answers are JSON without line ends; of a file
// {"made": text} or {"refused": sentence}.

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/explain.hpp"
#include "core/reports/export.hpp"
#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"

namespace {

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    bytes.push_back(static_cast<char>(digit(hex[at]) * 16 + digit(hex[at + 1])));
  }
  return bytes;
}

leadledger::reports::ReportFormat format_of(std::string_view name) {
  using leadledger::reports::ReportFormat;
  return name == "csv" ? ReportFormat::csv : name == "ndjson" ? ReportFormat::ndjson : ReportFormat::json;
}

std::string told(const leadledger::Result<std::string>& made) {
  std::string out;
  leadledger::json::Writer writer(out);
  writer.begin_object();
  writer.member(made ? "made" : "refused", made ? *made : made.error().detail);
  writer.end_object();
  writer.finish();
  return out;
}

std::string answer(const leadledger::json::Value& line) {
  std::vector<std::string> texts;
  for (const leadledger::json::Value text : line["texts"].items()) texts.push_back(from_hex(text.string()));
  if (line["call"].string() == "explain" && texts.size() == 2) {
    return leadledger::intake::explain(texts[0], texts[1]);
  }
  if (line["call"].string() == "check" && texts.size() == 3) {
    return leadledger::intake::check_form(texts[0], texts[1], texts[2]);
  }
  if (line["call"].string() == "rows" && texts.size() == 3) {
    return told(leadledger::reports::export_answer(texts[0], format_of(texts[1]), texts[2] == "bom"));
  }
  if (line["call"].string() == "name" && texts.size() == 4) {
    return told(leadledger::reports::export_file_name(texts[0], format_of(texts[1]), {texts[2], texts[3]}));
  }
  return {};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto document = leadledger::json::Document::parse(line);
    const std::string text = document ? answer(document->root()) : std::string();
    if (text.empty()) {
      std::cerr << "This line is no call.\n";
      return 1;
    }
    std::cout << text << '\n';
  }
  return 0;
}
