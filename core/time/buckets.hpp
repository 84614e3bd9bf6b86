// Time buckets of a range in a zone, and the grid of cells in which SQL, which knows no zone, can count them.
//
// Below a day a boundary lies wherever the local clock reads a multiple of the bucket's size; a clock change
// is no boundary of its own. Days begin where the local date changes, weeks on Monday, months on the 1st. A
// repeated hour is two buckets, a skipped one is none; a date that never was is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/support/result.hpp"
#include "core/time/zone.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::time {

using schema::Bucket;

/// Natural boundaries around a range, ascending: bucket i is [at[i], at[i + 1]). Empty for Bucket::none.
struct Boundaries {
  std::vector<std::int64_t> at;

  [[nodiscard]] std::size_t count() const { return at.empty() ? 0 : at.size() - 1; }
  /// The bucket that contains the instant, which must lie within.
  [[nodiscard]] std::size_t index_of(std::int64_t instant) const;
};

/// Every bucket that the half-open range touches; none where it is empty. Errors (bad_parameter, on bucket):
/// more than `most`; the detail says how many there would be, which larger buckets fit, and that a shorter
/// range helps. Never computes more than that many. Instants lie in the years 1 to 9999.
[[nodiscard]] Result<Boundaries> boundaries_of(const Zone& zone, Bucket bucket, std::int64_t from_s,
                                               std::int64_t to_s, std::size_t most);

/// The end of the bucket that contains the instant; of its day for Bucket::none.
[[nodiscard]] std::int64_t bucket_end(const Zone& zone, Bucket bucket, std::int64_t instant);

/// A stretch of evenly spaced cells: cell number first_cell + (t - start_s) / step_s, for t from start_s to
/// the next segment's start.
struct Segment {
  std::int64_t start_s = 0;
  std::int64_t step_s = 1;
  std::int64_t first_cell = 0;
};

/// Where the boundaries fall into at most `most_segments` evenly spaced stretches (a clock change costs two),
/// a cell is a bucket. Else all of it is one segment whose step is the greatest common divisor of the
/// boundaries' distances, and several cells make a bucket.
class CellGrid {
 public:
  [[nodiscard]] static CellGrid over(const Boundaries& boundaries, std::size_t most_segments);

  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  [[nodiscard]] bool cell_is_bucket() const { return cell_is_bucket_; }
  /// The bucket that a cell lies in, or nothing where it lies outside the boundaries.
  [[nodiscard]] std::optional<std::size_t> bucket_of(std::int64_t cell, const Boundaries& boundaries) const;

 private:
  std::vector<Segment> segments_;
  bool cell_is_bucket_ = true;
};

}  // namespace leadledger::time
