// Texts of an answer that are not what they stand for byte by byte: rare, and so apart from the fast way.
#pragma once

#include <string>
#include <string_view>

namespace leadledger::reports {

/// The inside of a JSON string without its escapes, into `out`; half of a surrogate pair becomes U+FFFD.
/// False where an escape is none of JSON's.
[[nodiscard]] bool unescaped(std::string_view text, std::string& out);

/// With U+FFFD for each byte that belongs to no well-formed UTF-8: other programs write points too, and one
/// of theirs must not spoil a report.
[[nodiscard]] std::string with_whole_characters(std::string_view text);

}  // namespace leadledger::reports
