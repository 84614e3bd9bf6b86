#include "core/reports/answer_row.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/reports/answer_text.hpp"
#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101ULL;
constexpr std::uint64_t kHighs = kOnes * 0x80U;
constexpr std::array<std::string_view, 4> kTextNames = {"d0", "d1", "d2", "d3"};
constexpr std::size_t kMaxDigits = 19;  // of which the largest number still fits 64 bits

std::uint64_t load_word(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The high bit of the lowest byte that ends plain text: a quote, a backslash or a control character. Bits
/// above that one mean nothing.
std::uint64_t ends_of_plain_text(std::uint64_t word) {
  const std::uint64_t quote = word ^ (kOnes * '"');
  const std::uint64_t backslash = word ^ (kOnes * '\\');
  return (((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash) |
          ((word - kOnes * 0x20U) & ~word)) &
         kHighs;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

void skip_blanks(const char*& at, const char* end) {
  while (at != end && is_blank(*at)) ++at;
}

unsigned digit(char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0'; }

}  // namespace

bool AnswerRow::Between::learn(const char* from, const char* to) {
  size = static_cast<std::size_t>(to - from);
  if (size > kMaxBytes) return false;
  words = {};
  masks = {};
  std::memcpy(words.data(), from, size);
  std::memset(masks.data(), 0xFF, size);
  return true;
}

bool AnswerRow::Between::stands_at(const char* at) const {
  std::uint64_t differs = 0;
  for (std::size_t n = 0; n < words.size(); ++n) differs |= (load_word(at + n * 8) ^ words[n]) & masks[n];
  return differs == 0;
}

AnswerRow::AnswerRow(bool has_cell, std::size_t dimensions)
    : has_cell_(has_cell ? 1 : 0),
      dimensions_(std::min(dimensions, kMaxTexts)),
      columns_(has_cell_ + dimensions_ + kMeasureColumns.size()) {
  std::string_view* name = names_.data();
  if (has_cell) *name++ = "cell";
  name = std::copy_n(kTextNames.begin(), dimensions_, name);
  std::copy(kMeasureColumns.begin(), kMeasureColumns.end(), name);
}

AnswerRow::Step AnswerRow::read(const char*& at, const char* end) {
  const char* const from = at;
  if (!learnt_ || !read_as_learnt(at, end)) {
    at = from;
    const Step step = read_members(at, end);
    if (step != Step::row) return step;
  }
  if (static_cast<std::size_t>(at - from) > kMaxBytes) return bad("a row is too long");
  return take_values();
}

bool AnswerRow::read_as_learnt(const char*& at, const char* end) {
  static_assert(kMargin >= Between::kMaxBytes + 1 + kMaxDigits + 1);
  cell_below_zero_ = false;
  const char* p = at;
  for (std::size_t column = 0; column < columns_; ++column) {
    if (end - p < static_cast<std::ptrdiff_t>(kMargin) || !between_[column].stands_at(p)) return false;
    p += between_[column].size;
    if (is_text(column)) {
      if (read_text(column, p, end) != Step::row) return false;
    } else if (!read_integer(column, p)) {
      return false;
    }
  }
  const Between& last = between_[columns_];
  if (end - p < static_cast<std::ptrdiff_t>(kMargin) || !last.stands_at(p)) return false;
  at = p + last.size;
  return true;
}

AnswerRow::Step AnswerRow::read_members(const char*& at, const char* end) {
  learnt_ = false;
  bool learnt = true;
  cell_below_zero_ = false;
  std::uint32_t seen = 0;
  const char* value_end = at;
  const char* p = at + 1;  // behind the brace
  for (std::size_t nth = 0; nth < columns_; ++nth) {
    skip_blanks(p, end);
    if (p == end) return Step::more;
    if (*p++ != '"')
      return bad(nth == 0 || p[-1] != '}' ? "a row has no member where one must be" : "a row lacks a member");
    const char* const name_begin = p;
    while (p != end && *p != '"' && *p >= ' ') ++p;
    if (p == end) return Step::more;
    const std::string_view name(name_begin, static_cast<std::size_t>(p - name_begin));
    // In an answer of ours the n-th member is the n-th column.
    std::size_t column = nth;
    if (names_[nth] != name) {
      column = static_cast<std::size_t>(
          std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(columns_), name) -
          names_.begin());
      learnt = false;
    }
    if (column == columns_) return bad("a row has an unknown member");
    if ((seen & (1U << column)) != 0) return bad("a row has a member twice");
    seen |= 1U << column;
    if (*p++ != '"') return bad("a row has a broken name");
    skip_blanks(p, end);
    if (p == end) return Step::more;
    if (*p++ != ':') return bad("a row lacks a colon");
    skip_blanks(p, end);
    if (p == end) return Step::more;
    const bool quoted = *p == '"';
    if (quoted) ++p;
    if (is_text(column) && !quoted) return bad("a text is none");
    learnt = learnt && between_[nth].learn(value_end, p);
    const Step step = read_value(column, p, end);
    if (step != Step::row) return step;
    value_end = p;
    if (p == end) return Step::more;
    if (quoted && *p++ != '"') return bad("a count is no whole number");
    skip_blanks(p, end);
    if (p == end) return Step::more;
    const char next = *p++;
    const bool last = nth + 1 == columns_;
    if (next == (last ? '}' : ',')) continue;
    if (next == '}') return bad("a row lacks a member");
    return bad(next == ',' ? "a row has too many members" : "a row is malformed behind a value");
  }
  learnt_ = learnt && between_[columns_].learn(value_end, p);
  at = p;
  return Step::row;
}

AnswerRow::Step AnswerRow::read_value(std::size_t column, const char*& at, const char* end) {
  if (is_text(column)) return read_text(column, at, end);
  if (end - at < static_cast<std::ptrdiff_t>(kMargin)) return Step::more;
  // The largest of nothing is nothing, where an aggregate has no rows and no groups.
  constexpr std::string_view kNull = "null";
  if (may_be_null(column) && std::string_view(at, kNull.size()) == kNull) {
    values_[column] = 0;
    at += kNull.size();
    return Step::row;
  }
  return read_integer(column, at) ? Step::row : bad("a count is no whole number");
}

/// A whole number of at most kMaxDigits digits. What stands behind it is the caller's to check.
bool AnswerRow::read_integer(std::size_t column, const char*& at) {
  if (column < has_cell_ && *at == '-') {
    cell_below_zero_ = true;
    ++at;
  }
  const char* const from = at;
  unsigned next = digit(*at);
  if (next > 9) return false;
  std::uint64_t value = next;
  ++at;
  if (value != 0) {
    for (; (next = digit(*at)) <= 9; ++at) {
      if (at - from == kMaxDigits) return false;
      value = value * 10 + next;
    }
  }
  values_[column] = value;
  return true;
}

/// The rest of a text, whose opening quote was read, up to its closing one.
AnswerRow::Step AnswerRow::read_text(std::size_t column, const char*& at, const char* end) {
  std::string_view& text = row_.texts[column - has_cell_];
  std::string& store = unescaped_[column - has_cell_];
  const char* p = at;
  std::uint64_t bytes = 0;
  for (;; p += 8) {
    if (end - p < 8) return Step::more;
    const std::uint64_t word = load_word(p);
    const std::uint64_t stop = ends_of_plain_text(word);
    if (stop == 0) {
      bytes |= word;
      continue;
    }
    const auto bits = static_cast<unsigned>(std::countr_zero(stop)) & ~7U;
    bytes |= word & ((1ULL << bits) - 1);
    p += bits / 8;
    break;
  }
  if (*p == '\\') return read_escaped_text(text, store, at, end);
  if (*p != '"') return bad("a text has a control character");
  text = {at, static_cast<std::size_t>(p - at)};
  at = p;
  if ((bytes & kHighs) == 0 || text::is_utf8(text)) return Step::row;
  store = with_whole_characters(text);
  text = store;
  return Step::row;
}

AnswerRow::Step AnswerRow::read_escaped_text(std::string_view& text, std::string& store, const char*& at,
                                             const char* end) {
  const char* p = at;
  for (; p != end && *p != '"'; ++p) {
    if (static_cast<unsigned char>(*p) < ' ') return bad("a text has a control character");
    if (*p != '\\') continue;
    ++p;
    if (p == end) return Step::more;
  }
  if (p == end) return Step::more;
  if (!unescaped({at, static_cast<std::size_t>(p - at)}, store)) return bad("a text has a broken escape");
  if (!text::is_utf8(store)) store = with_whole_characters(store);
  text = store;
  at = p;
  return Step::row;
}

AnswerRow::Step AnswerRow::take_values() {
  const std::uint64_t* measure = values_.data() + has_cell_ + dimensions_;
  row_.submissions = *measure++;
  for (std::uint64_t& count : row_.counts.types) count = *measure++;
  for (std::uint64_t& count : row_.counts.flags) count = *measure++;
  row_.rows = *measure++;
  row_.largest_interval = *measure++;
  row_.squares = *measure++;
  const std::uint64_t newest = *measure++;
  const std::uint64_t cell = has_cell_ == 0 ? 0 : values_[0];
  std::uint64_t bits = row_.submissions | row_.rows | row_.largest_interval | newest | cell;
  std::uint64_t largest = std::max({row_.submissions, row_.rows});
  for (const std::uint64_t count : row_.counts.types) bits |= count;
  for (const std::uint64_t count : row_.counts.flags) {
    bits |= count;
    largest = std::max(largest, count);
  }
  if (bits > kMaxCount || row_.squares >> 63U != 0) return bad("a number is too large");
  largest = std::max(largest, row_.counts.total());
  sum_ += largest;
  if (sum_ > kMaxCount) return bad("the counts add up to too large a number");
  for (std::size_t n = 0; n < dimensions_; ++n) {
    if (row_.texts[n].size() > 0xFFFF) return bad("a text is too long");
  }
  row_.newest_s = static_cast<std::int64_t>(newest);
  row_.cell = cell_below_zero_ ? -static_cast<std::int64_t>(cell) : static_cast<std::int64_t>(cell);
  return Step::row;
}

}  // namespace leadledger::reports
