// The text whose digest tells whether two bodies say the same, whatever their encoding.
#pragma once

#include <string>

#include "core/intake/form.hpp"

namespace leadledger::app {

/// Names and values of all fields that are not blank, in an order of their own, each with its length before
/// it. A Turnstile token is left out, since each is good for one use and a retry brings another.
[[nodiscard]] std::string digest_content(const intake::Form& form);

}  // namespace leadledger::app
