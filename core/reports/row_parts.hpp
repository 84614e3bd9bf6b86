// The hot part of every format: text of rows, written through a pointer into room that was made beforehand.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "core/reports/counts.hpp"

namespace leadledger::reports {

[[nodiscard]] inline char* put(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

[[nodiscard]] inline char* put_number(char* at, std::uint64_t value) {
  if (value < 10) {
    *at = static_cast<char>('0' + value);
    return at + 1;
  }
  constexpr std::size_t kMostDigits = 20;
  return std::to_chars(at, at + kMostDigits, value).ptr;
}

/// Where a bucket's start and end stand, followed by whether it is partial: before, between and behind them.
struct BucketFrame {
  std::string_view before;
  std::string_view between;
  std::string_view behind;  // followed by true or false
  std::string_view after;
};
inline constexpr BucketFrame kCsvBucket = {"", ",", ",", ","};
inline constexpr BucketFrame kJsonBucket = {"{\"start\":\"", "\",\"end\":\"", "\",\"partial\":", ","};

/// Appends a bucket in its frame. `start` and `end` are times, which need no escape.
void append_bucket(std::string& out, const BucketFrame& frame, std::string_view start, std::string_view end,
                   bool partial);

/// Appends a JSON string; its quotes too.
void append_json_text(std::string& out, std::string_view text);

/// How the nine counts of a row are written: what stands before each. All of it is known when compiling, so
/// that a row is stores and no calls.
struct CsvCounts {
  template <std::size_t N>
  [[nodiscard]] static char* put_key(char* at) {
    if constexpr (N > 0) *at++ = ',';
    return at;
  }
};
struct JsonCounts {
  template <std::size_t N>
  [[nodiscard]] static char* put_key(char* at) {
    constexpr std::string_view kName = schema::kCountNames[N];
    if constexpr (N > 0) *at++ = ',';
    *at++ = '"';
    std::memcpy(at, kName.data(), kName.size());
    at += kName.size();
    *at++ = '"';
    *at++ = ':';
    return at;
  }
};

/// Room that the counts of a row need at most, in any format.
inline constexpr std::size_t kMostCountsBytes = schema::kCountNames.size() * 40;

template <class Format, std::size_t... N>
[[nodiscard]] char* put_counts(char* at, const Counts& counts, std::index_sequence<N...> /*all*/) {
  static_assert(((schema::kCountNames[N].size() + 4 + 20 <= 40) && ...), "a longer name needs more room");
  const auto values = counts.in_order();
  ((at = put_number(Format::template put_key<N>(at), values[N])), ...);
  return at;
}
template <class Format>
[[nodiscard]] char* put_counts(char* at, const Counts& counts) {
  return put_counts<Format>(at, counts, std::make_index_sequence<schema::kCountNames.size()>());
}

}  // namespace leadledger::reports
