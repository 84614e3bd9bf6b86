// Any bytes as the query of a report. The first line is the Accept header; the rest is the URL's query.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/datasets/canonical_text.hpp"
#include "core/reports/query.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace {

using namespace leadledger;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

bool is_text(std::string_view text) {
  return text::is_utf8(text) && text.find('\0') == std::string_view::npos;
}

void check_error(const Error& error) {
  constexpr std::size_t kMostFields = 50;
  constexpr std::size_t kMostNameBytes = 100;
  require(error.code == ErrorCode::bad_parameter && is_text(error.detail) && !error.detail.empty());
  require(!error.fields.empty() && error.fields.size() <= kMostFields);
  for (const FieldError& field : error.fields) {
    require(is_text(field.name) && field.name.size() <= kMostNameBytes);
    require(is_text(field.reason) && !field.reason.empty() && !field.code.empty());
  }
}

void check_filters(const std::vector<reports::Filter>& filters, bool& spelled) {
  require(std::is_sorted(filters.begin(), filters.end()));
  require(std::adjacent_find(filters.begin(), filters.end()) == filters.end());
  for (const reports::Filter& filter : filters) {
    const std::size_t most = info(filter.dimension).max_bytes;
    require(!filter.values.empty() && std::is_sorted(filter.values.begin(), filter.values.end()));
    require(std::adjacent_find(filter.values.begin(), filter.values.end()) == filter.values.end());
    for (const std::string& value : filter.values) {
      require(value.size() <= most && is_text(value) && value.find_first_of("'\\") == std::string::npos);
      const bool canonical = datasets::canonical_text(value, most) == value;
      // A few marks join a small letter only: W with a ring stays two code points, and in lower case they
      // could be one.
      if (!canonical) spelled = false;
      require(canonical || filter.contains);
      require(!filter.contains || (!value.empty() && text::lower(value) == value));
    }
  }
}

void check_query(const reports::Query& query) {
  require((query.days == 0) == query.from.has_value());
  require(query.days >= 0 && query.days <= static_cast<int>(schema::kReportDaysMax));
  require(!query.to || query.from);
  require(query.group_by.size() < 3 && query.limit >= 1 && query.limit <= schema::kReportGroupsMax);
  require(query.group_by.size() < 2 || query.group_by[0] != query.group_by[1]);
  require(query.format == reports::ReportFormat::json || query.compare == reports::CompareWith::none);
  require(!query.bom || query.format == reports::ReportFormat::csv);
  bool spelled = true;
  check_filters(query.filters, spelled);
  const std::string text = reports::normalised(query);
  constexpr std::string_view kUrl = "-._~,:/&=%";
  for (const char c : text) {
    require(text::is_letter(c) || text::is_digit(c) || kUrl.find(c) != std::string_view::npos);
  }
  // It is a query that asks the same.
  const auto parameters = read_query_string(text);
  require(parameters.has_value());
  const auto again = reports::read_query(reports::Kind::stats, *parameters, "");
  if (!again) return require(again.error().fields.front().name == "?");  // encoded it may be too long
  if (!spelled) return;
  require(reports::normalised(*again) == text);
  require(again->filters == query.filters && again->group_by == query.group_by);
  require(again->days == query.days && again->bucket == query.bucket && again->compare == query.compare);
  require(again->timezone == query.timezone && again->flags.size() == query.flags.size());
}

void check(reports::Kind kind, std::vector<Parameter> parameters, std::string_view accept) {
  const auto query = reports::read_query(kind, parameters, accept);
  if (query) {
    check_query(*query);
  } else {
    check_error(query.error());
  }
  std::reverse(parameters.begin(), parameters.end());
  const auto reversed = reports::read_query(kind, parameters, accept);
  require(reversed.has_value() == query.has_value());
  if (query) require(reports::normalised(*reversed) == reports::normalised(*query));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {  // NOLINT: libFuzzer's name
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto [accept, url_query] = text::split_once(bytes, '\n');
  const auto parameters = read_query_string(url_query);
  if (!parameters) {
    check_error(parameters.error());
    return 0;
  }
  check(reports::Kind::stats, *parameters, accept);
  check(reports::Kind::summary, *parameters, accept);
  return 0;
}
