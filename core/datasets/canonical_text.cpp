#include "core/datasets/canonical_text.hpp"

#include <algorithm>
#include <cstdint>

#include "core/support/text.hpp"
#include "leadledger/compositions.hpp"

namespace leadledger::datasets {

namespace {

constexpr std::uint32_t kRightSingleQuote = 0x2019;
constexpr std::uint32_t kReverseSolidusOperator = 0x29F5;

bool becomes_space(std::uint32_t point) {
  return point <= 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029;
}

/// Embeddings, overrides and isolates turn the direction of what follows, beyond the text itself: a table or
/// file that holds one shows other cells turned.
bool turns_direction(std::uint32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool is_combining_mark(std::uint32_t point) { return point >= 0x0300 && point <= 0x036F; }

/// The composed letter, or 0.
std::uint32_t compose(std::uint32_t base, std::uint32_t mark) {
  const auto before = [](const schema::Composition& entry, const schema::Composition& key) {
    return entry.mark != key.mark ? entry.mark < key.mark : entry.base < key.base;
  };
  if (base > 0xFFFF) return 0;
  const schema::Composition key{static_cast<std::uint16_t>(mark), static_cast<std::uint16_t>(base), 0};
  const auto found =
      std::lower_bound(schema::kCompositions.begin(), schema::kCompositions.end(), key, before);
  const bool same =
      found != schema::kCompositions.end() && found->mark == key.mark && found->base == key.base;
  return same ? found->composed : 0;
}

std::size_t encoded_size(std::uint32_t point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

void encode(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  const auto tail = [&](unsigned shift) { put(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6U)), tail(0);
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U)), tail(6), tail(0);
  } else {
    put(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0);
  }
}

/// Printable ASCII with single spaces inside and none of the characters that change: canonical as it stands.
bool is_plain(std::string_view text) {
  char before = ' ';
  for (const char c : text) {
    if (c < ' ' || c > '~' || c == '\'' || c == '\\' || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return before != ' ' || text.empty();
}

}  // namespace

void append_canonical(std::string& out, std::string_view any, std::size_t max_bytes) {
  if (any.size() <= max_bytes && is_plain(any)) {
    out += any;
    return;
  }
  const std::size_t start = out.size();
  std::uint32_t held = 0;     // the last code point, not written yet: a mark may still join it
  bool space_before = false;  // spaces are written only once something follows them
  bool full = false;

  const auto write_held = [&] {
    if (held == 0) return;
    const std::size_t needed = encoded_size(held) + (space_before ? 1U : 0U);
    full = full || out.size() - start + needed > max_bytes;
    if (!full) {
      if (space_before) out.push_back(' ');
      encode(out, held);
    }
    held = 0;
    space_before = false;
  };

  while (!any.empty() && !full) {
    const text::CodePoint read = text::first_code_point(any);
    any.remove_prefix(read.size);
    std::uint32_t point = read.value;
    if (turns_direction(point)) continue;
    if (becomes_space(point)) {
      write_held();
      space_before = out.size() > start;
      continue;
    }
    if (point == '\'') point = kRightSingleQuote;
    if (point == '\\') point = kReverseSolidusOperator;
    if (held != 0 && is_combining_mark(point)) {
      if (const std::uint32_t composed = compose(held, point); composed != 0) {
        held = composed;
        continue;
      }
    }
    write_held();
    held = point;
  }
  write_held();
}

std::string canonical_text(std::string_view any, std::size_t max_bytes) {
  std::string out;
  out.reserve(std::min(any.size(), max_bytes));
  append_canonical(out, any, max_bytes);
  return out;
}

}  // namespace leadledger::datasets
