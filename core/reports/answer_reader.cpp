#include "core/reports/answer_reader.hpp"

#include <algorithm>

#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

/// A longer name is none that is looked for, and a longer number none that ClickHouse writes.
constexpr std::size_t kMaxToken = 64;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_scalar_character(char c) {
  return text::is_digit(c) || text::is_letter(c) || c == '-' || c == '+' || c == '.';
}

void skip_digits(std::string_view& text) {
  while (!text.empty() && text::is_digit(text.front())) text.remove_prefix(1);
}

/// Takes at least one digit.
bool take_digits(std::string_view& text) {
  const std::size_t before = text.size();
  skip_digits(text);
  return text.size() < before;
}

/// By the grammar of RFC 8259.
bool is_number(std::string_view text) {
  const auto take = [&](char a, char b) {
    const bool there = !text.empty() && (text.front() == a || text.front() == b);
    if (there) text.remove_prefix(1);
    return there;
  };
  (void)take('-', '-');
  if (!take('0', '0') && !take_digits(text)) return false;
  if (take('.', '.') && !take_digits(text)) return false;
  if (take('e', 'E')) {
    (void)take('+', '-');
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

}  // namespace

AnswerReader::AnswerReader(bool has_cell, std::size_t dimensions, RowSink& sink)
    : row_(has_cell, dimensions), sink_(sink) {}

bool AnswerReader::feed(std::string_view piece) {
  if (stopped_) return false;
  bytes_ += piece.size();
  const char* at = piece.data();
  const char* const end = at + piece.size();
  while (at != end && !stopped_) {
    if (state_ >= State::first_row) {
      read_rows(at, end);
    } else {
      read_outside(*at++);
    }
  }
  return !stopped_;
}

bool AnswerReader::finish() {
  if (stopped_) return false;
  if (state_ != State::done) {
    fail("the answer is cut off");
  } else if (!has_data_) {
    fail("the answer has no data");
  } else if (!promised_rows_) {
    fail("the answer does not say how many rows it has");
  } else if (*promised_rows_ != rows_) {
    fail("the answer has another number of rows than it says");
  }
  stopped_ = true;
  return fault_.empty();
}

void AnswerReader::fail(std::string_view fault) {
  stopped_ = true;
  fault_ = fault;
}

void AnswerReader::read_outside(char c) {
  switch (state_) {
    case State::value:
      if (is_blank(c)) return;
      if (c == ']' && may_close_) return close(false);
      return begin_value(c);
    case State::key:
      if (is_blank(c)) return;
      if (c == '}' && may_close_) return close(true);
      if (c != '"') return fail("a name is missing");
      token_.clear();
      in_key_ = true;
      state_ = State::string;
      return;
    case State::colon:
      if (is_blank(c)) return;
      if (c != ':') return fail("a colon is missing");
      may_close_ = false;
      state_ = State::value;
      return;
    case State::string:
      if (c == '"') return end_string();
      if (static_cast<unsigned char>(c) < ' ') return fail("a text has a control character");
      if (c == '\\') state_ = State::escape;
      // An escape in a name is kept as it is: none that is looked for has any.
      if (in_key_ && token_.size() < kMaxToken) token_.push_back(c);
      return;
    case State::escape:
      hex_digits_ = 4;
      state_ = c == 'u' ? State::escape_digits : State::string;
      if (c != 'u' && std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) {
        fail("a text has a broken escape");
      }
      return;
    case State::escape_digits:
      if (!text::is_digit(c) && (text::to_lower(c) < 'a' || text::to_lower(c) > 'f')) {
        return fail("a text has a broken escape");
      }
      if (--hex_digits_ == 0) state_ = State::string;
      return;
    case State::scalar:
      if (is_scalar_character(c)) {
        if (token_.size() == kMaxToken) return fail("a number is too long");
        token_.push_back(c);
        return;
      }
      end_scalar();
      if (!stopped_) read_outside(c);
      return;
    case State::after_value:
      if (is_blank(c)) return;
      if (c == '}' || c == ']') return close(c == '}');
      if (c != ',') return fail("a comma is missing");
      may_close_ = false;
      state_ = (objects_ & 1U) != 0 ? State::key : State::value;
      return;
    default:
      if (!is_blank(c)) fail("text follows the answer");
      return;
  }
}

void AnswerReader::begin_value(char c) {
  if (depth_ == 0 && c != '{') return fail("the answer is no object");
  if (depth_ == 1 && member_ == Member::data) {
    if (c != '[') return fail("data is no list");
    if (has_data_) return fail("data comes twice");
    has_data_ = true;
    state_ = State::first_row;
    return;
  }
  if (depth_ == 1 && member_ == Member::rows && !text::is_digit(c)) return fail("rows is no number");
  if (c == '{' || c == '[') return open(c == '{');
  if (c == '"') {
    in_key_ = false;
    state_ = State::string;
    return;
  }
  if (!is_scalar_character(c)) return fail("a value is missing");
  token_.assign(1, c);
  state_ = State::scalar;
}

void AnswerReader::open(bool object) {
  if (depth_ == kMaxDepth) return fail("the answer is nested too deeply");
  ++depth_;
  objects_ = (objects_ << 1U) | (object ? 1U : 0U);
  may_close_ = true;
  state_ = object ? State::key : State::value;
}

void AnswerReader::close(bool object) {
  if (((objects_ & 1U) != 0) != object) return fail("brackets do not match");
  --depth_;
  objects_ >>= 1U;
  state_ = depth_ == 0 ? State::done : State::after_value;
}

void AnswerReader::end_string() {
  state_ = in_key_ ? State::colon : State::after_value;
  if (!in_key_ || depth_ != 1) return;
  member_ = token_ == "data" ? Member::data : token_ == "rows" ? Member::rows : Member::other;
  // ClickHouse ends what it cannot go on with so: well-formed, with fewer rows.
  if (token_ == "exception") fail("the answer ends with an exception");
}

void AnswerReader::end_scalar() {
  state_ = State::after_value;
  if (depth_ == 1 && member_ == Member::rows) {
    if (promised_rows_) return fail("rows comes twice");
    promised_rows_ = text::parse_unsigned(token_);
    if (!promised_rows_ || !is_number(token_)) fail("rows is no number");
    return;
  }
  const bool word = token_ == "true" || token_ == "false" || token_ == "null";
  if (!word && !is_number(token_)) fail("a value is malformed");
}

void AnswerReader::read_rows(const char*& at, const char* end) {
  while (at != end && !stopped_) {
    if (state_ == State::in_row) {
      collect_row(at, end);
      continue;
    }
    const char c = *at;
    if (is_blank(c)) {
      ++at;
    } else if (c == ']' && state_ != State::next_row) {
      ++at;
      state_ = State::after_value;
      return;
    } else if (state_ == State::after_row) {
      if (c != ',') return fail("a comma is missing between rows");
      ++at;
      state_ = State::next_row;
    } else if (c != '{') {
      return fail("a row is no object");
    } else {
      begin_row(at, end);
    }
  }
}

void AnswerReader::begin_row(const char*& at, const char* end) {
  switch (row_.read(at, end)) {
    case AnswerRow::Step::row: return take_row();
    case AnswerRow::Step::bad: return fail(row_.fault());
    case AnswerRow::Step::more: break;
  }
  row_bytes_.clear();
  row_in_text_ = false;
  row_in_escape_ = false;
  state_ = State::in_row;
}

/// A row has no braces but its own and those in texts: the first one outside of them is its end.
void AnswerReader::collect_row(const char*& at, const char* end) {
  const char* p = at;
  bool whole = false;
  for (; p != end && !whole; ++p) {
    if (row_in_escape_) {
      row_in_escape_ = false;
    } else if (*p == '"') {
      row_in_text_ = !row_in_text_;
    } else if (row_in_text_) {
      row_in_escape_ = *p == '\\';
    } else {
      whole = *p == '}';
    }
  }
  const auto size = static_cast<std::size_t>(p - at);
  if (size > AnswerRow::kMaxBytes - row_bytes_.size()) return fail("a row is too long");
  row_bytes_.append(at, size);
  at = p;
  if (!whole) return;
  const std::size_t row_size = row_bytes_.size();
  row_bytes_.append(AnswerRow::kMargin, '\0');
  const char* from = row_bytes_.data();
  const AnswerRow::Step step = row_.read(from, row_bytes_.data() + row_bytes_.size());
  if (step == AnswerRow::Step::bad) return fail(row_.fault());
  if (step != AnswerRow::Step::row || from != row_bytes_.data() + row_size) return fail("a row is malformed");
  take_row();
}

void AnswerReader::take_row() {
  state_ = State::after_row;
  ++rows_;
  if (!sink_.take(row_.row())) stopped_ = true;
}

}  // namespace leadledger::reports
