// Sessions: a signed cookie that stands for an API key for some hours. Nothing of a session is kept anywhere.
//
//   v1.<key id>.<end, Unix seconds>.<HMAC-SHA-256 in hexadecimal>
//
// It is signed with the key's digest, which stands in the key list and nowhere outside: a key that is removed
// or replaced ends its sessions, and there is no further secret to look after. The Worker's own origin is
// signed too, so that a cookie of one deployment is nothing to another that has the same keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/app/access.hpp"
#include "core/app/ports.hpp"
#include "core/app/request.hpp"
#include "core/app/response.hpp"
#include "core/app/task.hpp"
#include "core/support/result.hpp"

namespace leadledger::app {

/// Where a session's cookie counts as its key.
enum class SessionUse : std::uint8_t {
  always,
  for_tests,  ///< public intake: a form on our own host is not the admin who happens to be signed in there
  never,
};

/// True where no key came and this request carries a cookie under a session's name that is to be looked at.
[[nodiscard]] bool brings_session(const Request& request, SessionUse use);

/// Resolves that cookie: a good one sets the request's key_digest, which then lies in `digest`, and
/// by_session; a bad one sets session_ended. Errors: cross_site, internal where it could not be checked.
[[nodiscard]] Task<Result<bool>> resolve_session(SignaturePort signature, Request& request,
                                                 std::string& digest);

/// The Set-Cookie of a new session of the key that came, which ends at `ends_s`. Errors: internal, where the
/// key's entry on the list cannot carry one, or signing failed.
[[nodiscard]] Task<Result<std::string>> sign_session(SignaturePort signature, const Request& request,
                                                     std::string_view key_id, std::int64_t ends_s);

/// The Set-Cookie that takes a session's cookie away.
[[nodiscard]] std::string cleared_cookie(const Request& request);

/// Whether no page of another site sends the request: signing in from one, say, would make a visitor act
/// under a key that is not theirs. Whatever a browser tells of where the request comes from must be this
/// origin; what is no browser tells nothing.
[[nodiscard]] bool comes_from_here(const Request& request);
/// Whether nobody on the way can read a key and a cookie: https, or this machine itself.
[[nodiscard]] bool is_private_line(const Request& request);

}  // namespace leadledger::app
