// Any bytes as an answer of Analytics Engine, or as a saved tally. The first byte says which, and the shape:
// bit 0 a tally; bit 1 with cells or buckets; bits 2 and 3 dimensions; the others how the answer is cut into
// pieces.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/answer_reader.hpp"
#include "core/reports/tally.hpp"
#include "core/support/json.hpp"
#include "core/support/text.hpp"

namespace {

using namespace leadledger;

constexpr std::size_t kBuckets = 5;

void must(bool holds) {
  if (!holds) std::abort();
}

bool may_have_exponent(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text::to_lower(text[at]) == 'e' && text::is_digit(text[at - 1])) return true;
  }
  return false;
}

/// Adds rows up, whatever their cell.
class Sink final : public reports::RowSink {
 public:
  Sink(std::size_t buckets, std::size_t dimensions) : tally(buckets, dimensions, 1) {}
  [[nodiscard]] bool take(const reports::Row& row) override {
    for (const std::string_view text : row.texts) must(text::is_utf8(text));
    tally.add(static_cast<std::uint64_t>(row.cell) % kBuckets, row);
    return true;
  }
  reports::Tally tally;
};

struct Outcome {
  bool ok = false;
  std::uint64_t rows = 0;
  std::string tally;
};

Outcome read(std::string_view text, bool has_cell, std::size_t dimensions, std::size_t piece_size) {
  Sink sink(has_cell ? kBuckets : 0, dimensions);
  reports::AnswerReader reader(has_cell, dimensions, sink);
  bool ok = true;
  while (ok && !text.empty()) {
    const std::string_view view = text.substr(0, piece_size);
    const std::vector<char> piece(view.begin(), view.end());  // alone in memory: a step beyond it is seen
    text.remove_prefix(view.size());
    ok = reader.feed({piece.data(), piece.size()});
  }
  ok = ok && reader.finish();
  must(ok == reader.fault().empty());
  Outcome outcome{ok, reader.rows(), {}};
  sink.tally.save(outcome.tally);
  return outcome;
}

void try_answer(std::string_view text, bool has_cell, std::size_t dimensions, std::size_t piece_size) {
  const Outcome whole = read(text, has_cell, dimensions, text.size());
  const Outcome pieces = read(text, has_cell, dimensions, piece_size);
  must(whole.ok == pieces.ok);
  if (!whole.ok) return;
  must(whole.rows == pieces.rows);
  must(whole.tally == pieces.tally);
  // Another parser must take it too. It refuses half surrogates, and numbers beyond a double.
  if (!text::is_utf8(text) || text.find("\\u") != std::string_view::npos || may_have_exponent(text)) return;
  std::string copy(text);
  const auto document = json::Document::parse(copy);
  must(document.has_value());
}

void try_tally(std::string_view bytes, std::size_t buckets, std::size_t dimensions) {
  auto tally = reports::Tally::restore(bytes, buckets, dimensions, 1);
  if (!tally) return;
  reports::Counts groups;
  std::size_t entries = 0;
  for (std::size_t at = 0; at < tally->group_count(); ++at) {
    const reports::Group& group = tally->group(at);
    for (std::size_t n = 0; n < dimensions; ++n) must(tally->text(group, n).size() <= 0xFFFF);
    groups += group.counts;
    for (std::uint32_t entry = group.first; entry != reports::kNone; entry = tally->entry(entry).next) {
      must(tally->entry(entry).bucket < buckets);
      must(++entries <= 400'000);
    }
  }
  if (dimensions != 0) must(groups.in_order() == tally->totals().in_order());
  (void)tally->sampling().margins();
  std::string saved;
  tally->save(saved);
  std::string_view left = saved;
  const auto again = reports::Tally::restore(left, buckets, dimensions, 2);
  must(again.has_value() && left.empty());
  std::string saved_again;
  again->save(saved_again);
  must(saved == saved_again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {  // NOLINT: libFuzzer's name
  if (size == 0) return 0;
  const unsigned shape = data[0];
  std::string input(size - 1, '\0');
  std::copy_n(data + 1, size - 1, input.begin());
  const std::size_t dimensions = (shape >> 2U) & 3U;
  const bool more = (shape & 2U) != 0;
  if ((shape & 1U) != 0) {
    try_tally(input, more ? kBuckets : 0, dimensions);
  } else {
    try_answer(input, more, dimensions, 1 + (shape >> 4U) * 13U);
  }
  return 0;
}
