#include "core/reports/tally.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

constexpr std::size_t kFirstTable = 64;
// A group's text is a number of 32 bits: the block above, the place in it below.
constexpr unsigned kPlaceBits = 18;
constexpr std::size_t kFirstBlock = 4096;
constexpr std::size_t kLargestBlock = std::size_t{1} << kPlaceBits;
static_assert(kLargestBlock >= 4 * std::size_t{0xFFFF}, "the texts of a group must fit one block");

/// Both halves of the product, folded: with an operand that strangers do not know, they cannot foresee what
/// a change of the other one does. The idea is wyhash's (Wang Yi, 2019).
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t a_low = a & 0xFFFF'FFFFU;
  const std::uint64_t b_low = b & 0xFFFF'FFFFU;
  const std::uint64_t cross = (a >> 32U) * b_low;
  const std::uint64_t other = a_low * (b >> 32U);
  const std::uint64_t low = a_low * b_low;
  const std::uint64_t middle = (low >> 32U) + (cross & 0xFFFF'FFFFU) + (other & 0xFFFF'FFFFU);
  const std::uint64_t high = (a >> 32U) * (b >> 32U) + (cross >> 32U) + (other >> 32U) + (middle >> 32U);
  return high ^ ((middle << 32U) | (low & 0xFFFF'FFFFU));
}

/// Up to eight bytes.
std::uint64_t load_bytes(const char* at, std::size_t size) {
  std::uint64_t word = 0;
  if (size >= 8) {
    std::memcpy(&word, at, 8);
    return word;
  }
  // A memcpy of unknown size is a call; these are not.
  for (std::size_t n = 0; n < size; ++n) {
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[n])) << (8 * n);
  }
  return word;
}

/// memcmp goes byte by byte in WASI's library.
bool same_bytes(const char* a, const char* b, std::size_t size) {
  for (; size >= 8; size -= 8, a += 8, b += 8) {
    if (load_bytes(a, 8) != load_bytes(b, 8)) return false;
  }
  return load_bytes(a, size) == load_bytes(b, size);
}

std::uint16_t kept_size(std::string_view text) {
  return static_cast<std::uint16_t>(text.size() <= 0xFFFF ? text.size() : text::cut(text, 0xFFFF).size());
}

/// Whether `some` can be a part of `all`: each count is there, and of what else there is no more have a flag
/// than there are.
bool is_part(const Counts& some, const Counts& all) {
  for (std::size_t at = 0; at < all.types.size(); ++at) {
    if (some.types[at] > all.types[at]) return false;
  }
  const std::uint64_t others = all.total() - some.total();
  for (std::size_t at = 0; at < all.flags.size(); ++at) {
    if (some.flags[at] > all.flags[at] || all.flags[at] - some.flags[at] > others) return false;
  }
  return true;
}

void take_away(const Counts& some, Counts& all) {
  for (std::size_t at = 0; at < all.types.size(); ++at) all.types[at] -= some.types[at];
  for (std::size_t at = 0; at < all.flags.size(); ++at) all.flags[at] -= some.flags[at];
}

}  // namespace

std::array<std::uint64_t, schema::kCountNames.size()> Sampling::margins() const {
  constexpr double kStandardErrors = 1.96;
  constexpr double kMost = 9'007'199'254'740'991.0;
  std::array<std::uint64_t, schema::kCountNames.size()> out = {};
  for (std::size_t at = 0; at < out.size(); ++at) {
    const double half = std::ceil(kStandardErrors * std::sqrt(std::max(0.0, variances[at])));
    out[at] = static_cast<std::uint64_t>(std::min(half, kMost));
  }
  return out;
}

Tally::Tally(std::size_t bucket_count, std::size_t dimensions, std::uint64_t seed)
    : dimensions_(std::min(dimensions, kMaxDimensions)), seed_(seed), buckets_(bucket_count) {}

void Tally::add(std::size_t bucket, const Row& row) {
  totals_ += row.counts;
  if (bucket < buckets_.size()) buckets_[bucket] += row.counts;
  if (dimensions_ != 0) add_to_group(bucket, row);
  add_sampling(row);
}

