// Which handler answers which request.
#pragma once

#include "core/app/message.hpp"
#include "core/app/operation.hpp"

namespace leadledger::app {

/// Answers the request that the parts tell of, and leaves the response as the operation's last effect.
[[nodiscard]] Task<bool> serve(Operation& operation, Part config, Part body, Part header);

}  // namespace leadledger::app
