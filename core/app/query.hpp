// Query parameters: every one must be known, come once and have a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/query_string.hpp"
#include "core/support/result.hpp"

namespace leadledger::app {

class Query {
 public:
  /// bad_parameter where a name is not in `allowed` (unknown), comes twice (repeated), has an empty value
  /// (empty) or a broken one (not_allowed).
  [[nodiscard]] static Result<Query> parse(std::string_view query,
                                           const std::vector<std::string_view>& allowed);

  /// The decoded value, or "" where it was not given.
  [[nodiscard]] std::string_view get(std::string_view name) const;

 private:
  std::vector<Parameter> parameters_;
};

}  // namespace leadledger::app
