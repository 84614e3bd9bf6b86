// Small text functions on UTF-8 views. ASCII rules only; nothing here knows a locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadledger::text {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
[[nodiscard]] constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c; }
[[nodiscard]] constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c; }

/// ASCII letters in lower case; other bytes as they are.
[[nodiscard]] std::string lower(std::string_view text);

/// Without ASCII white space and control characters at both ends. Points into `text`.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Equal but for the case of ASCII letters.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Whether `needle` stands in `text`, ignoring the case of ASCII letters. `needle` must be lower case.
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view needle);

/// The part of `text` before the first `separator`, and what follows it; `text` and "" where there is none.
struct Halves {
  std::string_view head;
  std::string_view tail;
};
[[nodiscard]] Halves split_once(std::string_view text, char separator);

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no over-long forms, at most U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);

/// Reads one code point at the start of `text`, which must not be empty. A byte that begins no well-formed
/// sequence is read as U+FFFD of size 1.
struct CodePoint {
  std::uint32_t value;
  std::size_t size;
  bool well_formed;
};
[[nodiscard]] CodePoint first_code_point(std::string_view text);

/// Number of code points of well-formed text.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// The longest beginning of well-formed `text` of at most `max_bytes` that ends on a code-point boundary.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t max_bytes);

/// A whole decimal integer without sign, or nothing.
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view text);

/// A finite decimal number such as "12", "-3.5" or "1e3", or nothing. At most 40 characters are read.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// Appends `value` in decimal digits.
void append_number(std::string& out, std::int64_t value);

/// Lower-case hexadecimal digits of `bytes`.
[[nodiscard]] std::string to_hex(std::string_view bytes);

/// Whether all of it is lower-case hexadecimal digits, and whether it is base64 (RFC 4648, padded). "" is
/// both.
[[nodiscard]] bool is_hex(std::string_view text);
[[nodiscard]] bool is_base64(std::string_view text);

/// Decodes %XX (and + to space where `plus_is_space`) in place and returns the new length. A % that is not
/// followed by two hexadecimal digits stays as it is, as browsers do.
[[nodiscard]] std::size_t percent_decode(char* data, std::size_t size, bool plus_is_space);

}  // namespace leadledger::text
