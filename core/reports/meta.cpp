#include "core/reports/meta.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>

#include "core/reports/ratio.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::reports {

namespace {

using Nine = std::array<std::uint64_t, schema::kCountNames.size()>;

void write_count(json::Writer& writer, std::uint64_t value) {
  std::array<char, 24> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  writer.raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void write_nine(json::Writer& writer, const Nine& counts) {
  for (std::size_t at = 0; at < counts.size(); ++at) {
    writer.key(schema::kCountNames[at]);
    write_count(writer, counts[at]);
  }
}

void write_filter(json::Writer& writer, const Filter& filter) {
  constexpr std::array<std::string_view, 4> kMatches = {"is", "is_not", "contains", "contains_not"};
  writer.begin_object();
  writer.member("dimension", schema::info(filter.dimension).name);
  writer.member("match", kMatches[(filter.contains ? 2U : 0U) + (filter.negated ? 1U : 0U)]);
  writer.key("values");
  writer.begin_array();
  for (const std::string& value : filter.values) writer.text(value);
  writer.end_array();
  writer.end_object();
}

void write_flag_filter(json::Writer& writer, const FlagFilter& filter) {
  writer.begin_object();
  writer.member("dimension", schema::to_text(filter.flag));
  writer.member("match", "is");
  writer.key("values");
  writer.begin_array();
  writer.boolean(filter.value);
  writer.end_array();
  writer.end_object();
}

void write_asked(json::Writer& writer, const Query& query) {
  writer.member("bucket", schema::info(query.bucket).name);
  writer.key("group_by");
  writer.begin_array();
  for (const Dimension dimension : query.group_by) writer.text(schema::info(dimension).name);
  writer.end_array();
  write_filters(writer, query);
  writer.member("compare", schema::kCompareWithNames[static_cast<std::size_t>(query.compare)]);
}

void write_sampling(json::Writer& writer, const Sampling& sampling) {
  write_sampled(writer, sampling.largest_interval, sampling.rows_read);
  writer.key("margin");
  if (!sampling.sampled()) {
    writer.null();
    return;
  }
  writer.begin_object();
  write_nine(writer, sampling.margins());
  writer.end_object();
}

std::string_view name_of(CacheState cache) {
  switch (cache) {
    case CacheState::miss: return "miss";
    case CacheState::hit: return "hit";
    case CacheState::stale: break;
  }
  return "stale";
}

/// When the newest submission of the range was counted; null where there is none.
void write_newest(json::Writer& writer, const time::Zone& zone, std::int64_t newest_s) {
  if (newest_s > 0) return write_time(writer, "newest_submission_at", zone, newest_s);
  writer.key("newest_submission_at");
  writer.null();
}

}  // namespace

void write_counts(json::Writer& writer, const Counts& counts) { write_nine(writer, counts.in_order()); }

void write_change(json::Writer& writer, const Source& source, const Counts& now, const Counts& then) {
  const Nine after = now.in_order();
  const Nine before = then.in_order();
  std::string text;
  writer.begin_object();
  for (std::size_t at = 0; at < after.size(); ++at) {
    writer.key(schema::kCountNames[at]);
    if (before[at] == 0 || source.plan.comparison_before_retention) {
      writer.null();
      continue;
    }
    text.clear();
    append_change(text, after[at], before[at]);
    writer.raw(text);
  }
  writer.end_object();
}

void write_ratio(json::Writer& writer, std::uint64_t part, std::uint64_t whole) {
  std::string text;
  append_ratio(text, part, whole);
  writer.raw(text);
}

void write_time(json::Writer& writer, std::string_view name, const time::Zone& zone, std::int64_t instant) {
  std::string text;
  append_rfc3339_local(text, instant, zone.offset_at(instant));
  writer.key(name);
  writer.plain(text);
}

void write_filters(json::Writer& writer, const Query& query) {
  writer.key("filters");
  writer.begin_array();
  for (const Filter& filter : query.filters) write_filter(writer, filter);
  for (const FlagFilter& filter : query.flags) write_flag_filter(writer, filter);
  writer.end_array();
}

void write_freshness(json::Writer& writer, const Source& source) {
  const time::Zone& zone = source.zone;
  write_time(writer, "generated_at", zone, source.generated_at_s);
  write_time(writer, "data_from", zone, source.plan.data_from_s);
  write_time(writer, "data_through", zone, data_through_s(source));
  write_newest(writer, zone, source.tally.sampling().newest_s);
}

void write_sampled(json::Writer& writer, std::uint64_t largest_interval, std::uint64_t rows_read) {
  writer.member("sampled", largest_interval > 1);
  writer.key("sample_interval_max");
  write_count(writer, std::max<std::uint64_t>(largest_interval, 1));  // nothing read, nothing left out
  writer.key("rows_read");
  write_count(writer, rows_read);
}

void write_state(json::Writer& writer, const Source& source,
                 const std::vector<schema::ReportWarning>& warnings) {
  writer.member("cache", name_of(source.cache));
  writer.key("warnings");
  writer.begin_array();
  for (const schema::ReportWarning warning : warnings) {
    writer.begin_object();
    writer.member("code", schema::info(warning).code);
    writer.member("detail", schema::info(warning).detail);
    writer.end_object();
  }
  writer.end_array();
  writer.key("corrections");
  write_count(writer, source.corrected);
}

void write_meta(json::Writer& writer, const Source& source,
                const std::vector<schema::ReportWarning>& warnings) {
  const time::Zone& zone = source.zone;
  writer.begin_object();
  write_time(writer, "from", zone, source.plan.period.range.from_s);
  write_time(writer, "to", zone, source.plan.period.range.to_s);
  writer.member("timezone", zone.name());
  write_asked(writer, source.query);
  write_freshness(writer, source);
  write_sampling(writer, source.tally.sampling());
  write_state(writer, source, warnings);
  writer.end_object();
}

void write_explain(json::Writer& writer, const std::vector<Ran>& ran) {
  writer.begin_object();
  writer.key("statements");
  writer.begin_array();
  for (const Ran& statement : ran) {
    writer.begin_object();
    writer.member("sql", statement.sql);
    writer.key("rows");
    write_count(writer, statement.rows);
    writer.key("bytes");
    write_count(writer, statement.bytes);
    writer.member("milliseconds", statement.milliseconds);
    writer.key("attempts");
    write_count(writer, statement.attempts);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

}  // namespace leadledger::reports
