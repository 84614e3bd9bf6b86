// A string that is filled through a pointer: what every hot loop here writes into.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "leadledger/limits.hpp"

namespace leadledger::reports {

/// A string being filled: its size runs ahead of what is written, so that a row is only stores. The string is
/// whole again after close().
class Page {
 public:
  /// Appends to `out`, where about `more` bytes are going to be written.
  Page(std::string& out, std::size_t more) : out_(out), begin_(out.size()), used_(out.size()) {
    out.resize(used_ + std::min<std::size_t>(more, schema::kReportPieceBytes) + kSpare);
  }

  /// Where to write at most `most` bytes; took() tells where they ended.
  [[nodiscard]] char* room(std::size_t most) {
    if (out_.size() - used_ < most) out_.resize(used_ + most + out_.size() / 2);
    return out_.data() + used_;
  }
  void took(const char* end) { used_ = static_cast<std::size_t>(end - out_.data()); }
  void append(std::string_view text) {
    if (text.empty()) return;  // a view of nothing has no address, which memcpy may not be given
    char* const at = room(text.size());
    std::memcpy(at, text.data(), text.size());
    took(at + text.size());
  }
  /// How much was written.
  [[nodiscard]] std::size_t size() const { return used_ - begin_; }
  void close() { out_.resize(used_); }

 private:
  static constexpr std::size_t kSpare = 1024;  // by less than this a piece's last row passes its size, mostly

  std::string& out_;
  std::size_t begin_;
  std::size_t used_;
};

}  // namespace leadledger::reports
