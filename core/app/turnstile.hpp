// Cloudflare Turnstile: did a browser solve the challenge?
// Source: https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
#pragma once

#include <string>
#include <string_view>

#include "core/app/ports.hpp"
#include "core/intake/verdict.hpp"

namespace leadledger::app {

/// Asks the service about `token`. A service that is down or answers nonsense gives `unavailable`: it may
/// cost a flag, never a lead. `secret_name` names a secret of the Worker; its value is put in outside of the
/// core.
[[nodiscard]] Task<intake::TurnstileOutcome> ask_turnstile(HttpPort http, std::string_view url,
                                                           std::string secret_name, std::string token,
                                                           std::string ip);

}  // namespace leadledger::app
