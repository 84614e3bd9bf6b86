// Where a form was sent from and how the visitor came there.
#pragma once

#include "core/intake/submission.hpp"

namespace leadledger::intake {

/// Never fails: what is of a wrong type or broken is absent, what is long is cut.
[[nodiscard]] Context read_context(const Selection& fields);

/// A field's text, number or truth value as one clean line of at most kMaxContextBytes; "" for anything else.
enum class Booleans : std::uint8_t { leave, take };
[[nodiscard]] std::string context_text(const Selection& fields, Field field,
                                       Booleans booleans = Booleans::leave);

}  // namespace leadledger::intake
