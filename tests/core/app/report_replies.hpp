// Answers of the outside that reports ask for, as texts.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/reports/statements.hpp"
#include "tests/core/app/host.hpp"

namespace leadledger::tests {

inline constexpr std::string_view kKolkata = R"({"offset":19800,"transitions":[]})";

/// GET of a marketing key.
[[nodiscard]] inline Incoming get(std::string path) {
  Incoming incoming = admin("GET", std::move(path));
  incoming.key_digest = kMarketingDigest;
  incoming.config.insert(1, R"("reporting_timezone":"Asia/Kolkata",)");
  return incoming;
}

/// A row of an answer; all of it are primary submissions that were not sampled.
struct AnswerRow {
  std::int64_t cell = -1;  // none
  std::initializer_list<std::string_view> texts = {};
  std::int64_t primary = 0;
};

/// FORMAT JSON, compact. `rows` says how many rows it claims to have, -1: as many as there are.
[[nodiscard]] inline std::string answer_of(std::initializer_list<AnswerRow> rows, int claimed = -1) {
  std::string out = R"({"meta":[],"data":[)";
  int count = 0;
  for (const AnswerRow& row : rows) {
    if (count++ > 0) out += ',';
    out += '{';
    if (row.cell >= 0) out += R"("cell":")" + std::to_string(row.cell) + R"(",)";
    int at = 0;
    for (const std::string_view text : row.texts) {
      out += "\"d" + std::to_string(at++) + R"(":")" + std::string(text) + R"(",)";
    }
    bool first = true;
    for (const std::string_view column : reports::kMeasureColumns) {
      std::int64_t value = 0;
      if (column == "m_n" || column == "m_primary" || column == "m_rows" || column == "m_squares")
        value = row.primary;
      if (column == "m_most") value = 1;
      if (column == "m_newest") value = 1'795'240'000;
      if (!first) out += ',';
      first = false;
      out += '"' + std::string(column) + R"(":")" + std::to_string(value) + '"';
    }
    out += '}';
  }
  return out + R"(],"rows":)" + std::to_string(claimed < 0 ? count : claimed) + "}";
}

/// A report whose statements are asked for.
[[nodiscard]] inline Host asked(const Incoming& incoming) {
  Host host(incoming);
  host.answer("zone.transitions", "ok", kKolkata);
  host.answer("cache.get", "ok miss");
  return host;
}

/// Five submissions of the last two of seven days.
inline const std::string kTwoDays = answer_of({{6, {}, 3}, {5, {}, 2}});

}  // namespace leadledger::tests
