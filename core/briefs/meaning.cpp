#include "core/briefs/meaning.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/support/text.hpp"

namespace leadledger::briefs {

namespace {

// Sorted, so that they can be searched. Words for numbers, and for parts of a whole.
constexpr std::array<std::string_view, 87> kNumberWords = {
    "all",       "almost",     "billion",  "both",     "couple",   "couples",  "double",    "doubled",
    "doubles",   "doubling",   "dozen",    "dozens",   "eight",    "eighteen", "eighth",    "eighty",
    "eleven",    "every",      "few",      "fifteen",  "fifth",    "fifty",    "first",     "five",
    "fold",      "forty",      "four",     "fourfold", "fourteen", "fourth",   "half",      "halved",
    "halves",    "hundred",    "hundreds", "majority", "many",     "million",  "millions",  "minority",
    "most",      "nine",       "nineteen", "ninety",   "ninth",    "once",     "one",       "pair",
    "quadruple", "quadrupled", "quarter",  "quarters", "second",   "seven",    "seventeen", "seventh",
    "seventy",   "several",    "single",   "six",      "sixteen",  "sixth",    "sixty",     "ten",
    "tenfold",   "tenth",      "third",    "thirds",   "thirteen", "thirty",   "thousand",  "thousands",
    "three",     "threefold",  "thrice",   "triple",   "tripled",  "triples",  "tripling",  "twelve",
    "twenty",    "twice",      "two",      "twofold",  "vast",     "whole",    "zero"};
// What numbers are of: 20 bots must not become 20 hot leads.
constexpr std::array<std::string_view, 9> kTerms = {"actual", "blocked", "bot",        "day", "follow",
                                                    "hot",    "hour",    "submission", "test"};
constexpr std::array<std::string_view, 39> kMoreWords = {
    "above",    "better",    "boost",   "boosted",  "climb",    "climbed",  "climbing",  "exceed",
    "exceeded", "exceeding", "exceeds", "gain",     "gained",   "gains",    "grew",      "grow",
    "growing",  "grown",     "growth",  "higher",   "improved", "increase", "increased", "increases",
    "jump",     "jumped",    "more",    "over",     "rise",     "risen",    "rises",     "rising",
    "rose",     "soared",    "spike",   "stronger", "surge",    "surged",   "up"};
constexpr std::array<std::string_view, 38> kLessWords = {
    "below",   "cut",     "decline", "declined", "declines", "decrease", "decreased", "decreases",
    "dip",     "dipped",  "down",    "drop",     "dropped",  "drops",    "fall",      "fallen",
    "falling", "falls",   "fell",    "fewer",    "less",     "lose",     "loss",      "lost",
    "lower",   "plunged", "reduced", "sank",     "shrank",   "shrink",   "slid",      "slip",
    "slipped", "slowed",  "under",   "weak",     "weaker",   "worse"};
constexpr std::array<std::string_view, 16> kNoWords = {
    "absent", "cannot", "hardly", "missing", "neither", "never",  "no",      "nobody",
    "none",   "nor",    "not",    "nothing", "quiet",   "silent", "stopped", "without"};

template <class List>
constexpr bool is_sorted(const List& list) {
  for (std::size_t at = 1; at < list.size(); ++at) {
    if (!(list[at - 1] < list[at])) return false;
  }
  return true;
}
static_assert(is_sorted(kNumberWords) && is_sorted(kTerms) && is_sorted(kMoreWords) &&
              is_sorted(kLessWords) && is_sorted(kNoWords));

template <class List>
bool has(const List& list, std::string_view word) {
  return std::binary_search(list.begin(), list.end(), word);
}

bool is_word(char c) { return text::is_letter(c) || text::is_digit(c); }

/// The number that begins at `at` with what sticks to it ("1,234.5", "12k", "1st"), and % where it is a
/// percentage; `at` moves behind it.
std::string read_number(std::string_view line, std::size_t& at) {
  std::string number;
  while (at < line.size()) {
    const bool mark =
        (line[at] == ',' || line[at] == '.') && at + 1 < line.size() && text::is_digit(line[at + 1]);
    if (!mark && !is_word(line[at])) break;
    number += text::to_lower(line[at++]);
  }
  std::string_view rest = line.substr(at);
  if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  for (const std::string_view percent : {"%", "percent", "per cent"}) {
    if (rest.size() < percent.size() || text::lower(rest.substr(0, percent.size())) != percent) continue;
    rest.remove_prefix(percent.size());
    // "percentage points" are something else, and stay two words.
    if (percent != "%" && !rest.empty() && is_word(rest.front())) continue;
    at = line.size() - rest.size();
    return number + "%";
  }
  return number;
}

void take_word(std::string word, Meaning& meaning) {
  meaning.says_more = meaning.says_more || has(kMoreWords, word);
  meaning.says_less = meaning.says_less || has(kLessWords, word);
  meaning.says_no = meaning.says_no || has(kNoWords, word);
  if (has(kNumberWords, word) || word == "percentage") return meaning.claims.push_back(std::move(word));
  if (!has(kTerms, word) && word.size() > 1 && word.back() == 's') word.pop_back();
  if (has(kTerms, word)) meaning.claims.push_back(std::move(word));
}

}  // namespace

Meaning meaning_of(std::string_view line) {
  Meaning meaning;
  constexpr std::size_t kPlaceSize = 3;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '[') {
      meaning.claims.emplace_back(line.substr(at, kPlaceSize));
      at += kPlaceSize;
    } else if (text::is_digit(c)) {
      meaning.claims.push_back(read_number(line, at));
    } else if (text::is_letter(c)) {
      std::string word;
      while (at < line.size() && text::is_letter(line[at])) word += text::to_lower(line[at++]);
      // "isn't": the words end where the mark stands.
      const std::string_view rest = line.substr(at);
      const bool is_not = word.back() == 'n' && (rest.starts_with("'t") || rest.starts_with("’t"));
      meaning.says_no = meaning.says_no || is_not;
      if (at < line.size() && text::is_digit(line[at])) {
        meaning.claims.push_back(word + read_number(line, at));
      } else {
        take_word(std::move(word), meaning);
      }
    } else {
      ++at;
    }
  }
  return meaning;
}

bool says_the_same(const Meaning& line, const Meaning& original) {
  return line.claims == original.claims && line.says_no == original.says_no &&
         (original.says_more || !line.says_more) && (original.says_less || !line.says_less);
}

}  // namespace leadledger::briefs
