// How coarsely each value was sampled. Analytics Engine samples by index, so one busy project is sampled
// while the others are not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace leadledger::insights {

/// The largest sample interval of each value's rows. Only values that were sampled take room.
class Intervals {
 public:
  void add(std::string_view value, std::uint64_t interval);
  /// 1 where nothing of the value was sampled.
  [[nodiscard]] std::uint64_t of(std::string_view value) const;
  /// Memory that it takes, about.
  [[nodiscard]] std::size_t memory_bytes() const { return bytes_; }

  /// Appends all of it as bytes, for the cache.
  void save(std::string& out) const;
  /// Shortens `bytes` by what save() wrote; false, and nothing is kept, where they are not that.
  [[nodiscard]] bool restore(std::string_view& bytes);

 private:
  std::map<std::string, std::uint64_t, std::less<>> sampled_;
  std::size_t bytes_ = 0;
};

}  // namespace leadledger::insights
