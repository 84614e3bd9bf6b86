#include "core/intake/clean_text.hpp"

#include <algorithm>

#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

bool is_control(std::uint32_t point) { return point < 0x20 || (point >= 0x7F && point <= 0x9F); }

bool is_line_end(std::uint32_t point) {
  return point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029;
}

bool is_blank(std::uint32_t point) {
  return point == ' ' || is_control(point) || is_line_end(point) || point == 0xA0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F || point == 0x3000;
}

bool is_invisible(std::uint32_t point) {
  return point == 0xAD || (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

enum class Invisible : std::uint8_t { keep, drop };

/// Printable ASCII with single spaces inside, as most text is: clean as it stands.
bool is_clean(std::string_view text) {
  char before = ' ';
  for (const char c : text) {
    if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return before != ' ' || text.empty();
}

std::string clean(std::string_view text, Invisible invisible) {
  if (is_clean(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  while (!text.empty()) {
    const text::CodePoint point = text::first_code_point(text);
    if (is_blank(point.value)) {
      gap = !out.empty();
    } else if (invisible == Invisible::keep || !is_invisible(point.value)) {
      if (gap) out += ' ';
      gap = false;
      out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return out;
}

}  // namespace

std::string clean_line(std::string_view text) { return clean(text, Invisible::keep); }

std::string clean_token(std::string_view text) { return clean(text, Invisible::drop); }

std::string clean_block(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    // Printable ASCII goes over in runs.
    const auto special = std::find_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; });
    const auto plain = static_cast<std::size_t>(special - text.begin());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const text::CodePoint point = text::first_code_point(text);
    if (is_line_end(point.value)) {
      out += '\n';
      if (text.starts_with("\r\n")) text.remove_prefix(1);
    } else if (is_control(point.value) && point.value != '\t') {
      out += ' ';
    } else {
      out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return std::string(text::trim(out));
}

std::string_view cut_chars(std::string_view text, std::size_t max_chars) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (max_chars == 0) break;
    --max_chars;
    at += text::first_code_point(text.substr(at)).size;
  }
  return text.substr(0, std::min(at, text.size()));
}

}  // namespace leadledger::intake
