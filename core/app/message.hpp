// Messages across the boundary: a few parts of bytes behind each other.
//
//   u32 count, count times u32 size (little endian), then the parts' bytes
//
// The last part is followed by one spare byte, so that it can be parsed in place.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace leadledger::app {

/// Bytes that came from outside, in memory of malloc; owned.
class Buffer {
 public:
  Buffer() = default;
  /// Takes over `data`, which malloc gave with room for size + 1 bytes.
  Buffer(char* data, std::size_t size) : data_(data), size_(size) { data_.get()[size] = '\0'; }

  [[nodiscard]] char* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(char* data) const { std::free(data); }  // NOLINT: memory of malloc
  };
  std::unique_ptr<char, Free> data_;
  std::size_t size_ = 0;
};

/// A part of a message: points into its buffer.
struct Part {
  char* data = nullptr;
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const { return {data, size}; }
};

/// The parts of a message, exactly `expected` of them, or nothing where the bytes are no such message.
[[nodiscard]] std::optional<std::vector<Part>> read_parts(char* data, std::size_t size,
                                                          std::uint32_t expected);

/// A message of these parts, as bytes.
[[nodiscard]] std::string write_parts(const std::vector<std::string_view>& parts);

}  // namespace leadledger::app
