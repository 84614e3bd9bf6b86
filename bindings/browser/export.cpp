// The exports of the module leadledger_export. JavaScript asks for room, writes its texts there, one behind
// the other, calls, and copies the answer out at once; leadledger_forget() then gives the memory back.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/reports/export.hpp"

namespace {

using leadledger::Result;
using leadledger::reports::ReportFormat;

struct Texts {
  std::string in;
  std::string out;
};

Texts& texts() {
  static auto* const both = new Texts();  // never destroyed: the module ends with its page
  return *both;
}

/// Gives the answer and whether it is one; else it is the sentence that says what was wrong.
bool answer(Result<std::string> result) {
  texts().in = std::string();
  texts().out = std::move(result ? *result : result.error().detail);
  return result.has_value();
}

Result<ReportFormat> format_of(std::string_view name) {
  std::string all;
  for (std::size_t at = 0; at < leadledger::schema::kReportFormats.size(); ++at) {
    if (leadledger::schema::kReportFormats[at].name == name) return static_cast<ReportFormat>(at);
    all += (all.empty() ? "" : ", ");
    all += leadledger::schema::kReportFormats[at].name;
  }
  return leadledger::fail(leadledger::ErrorCode::bad_parameter, "The format is one of " + all + ".");
}

}  // namespace

#define LEADLEDGER_EXPORT(name) extern "C" __attribute__((export_name(#name), used))  // NOLINT

/// Where to write so many bytes; valid until the next call.
LEADLEDGER_EXPORT(leadledger_room) char* leadledger_room(std::uint32_t size) {
  texts().in.resize(size);
  return texts().in.data();
}

LEADLEDGER_EXPORT(leadledger_export_rows)
bool leadledger_export_rows(std::uint32_t stats, std::uint32_t format, bool bom) {
  std::string in = std::move(texts().in);
  const auto as = format_of(std::string_view(in).substr(stats, format));
  if (!as) return answer(tl::unexpected<leadledger::Error>(as.error()));
  in.resize(stats);
  return answer(leadledger::reports::export_answer(std::move(in), *as, bom));
}

LEADLEDGER_EXPORT(leadledger_export_file_name)
bool leadledger_export_file_name(std::uint32_t stats, std::uint32_t format, std::uint32_t project,
                                 std::uint32_t last_day) {
  const std::string in = std::move(texts().in);
  const std::string_view all(in);
  const auto as = format_of(all.substr(stats, format));
  if (!as) return answer(tl::unexpected<leadledger::Error>(as.error()));
  return answer(leadledger::reports::export_file_name(
      in.substr(0, stats), *as,
      {all.substr(stats + format, project), all.substr(stats + format + project, last_day)}));
}

LEADLEDGER_EXPORT(leadledger_answer) const char* leadledger_answer() { return texts().out.data(); }
LEADLEDGER_EXPORT(leadledger_answer_size) std::uint32_t leadledger_answer_size() {
  return static_cast<std::uint32_t>(texts().out.size());
}
LEADLEDGER_EXPORT(leadledger_forget) void leadledger_forget() { texts().out = std::string(); }
