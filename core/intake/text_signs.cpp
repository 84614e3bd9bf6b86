#include "core/intake/text_signs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

using text::is_letter;
using text::is_lower;
using text::is_upper;
using text::to_lower;

bool is_vowel(char c) {
  switch (to_lower(c)) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y': return true;
    default: return false;
  }
}

/// The longest run of consonants, in letters: never less than in sounds.
std::size_t longest_consonant_letters(std::string_view word) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : word) {
    run = is_vowel(c) ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

/// The next sound of a word in lower case that begins with a consonant: groups that are written with several
/// letters or said as one in the languages of Europe and in Hindi in Latin letters count once, doubled
/// letters too. So the longest honest words ("Angstschweiss", "Rechtschreibung") stay below what random
/// letters reach.
std::size_t sound_size(std::string_view rest) {
  constexpr std::array<std::string_view, 26> kGroups = {
      "sch", "tsch", "ch", "ck", "sh", "th", "ph", "gh", "wh", "kh", "zh", "bh", "dh",
      "jh",  "ts",   "tz", "st", "sp", "pf", "ng", "nk", "cz", "sz", "rz", "dz", "gn"};
  std::size_t size = 1;
  for (const std::string_view group : kGroups) {
    if (rest.starts_with(group)) size = std::max(size, group.size());
  }
  while (size < rest.size() && rest[size] == rest[size - 1]) ++size;
  return size;
}

/// The longest run of consonants of a word in lower case, in sounds.
std::size_t longest_consonant_run(std::string_view word) {
  std::size_t longest = 0;
  std::size_t run = 0;
  while (!word.empty()) {
    // Between consonants a w is a vowel in Welsh, and in no other language anything.
    const bool welsh = run > 0 && word.front() == 'w' && word.size() > 1 && !is_vowel(word[1]);
    if (is_vowel(word.front()) || welsh) {
      run = 0;
      word.remove_prefix(1);
    } else {
      longest = std::max(longest, ++run);
      word.remove_prefix(sound_size(word));
    }
  }
  return longest;
}

/// Capitals strewn through a word. "MacGregorSmith" and "JavaScript" have few, and vowels between them.
bool has_random_case(std::string_view word) {
  constexpr std::size_t kShortest = 8;
  if (word.size() < kShortest) return false;
  std::size_t capitals = 0;
  std::size_t changes = 0;
  for (std::size_t at = 1; at < word.size(); ++at) {
    if (is_upper(word[at])) ++capitals;
    if (is_upper(word[at]) != is_upper(word[at - 1])) ++changes;
  }
  const auto vowels = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_vowel));
  return changes >= 4 && capitals * 4 >= word.size() - 1 && vowels * 10 <= word.size() * 3;
}

/// `word` has ASCII letters only.
bool is_random_word(std::string_view word) {
  constexpr std::size_t kShortest = 6;
  constexpr std::size_t kShortestOfCapitals = 10;  // shorter ones are acronyms
  constexpr std::size_t kTooManyConsonants = 6;
  const bool capitals = std::all_of(word.begin(), word.end(), is_upper);
  if (word.size() < (capitals ? kShortestOfCapitals : kShortest)) return false;
  if (has_random_case(word)) return true;
  if (longest_consonant_letters(word) + 1 < kTooManyConsonants) return false;  // as nearly all words are
  const std::string lower = text::lower(word);
  const std::size_t run = longest_consonant_run(lower);
  const bool no_vowel = std::none_of(lower.begin(), lower.end(), is_vowel);
  return run >= kTooManyConsonants || (no_vowel && run + 1 >= kTooManyConsonants);
}

std::string_view next_word(std::string_view& rest) {
  while (!rest.empty() && text::is_space(rest.front())) rest.remove_prefix(1);
  std::size_t size = 0;
  while (size < rest.size() && !text::is_space(rest[size])) ++size;
  const std::string_view word = rest.substr(0, size);
  rest.remove_prefix(size);
  return word;
}

