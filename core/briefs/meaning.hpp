// What a sentence of a brief claims, and whether another sentence claims the same and nothing else.
//
// Every word is a claim unless it is one of the few that say nothing by themselves (schema/brief_words.json);
// so what a model adds is refused without having been thought of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadledger::briefs {

struct Meaning {
  /// In their order: numbers as written, with % where they are percentages; names ("[A]"); all words but the
  /// free ones, in lower case and the singular; and some in one form for what can be said in several
  /// (meaning.cpp).
  std::vector<std::string> claims;
  /// A sentence of free words alone: it says nothing of the original's.
  bool has_empty_sentence = false;
};

/// `line` is ASCII but for typographic marks; names stand in it as [A] to [Z].
[[nodiscard]] Meaning meaning_of(std::string_view line);

/// Whether `line` says what `original` says: the same claims in the same order, but for a few turns that
/// mean the same ("25 hot submissions", "312 actual leads").
[[nodiscard]] bool says_the_same(const Meaning& line, const Meaning& original);

}  // namespace leadledger::briefs
