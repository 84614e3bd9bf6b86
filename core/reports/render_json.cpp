// JSON: what is written once goes through the JSON writer, rows are stores.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/meta.hpp"
#include "core/reports/ratio.hpp"
#include "core/reports/renderings.hpp"
#include "core/reports/row_text.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

class Json final : public Rendering {
 public:
  explicit Json(Report& report) : report_(report) {}

  [[nodiscard]] bool next(std::string& out, std::size_t about_bytes) override {
    Page page(out, about_bytes);
    while (stage_ != Stage::done && page.size() < about_bytes) step(page);
    page.close();
    return stage_ != Stage::done;
  }

 private:
  /// What is to be written next.
  enum class Stage : std::uint8_t {
    head,
    buckets,
    groups,
    group_buckets,
    comparison,
    its_buckets,
    tail,
    done
  };

  void step(Page& page) {
    switch (stage_) {
      case Stage::head: return write_head(page);
      case Stage::buckets: return write_bucket_or(page, "],\"groups\":[", Stage::groups);
      case Stage::groups: return write_group(page);
      case Stage::group_buckets: return write_bucket_or(page, "]}", Stage::groups);
      case Stage::comparison: return write_comparison(page);
      case Stage::its_buckets: return write_bucket_or(page, "]}", Stage::tail);
      case Stage::tail: return write_tail(page);
      case Stage::done: return;
    }
  }

  void write_head(Page& page) {
    const Source& source = report_.source();
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.key("meta");
    write_meta(writer, source, report_.warnings());
    writer.key("totals");
    writer.begin_object();
    write_counts(writer, source.tally.totals());
    writer.end_object();
    writer.finish();
    page.append(text);
    page.append(",\"buckets\":[");
    texts_.emplace(report_, source.plan.period, kJsonBucket);
    list(source.tally.bucket_counts(), Stage::buckets);
  }

  /// Goes on with these counts, one for each of the buckets in texts_.
  void list(const std::vector<Counts>& counts, Stage stage) {
    rows_ = counts.data();
    row_ = 0;
    stage_ = stage;
  }

  /// The next bucket of the list; behind the last one what closes the list, and the next stage.
  void write_bucket_or(Page& page, std::string_view closing, Stage next) {
    if (row_ == texts_->count()) {
      page.append(closing);
      stage_ = next;
      return;
    }
    const std::string_view bucket = texts_->of(row_);
    char* at = page.room(bucket.size() + kMostCountsBytes + 2);
    if (row_ > 0) *at++ = ',';
    at = put(at, bucket);
    at = put_counts<JsonCounts>(at, rows_[row_]);
    *at++ = '}';
    page.took(at);
    ++row_;
  }

  void write_group(Page& page) {
    if (group_ == report_.groups().size()) {
      page.append("],\"comparison\":");
      stage_ = Stage::comparison;
      return;
    }
    const ShownGroup& shown = report_.groups()[group_];
    text_.assign(group_ == 0 ? "" : ",");
    append_key(shown.group);
    append_ratio(text_, shown.counts.total(), report_.source().tally.totals().total());
    text_ += ',';
    page.append(text_);
    page.took(put_counts<JsonCounts>(page.room(kMostCountsBytes), shown.counts));
    if (report_.has_buckets()) {
      page.append(",\"buckets\":[");
      list(report_.buckets_of(group_), Stage::group_buckets);
    } else {
      page.append("}");
    }
    ++group_;
  }

  void append_key(const Group* group) {
    if (group == nullptr) {
      text_ += R"({"key":null,"other":true,"share":)";
      return;
    }
    const Source& source = report_.source();
    text_ += R"({"key":{)";
    for (std::size_t n = 0; n < source.query.group_by.size(); ++n) {
      if (n > 0) text_ += ',';
      append_json_text(text_, schema::info(source.query.group_by[n]).name);
      text_ += ':';
      append_json_text(text_, source.tally.text(*group, n));
    }
    text_ += R"(},"share":)";
  }

  void write_comparison(Page& page) {
    const Source& source = report_.source();
    if (!source.plan.comparison || source.comparison == nullptr) {
      page.append("null");
      stage_ = Stage::tail;
      return;
    }
    const Period& period = *source.plan.comparison;
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    write_time(writer, "from", source.zone, period.range.from_s);
    write_time(writer, "to", source.zone, period.range.to_s);
    writer.key("totals");
    writer.begin_object();
    write_counts(writer, source.comparison->totals());
    writer.end_object();
    writer.key("change");
    write_change(writer, source, source.tally.totals(), source.comparison->totals());
    writer.finish();
    page.append(text);
    page.append(",\"buckets\":[");
    texts_.emplace(report_, period, kJsonBucket);
    list(source.comparison->bucket_counts(), Stage::its_buckets);
  }

  void write_hours(Page& page, const std::vector<Counts>& hours) {
    constexpr std::size_t kHours = 24;
    page.append(",\"hour_of_week\":[");
    for (std::size_t at = 0; at < hours.size(); ++at) {
      text_.assign(at == 0 ? "{\"weekday\":" : ",{\"weekday\":");
      text::append_number(text_, static_cast<std::int64_t>(at / kHours + 1));
      text_ += ",\"hour\":";
      text::append_number(text_, static_cast<std::int64_t>(at % kHours));
      text_ += ',';
      page.append(text_);
      page.took(put_counts<JsonCounts>(page.room(kMostCountsBytes), hours[at]));
      page.append("}");
    }
    page.append("]");
  }

  void write_tail(Page& page) {
    const std::vector<Counts>* hours = report_.source().hour_of_week;
    if (hours != nullptr) write_hours(page, *hours);
    if (const std::vector<Ran>* ran = report_.source().ran; ran != nullptr) {
      std::string text;
      json::Writer writer(text);
      write_explain(writer, *ran);
      writer.finish();
      page.append(",\"explain\":");
      page.append(text);
    }
    page.append("}");
    stage_ = Stage::done;
  }

  Report& report_;
  Stage stage_ = Stage::head;
  std::optional<BucketTexts> texts_;  // of the list that is being written
  const Counts* rows_ = nullptr;      // of that list
  std::size_t row_ = 0;
  std::size_t group_ = 0;
  std::string text_;  // of a group or an hour
};

}  // namespace

std::unique_ptr<Rendering> render_json(Report& report) { return std::make_unique<Json>(report); }

}  // namespace leadledger::reports
