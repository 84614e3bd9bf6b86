// A report, shaped: totals, zero-filled buckets, the largest groups and the rest as one, a comparison, and
// what a reader must know about them. Renderers write it; nothing here knows a format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/plan.hpp"
#include "core/reports/query.hpp"
#include "core/reports/tally.hpp"
#include "core/time/zone.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::reports {

enum class CacheState : std::uint8_t { miss, hit, stale };

/// One statement that ran, for an admin who asks.
struct Ran {
  std::string sql;
  std::uint64_t rows = 0;         // of the answer
  std::uint64_t bytes = 0;        // of the answer
  std::int64_t milliseconds = 0;  // from asking to the end of the answer, retries included
  std::uint32_t attempts = 0;
};

/// What the numbers were made from. All of it outlives the report.
struct Source {
  const Query& query;
  const time::Zone& zone;
  const Plan& plan;
  const Tally& tally;
  const Tally* comparison = nullptr;  // where the plan has one
  std::int64_t generated_at_s = 0;    // when Analytics Engine was asked; "the present" of this report
  CacheState cache = CacheState::miss;
  bool no_data_yet = false;
  const std::vector<Ran>* ran = nullptr;  // where explain was asked for
  std::string_view only_project = {};     // the one that the key reaches, where it is one
  std::uint64_t corrected = 0;            // submissions of this answer whose verdict a person corrected
  bool corrections_missing = false;       // the list of corrections could not be read
  /// By weekday (Monday first) and local hour, 7 times 24 counts of the period; where it was asked for.
  const std::vector<Counts>* hour_of_week = nullptr;
};

/// Through when the answer is complete: the range's end, or a little before the present; never before the
/// range.
[[nodiscard]] std::int64_t data_through_s(const Source& source);

/// What a reader must know, in the order of schema::ReportWarning. Says nothing of top_incomplete, which only
/// a summary can be.
[[nodiscard]] std::vector<schema::ReportWarning> warnings_of(const Source& source);

/// A group as it is shown: one of the tally, or all that were left over.
struct ShownGroup {
  const Group* group = nullptr;  // null: the rest
  Counts counts;
};

class Report {
 public:
  explicit Report(Source source);

  [[nodiscard]] const Source& source() const { return source_; }
  [[nodiscard]] bool has_buckets() const { return source_.query.bucket != schema::Bucket::none; }
  [[nodiscard]] bool has_groups() const { return !source_.query.group_by.empty(); }
  /// Largest first by the count that the query sorts by, then by total, then by key in byte order; the rest,
  /// where there is one, comes last.
  [[nodiscard]] const std::vector<ShownGroup>& groups() const { return groups_; }
  /// The counts of one shown group in every bucket; the memory is this report's and lasts until the next
  /// call.
  [[nodiscard]] const std::vector<Counts>& buckets_of(std::size_t shown);
  [[nodiscard]] const std::vector<schema::ReportWarning>& warnings() const { return warnings_; }
  /// Whether a bucket of the period is cut by the range, or by the present moment.
  [[nodiscard]] bool is_partial(const Period& period, std::size_t bucket) const;
  /// As reports::data_through_s().
  [[nodiscard]] std::int64_t data_through_s() const;

 private:
  void rank();

  Source source_;
  std::vector<ShownGroup> groups_;
  std::vector<bool> shown_;  // by group of the tally
  std::vector<Counts> scratch_;
  std::vector<schema::ReportWarning> warnings_;
};

}  // namespace leadledger::reports
