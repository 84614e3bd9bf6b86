// Why a kept submission was judged as it was, from its row alone.
#pragma once

#include "core/ledger/corrections.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::ledger {

/// Writes {"event_type", "decided", "bot_score", "bot_threshold", "bot_reached", "reasons", "person_reason",
/// "lead_score", "hot_threshold", "hot_reached", "lead_score_parts", "status", "ruleset"}: what the rules
/// said, whatever a person made of it later. Weights, thresholds and parts are null where other rules judged
/// than those that this version knows; parts also where the person was erased.
void write_why(json::Writer& writer, const OneSubmission& one);

}  // namespace leadledger::ledger
