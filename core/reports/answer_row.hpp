// Reads one row of an answer: an object of the expected columns, as Analytics Engine writes it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/reports/statements.hpp"
#include "core/reports/tally.hpp"

namespace leadledger::reports {

/// Nearly all rows of an answer differ in their values alone: what stands between two values is learnt from
/// one row and compared as a whole in the next ones. A row of another layout, or with its members in another
/// order, is read member by member.
class AnswerRow {
 public:
  enum class Step : std::uint8_t {
    row,   ///< read; row() holds it until the next call
    more,  ///< the text ends inside it, or too near its end to tell
    bad,   ///< fault() says why
  };
  /// A row longer than this is refused: Analytics Engine holds 16,000 bytes of text in a point.
  static constexpr std::size_t kMaxBytes = 65'536;
  /// A row that has this many bytes behind it is never asked for more.
  static constexpr std::size_t kMargin = 64;
  /// No sum of counts is larger: JSON's readers hold larger numbers inexactly.
  static constexpr std::uint64_t kMaxCount = (1ULL << 53U) - 1;

  /// At most four dimensions.
  AnswerRow(bool has_cell, std::size_t dimensions);

  /// Reads the object that begins at `at`, which then moves behind it. Texts point into what was read, or
  /// into this object where they had escapes; what is no UTF-8 in them becomes U+FFFD.
  [[nodiscard]] Step read(const char*& at, const char* end);
  [[nodiscard]] const Row& row() const { return row_; }
  [[nodiscard]] std::string_view fault() const { return fault_; }

 private:
  static constexpr std::size_t kMaxTexts = std::tuple_size_v<decltype(Row::texts)>;
  static constexpr std::size_t kMaxColumns = 1 + kMaxTexts + kMeasureColumns.size();

  /// The bytes between two values, as words with a mask each.
  struct Between {
    static constexpr std::size_t kMaxBytes = 32;
    std::array<std::uint64_t, kMaxBytes / 8> words = {};
    std::array<std::uint64_t, kMaxBytes / 8> masks = {};
    std::size_t size = 0;

    [[nodiscard]] bool learn(const char* from, const char* to);
    /// Reads kMaxBytes bytes.
    [[nodiscard]] bool stands_at(const char* at) const;
  };

  [[nodiscard]] bool is_text(std::size_t column) const { return column - has_cell_ < dimensions_; }
  /// m_most and m_newest.
  [[nodiscard]] bool may_be_null(std::size_t column) const {
    return names_[column] == "m_most" || names_[column] == "m_newest";
  }
  [[nodiscard]] bool read_as_learnt(const char*& at, const char* end);
  [[nodiscard]] Step read_members(const char*& at, const char* end);
  [[nodiscard]] Step read_value(std::size_t column, const char*& at, const char* end);
  [[nodiscard]] Step read_text(std::size_t column, const char*& at, const char* end);
  [[nodiscard]] Step read_escaped_text(std::string_view& text, std::string& store, const char*& at,
                                       const char* end);
  [[nodiscard]] bool read_integer(std::size_t column, const char*& at);
  [[nodiscard]] Step take_values();
  Step bad(std::string_view fault) {
    fault_ = fault;
    return Step::bad;
  }

  std::size_t has_cell_;  // 0 or 1
  std::size_t dimensions_;
  std::size_t columns_;
  std::array<std::string_view, kMaxColumns> names_ = {};
  std::array<Between, kMaxColumns + 1> between_ = {};  // before each value, and behind the last
  bool learnt_ = false;
  std::array<std::uint64_t, kMaxColumns> values_ = {};  // of the integers
  bool cell_below_zero_ = false;
  std::array<std::string, kMaxTexts> unescaped_;
  std::uint64_t sum_ = 0;  // of the largest count of each row
  Row row_;
  std::string_view fault_;
};

}  // namespace leadledger::reports
