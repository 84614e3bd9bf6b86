#include "core/intake/media_type.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

/// Where the quoted string that begins at `open` ends: at its closing quote, or at the end of `text`.
std::size_t closing_quote(std::string_view text, std::size_t open) {
  std::size_t at = open + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

}  // namespace

std::string_view header_value(std::string_view header) {
  return text::trim(text::split_once(header, ';').head);
}

std::optional<std::string_view> header_parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at < header.size()) {
    ++at;  // the semicolon
    const std::size_t stop = std::min(header.find_first_of("=;", at), header.size());
    const std::string_view key = text::trim(header.substr(at, stop - at));
    if (stop == header.size()) return std::nullopt;
    if (header[stop] == ';') {
      at = stop;
      continue;
    }
    std::size_t begin = stop + 1;
    while (begin < header.size() && text::is_space(header[begin])) ++begin;
    std::string_view value;
    if (begin < header.size() && header[begin] == '"') {
      const std::size_t close = closing_quote(header, begin);
      value = header.substr(begin + 1, close - begin - 1);
      at = header.find(';', close);
    } else {
      at = header.find(';', begin);
      value = text::trim(header.substr(begin, at == std::string_view::npos ? at : at - begin));
    }
    if (text::equals_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

bool has_utf8_charset(std::string_view content_type) {
  constexpr std::array<std::string_view, 4> kTaken = {"utf-8", "utf8", "us-ascii", "ascii"};
  const auto charset = header_parameter(content_type, "charset");
  if (!charset) return true;
  return std::any_of(kTaken.begin(), kTaken.end(),
                     [&](std::string_view taken) { return text::equals_ignoring_case(*charset, taken); });
}

}  // namespace leadledger::intake
