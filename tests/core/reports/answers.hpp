// Answers as Analytics Engine and ClickHouse write them, made from rows; for tests of what reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/answer_reader.hpp"
#include "core/reports/statements.hpp"
#include "tests/core/hostile_text.hpp"

namespace leadledger::tests::answers {

/// What stands between the parts of an answer.
struct Layout {
  std::string_view before_row;
  std::string_view before_member;
  std::string_view after_colon;
  std::string_view after_members;
};
inline constexpr Layout kLocalEngine = {"", "", " ", ""};
inline constexpr Layout kSmallest = {"", "", "", ""};
inline constexpr Layout kClickHouse = {"\n\t\t", "\n\t\t\t", " ", "\n\t\t"};

using Member = std::pair<std::string, std::string>;  // name and value as JSON
using Members = std::vector<Member>;

inline std::string written(const Members& members, const Layout& layout) {
  std::string out(layout.before_row);
  out += '{';
  for (const auto& [name, value] : members) {
    if (out.back() != '{') out += ',';
    ((((out += layout.before_member) += '"') += name) += "\":") += layout.after_colon;
    out += value;
  }
  out += layout.after_members;
  return out += '}';
}

inline std::string answer(const std::vector<Members>& rows, const Layout& layout = kLocalEngine) {
  std::string out = R"({"meta":[{"name": "cell","type": "Int64"},{"name": "d0","type": "String"}],"data":[)";
  for (const Members& row : rows) {
    if (out.back() != '[') out += ',';
    out += written(row, layout);
  }
  out += layout.before_row;
  out += "],\"rows\":" + std::to_string(rows.size());
  return out + ",\"rows_before_limit_at_least\":" + std::to_string(rows.size()) + "}";
}

inline std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

/// A row with cell 3, texts d0 to d<dimensions - 1> of "text 0" and so on, and measures 1, 2, 3 to 13.
inline Members counting_row(bool has_cell, std::size_t dimensions) {
  Members out;
  if (has_cell) out.emplace_back("cell", "\"3\"");
  for (std::size_t n = 0; n < dimensions; ++n) {
    out.emplace_back("d" + std::to_string(n), quoted("text " + std::to_string(n)));
  }
  int value = 0;
  for (const std::string_view name : reports::kMeasureColumns) {
    out.emplace_back(std::string(name), quoted(std::to_string(++value)));
  }
  return out;
}

/// A row, with its texts kept.
struct KeptRow {
  reports::Row row;
  std::vector<std::string> texts;
};

class Rows final : public reports::RowSink {
 public:
  [[nodiscard]] bool take(const reports::Row& row) override {
    kept.push_back({row, {}});
    for (const std::string_view text : row.texts) kept.back().texts.emplace_back(text);
    return kept.size() != stop_after;
  }
  /// All of them as one text, for comparing.
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const KeptRow& row : kept) {
      out += std::to_string(row.row.cell);
      for (const std::string& text : row.texts) out += "|" + text;
      for (const std::uint64_t count : row.row.counts.in_order()) out += " " + std::to_string(count);
      for (const std::uint64_t value : {row.row.submissions, row.row.rows, row.row.largest_interval,
                                        row.row.squares, static_cast<std::uint64_t>(row.row.newest_s)}) {
        out += " " + std::to_string(value);
      }
      out += "\n";
    }
    return out;
  }

  std::vector<KeptRow> kept;
  std::size_t stop_after = 0;
};

struct Reading {
  bool ok = false;
  std::string rows;
  std::size_t count = 0;
  std::string fault;
};

/// Reads an answer in pieces, of which `size()` gives the next one's.
template <class Size>
Reading read_in_pieces(std::string_view answer, bool has_cell, std::size_t dimensions, const Size& size) {
  Rows rows;
  reports::AnswerReader reader(has_cell, dimensions, rows);
  bool ok = true;
  while (ok && !answer.empty()) {
    // Each piece lies in memory of its own, so that a sanitizer sees a step beyond it.
    const std::string_view view = answer.substr(0, static_cast<std::size_t>(size()));
    const std::vector<char> piece(view.begin(), view.end());
    answer.remove_prefix(view.size());
    ok = reader.feed({piece.data(), piece.size()});
  }
  ok = ok && reader.finish();
  return {ok, rows.text(), rows.kept.size(), std::string(reader.fault())};
}

inline Reading read_whole(std::string_view answer, bool has_cell, std::size_t dimensions) {
  return read_in_pieces(answer, has_cell, dimensions, [&] { return std::string_view::npos; });
}

}  // namespace leadledger::tests::answers
