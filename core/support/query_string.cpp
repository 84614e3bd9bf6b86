#include "core/support/query_string.hpp"

#include "core/support/text.hpp"

namespace leadledger {

namespace {

std::string decoded(std::string_view encoded) {
  std::string text(encoded);
  text.resize(text::percent_decode(text.data(), text.size(), true));
  return text;
}

bool is_plain_text(std::string_view text) {
  return text::is_utf8(text) && text.find('\0') == std::string_view::npos;
}

}  // namespace

Error bad_parameter(std::string_view name, std::string reason, std::string_view code) {
  return {ErrorCode::bad_parameter,
          "The parameter " + std::string(name) + " is not allowed as it is. " + reason,
          {{std::string(name), std::string(code), reason}}};
}

Result<std::vector<Parameter>> read_query_string(std::string_view query) {
  std::vector<Parameter> out;
  while (!query.empty()) {
    const auto [pair, rest] = text::split_once(query, '&');
    query = rest;
    if (pair.empty()) continue;
    const auto [name, value] = text::split_once(pair, '=');
    Parameter parameter{decoded(name), decoded(value)};
    if (!is_plain_text(parameter.name)) {
      return tl::unexpected<Error>(
          bad_parameter("?", "Its name is not well-formed UTF-8 text, or has a NUL."));
    }
    if (!is_plain_text(parameter.value)) {
      const std::string shown(text::cut(parameter.name, 100));
      return tl::unexpected<Error>(
          bad_parameter(shown, "Its value is not well-formed UTF-8 text, or has a NUL."));
    }
    out.push_back(std::move(parameter));
  }
  return out;
}

void append_encoded(std::string& out, std::string_view any, std::string_view plain) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : any) {
    if (text::is_letter(c) || text::is_digit(c) || plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0x0FU];
  }
}

}  // namespace leadledger
