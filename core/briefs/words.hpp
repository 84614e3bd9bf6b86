// The words of a sentence, one by one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/support/text.hpp"

namespace leadledger::briefs {

/// A word in lower case ("follow-ups" is one), a number with what sticks to it ("1,234.5", "10:00", "12k")
/// and with % where it is a percentage, a name "[A]", or one of the marks ":" and ".", which stands for
/// whatever ends a sentence.
struct Word {
  std::string text;
  bool joined = false;  // nothing but spaces between it and the one before

  [[nodiscard]] bool is_number() const { return text::is_digit(text.front()); }
  [[nodiscard]] bool is_percentage() const { return is_number() && text.back() == '%'; }
  [[nodiscard]] bool is_clock() const { return is_number() && text.find(':') != std::string::npos; }
};

[[nodiscard]] std::vector<Word> words_of(std::string_view line);

}  // namespace leadledger::briefs
