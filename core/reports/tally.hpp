// What a statement's answer adds up to: counts by bucket and group, and how sure they are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/counts.hpp"
#include "core/support/result.hpp"

namespace leadledger::reports {

/// One row of an answer.
struct Row {
  std::int64_t cell = 0;
  std::array<std::string_view, 4> texts = {};  // of its dimensions
  Counts counts;
  std::uint64_t submissions = 0;  // weighted, whatever their event type
  std::uint64_t rows = 0;         // points that were read
  std::uint64_t largest_interval = 0;
  std::uint64_t squares = 0;
  std::int64_t newest_s = 0;  // 0 where there is none
};

/// How sure the counts are. Points are kept with known probabilities 1 / w (w: _sample_interval), so the
/// variance of a weighted count is estimated by the sum of w (w - 1) (Horvitz and Thompson, 1952); of a count
/// that is a part of a row, in proportion.
struct Sampling {
  std::uint64_t rows_read = 0;
  std::uint64_t largest_interval = 0;
  std::array<double, schema::kCountNames.size()> variances = {};  // in the order of the counts
  std::uint64_t other_event_types = 0;                            // submissions of types unknown here
  std::int64_t newest_s = 0;

  [[nodiscard]] bool sampled() const { return largest_interval > 1; }
  /// Half the width of the 95 % confidence interval of each count, rounded up: 1.96 times the standard error.
  [[nodiscard]] std::array<std::uint64_t, schema::kCountNames.size()> margins() const;
};

/// Counts of one group in one bucket; those of a group are a list, in no order. A bucket may come more than
/// once in it: its counts are the sum.
struct Entry {
  Counts counts;
  std::uint32_t bucket = 0;
  std::uint32_t next = 0;  // index of the group's next entry, or kNone
};
inline constexpr std::uint32_t kNone = 0xffff'ffffU;

struct Group {
  std::uint32_t text = 0;  // where its texts begin, one behind the other
  std::array<std::uint16_t, 4> sizes = {};
  std::uint32_t first = kNone;  // entry
  std::uint32_t entries = 0;    // how many
  bool is_emptied = false;      // all that was in it was taken away: it is no group of the answer
  Counts counts;
};

/// Flat arrays; entries and groups lie in blocks, so growing copies nothing. `bucket_count` 0: no buckets,
/// and no entries are kept. `dimensions` 0: no groups, and entries are not kept either: bucket_counts() has
/// all.
class Tally {
 public:
  /// `seed` keeps strangers from choosing group names that collide.
  Tally(std::size_t bucket_count, std::size_t dimensions, std::uint64_t seed);

  /// Adds a row that lies in the given bucket (0 where there are none). Rows of one bucket and group add up.
  /// The counts of all rows must stay below 2^64 in sum; those that AnswerReader passes on do, by far. A text
  /// is cut to 65,535 bytes.
  void add(std::size_t bucket, const Row& row);
  /// Takes the row's counts away again, where all of them are there in that bucket and group, and what
  /// remains is still possible: no flag more often than there are submissions. Else false, and all stays as
  /// it is. How the answer was sampled does not change.
  [[nodiscard]] bool take(std::size_t bucket, const Row& row);

  [[nodiscard]] const Counts& totals() const { return totals_; }
  [[nodiscard]] const std::vector<Counts>& bucket_counts() const { return buckets_; }
  [[nodiscard]] const Sampling& sampling() const { return sampling_; }
  [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
  [[nodiscard]] std::size_t group_count() const { return groups_.size(); }
  [[nodiscard]] const Group& group(std::size_t at) const { return groups_[at]; }
  /// Memory that it takes, about.
  [[nodiscard]] std::size_t memory_bytes() const {
    return groups_.size() * sizeof(Group) + entries_.size() * sizeof(Entry) +
           table_.size() * sizeof(table_[0]) + text_bytes_;
  }
  /// The text of a group's n-th dimension.
  [[nodiscard]] std::string_view text(const Group& group, std::size_t n) const;
  [[nodiscard]] const Entry& entry(std::uint32_t at) const { return entries_[at]; }

  /// Appends all of it as bytes, for the cache; restore() gives it back, or an error (internal) where the
  /// bytes are not such a tally of that many buckets and dimensions, or one of more than twice kMaxReportRows
  /// groups or entries. `bytes` is shortened by what was read.
  void save(std::string& out) const;
  [[nodiscard]] static Result<Tally> restore(std::string_view& bytes, std::size_t bucket_count,
                                             std::size_t dimensions, std::uint64_t seed);

 private:
  friend class TallyBytes;
  static constexpr std::size_t kMaxDimensions = 4;

  /// A group's texts lie in one block, so that they are one string.
  struct TextBlock {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
    std::size_t capacity = 0;
  };

  struct Texts {
    std::array<const char*, kMaxDimensions> begins = {};
    std::array<std::uint16_t, kMaxDimensions> sizes = {};
  };

  [[nodiscard]] const char* texts_of(const Group& group) const;
  [[nodiscard]] std::uint64_t hash(const Texts& texts) const;
  [[nodiscard]] bool is_group(const Group& group, const Texts& texts) const;
  [[nodiscard]] Texts texts_of(const Row& row) const;
  [[nodiscard]] std::uint32_t slot_of(const Texts& texts, std::uint64_t hashed) const;
  [[nodiscard]] std::size_t find_or_add(const Row& row);
  [[nodiscard]] Group* find(const Row& row);
  [[nodiscard]] Entry* gather(const Group& group, std::size_t bucket);
  [[nodiscard]] std::uint32_t keep_texts(const Texts& texts);
  void add_to_group(std::size_t bucket, const Row& row);
  void add_sampling(const Row& row);
  void grow_table();

  std::size_t dimensions_;
  std::uint64_t seed_;
  Counts totals_;
  Sampling sampling_;
  std::vector<Counts> buckets_;
  std::vector<TextBlock> texts_;
  std::size_t text_bytes_ = 0;  // of all blocks
  std::deque<Group> groups_;
  std::deque<Entry> entries_;
  // Open addressing; a power of two of slots. A slot is a group's index + 1 in as many low bits as an index
  // of the table has, and bits of the group's hash above them; or 0.
  std::vector<std::uint32_t> table_;
  std::size_t last_ = 0;  // the group of the last row: answers often come in runs
};

}  // namespace leadledger::reports
