#include "core/intake/field_names.hpp"

#include <algorithm>

#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

std::string_view last_part(std::string_view name) {
  while (name.ends_with("[]")) name.remove_suffix(2);
  if (!name.ends_with(']')) return name;
  const std::size_t open = name.rfind('[');
  if (open == std::string_view::npos) return name;
  return name.substr(open + 1, name.size() - open - 2);
}

}  // namespace

FoldedName fold_name(std::string_view name) {
  FoldedName folded;
  for (const char c : last_part(name)) {
    // A letter beyond ASCII makes another word: "prénom" must not be read as "prnom".
    if (static_cast<unsigned char>(c) >= 0x80) return {};
    if (!text::is_letter(c) && !text::is_digit(c)) continue;
    if (folded.size == folded.letters.size()) return {};
    folded.letters[folded.size++] = text::to_lower(c);
  }
  return folded;
}

const schema::Spelling* find_spelling(std::string_view name) {
  const FoldedName folded = fold_name(name);
  const auto* const found = std::lower_bound(
      schema::kSpellings.data(), schema::kSpellings.data() + schema::kSpellings.size(), folded.text(),
      [](const schema::Spelling& a, std::string_view b) { return a.folded < b; });
  if (found == schema::kSpellings.data() + schema::kSpellings.size()) return nullptr;
  return found->folded == folded.text() ? found : nullptr;
}

}  // namespace leadledger::intake
