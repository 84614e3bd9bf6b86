#include "core/app/query.hpp"

#include <algorithm>

#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

std::string decoded(std::string_view encoded) {
  std::string text(encoded);
  text.resize(text::percent_decode(text.data(), text.size(), true));
  return text;
}

std::string listed(const std::vector<std::string_view>& names) {
  if (names.empty()) return "No parameters are taken here.";
  std::string out = "Allowed are ";
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (at > 0) out += at + 1 == names.size() ? " and " : ", ";
    out += names[at];
  }
  return out + ".";
}

}  // namespace

Error bad_parameter(std::string_view name, std::string reason) {
  return {ErrorCode::bad_parameter,
          "The parameter " + std::string(name) + " is not allowed as it is. " + reason,
          {{std::string(name), "not_allowed", reason}}};
}

Result<Query> Query::parse(std::string_view query, const std::vector<std::string_view>& allowed) {
  Query out;
  while (!query.empty()) {
    const auto [pair, rest] = text::split_once(query, '&');
    query = rest;
    if (pair.empty()) continue;
    const auto [name, value] = text::split_once(pair, '=');
    Parameter parameter{decoded(name), decoded(value)};
    if (!text::is_utf8(parameter.name) ||
        std::find(allowed.begin(), allowed.end(), parameter.name) == allowed.end()) {
      const std::string shown =
          text::is_utf8(parameter.name) ? std::string(text::cut(parameter.name, 100)) : "?";
      return tl::unexpected<Error>(bad_parameter(shown, listed(allowed)));
    }
    if (!out.get(parameter.name).empty()) {
      return tl::unexpected<Error>(bad_parameter(parameter.name, "It may come only once."));
    }
    if (parameter.value.empty()) {
      return tl::unexpected<Error>(bad_parameter(parameter.name, "It has no value."));
    }
    if (!text::is_utf8(parameter.value) || parameter.value.find('\0') != std::string::npos) {
      return tl::unexpected<Error>(bad_parameter(parameter.name, "Its value is not well-formed UTF-8 text."));
    }
    out.parameters_.push_back(std::move(parameter));
  }
  return out;
}

std::string_view Query::get(std::string_view name) const {
  for (const Parameter& parameter : parameters_) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

}  // namespace leadledger::app
