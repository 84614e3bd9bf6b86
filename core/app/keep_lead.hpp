// Keeping a judged submission and writing its point, for a post and for the queue alike.
#pragma once

#include <string>

#include "core/app/judge.hpp"
#include "core/ledger/keep.hpp"

namespace leadledger::app {

enum class KeepOutcome : std::uint8_t {
  kept,         ///< the row is there; the verdict is settled by the ledger
  replayed,     ///< it had been kept before: the first verdict holds, no point was written
  key_reused,   ///< its id was taken by other content
  unavailable,  ///< the ledger refused, twice
};

struct KeepResult {
  KeepOutcome outcome = KeepOutcome::unavailable;
  intake::Verdict verdict;  // as kept
  std::string lead_id;      // "" for test, blocked and bot
  int status = 0;           // as first answered
};

/// One transaction, tried twice; then, where the row is ours, one point, which counts as written at `now_ms`.
[[nodiscard]] Task<KeepResult> keep_lead(LedgerPort ledger, PointsPort points, const Facts& facts,
                                         const Judged& judged, int status, std::int64_t now_ms);

/// Rejected submissions are counted always, but kept only so often per address and minute, so that a flood of
/// them does not become a flood of writes to the ledger.
[[nodiscard]] Task<bool> may_keep_row(LimitPort limits, const Facts& facts, intake::EventType type);

/// The point alone, for a rejected submission whose row is not kept.
void write_point(PointsPort points, const Facts& facts, const Judged& judged, const intake::Verdict& verdict,
                 std::string_view lead_id);

}  // namespace leadledger::app
