// Reads an answer of Analytics Engine in FORMAT JSON as it arrives, in flat memory, and notices one that is
// cut off or malformed: what is not a whole answer is an error, never fewer rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/tally.hpp"
#include "core/support/result.hpp"

namespace leadledger::reports {

/// Takes rows; false stops the reading with that error.
class RowSink {
 public:
  RowSink() = default;
  RowSink(const RowSink&) = delete;
  RowSink& operator=(const RowSink&) = delete;
  virtual ~RowSink() = default;
  /// The row's texts hold only during the call.
  [[nodiscard]] virtual bool take(const Row& row) = 0;
};

class AnswerReader {
 public:
  /// Columns as core/reports/statements.hpp names them: `cell` where `has_cell`, then d0 ... of that many
  /// dimensions, then the measures. Any order of members is read; the expected one is fast. 64-bit integers
  /// may be strings.
  AnswerReader(bool has_cell, std::size_t dimensions, RowSink& sink);

  /// The next piece, of any size. False: the answer is malformed, or the sink stopped; feeding on is of no
  /// use.
  [[nodiscard]] bool feed(std::string_view piece);
  /// After the last piece: whether all was read, and "rows" says as many as came.
  [[nodiscard]] bool finish();

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// What was wrong, in a few words, for the log; "" where nothing was or the sink stopped.
  [[nodiscard]] std::string_view fault() const { return fault_; }

 private:
  bool has_cell_;
  std::size_t dimensions_;
  RowSink& sink_;
  std::uint64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
  std::string_view fault_;
  // ... the reader's own state
};

}  // namespace leadledger::reports
