// The counts of a row: how many submissions of each event type, and how many carry each flag. The total is
// the sum of the types by construction, so they always add up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "leadledger/enums.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::reports {

struct Counts {
  std::array<std::uint64_t, schema::kEventTypeNames.size()> types = {};
  std::array<std::uint64_t, schema::kFlagNames.size()> flags = {};

  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : types) sum += count;
    return sum;
  }
  [[nodiscard]] std::uint64_t of(schema::EventType type) const {
    return types[static_cast<std::size_t>(type)];
  }
  [[nodiscard]] std::uint64_t of(schema::Flag flag) const { return flags[static_cast<std::size_t>(flag)]; }
  /// In the order of schema::kCountNames: total, types, flags.
  [[nodiscard]] std::array<std::uint64_t, schema::kCountNames.size()> in_order() const {
    std::array<std::uint64_t, schema::kCountNames.size()> out = {total()};
    std::size_t at = 1;
    for (const std::uint64_t count : types) out[at++] = count;
    for (const std::uint64_t count : flags) out[at++] = count;
    return out;
  }
  Counts& operator+=(const Counts& other) {
    for (std::size_t at = 0; at < types.size(); ++at) types[at] += other.types[at];
    for (std::size_t at = 0; at < flags.size(); ++at) flags[at] += other.flags[at];
    return *this;
  }
};

}  // namespace leadledger::reports
