// The two formats of rows, CSV and NDJSON: what a file begins with, and how a group's key and a whole row are
// written. Whoever has rows writes them with these: the server from a report, a page from the server's
// answer.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/counts.hpp"
#include "core/reports/page.hpp"
#include "core/reports/row_parts.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::reports {

/// What the rows of a file have besides their counts.
struct Columns {
  bool buckets = false;
  const std::vector<schema::Dimension>& group_by;  // none: no groups
};

/// The texts of a group's key, in the order of group_by.
using KeyTexts = std::array<std::string_view, 4>;

/// A format says how a bucket, the counts, and the ends of a row are written; append_head() writes what a
/// file begins with, append_key() the dimensions and `other` as they stand in each row of a group. `texts` is
/// null for the rest.
struct Csv : CsvCounts {
  static constexpr BucketFrame kBucket = kCsvBucket;
  static constexpr std::string_view kRowBegin = "";  // of a row without a bucket
  static constexpr std::string_view kRowEnd = "\r\n";

  static void append_head(std::string& out, const Columns& columns, bool bom);
  static void append_key(std::string& out, const Columns& columns, const KeyTexts* texts);
};

struct Ndjson : JsonCounts {
  static constexpr BucketFrame kBucket = kJsonBucket;
  static constexpr std::string_view kRowBegin = "{";
  static constexpr std::string_view kRowEnd = "}\n";

  static void append_head(std::string& /*out*/, const Columns& /*columns*/, bool /*bom*/) {}
  static void append_key(std::string& out, const Columns& columns, const KeyTexts* texts);
};

/// One row. `begin` is its bucket's text in the format's frame, or kRowBegin; `key` is "" without groups.
template <class Format>
void append_row(Page& page, std::string_view begin, std::string_view key, const Counts& counts) {
  char* at = page.room(begin.size() + key.size() + kMostCountsBytes + Format::kRowEnd.size());
  at = put(at, begin);
  at = put(at, key);
  at = put_counts<Format>(at, counts);
  page.took(put(at, Format::kRowEnd));
}

}  // namespace leadledger::reports
