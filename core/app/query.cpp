#include "core/app/query.hpp"

#include <algorithm>

#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

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

Result<Query> Query::parse(std::string_view query, const std::vector<std::string_view>& allowed) {
  auto parameters = read_query_string(query);
  if (!parameters) return tl::unexpected<Error>(parameters.error());
  Query out;
  for (Parameter& parameter : *parameters) {
    if (std::find(allowed.begin(), allowed.end(), parameter.name) == allowed.end()) {
      return tl::unexpected<Error>(bad_parameter(text::cut(parameter.name, 100), listed(allowed), "unknown"));
    }
    if (!out.get(parameter.name).empty()) {
      return tl::unexpected<Error>(bad_parameter(parameter.name, "It may come only once.", "repeated"));
    }
    if (parameter.value.empty()) {
      return tl::unexpected<Error>(bad_parameter(parameter.name, "It has no value.", "empty"));
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