/// Without the marks around a word, such as quotes, brackets and full stops.
std::string_view without_marks(std::string_view word) {
  const auto is_mark = [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !is_letter(c) && !text::is_digit(c);
  };
  while (!word.empty() && is_mark(word.front())) word.remove_prefix(1);
  while (!word.empty() && is_mark(word.back())) word.remove_suffix(1);
  return word;
}

/// Letters of a word that count: ASCII ones, and each code point beyond.
std::size_t count_letters(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return is_letter(c) || static_cast<unsigned char>(c) >= 0xC0;
  }));
}

/// Takes `prefix` (lower case) from the front of `text`, ignoring case.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text::equals_ignoring_case(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_address_start(std::string_view& text) {
  const bool scheme = take(text, "http://") || take(text, "https://");
  return take(text, "www.") || scheme;
}

/// What fingers type when a form insists on a name.
bool is_filler(std::string_view name) {
  constexpr std::array<std::string_view, 12> kFillers = {
      "asd", "asdf", "asdfg", "asdfgh", "asdfghjkl", "qwe", "qwer", "qwerty", "abc", "abcd", "xyz", "test"};
  return std::any_of(kFillers.begin(), kFillers.end(),
                     [&](std::string_view filler) { return text::equals_ignoring_case(name, filler); });
}

bool is_one_letter_repeated(std::string_view name) {
  constexpr std::size_t kRepeats = 3;
  return name.size() >= kRepeats && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return to_lower(c) == to_lower(name.front()); });
}

bool has_odd_character(std::string_view name) {
  constexpr std::string_view kMarks = "@<>{}[]|^~=*#$%_;!?\\:";
  return std::any_of(name.begin(), name.end(),
                     [&](char c) { return text::is_digit(c) || kMarks.find(c) != std::string_view::npos; });
}

/// Words that a long name is counted by; "de", "von" and "bin" are not.
int count_long_words(std::string_view name) {
  constexpr std::size_t kLongestParticle = 3;
  int count = 0;
  for (std::string_view word = next_word(name); !word.empty(); word = next_word(name)) {
    if (text::count_code_points(word) > kLongestParticle) ++count;
  }
  return count;
}

}  // namespace

bool is_gibberish(std::string_view text) {
  std::size_t letters = 0;
  std::size_t random = 0;
  std::string_view rest = text;
  for (std::string_view token = next_word(rest); !token.empty(); token = next_word(rest)) {
    const std::string_view word = without_marks(token);
    letters += count_letters(word);
    if (std::all_of(word.begin(), word.end(), is_letter) && is_random_word(word)) random += word.size();
  }
  return random > 0 && random * 2 >= letters;
}

int count_links(std::string_view text) {
  // Every sign of a link begins with one of these; messages are long, and few of their characters do.
  const auto may_begin_link = [](char c) {
    return c == '[' || c == '<' || (c | 0x20) == 'h' || (c | 0x20) == 'w';
  };
  int links = 0;
  while (!text.empty()) {
    const auto candidate = std::find_if(text.begin(), text.end(), may_begin_link);
    text.remove_prefix(static_cast<std::size_t>(candidate - text.begin()));
    if (text.empty()) break;
    if (take(text, "[url=") || take(text, "<a href")) {
      // The address that follows belongs to this link.
      while (!text.empty() && std::string_view(" =\"'").find(text.front()) != std::string_view::npos) {
        text.remove_prefix(1);
      }
      take_address_start(text);
      ++links;
    } else if (take_address_start(text)) {
      ++links;
    } else {
      text.remove_prefix(1);
    }
  }
  return links;
}

bool is_odd_name(std::string_view name) {
  constexpr int kMostWords = 5;
  name = text::trim(name);
  if (name.empty()) return false;
  return has_odd_character(name) || count_letters(name) == 0 || is_one_letter_repeated(name) ||
         is_filler(name) || text::contains_ignoring_case(name, "www.") ||
         text::contains_ignoring_case(name, ".com") || text::contains_ignoring_case(name, "//") ||
         count_long_words(name) > kMostWords;
}

}  // namespace leadledger::intake
