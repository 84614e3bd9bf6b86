// Answers of reports made by hand, and what is said of broken ones.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "tests/core/reports/made_report.hpp"

namespace leadledger::tests {

/// What a page has.
[[nodiscard]] inline std::string answer_of(Made& made) {
  const bool bom = std::exchange(made.query.bom, false);
  std::string answer = made.text_as(reports::ReportFormat::json);
  made.query.bom = bom;
  return answer;
}

[[nodiscard]] inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  text.replace(at, what.size(), with);
  return text;
}

inline constexpr std::string_view kNoAnswer = "This is no answer of GET /analytics/lead-stats: ";

/// "" where it is the sentence that begins so, else the sentence.
[[nodiscard]] inline std::string not_as_expected(const std::string& detail, std::string_view expected) {
  return detail == std::string(kNoAnswer) + std::string(expected) + "." ? std::string() : detail;
}

}  // namespace leadledger::tests
