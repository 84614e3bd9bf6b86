// Signs in the text of a form that a person did not write it. Each is one sign among others and convicts
// nobody alone; text they cannot judge (other scripts, short words) gives no sign.
#pragma once

#include <string_view>

namespace leadledger::intake {

/// Whether most of a text is random letters, such as "JkLmQxRtYuWpZ" or "sdkjfhskdjfh". Judges words of Latin
/// letters by their case and by runs of consonants; e-mail addresses, URLs, part numbers and acronyms count
/// as neither.
[[nodiscard]] bool is_gibberish(std::string_view text);

/// How many links stand in a text: http(s)://, www., [url= and <a href.
[[nodiscard]] int count_links(std::string_view text);

/// Whether the text of a name field does not look like one: digits, an address, marks that no name has, no
/// letter, one letter again and again, more words than names have, or what fingers type when a form insists.
/// "" is not odd.
[[nodiscard]] bool is_odd_name(std::string_view name);

}  // namespace leadledger::intake
