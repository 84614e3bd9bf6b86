// Errors are values. This header alone knows which `expected` the core uses, and which codes there are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "leadledger/problems.hpp"

namespace leadledger {

/// What kind of thing went wrong. Each has one HTTP status, code and title: schema/problems.json.
using schema::ErrorCode;

/// One input that was wrong, in the caller's words.
struct FieldError {
  std::string name;    ///< the field or parameter as the caller may find it
  std::string code;    ///< machine code, such as "required" or "too_long"
  std::string reason;  ///< a sentence: what was wrong and what is allowed
};

struct Error {
  ErrorCode code;
  std::string detail;
  std::vector<FieldError> fields = {};
  std::uint32_t retry_after_s = 0;  ///< what an outside that is in trouble asks for, or 0
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail,
                                                std::vector<FieldError> fields = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail), std::move(fields)});
}

}  // namespace leadledger
