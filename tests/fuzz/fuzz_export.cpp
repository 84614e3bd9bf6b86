// Any bytes as an answer of lead-stats, of which a page makes files. The first byte says what the file's name
// is given: bit 0 a project, bit 1 a last day.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/reports/export.hpp"
#include "core/support/json.hpp"
#include "core/support/text.hpp"

namespace {

using namespace leadledger;
using reports::ReportFormat;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check_error(const Error& error) {
  constexpr std::size_t kMostBytes = 300;
  require(!error.detail.empty() && error.detail.back() == '.' && error.detail.size() < kMostBytes);
  require(text::is_utf8(error.detail) && error.detail.find('\0') == std::string::npos);
}

/// Each line is an object whose counts add up; returns how many there are.
std::size_t check_ndjson(const std::string& file) {
  std::size_t lines = 0;
  for (std::string_view rest = file; !rest.empty(); ++lines) {
    const std::size_t end = rest.find('\n');
    require(end != std::string_view::npos);
    std::string line(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    const auto row = json::Document::parse(line);
    require(row.has_value() && row->root().is(json::Kind::object));
    std::uint64_t types = 0;
    for (const std::string_view name : schema::kEventTypeNames) {
      const auto count = text::parse_unsigned(row->root()[name].text());
      require(count.has_value());
      types += *count;
    }
    require(text::parse_unsigned(row->root()["total"].text()) == types);
  }
  return lines;
}

/// Rows of a CSV file: line ends that stand in no quotes.
std::size_t count_csv_rows(std::string_view file) {
  bool quoted = false;
  std::size_t rows = 0;
  for (std::size_t at = 0; at < file.size(); ++at) {
    if (file[at] == '"') quoted = !quoted;
    if (!quoted && file.substr(at, 2) == "\r\n") ++rows;
  }
  require(!quoted && file.substr(file.size() - 2) == "\r\n");
  return rows;
}

void try_rows(const std::string& answer) {
  const auto csv = reports::export_answer(answer, ReportFormat::csv, true);
  const auto ndjson = reports::export_answer(answer, ReportFormat::ndjson, false);
  require(csv.has_value() == ndjson.has_value());
  if (!csv) {
    require(csv.error().detail == ndjson.error().detail);
    return check_error(csv.error());
  }
  require(text::is_utf8(*csv) && csv->starts_with("\xEF\xBB\xBF"));
  require(count_csv_rows(*csv) == check_ndjson(*ndjson) + 1);
}

void try_name(const std::string& answer, const reports::FileFacts& facts) {
  const auto name = reports::export_file_name(answer, ReportFormat::csv, facts);
  if (!name) return check_error(name.error());
  constexpr std::string_view kPlain = "._+-";
  for (const char c : *name) {
    require(text::is_letter(c) || text::is_digit(c) || kPlain.find(c) != std::string_view::npos);
  }
  require(name->starts_with("lead-stats_"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {  // NOLINT: libFuzzer's name
  if (size == 0) return 0;
  const unsigned facts = data[0];
  std::string answer(size - 1, '\0');
  std::copy_n(data + 1, size - 1, answer.begin());
  try_rows(answer);
  const std::string last_day = answer.substr(0, 10);
  try_name(answer, {(facts & 1U) != 0 ? "a/b" : "", (facts & 2U) != 0 ? last_day : "2026-11-15"});
  try_name(answer, {(facts & 1U) != 0 ? "a/b" : "", {}});
  return 0;
}
