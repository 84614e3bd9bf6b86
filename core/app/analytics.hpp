// Running a statement on Analytics Engine: sent, read piece by piece, and sent again where that may help.
#pragma once

#include <cstdint>
#include <optional>

#include "core/app/ports.hpp"
#include "core/app/task.hpp"
#include "core/reports/answer_reader.hpp"
#include "core/reports/report.hpp"
#include "core/reports/statements.hpp"
#include "core/support/result.hpp"

namespace leadledger::app {

/// Takes the rows of an answer; every attempt begins with nothing.
class Collector : public reports::RowSink {
 public:
  virtual void begin() = 0;
  /// Whether it stopped the reading since it may take no more memory.
  [[nodiscard]] virtual bool full() const { return false; }
};

/// What became of a statement.
struct Fetched {
  std::optional<Error> error;  // analytics_unavailable or analytics_timeout; too many rows: bad_parameter
  bool no_data = false;        // the dataset holds no point yet, so it has no columns
  reports::Ran ran;
};

/// What statements that run together know of each other.
struct FetchGroup {
  bool given_up = false;  // one has failed for good, so that the others need not try again
};

/// Statuses 429 and 5xx, timeouts and broken connections are tried again after a wait that doubles and is
/// blurred by `jitter`, within schema::kAnalyticsAttempts and schema::kAnalyticsBudgetMs; anything else that
/// is no whole answer is an error at once. `statement`, `collector` and `group` outlive the task.
Task<Fetched> fetch(AnalyticsPort analytics, TimerPort timer, const reports::Statement& statement,
                    Collector& collector, std::uint64_t jitter, FetchGroup& group);

}  // namespace leadledger::app
