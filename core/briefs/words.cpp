#include "core/briefs/words.hpp"

#include <cstddef>
#include <utility>

namespace leadledger::briefs {

namespace {

bool is_part(char c) { return text::is_letter(c) || text::is_digit(c); }

/// The number that begins at `at`; `at` moves behind it.
std::string read_number(std::string_view line, std::size_t& at) {
  std::string number;
  while (at < line.size()) {
    const bool is_mark = line[at] == ',' || line[at] == '.' || line[at] == ':';
    const bool is_inside = is_mark && at + 1 < line.size() && text::is_digit(line[at + 1]);
    if (!is_inside && !is_part(line[at])) break;
    number += text::to_lower(line[at++]);
  }
  std::string_view rest = line.substr(at);
  if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  for (const std::string_view percent : {"%", "percent", "per cent"}) {
    if (rest.size() < percent.size() || text::lower(rest.substr(0, percent.size())) != percent) continue;
    rest.remove_prefix(percent.size());
    // "percentage points" are something else, and stay two words.
    if (percent != "%" && !rest.empty() && is_part(rest.front())) continue;
    at = line.size() - rest.size();
    return number + "%";
  }
  return number;
}

std::string read_word(std::string_view line, std::size_t& at) {
  std::string word;
  while (at < line.size()) {
    const bool is_inside = line[at] == '-' && at + 1 < line.size() && text::is_letter(line[at + 1]);
    if (!is_inside && !text::is_letter(line[at])) break;
    word += text::to_lower(line[at++]);
  }
  // "q3" is one word.
  if (at < line.size() && text::is_digit(line[at])) word += read_number(line, at);
  return word;
}

bool ends_in_dash(std::string_view text) {
  return text.ends_with('-') || text.ends_with("–") || text.ends_with("—");
}

}  // namespace

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  bool joined = false;
  const auto add = [&](std::string text) {
    words.push_back({std::move(text), joined});
    joined = true;
  };
  constexpr std::size_t kPlaceSize = 3;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '[') {
      add(std::string(line.substr(at, kPlaceSize)));
      at += kPlaceSize;
    } else if (text::is_digit(c)) {
      const bool behind_dash = ends_in_dash(line.substr(0, at));
      std::string number = read_number(line, at);
      // A range of the clock, or what reads like a negative number, which no brief has.
      const bool is_clock = number.find(':') != std::string::npos;
      add(behind_dash && !is_clock ? "-" + number : std::move(number));
    } else if (text::is_letter(c)) {
      add(read_word(line, at));
    } else {
      if (c == '.' || c == '!' || c == '?' || c == ';') add(".");
      if (c == ':') add(":");
      joined = joined && c == ' ';
      ++at;
    }
  }
  return words;
}

}  // namespace leadledger::briefs
