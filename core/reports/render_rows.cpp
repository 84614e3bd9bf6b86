// CSV and NDJSON: rows alone, one after the other, in flat memory.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/reports/renderings.hpp"
#include "core/reports/row_format.hpp"
#include "core/reports/row_text.hpp"

namespace leadledger::reports {

namespace {

template <class Format>
class Rows final : public Rendering {
 public:
  explicit Rows(Report& report)
      : report_(report),
        columns_{report.has_buckets(), report.source().query.group_by},
        buckets_(report, report.source().plan.period, Format::kBucket),
        groups_(report.has_groups() ? report.groups().size() : 1) {}

  [[nodiscard]] bool next(std::string& out, std::size_t about_bytes) override {
    Page page(out, about_bytes);
    if (!begun_) {
      begun_ = true;
      std::string head;
      Format::append_head(head, columns_, report_.source().query.bom);
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
    if (grouped) append_key(report_.groups()[group_].group);
    row_ = 0;
    if (report_.has_buckets()) {
      rows_ = (grouped ? report_.buckets_of(group_) : tally.bucket_counts()).data();
      row_count_ = buckets_.count();
    } else {
      rows_ = grouped ? &report_.groups()[group_].counts : &tally.totals();
      row_count_ = 1;
    }
  }

  void append_key(const Group* group) {
    if (group == nullptr) return Format::append_key(key_, columns_, nullptr);
    KeyTexts texts;
    for (std::size_t n = 0; n < columns_.group_by.size(); ++n) {
      texts[n] = report_.source().tally.text(*group, n);
    }
    Format::append_key(key_, columns_, &texts);
  }

  void write_row(Page& page) {
    append_row<Format>(page, columns_.buckets ? buckets_.of(row_) : Format::kRowBegin, key_, rows_[row_]);
    ++row_;
  }

  Report& report_;
  Columns columns_;
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
