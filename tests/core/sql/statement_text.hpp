// Statements taken apart, for tests: literals and what stands between them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadledger::tests {

struct StatementText {
  std::string skeleton;               // every literal became ?
  std::vector<std::string> literals;  // without their quotes
  bool closed = true;                 // no literal is left open
};

/// As Analytics Engine reads it: a quote opens a literal, the next one closes it, nothing escapes.
inline StatementText taken_apart(std::string_view sql) {
  StatementText out;
  while (!sql.empty()) {
    const std::size_t open = sql.find('\'');
    out.skeleton += sql.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = sql.find('\'', open + 1);
    if (close == std::string_view::npos) {
      out.closed = false;
      return out;
    }
    out.skeleton += '?';
    out.literals.emplace_back(sql.substr(open + 1, close - open - 1));
    sql.remove_prefix(close + 1);
  }
  return out;
}

/// Whether every bracket of the skeleton has its other half.
inline bool is_balanced(std::string_view skeleton) {
  int depth = 0;
  for (const char c : skeleton) {
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return false;
  }
  return depth == 0;
}

}  // namespace leadledger::tests
