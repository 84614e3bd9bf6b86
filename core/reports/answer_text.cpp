#include "core/reports/answer_text.hpp"

#include <algorithm>
#include <cstdint>

#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

void append_code_point(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0U | (point >> 6U));
  } else {
    if (point < 0x10000) {
      put(0xE0U | (point >> 12U));
    } else {
      put(0xF0U | (point >> 18U));
      put(0x80U | ((point >> 12U) & 0x3FU));
    }
    put(0x80U | ((point >> 6U) & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

/// The four hexadecimal digits at the start of `text`, or a value above 0xffff.
std::uint32_t hex4(std::string_view text) {
  constexpr std::uint32_t kNone = 0x10000;
  if (text.size() < 4) return kNone;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const char low = text::to_lower(c);
    if (!text::is_digit(c) && (low < 'a' || low > 'f')) return kNone;
    value = value * 16 + (text::is_digit(c) ? static_cast<std::uint32_t>(c - '0')
                                            : static_cast<std::uint32_t>(low - 'a' + 10));
  }
  return value;
}

/// Appends the code point of \uXXXX, of which `text` begins with the digits, and takes them from it; half of
/// a pair becomes U+FFFD. False where they are no digits.
bool append_utf16(std::string& out, std::string_view& text) {
  std::uint32_t point = hex4(text);
  if (point > 0xFFFF) return false;
  text.remove_prefix(4);
  const bool first_half = point >= 0xD800 && point < 0xDC00;
  if (first_half && text.starts_with("\\u")) {
    const std::uint32_t second = hex4(text.substr(2));
    if (second >= 0xDC00 && second < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10U) + (second - 0xDC00);
      text.remove_prefix(6);
    }
  }
  append_code_point(out, point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
  return true;
}

}  // namespace

bool unescaped(std::string_view text, std::string& out) {
  out.clear();
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (text.size() < 2) return false;
    const char kind = text[1];
    text.remove_prefix(2);
    switch (kind) {
      case '"':
      case '\\':
      case '/': out.push_back(kind); break;
      case 'b': out.push_back('\b'); break;
      case 'f': out.push_back('\f'); break;
      case 'n': out.push_back('\n'); break;
      case 'r': out.push_back('\r'); break;
      case 't': out.push_back('\t'); break;
      case 'u':
        if (!append_utf16(out, text)) return false;
        break;
      default: return false;
    }
  }
  return true;
}

std::string with_whole_characters(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const text::CodePoint point = text::first_code_point(text);
    append_code_point(out, point.value);
    text.remove_prefix(point.size);
  }
  return out;
}

}  // namespace leadledger::reports