void Tally::add_to_group(std::size_t bucket, const Row& row) {
  const std::size_t at = find_or_add(row);
  Group& group = groups_[at];
  last_ = at;
  group.is_emptied = false;
  group.counts += row.counts;
  if (bucket >= buckets_.size()) return;
  // Cells of one bucket often come one after the other; looking further back is not worth its time.
  if (group.first != kNone && entries_[group.first].bucket == bucket) {
    entries_[group.first].counts += row.counts;
    return;
  }
  entries_.push_back({row.counts, static_cast<std::uint32_t>(bucket), group.first});
  group.first = static_cast<std::uint32_t>(entries_.size() - 1);
  ++group.entries;
}

bool Tally::take(std::size_t bucket, const Row& row) {
  if (!buckets_.empty() && bucket >= buckets_.size()) return false;
  const Counts& all = buckets_.empty() ? totals_ : buckets_[bucket];
  if (!is_part(row.counts, all)) return false;
  if (dimensions_ != 0) {
    Group* const group = find(row);
    if (group == nullptr) return false;
    Entry* const entry = buckets_.empty() ? nullptr : gather(*group, bucket);
    if (!buckets_.empty() && entry == nullptr) return false;
    if (!is_part(row.counts, entry == nullptr ? group->counts : entry->counts)) return false;
    if (entry != nullptr) take_away(row.counts, entry->counts);
    take_away(row.counts, group->counts);
    group->is_emptied = group->counts.total() == 0;
  }
  if (!buckets_.empty()) take_away(row.counts, buckets_[bucket]);
  take_away(row.counts, totals_);
  return true;
}

/// The group's entry of that bucket, with all that it has there; null where there is none.
Entry* Tally::gather(const Group& group, std::size_t bucket) {
  Entry* whole = nullptr;
  for (std::uint32_t at = group.first; at != kNone; at = entries_[at].next) {
    Entry& entry = entries_[at];
    if (entry.bucket != bucket) continue;
    if (whole == nullptr) {
      whole = &entry;
      continue;
    }
    whole->counts += entry.counts;
    entry.counts = {};
  }
  return whole;
}

void Tally::add_sampling(const Row& row) {
  sampling_.rows_read += row.rows;
  sampling_.largest_interval = std::max(sampling_.largest_interval, row.largest_interval);
  sampling_.newest_s = std::max(sampling_.newest_s, row.newest_s);
  const std::uint64_t known = row.counts.total();
  if (row.submissions > known) sampling_.other_event_types += row.submissions - known;
  // The sum of w (w - 1) over a row is squares - submissions; a count of it has its part of that.
  if (row.submissions == 0 || row.squares <= row.submissions) return;
  const double excess = static_cast<double>(row.squares) / static_cast<double>(row.submissions) - 1;
  const auto counts = row.counts.in_order();
  for (std::size_t at = 0; at < counts.size(); ++at) {
    sampling_.variances[at] += static_cast<double>(counts[at]) * excess;
  }
}

std::string_view Tally::text(const Group& group, std::size_t n) const {
  const char* at = texts_of(group);
  for (std::size_t before = 0; before < n; ++before) at += group.sizes[before];
  return {at, group.sizes[n]};
}

const char* Tally::texts_of(const Group& group) const {
  return texts_[group.text >> kPlaceBits].bytes.get() + (group.text & (kLargestBlock - 1));
}

std::uint64_t Tally::hash(const Texts& texts) const {
  const std::uint64_t secret = mix(seed_ ^ 0xA076'1D64'78BD'642FULL, 0xE703'7ED1'A0B4'28DBULL) | 1U;
  std::uint64_t state = seed_;
  for (std::size_t n = 0; n < dimensions_; ++n) {
    const char* at = texts.begins[n];
    std::size_t left = texts.sizes[n];
    state = mix(state ^ left, secret);
    for (; left > 16; left -= 16, at += 16) {
      state = mix(load_bytes(at, 8) ^ secret, load_bytes(at + 8, 8) ^ state);
    }
    const std::size_t second = left > 8 ? left - 8 : 0;
    state = mix(load_bytes(at, left - second) ^ secret, load_bytes(at + left - second, second) ^ state);
  }
  return mix(state, secret);
}

