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

/// Moves the submission within counts by those dimensions, in the bucket in which it lies (0 where there are
/// none). Where it is to be taken and is not there (it cannot be read yet, was sampled away, or its point
/// lies a moment later, in the next bucket), all stays as it is. Returns whether something was taken or
/// added.
[[nodiscard]] bool apply(const Move& move, Tally& tally, std::size_t bucket,
                         std::span<const Dimension> dimensions);

/// The same within the counts of a period; nothing where the submission lies outside of it.
[[nodiscard]] bool apply(const Move& move, Tally& tally, const Period& period,
                         std::span<const Dimension> dimensions);

[[nodiscard]] inline bool is_within(const Range& range, std::int64_t instant_s) {
  return range.from_s <= instant_s && instant_s < range.to_s;
}

}  // namespace leadledger::reports
