// What a sentence of a brief claims, as far as a program can tell: its numbers, names and terms in their
// order, and in which direction things are said to go.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadledger::briefs {

struct Meaning {
  /// Numbers as written, with % where they are percentages; words for numbers and parts; names ("[A]"); and
  /// the terms that numbers are of ("bot", "hot"). In lower case but for names.
  std::vector<std::string> claims;
  bool says_more = false;
  bool says_less = false;
  bool says_no = false;
};

/// `line` is ASCII but for typographic marks; names stand in it as [A] to [Z].
[[nodiscard]] Meaning meaning_of(std::string_view line);

/// Whether `line` says what `original` says: the same claims, no direction that the original has not, and a
/// "no" where it has one and only there.
[[nodiscard]] bool says_the_same(const Meaning& line, const Meaning& original);

}  // namespace leadledger::briefs
