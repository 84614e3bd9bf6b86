// The parameters of a URL's query, decoded, in the order in which they stand there; and how one is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.hpp"

namespace leadledger {

struct Parameter {
  std::string name;
  std::string value;
};

/// What a caller is told of a parameter that is not allowed as it is. `code` is of its field error.
[[nodiscard]] Error bad_parameter(std::string_view name, std::string reason,
                                  std::string_view code = "not_allowed");

/// Errors (bad_parameter): names or values that are no well-formed UTF-8 or hold a NUL. Empty pairs are
/// skipped.
[[nodiscard]] Result<std::vector<Parameter>> read_query_string(std::string_view query);

/// Appends a name or value: whatever is no ASCII letter, digit or one of `plain` becomes %XX.
void append_encoded(std::string& out, std::string_view any, std::string_view plain = {});

}  // namespace leadledger
