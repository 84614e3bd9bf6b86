// Finding a known field by the name that a form gave it.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "leadledger/fields.hpp"

namespace leadledger::intake {

/// A field name without case and punctuation: `UTM-Source`, `utmSource` and `lead[utm_source]` are all
/// "utmsource".
struct FoldedName {
  std::array<char, schema::kLongestSpelling> letters = {};
  std::size_t size = 0;  // 0: longer than any spelling, or with letters beyond ASCII, so no field we know

  [[nodiscard]] std::string_view text() const { return {letters.data(), size}; }
};

/// Of `a[b]` the last part that is not empty counts, as in `contact[email]` or `email[]`.
[[nodiscard]] FoldedName fold_name(std::string_view name);

/// The entry of the table of spellings for `name`, or nullptr.
[[nodiscard]] const schema::Spelling* find_spelling(std::string_view name);

}  // namespace leadledger::intake
