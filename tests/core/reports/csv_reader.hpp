// A small strict reader of CSV (RFC 4180), for tests alone: it shares nothing with what writes it.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace leadledger::tests {

/// Rows of cells. Throws where the text is no CSV: a bare line break, a quote out of place, a last line
/// without its end.
inline std::vector<std::vector<std::string>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::size_t at = 0;
  while (at < text.size()) {
    std::string cell;
    if (text[at] == '"') {
      for (++at;; ++at) {
        if (at >= text.size()) throw std::runtime_error("a quoted cell has no end");
        if (text[at] == '"') {
          if (text.substr(at, 2) != "\"\"") break;
          ++at;
        }
        cell += text[at];
      }
      ++at;
    } else {
      for (; at < text.size() && text[at] != ',' && text[at] != '\r'; ++at) {
        if (text[at] == '"' || text[at] == '\n') throw std::runtime_error("a plain cell needs quotes");
        cell += text[at];
      }
    }
    row.push_back(cell);
    if (text.substr(at, 2) == "\r\n") {
      rows.push_back(row);
      row.clear();
      at += 2;
    } else if (at < text.size() && text[at] == ',') {
      ++at;
      if (text.substr(at, 1) == "\r") row.emplace_back();  // an empty last cell
      if (text.substr(at, 2) == "\r\n") {
        rows.push_back(row);
        row.clear();
        at += 2;
      }
    } else {
      throw std::runtime_error("a cell is followed by neither comma nor line end");
    }
  }
  if (!row.empty()) throw std::runtime_error("the last line has no end");
  return rows;
}

}  // namespace leadledger::tests