bool Tally::is_group(const Group& group, const Texts& texts) const {
  if (group.sizes != texts.sizes) return false;
  const char* at = texts_of(group);
  for (std::size_t n = 0; n < dimensions_; ++n) {
    if (!same_bytes(at, texts.begins[n], texts.sizes[n])) return false;
    at += texts.sizes[n];
  }
  return true;
}

Tally::Texts Tally::texts_of(const Row& row) const {
  Texts texts;
  for (std::size_t n = 0; n < dimensions_; ++n) {
    texts.begins[n] = row.texts[n].data();
    texts.sizes[n] = kept_size(row.texts[n]);
  }
  return texts;
}

/// Where the group of these texts stands in the table, or the free slot for it.
std::uint32_t Tally::slot_of(const Texts& texts, std::uint64_t hashed) const {
  const auto mask = static_cast<std::uint32_t>(table_.size() - 1);
  const std::uint32_t tag = static_cast<std::uint32_t>(hashed >> 32U) & ~mask;
  auto slot = static_cast<std::uint32_t>(hashed) & mask;
  for (; table_[slot] != 0; slot = (slot + 1) & mask) {
    if ((table_[slot] & ~mask) == tag && is_group(groups_[(table_[slot] & mask) - 1], texts)) break;
  }
  return slot;
}

Group* Tally::find(const Row& row) {
  if (table_.empty()) return nullptr;
  const Texts texts = texts_of(row);
  const std::uint32_t found = table_[slot_of(texts, hash(texts))];
  if (found == 0) return nullptr;
  return &groups_[(found & (table_.size() - 1)) - 1];
}

std::size_t Tally::find_or_add(const Row& row) {
  const Texts texts = texts_of(row);
  if (last_ < groups_.size() && is_group(groups_[last_], texts)) return last_;
  if ((groups_.size() + 1) * 4 > table_.size() * 3) grow_table();
  const std::uint64_t hashed = hash(texts);
  const auto mask = static_cast<std::uint32_t>(table_.size() - 1);
  const std::uint32_t tag = static_cast<std::uint32_t>(hashed >> 32U) & ~mask;
  const std::uint32_t slot = slot_of(texts, hashed);
  if (table_[slot] != 0) return (table_[slot] & mask) - 1;
  Group group;
  group.text = keep_texts(texts);
  group.sizes = texts.sizes;
  groups_.push_back(group);
  table_[slot] = tag | static_cast<std::uint32_t>(groups_.size());
  return groups_.size() - 1;
}

std::uint32_t Tally::keep_texts(const Texts& texts) {
  std::size_t size = 0;
  for (const std::uint16_t part : texts.sizes) size += part;
  // A byte stays free: the place of empty texts, too, is one in the block.
  if (texts_.empty() || texts_.back().capacity - texts_.back().size <= size) {
    const std::size_t next =
        texts_.empty() ? kFirstBlock : std::min(texts_.back().capacity * 2, kLargestBlock);
    const std::size_t capacity = std::max(size, next);
    // Not value-initialised: every byte is written before it is read.
    texts_.push_back({std::unique_ptr<char[]>(new char[capacity]), 0, capacity});
    text_bytes_ += capacity;
  }
  TextBlock& block = texts_.back();
  const std::size_t place = ((texts_.size() - 1) << kPlaceBits) | block.size;
  for (std::size_t n = 0; n < dimensions_; ++n) {
    std::copy_n(texts.begins[n], texts.sizes[n], block.bytes.get() + block.size);
    block.size += texts.sizes[n];
  }
  return static_cast<std::uint32_t>(place);
}

void Tally::grow_table() {
  table_.assign(std::max(kFirstTable, table_.size() * 2), 0);
  const auto mask = static_cast<std::uint32_t>(table_.size() - 1);
  std::uint32_t number = 0;
  for (const Group& group : groups_) {
    Texts texts;
    texts.sizes = group.sizes;
    const char* at = texts_of(group);
    for (std::size_t n = 0; n < dimensions_; ++n) {
      texts.begins[n] = at;
      at += group.sizes[n];
    }
    const std::uint64_t hashed = hash(texts);
    auto slot = static_cast<std::uint32_t>(hashed) & mask;
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = (static_cast<std::uint32_t>(hashed >> 32U) & ~mask) | ++number;
  }
}

}  // namespace leadledger::reports
