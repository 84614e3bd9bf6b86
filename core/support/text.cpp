#include "core/support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace leadledger::text {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool contains_ignoring_case(std::string_view text, std::string_view needle) {
  return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                     [](char x, char y) { return to_lower(x) == y; }) != text.end();
}

Halves split_once(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  const CodePoint broken{0xFFFD, 1, false};
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  std::size_t size = 0;
  std::uint32_t value = 0;
  std::uint32_t least = 0;  // smallest value that needs this many bytes
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2, value = lead & 0x1FU, least = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3, value = lead & 0x0FU, least = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4, value = lead & 0x07U, least = 0x10000;
  } else {
    return broken;
  }
  if (text.size() < size) return broken;
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return broken;
    value = (value << 6U) | (byte(at) & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least || value > 0x10FFFF || surrogate) return broken;
  return {value, size, true};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    // Most text is ASCII: eight bytes at a time as long as no high bit is set.
    while (text.size() >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data(), sizeof word);
      if ((word & 0x8080808080808080ULL) != 0) break;
      text.remove_prefix(8);
    }
    if (text.empty()) break;
    const CodePoint point = first_code_point(text);
    if (!point.well_formed) return false;
    text.remove_prefix(point.size);
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string_view cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t size = max_bytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end || text.empty()) return std::nullopt;
  return value;
}

std::optional<double> parse_number(std::string_view text) {
  // std::from_chars for double costs 30 KB in the module and is missing from the browser build's library. The
  // numbers that forms send are short; 17 digits and a small power of ten are exact enough for seconds and
  // percent.
  constexpr std::size_t kLongest = 40;
  constexpr int kLargestExponent = 30;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  double value = 0;
  int exponent = 0;
  bool digits = false;
  bool fraction = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (is_digit(text[at])) {
      value = value * 10 + (text[at] - '0');
      digits = true;
      if (fraction) --exponent;
    } else if (text[at] == '.' && !fraction) {
      fraction = true;
    } else {
      break;
    }
  }
  if (!digits) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    std::string_view rest = text.substr(at + 1);
    const bool below = !rest.empty() && rest.front() == '-';
    if (!rest.empty() && (below || rest.front() == '+')) rest.remove_prefix(1);
    const auto power = parse_unsigned(rest);
    if (!power || *power > static_cast<std::uint64_t>(kLargestExponent)) return std::nullopt;
    exponent += below ? -static_cast<int>(*power) : static_cast<int>(*power);
  }
  double scale = 1;
  for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) scale *= 10;
  value = exponent < 0 ? value / scale : value * scale;
  return negative ? -value : value;
}

void append_number(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 0x0FU]);
  }
  return out;
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_base64(std::string_view text) {
  std::size_t filling = 0;
  while (filling < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++filling;
  }
  return (text.size() + filling) % 4 == 0 && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '+' || c == '/';
         });
}

namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char low = to_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

}  // namespace

std::size_t percent_decode(char* data, std::size_t size, bool plus_is_space) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < size; ++at) {
    char c = data[at];
    if (c == '+' && plus_is_space) {
      c = ' ';
    } else if (c == '%' && at + 2 < size) {
      const int high = hex_value(data[at + 1]);
      const int low = hex_value(data[at + 2]);
      if (high >= 0 && low >= 0) {
        c = static_cast<char>(high * 16 + low);
        at += 2;
      }
    }
    data[out++] = c;
  }
  return out;
}

}  // namespace leadledger::text
