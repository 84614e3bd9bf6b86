// Verdicts that a person corrected. Points in Analytics Engine can be neither changed nor backdated, so lists
// of corrections lie beside them, and a report applies these to what it has counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/plan.hpp"
#include "core/reports/query.hpp"
#include "core/reports/statements.hpp"
#include "core/reports/tally.hpp"
#include "core/support/result.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/limits.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::reports {

/// What a submission was judged to be, as far as reports know it.
struct Verdict {
  schema::EventType event_type = schema::EventType::primary;
  std::string_view reason;  // a code
};

/// One submission whose verdict was corrected. Its texts point into what it was read from.
struct Correction {
  std::int64_t at_s = 0;  // Unix seconds: when its point was written
  std::array<std::string_view, schema::kDimensions.size()> texts = {};  // but for event_type and reason
  std::array<bool, schema::kFlagNames.size()> flags = {};
  Verdict from;  // what the point says
  Verdict to;

  /// The text of a dimension, were `verdict` the submission's.
  [[nodiscard]] std::string_view text(Dimension dimension, const Verdict& verdict) const;
};

/// A list, and whether something of it is missing.
struct Corrections {
  std::vector<Correction> list;
  bool missing = false;
};

/// The name of the list of the UTC month in which the instant lies: "corrections/2026-11".
[[nodiscard]] std::string corrections_key(std::int64_t instant_s);

/// Reads the list of a month, rewriting `text` in place, which must outlive it and is followed by a NUL:
///   {"corrections": [{"at", "project", "dimensions": {"country": "IN"}, "flags": ["vpn"],
///                     "from": {"event_type", "reason"}, "to": {"event_type", "reason"}}]}
/// Members that are not known here are left alone, and a dimension that is not named is "". A correction that
/// says what no point could hold is left out, as are those beyond schema::kMaxCorrections: then something is
/// missing. Errors: the text is no such list.
[[nodiscard]] Result<Corrections> read_corrections(char* text, std::size_t size);

/// A correction, and what it means to a question: whether the submission is one of those that are asked for
/// with the verdict that its point has, and with the one that it has now. Says nothing of the range.
struct Move {
  const Correction& correction;
  bool takes = false;
  bool adds = false;
};

/// Decides as the statements do (core/reports/statements.hpp).
[[nodiscard]] Move move_of(const Correction& correction, const Query& query, const Scope& scope);

/// Counts that have the submission: in one bucket (0 where there are none), by those dimensions.
struct Spot {
  Tally& tally;
  std::size_t bucket = 0;
  std::span<const Dimension> dimensions;
};

/// Moves the submission in all of these counts, which were made from the same points. Where it is to be taken
/// and one of them does not have it (it cannot be read yet, or was sampled away), all stay as they are, so
/// that they still agree. Returns whether something was taken or added.
[[nodiscard]] bool apply(const Move& move, std::span<const Spot> spots);
[[nodiscard]] inline bool apply(const Move& move, const Spot& spot) { return apply(move, {&spot, 1}); }

/// The spot of an instant in a period's counts.
[[nodiscard]] Spot spot_of(Tally& tally, const Period& period, std::int64_t instant_s,
                           std::span<const Dimension> dimensions);

[[nodiscard]] inline bool is_within(const Range& range, std::int64_t instant_s) {
  return range.from_s <= instant_s && instant_s < range.to_s;
}

/// Moves the submission where it lies in the range: `apply_at` tries an instant and says whether that did
/// something. The row is written before the point, whose time may be a moment later.
template <class ApplyAt>
[[nodiscard]] bool apply_within(const Range& range, const Correction& correction, ApplyAt apply_at) {
  if (!is_within(range, correction.at_s)) return false;
  if (apply_at(correction.at_s)) return true;
  const std::int64_t later_s = correction.at_s + schema::kPointDelayS;
  return is_within(range, later_s) && apply_at(later_s);
}

/// The same in the counts of a period alone.
[[nodiscard]] bool apply(const Move& move, Tally& tally, const Period& period,
                         std::span<const Dimension> dimensions);

}  // namespace leadledger::reports
