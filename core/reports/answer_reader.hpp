// Reads an answer of Analytics Engine in FORMAT JSON as it arrives, in flat memory, and notices one that is
// cut off or malformed: what is not a whole answer is an error, never fewer rows. An answer that ClickHouse
// ended with an "exception" is none either.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/reports/answer_row.hpp"
#include "core/reports/tally.hpp"

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
  /// dimensions (at most four), then the measures. Any order of members is read; the expected one is fast.
  /// Integers may be strings. Counts are below 2^53, alone and added up, so all sums of an answer are exact.
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
  enum class State : std::uint8_t {
    value,  // or the end of an array that has nothing yet
    key,    // or the end of an object that has nothing yet
    colon,
    string,
    escape,
    escape_digits,
    scalar,  // a number, true, false or null
    after_value,
    done,       // nothing but blanks may follow
    first_row,  // from here on inside of "data"
    next_row,
    in_row,  // part of one is in row_bytes_
    after_row,
  };
  /// Members of the answer itself; those of what is inside them are of no interest.
  enum class Member : std::uint8_t { other, data, rows };
  static constexpr std::size_t kMaxDepth = 32;

  void fail(std::string_view fault);
  void read_outside(char c);
  void begin_value(char c);
  void open(bool object);
  void close(bool object);
  void end_string();
  void end_scalar();
  void read_rows(const char*& at, const char* end);
  void begin_row(const char*& at, const char* end);
  void collect_row(const char*& at, const char* end);
  void take_row();

  AnswerRow row_;
  RowSink& sink_;
  std::uint64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
  std::string_view fault_;
  bool stopped_ = false;

  State state_ = State::value;
  bool may_close_ = false;  // nothing came yet in what was opened last
  bool in_key_ = false;     // the string that is being read is a name
  std::size_t depth_ = 0;
  std::uint64_t objects_ = 0;  // a bit for each open object or array, the innermost lowest: 1 for objects
  unsigned hex_digits_ = 0;    // that an escape still lacks
  std::string token_;          // the name or scalar that is being read, as far as it matters
  Member member_ = Member::other;
  bool has_data_ = false;
  std::optional<std::uint64_t> promised_rows_;

  std::string row_bytes_;  // a row that did not end in its piece
  bool row_in_text_ = false;
  bool row_in_escape_ = false;
};

}  // namespace leadledger::reports
