#include "core/insights/intervals.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/support/text.hpp"

namespace leadledger::insights {

namespace {

constexpr std::size_t kNodeBytes = 64;  // what a map needs beside the text

void append(std::string& out, std::uint64_t number) {
  text::append_number(out, static_cast<std::int64_t>(number));
  out += ' ';
}

std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  constexpr std::uint64_t kMost = (1ULL << 53U) - 1;  // as AnswerReader has it
  const std::size_t end = bytes.substr(0, 20).find(' ');
  if (end == std::string_view::npos) return std::nullopt;
  const auto number = text::parse_unsigned(bytes.substr(0, end));
  if (!number || *number > kMost) return std::nullopt;
  bytes.remove_prefix(end + 1);
  return number;
}

}  // namespace

void Intervals::add(std::string_view value, std::uint64_t interval) {
  if (interval <= 1) return;
  const auto known = sampled_.find(value);
  if (known != sampled_.end()) {
    known->second = std::max(known->second, interval);
    return;
  }
  sampled_.emplace(std::string(value), interval);
  bytes_ += kNodeBytes + value.size();
}

std::uint64_t Intervals::of(std::string_view value) const {
  const auto known = sampled_.find(value);
  return known == sampled_.end() ? 1 : known->second;
}

void Intervals::save(std::string& out) const {
  append(out, sampled_.size());
  for (const auto& [value, interval] : sampled_) {
    append(out, interval);
    append(out, value.size());
    out += value;
  }
}

bool Intervals::restore(std::string_view& bytes) {
  *this = {};
  Intervals restored;
  std::string_view left = bytes;
  const auto count = take_number(left);
  if (!count) return false;
  for (std::uint64_t n = 0; n < *count; ++n) {
    const auto interval = take_number(left);
    const auto size = interval ? take_number(left) : std::nullopt;
    if (!size || *interval <= 1 || *size > left.size()) return false;
    restored.add(left.substr(0, static_cast<std::size_t>(*size)), *interval);
    if (restored.sampled_.size() != n + 1) return false;  // the same value twice
    left.remove_prefix(static_cast<std::size_t>(*size));
  }
  *this = std::move(restored);
  bytes = left;
  return true;
}

}  // namespace leadledger::insights
