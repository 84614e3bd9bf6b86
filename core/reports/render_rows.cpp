// CSV and NDJSON: rows alone, one after the other, in flat memory.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/reports/csv.hpp"
#include "core/reports/renderings.hpp"
#include "core/reports/row_text.hpp"

namespace leadledger::reports {

namespace {

/// A format says what a file begins with, how a bucket, a group's key and the counts are written, and how a
/// row begins and ends.
struct Csv : CsvCounts {
  static constexpr BucketFrame kBucket = kCsvBucket;
  static constexpr std::string_view kRowBegin = "";  // of a row without a bucket
  static constexpr std::string_view kRowEnd = "\r\n";

  static void append_head(std::string& out, const Report& report) {
    const Query& query = report.source().query;
    if (query.bom) out += "\xEF\xBB\xBF";
    if (report.has_buckets()) out += "start,end,partial,";
    for (const Dimension dimension : query.group_by) {
      out += schema::info(dimension).name;
      out += ',';
    }
    if (report.has_groups()) out += "other,";
    bool first = true;
    for (const std::string_view name : schema::kCountNames) {
      if (!first) out += ',';
      first = false;
      out += name;
    }
    out += kRowEnd;
  }
  static void append_key(std::string& out, const Report& report, const Group* group) {
    const Source& source = report.source();
    for (std::size_t n = 0; n < source.query.group_by.size(); ++n) {
      if (group != nullptr) append_csv_cell(out, source.tally.text(*group, n));
      out += ',';
    }
    out += group == nullptr ? "true," : "false,";
  }
};

struct Ndjson : JsonCounts {
  static constexpr BucketFrame kBucket = kJsonBucket;
  static constexpr std::string_view kRowBegin = "{";
  static constexpr std::string_view kRowEnd = "}\n";

  static void append_head(std::string& /*out*/, const Report& /*report*/) {}
  static void append_key(std::string& out, const Report& report, const Group* group) {
    const Source& source = report.source();
    for (std::size_t n = 0; n < source.query.group_by.size(); ++n) {
      append_json_text(out, schema::info(source.query.group_by[n]).name);
      out += ':';
      if (group == nullptr) {
        out += "null";
      } else {
        append_json_text(out, source.tally.text(*group, n));
      }
      out += ',';
    }
    out += group == nullptr ? "\"other\":true," : "\"other\":false,";
  }
};

template <class Format>
class Rows final : public Rendering {
 public:
  explicit Rows(Report& report)
      : report_(report),
        buckets_(report, report.source().plan.period, Format::kBucket),
        groups_(report.has_groups() ? report.groups().size() : 1) {}

  [[nodiscard]] bool next(std::string& out, std::size_t about_bytes) override {
    Page page(out, about_bytes);
    if (!begun_) {
      begun_ = true;
      std::string head;
      Format::append_head(head, report_);
      page.append(head);
      if (groups_ > 0) begin_group();
    }
    while (group_ < groups_ && page.size() < about_bytes) {
      if (row_ < row_count_) {
        write_row(page);
      } else if (++group_ < groups_) {
        begin_group();
      }
    }
    if (row_ == row_count_ && group_ + 1 == groups_) group_ = groups_;
    page.close();
    return group_ < groups_;
  }

 private:
  /// Without groups everything is one group without a key.
  void begin_group() {
    const Tally& tally = report_.source().tally;
    const bool grouped = report_.has_groups();
    key_.clear();
    if (grouped) Format::append_key(key_, report_, report_.groups()[group_].group);
    row_ = 0;
    if (report_.has_buckets()) {
      rows_ = (grouped ? report_.buckets_of(group_) : tally.bucket_counts()).data();
      row_count_ = buckets_.count();
    } else {
      rows_ = grouped ? &report_.groups()[group_].counts : &tally.totals();
      row_count_ = 1;
    }
  }

  void write_row(Page& page) {
    const std::string_view begin = report_.has_buckets() ? buckets_.of(row_) : Format::kRowBegin;
    char* at = page.room(begin.size() + key_.size() + kMostCountsBytes + Format::kRowEnd.size());
    at = put(at, begin);
    at = put(at, key_);
    at = put_counts<Format>(at, rows_[row_]);
    page.took(put(at, Format::kRowEnd));
    ++row_;
  }

  Report& report_;
  BucketTexts buckets_;
  std::size_t groups_;
  bool begun_ = false;
  std::size_t group_ = 0;
  std::string key_;               // of the group, as it stands in each of its rows
  const Counts* rows_ = nullptr;  // of the group
  std::size_t row_ = 0;
  std::size_t row_count_ = 0;
};

}  // namespace

std::unique_ptr<Rendering> render_csv(Report& report) { return std::make_unique<Rows<Csv>>(report); }
std::unique_ptr<Rendering> render_ndjson(Report& report) { return std::make_unique<Rows<Ndjson>>(report); }

}  // namespace leadledger::reports
