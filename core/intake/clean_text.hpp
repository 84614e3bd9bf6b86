// Text of people, made fit to store and show: no control characters, no stray white space. Input is
// well-formed UTF-8, and so is output; each function's result is its own result.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadledger::intake {

/// One line: control characters and white space of any kind become spaces, runs of them one, none at either
/// end.
[[nodiscard]] std::string clean_line(std::string_view text);

/// Several lines: line ends become \n, control characters but tabs become spaces; none of them at either end.
[[nodiscard]] std::string clean_block(std::string_view text);

/// As clean_line, and without the invisible characters that come along when an address or a number is copied
/// from a page (zero-width spaces, direction marks).
[[nodiscard]] std::string clean_token(std::string_view text);

/// The longest beginning of at most `max_chars` code points.
[[nodiscard]] std::string_view cut_chars(std::string_view text, std::size_t max_chars);

}  // namespace leadledger::intake
