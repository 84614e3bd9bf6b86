// Corrected verdicts in reports: lists of them lie in KV, one for each month, and are read while a report is
// counted. What is counted, and kept in the cache, is what the points say; so a correction shows at once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/app/ports.hpp"
#include "core/app/report_material.hpp"

namespace leadledger::app {

/// The lists that one report needs, under way. `asked` outlives them.
class CorrectionLists {
 public:
  CorrectionLists(CorrectionsPort port, const Asked& asked) : port_(port), asked_(asked) {}

  /// Asks for the lists of all months in which the plan's ranges can have points as of `now_s`, but none of
  /// them twice; where those are more than schema::kMaxCorrectionLists, not for the earliest of them. No more
  /// than schema::kCorrectionsAtOnce are under way; further ones wait for apply().
  void ask_for(const reports::Plan& plan, std::int64_t now_s);
  /// Applies each to what was counted as it comes, the latest month first; after one that did not come, no
  /// further one is asked for. Says in the material how many corrections were applied, and whether some are
  /// missing; true where none is.
  Task<bool> apply(Material& material);

 private:
  void ask_for(reports::Range range);
  void read_on();
  [[nodiscard]] reports::Range held(std::int64_t now_s) const;
  [[nodiscard]] bool take(Material& material, const Reply& reply) const;

  CorrectionsPort port_;
  const Asked& asked_;
  std::vector<std::string> keys_;
  std::vector<Effect> reads_;  // of the first keys
  std::size_t applied_ = 0;    // of these, the first
  bool left_out_ = false;
};

}  // namespace leadledger::app
