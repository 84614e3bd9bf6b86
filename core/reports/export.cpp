#include "core/reports/export.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/reports/export_parts.hpp"
#include "core/reports/row_format.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

using json::Value;

tl::unexpected<Error> no_answer(const Fault& fault) {
  std::string detail = "This is no answer of GET /analytics/lead-stats: ";
  if (!fault.where.empty()) detail += fault.where + ": ";
  return fail(ErrorCode::validation_failed, detail + fault.what + '.');
}
tl::unexpected<Error> no_answer(std::string what) { return no_answer(Fault{{}, std::move(what)}); }

Result<json::Document> parse_answer(std::string& answer) {
  if (answer.size() > schema::kMaxExportBytes) {
    std::string detail = "The answer is too large to be made a file here: at most ";
    text::append_number(detail, static_cast<std::int64_t>(schema::kMaxExportBytes));
    return fail(ErrorCode::body_too_large, detail + " bytes are taken. The server writes files of any size.");
  }
  json::Limits limits;
  limits.max_tokens = schema::kMaxExportBytes / 4;  // a row's values take six bytes each and more
  limits.whole_characters = true;                   // texts come out again as UTF-8
  return json::Document::parse(answer, limits);
}

bool is_time(const Value& value) {
  return value.is(json::Kind::string) && parse_rfc3339(value.text()).has_value();
}

namespace {

std::optional<Dimension> dimension_of(std::string_view name) {
  for (std::size_t at = 0; at < schema::kDimensions.size(); ++at) {
    if (schema::kDimensions[at].name == name) return static_cast<Dimension>(at);
  }
  return {};
}

bool is_bucket_name(std::string_view name) {
  for (const schema::BucketInfo& bucket : schema::kBuckets) {
    if (bucket.name == name) return true;
  }
  return false;
}

/// What its meta says that an answer has.
struct Shape {
  bool buckets = false;
  std::vector<Dimension> group_by;
};

Result<Shape> read_shape(const Value& root) {
  if (!root.is(json::Kind::object)) return no_answer("it is no object");
  const Value meta = root["meta"];
  if (!meta.is(json::Kind::object)) return no_answer("it has no meta");
  if (root["rates"].is(json::Kind::object)) return no_answer("it is a summary, which has no rows");
  const std::string_view bucket = meta["bucket"].string();
  if (!is_bucket_name(bucket)) return no_answer("meta.bucket is none of the buckets that there are");
  Shape shape;
  shape.buckets = bucket != schema::info(Bucket::none).name;
  if (!meta["group_by"].is(json::Kind::array)) return no_answer("meta.group_by is no list");
  for (const Value name : meta["group_by"].items()) {
    const auto dimension = name.is(json::Kind::string) ? dimension_of(name.text()) : std::nullopt;
    if (!dimension) return no_answer("meta.group_by names what is no dimension");
    shape.group_by.push_back(*dimension);
  }
  if (shape.group_by.size() > 2 || (shape.group_by.size() == 2 && shape.group_by[0] == shape.group_by[1])) {
    return no_answer("meta.group_by has other than up to two different dimensions");
  }
  for (const std::string_view list : {std::string_view("buckets"), std::string_view("groups")}) {
    if (!root[list].is(json::Kind::array)) return no_answer("it has no list of " + std::string(list));
    const bool asked = list == "buckets" ? shape.buckets : !shape.group_by.empty();
    const json::Items items = root[list].items();
    if (!asked && items.begin() != items.end()) {
      return no_answer("it has " + std::string(list) + " that its meta does not speak of");
    }
  }
  return shape;
}

using Nine = std::array<std::uint64_t, schema::kCountNames.size()>;

/// The place of a count's name, or the size of the list. Rows have them in order, so the search begins where
/// the last one ended.
std::size_t find_count(std::string_view name, std::size_t from) {
  for (std::size_t tried = 0; tried < schema::kCountNames.size(); ++tried) {
    const std::size_t at = (from + tried) % schema::kCountNames.size();
    if (schema::kCountNames[at] == name) return at;
  }
  return schema::kCountNames.size();
}

/// Nothing where the row has no nine counts, or they do not add up; `fault` then says what is wrong.
std::optional<Counts> read_counts(const Value& row, Fault& fault) {
  Nine nine{};
  std::array<bool, schema::kCountNames.size()> seen{};
  std::size_t next = 0;
  for (const auto& [name, value] : row.members()) {
    const std::size_t at = find_count(name, next);
    if (at == nine.size()) continue;
    const auto count = value.is(json::Kind::number) ? text::parse_unsigned(value.text()) : std::nullopt;
    if (!count) {
      fault.what = std::string(name) + " is no whole number from 0 to 2^64 - 1";
      return {};
    }
    nine[at] = *count;
    seen[at] = true;
    next = at + 1;
  }
  for (std::size_t at = 0; at < seen.size(); ++at) {
    if (seen[at]) continue;
    fault.what = std::string(schema::kCountNames[at]) + " is missing";
    return {};
  }
  Counts counts;
  std::size_t at = 1;
  for (std::uint64_t& count : counts.types) count = nine[at++];
  for (std::uint64_t& count : counts.flags) count = nine[at++];
  if (counts.total() != nine[0]) {
    fault.what = "the event types do not add up to the total";
    return {};
  }
  return counts;
}

/// The group's key, in the order of group_by; false where it is none. The rest's is null and no fault.
bool read_key(const Value& group, const std::vector<Dimension>& group_by, KeyTexts& texts, Fault& fault) {
  const Value key = group["key"];
  if (key.is(json::Kind::null) && group["other"].is_true()) return true;
  std::size_t known = 0;
  for (const auto& [name, value] : key.members()) {
    for (std::size_t n = 0; n < group_by.size(); ++n) {
      if (name != schema::info(group_by[n]).name || !value.is(json::Kind::string)) continue;
      texts[n] = value.text();
      known |= std::size_t{1} << n;
    }
  }
  if (known + 1 == std::size_t{1} << group_by.size()) return true;
  fault.what = "the key has no text for each dimension of meta.group_by, and the group is not the rest";
  return false;
}

void append_place(std::string& out, std::string_view list, std::size_t at) {
  if (!out.empty()) out += '.';
  out += list;
  out += '[';
  text::append_number(out, static_cast<std::int64_t>(at));
  out += ']';
}

template <class Format>
class AnswerRows {
 public:
  AnswerRows(const Shape& shape, std::string& out)
      : shape_(shape), columns_{shape.buckets, shape.group_by}, page_(out, ~std::size_t{0}) {}

