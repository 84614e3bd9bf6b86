// Errors are values. This header alone knows which `expected` the core uses, and which codes there are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace leadledger {

/// What kind of thing went wrong. Each has one HTTP status and title, in app/response.cpp.
enum class ErrorCode : std::uint8_t {
  malformed_body,          ///< the body is not what its content type says
  unsupported_media_type,  ///< a content type, or a file, that is not taken
  body_too_large,
  validation_failed,  ///< fields are missing, too long or of the wrong form; `fields` says which
  unknown_project,
  bad_parameter,  ///< a query parameter is unknown or has a bad value
  key_missing,
  key_unknown,
  key_forbidden,       ///< the key's role or projects do not reach that far
  session_ended,       ///< a session's cookie came that is not good, or no longer
  cross_site,          ///< a change that another site's page has asked for
  insecure_transport,  ///< a key that others on the way could read
  not_found,
  method_not_allowed,
  conflict,
  not_possible,        ///< the thing is there, but not in a state in which this can be done
  key_reused,          ///< an Idempotency-Key came again with other content
  origin_not_allowed,  ///< judged blocked
  address_blocked,     ///< judged blocked
  rate_limited,        ///< judged blocked
  rejected_as_bot,     ///< judged bot, in a project that says so
  ledger_unavailable,
  analytics_unavailable,  ///< Analytics Engine refuses, or answers what cannot be read
  analytics_timeout,
  internal,
};

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
