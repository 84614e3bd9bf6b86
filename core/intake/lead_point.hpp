// From a judged submission to its data point.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/datasets/lead_point.hpp"
#include "core/intake/verdict.hpp"

namespace leadledger::intake {

/// `lead_id` is empty for test, blocked and bot. `received_at_s` is Unix seconds. Test, blocked and bot
/// points carry the same dimensions as the others, as far as the request tells them. No contact field enters
/// a point.
[[nodiscard]] datasets::LeadPoint make_lead_point(std::string_view project, const Submission& submission,
                                                  const Visitor& visitor, bool bot_user_agent,
                                                  const Verdict& verdict, std::string_view lead_id,
                                                  std::int64_t received_at_s);

}  // namespace leadledger::intake
