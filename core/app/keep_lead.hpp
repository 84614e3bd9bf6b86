// Keeping a judged submission and writing its point, for a post and for the queue alike.
#pragma once

#include <string>
#include <vector>

#include "core/app/judge.hpp"
#include "core/ledger/keep.hpp"

namespace leadledger::app {

enum class KeepOutcome : std::uint8_t {
  kept,         ///< the row is there and ours; its point says what it was judged to be when it was kept
  replayed,     ///< it had been kept before: the first verdict holds, no point was written
  key_reused,   ///< its id was taken by other content
  not_there,    ///< there is no row, and none was wanted
  unavailable,  ///< the ledger refused, twice
};

enum class Keeping : std::uint8_t {
  any,      ///< the row is kept
  claimed,  ///< only a row that is there already becomes ours
};

struct KeepResult {
  KeepOutcome outcome = KeepOutcome::unavailable;
  intake::Verdict verdict;                  // as kept
  std::string lead_id;                      // "" for test, blocked and bot
  int status = 0;                           // as first answered
  std::vector<std::string> changed_months;  // whose lists of corrections have changed with the row
};

/// One transaction, tried twice; then, where the row is ours, one point.
[[nodiscard]] Task<KeepResult> keep_lead(LedgerPort ledger, PointsPort points, const Facts& facts,
                                         const Judged& judged, int status, Keeping keeping = Keeping::any);

/// Rejected submissions are counted always, but kept only so often per address and minute, so that a flood of
/// them does not become a flood of writes to the ledger.
[[nodiscard]] Task<bool> may_keep_row(LimitPort limits, const Facts& facts, intake::EventType type);

/// The point alone, for a rejected submission whose row is not kept.
void write_point(PointsPort points, const Facts& facts, const Judged& judged, const intake::Verdict& verdict,
                 std::string_view lead_id);

}  // namespace leadledger::app