  /// False where the answer is none; fault() then says why.
  [[nodiscard]] bool write(const Value& root, bool bom) {
    std::string head;
    Format::append_head(head, columns_, bom);
    page_.append(head);
    const bool whole = shape_.group_by.empty() ? write_rows_of(root, root["totals"], "totals")
                                               : write_groups(root["groups"]);
    page_.close();
    return whole;
  }
  [[nodiscard]] const Fault& fault() const { return fault_; }

 private:
  [[nodiscard]] bool write_groups(const Value& groups) {
    std::size_t at = 0;
    for (const Value group : groups.items()) {
      KeyTexts texts;
      key_.clear();
      bool whole = read_key(group, shape_.group_by, texts, fault_);
      if (whole) {
        Format::append_key(key_, columns_, group["key"].is(json::Kind::null) ? nullptr : &texts);
        whole = write_rows_of(group, group, {});
      }
      if (!whole) {
        std::string where;
        append_place(where, "groups", at);
        if (!fault_.where.empty()) where += '.' + fault_.where;
        fault_.where = std::move(where);
        return false;
      }
      ++at;
    }
    return true;
  }

  /// A row for each of the buckets in `holder`, or the one of `counts`, which stands at `place`.
  [[nodiscard]] bool write_rows_of(const Value& holder, const Value& counts, std::string_view place) {
    if (!shape_.buckets) {
      if (write_row(counts, Format::kRowBegin)) return true;
      fault_.where = place;
      return false;
    }
    const Value buckets = holder["buckets"];
    if (!buckets.is(json::Kind::array)) {
      fault_.what = "it has no list of buckets";
      return false;
    }
    std::size_t at = 0;
    for (const Value bucket : buckets.items()) {
      if (!write_bucket(bucket)) {
        append_place(fault_.where, "buckets", at);
        return false;
      }
      ++at;
    }
    return true;
  }

  [[nodiscard]] bool write_bucket(const Value& bucket) {
    const Value start = bucket["start"];
    const Value end = bucket["end"];
    const Value partial = bucket["partial"];
    if (!is_time(start) || !is_time(end) || !partial.is(json::Kind::boolean)) {
      fault_.what = "start and end are no times with an offset, or partial is neither true nor false";
      return false;
    }
    bucket_.clear();
    append_bucket(bucket_, Format::kBucket, start.text(), end.text(), partial.is_true());
    return write_row(bucket, bucket_);
  }

  [[nodiscard]] bool write_row(const Value& row, std::string_view begin) {
    const auto counts = read_counts(row, fault_);
    if (counts) append_row<Format>(page_, begin, key_, *counts);
    return counts.has_value();
  }

  const Shape& shape_;
  Columns columns_;
  Page page_;
  std::string key_;     // of the group, as it stands in each of its rows
  std::string bucket_;  // in its frame
  Fault fault_;
};

template <class Format>
Result<std::string> write_rows(const Shape& shape, const Value& root, bool bom) {
  std::string out;
  AnswerRows<Format> rows(shape, out);
  if (!rows.write(root, bom)) return no_answer(rows.fault());
  return out;
}

}  // namespace

Result<std::string> export_answer(std::string answer, ReportFormat format, bool bom) {
  if (format == ReportFormat::json) {
    return fail(ErrorCode::bad_parameter,
                "Rows are written as csv or ndjson; the answer itself is the json.");
  }
  if (bom && format != ReportFormat::csv) {
    return fail(ErrorCode::bad_parameter, "A byte order mark goes with csv only.");
  }
  const auto document = parse_answer(answer);
  if (!document) return tl::unexpected<Error>(document.error());
  const auto shape = read_shape(document->root());
  if (!shape) return tl::unexpected<Error>(shape.error());
  return format == ReportFormat::csv ? write_rows<Csv>(*shape, document->root(), bom)
                                     : write_rows<Ndjson>(*shape, document->root(), false);
}

}  // namespace leadledger::reports
