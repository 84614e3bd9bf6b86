// A tally as bytes: little-endian groups of seven bits (LEB128) for integers, so small counts take one byte.
// Sums are not written where they follow from their parts, so bytes that were tampered with cannot disagree.
//
//   version, dimensions, buckets
//   rows read, largest interval, other event types, newest; the variances as 8 bytes each
//   without dimensions: counts of each bucket, or the totals where there are none
//   with dimensions: number of groups; of each: sizes and bytes of its texts, then its counts; or, where
//   there are buckets, how many entries it has, and of each its bucket and counts

#include <cmath>
#include <cstring>

#include "core/reports/page.hpp"
#include "core/reports/tally.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kMaxSum = (1ULL << 53U) - 1;  // as AnswerReader has it, and two answers in one tally
constexpr std::size_t kCountsOfRow = schema::kEventTypeNames.size() + schema::kFlagNames.size();
static_assert(kCountsOfRow <= 8, "which counts are not 0 is one byte");
/// A group takes few bytes here and many in memory: hostile bytes must not make millions of them.
constexpr std::size_t kMostItems = std::size_t{2} * schema::kMaxReportRows;

/// Bytes that an integer takes at most, and the counts of a row.
constexpr std::size_t kMostInteger = 10;
constexpr std::size_t kMostCounts = 1 + kCountsOfRow * kMostInteger;

[[nodiscard]] char* put_integer(char* at, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) *at++ = static_cast<char>(0x80U | (value & 0x7FU));
  *at++ = static_cast<char>(value);
  return at;
}

[[nodiscard]] char* put_counts(char* at, const Counts& counts) {
  char* const mask_at = at++;
  unsigned mask = 0;
  unsigned bit = 1;
  const auto put = [&](std::uint64_t count) {
    if (count != 0) {
      mask |= bit;
      at = put_integer(at, count);
    }
    bit <<= 1U;
  };
  for (const std::uint64_t count : counts.types) put(count);
  for (const std::uint64_t count : counts.flags) put(count);
  *mask_at = static_cast<char>(static_cast<unsigned char>(mask));
  return at;
}

/// Takes what was put. Once something was not as it must be, ok() stays false and all values are 0.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::string_view left() const { return left_; }

  std::uint64_t integer(std::uint64_t most) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return check(value <= most) ? value : 0;
    }
    check(false);
    return 0;
  }
  std::string_view text(std::size_t size) {
    if (!check(size <= left_.size())) return {};
    const std::string_view text = left_.substr(0, size);
    left_.remove_prefix(size);
    return text;
  }
  double variance() {
    const std::string_view bytes = text(8);
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at])) << (8 * at);
    }
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return check(std::isfinite(value) && value >= 0) ? value : 0;
  }
  Counts counts() {
    Counts counts;
    const std::string_view mask_byte = text(1);
    const unsigned mask = mask_byte.empty() ? 0 : static_cast<unsigned char>(mask_byte.front());
    unsigned bit = 1;
    const auto take = [&](std::uint64_t& count) {
      if ((mask & bit) != 0) count = integer(kMaxSum);
      bit <<= 1U;
      sum_ += count;
    };
    for (std::uint64_t& count : counts.types) take(count);
    for (std::uint64_t& count : counts.flags) take(count);
    check(sum_ <= kMaxSum * kCountsOfRow);
    return counts;
  }
  bool check(bool holds) {
    ok_ = ok_ && holds;
    return ok_;
  }

 private:
  std::string_view left_;
  bool ok_ = true;
  std::uint64_t sum_ = 0;  // of all counts: bounded, so that no sum of some of them overflows
};

}  // namespace

/// Restores the parts that only Tally itself may touch.
class TallyBytes {
 public:
  static void take_sampling(Bytes& bytes, Sampling& sampling) {
    sampling.rows_read = bytes.integer(kMaxSum);
    sampling.largest_interval = bytes.integer(kMaxSum);
    sampling.other_event_types = bytes.integer(kMaxSum);
    sampling.newest_s = static_cast<std::int64_t>(bytes.integer(kMaxSum));
    for (double& variance : sampling.variances) variance = bytes.variance();
  }

  static void take_group(Bytes& bytes, Tally& tally) {
    Row row;
    std::array<std::size_t, Tally::kMaxDimensions> sizes = {};
    for (std::size_t n = 0; n < tally.dimensions_; ++n)
      sizes[n] = static_cast<std::size_t>(bytes.integer(0xFFFF));
    for (std::size_t n = 0; n < tally.dimensions_; ++n) row.texts[n] = bytes.text(sizes[n]);
    if (!bytes.ok()) return;
    const std::size_t before = tally.group_count();
    const std::size_t at = tally.find_or_add(row);
    // The same group twice, or a text that is cut (what was saved is not).
    if (!bytes.check(tally.group_count() == before + 1)) return;
    Group& group = tally.groups_[at];
    if (tally.buckets_.empty()) {
      group.counts = bytes.counts();
      tally.totals_ += group.counts;
      return;
    }
    const std::uint64_t entries = bytes.integer(kMostItems - tally.entries_.size());
    bytes.check(entries != 0);
    for (std::uint64_t n = 0; n < entries && bytes.ok(); ++n)
      take_entry(bytes, tally, group, n + 1 == entries);
  }

 private:
  static void take_entry(Bytes& bytes, Tally& tally, Group& group, bool last) {
    const auto bucket = static_cast<std::uint32_t>(bytes.integer(tally.buckets_.size() - 1));
    const Counts counts = bytes.counts();
    if (!bytes.ok()) return;
    const auto index = static_cast<std::uint32_t>(tally.entries_.size());
    tally.entries_.push_back({counts, bucket, last ? kNone : index + 1});
    ++group.entries;
    if (group.first == kNone) group.first = index;
    group.counts += counts;
    tally.buckets_[bucket] += counts;
    tally.totals_ += counts;
  }
};

// A byte at a time would be most of what a large report costs: bytes go through a pointer into a page.
void Tally::save(std::string& out) const {
  constexpr std::size_t kUsualEntry = 8;
  Page page(out, entries_.size() * kUsualEntry);
  const auto put_one = [&](const Counts& counts) { page.took(put_counts(page.room(kMostCounts), counts)); };
  for (const std::uint64_t value :
       {kVersion, std::uint64_t{dimensions_}, std::uint64_t{buckets_.size()}, sampling_.rows_read,
        sampling_.largest_interval, sampling_.other_event_types,
        static_cast<std::uint64_t>(sampling_.newest_s)}) {
    page.took(put_integer(page.room(kMostInteger), value));
  }
  for (const double variance : sampling_.variances) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &variance, sizeof bits);
    char* at = page.room(sizeof bits);
    for (unsigned shift = 0; shift < 64; shift += 8) *at++ = static_cast<char>((bits >> shift) & 0xFFU);
    page.took(at);
  }
  if (dimensions_ == 0) {
    if (buckets_.empty()) put_one(totals_);
    for (const Counts& counts : buckets_) put_one(counts);
  } else {
    page.took(put_integer(page.room(kMostInteger), groups_.size()));
    for (const Group& group : groups_) {
      std::size_t size = 0;
      char* at = page.room(kMaxDimensions * kMostInteger);
      for (std::size_t n = 0; n < dimensions_; ++n) {
        at = put_integer(at, group.sizes[n]);
        size += group.sizes[n];
      }
      page.took(at);
      page.append({texts_of(group), size});
      if (buckets_.empty()) {
        put_one(group.counts);
        continue;
      }
      page.took(put_integer(page.room(kMostInteger), group.entries));
      for (std::uint32_t next = group.first; next != kNone;) {
        const Entry& entry = entries_[next];
        page.took(put_counts(put_integer(page.room(kMostInteger + kMostCounts), entry.bucket), entry.counts));
        next = entry.next;
      }
    }
  }
  page.close();
}

Result<Tally> Tally::restore(std::string_view& bytes, std::size_t bucket_count, std::size_t dimensions,
                             std::uint64_t seed) {
  Tally tally(bucket_count, dimensions, seed);
  Bytes in(bytes);
  in.check(in.integer(kVersion) == kVersion);
  in.check(in.integer(kMaxDimensions) == tally.dimensions_);
  in.check(in.integer(kMaxSum) == bucket_count);
  TallyBytes::take_sampling(in, tally.sampling_);
  if (tally.dimensions_ == 0) {
    if (bucket_count == 0) tally.totals_ = in.counts();
    for (Counts& counts : tally.buckets_) {
      counts = in.counts();
      tally.totals_ += counts;
    }
  } else {
    const std::uint64_t groups = in.integer(kMostItems);
    for (std::uint64_t n = 0; n < groups && in.ok(); ++n) TallyBytes::take_group(in, tally);
  }
  if (!in.ok()) return fail(ErrorCode::internal, "The bytes are no tally.");
  bytes = in.left();
  return tally;
}

}  // namespace leadledger::reports
