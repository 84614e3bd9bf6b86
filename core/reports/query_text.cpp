// The one text of all queries that ask the same: written as a query string, so that people can read it too
// and no value can imitate another parameter.

#include <array>
#include <cstddef>

#include "core/reports/filter_value.hpp"
#include "core/reports/query.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

void append(std::string& out, std::string_view name, std::string_view value) {
  constexpr std::string_view kPlain = "-._~,:/";
  if (!out.empty()) out += '&';
  out.append(name) += '=';
  append_encoded(out, value, kPlain);
}

std::string moment_text(const Moment& moment) {
  constexpr std::size_t kDateSize = 10;
  constexpr std::int64_t kMsPerDay = 86'400'000;
  if (!moment.date) return format_rfc3339(moment.instant_s * 1000);
  return format_rfc3339(time::days_of(*moment.date) * kMsPerDay).substr(0, kDateSize);
}

std::string group_by_text(const Query& query) {
  std::string out;
  for (const Dimension dimension : query.group_by) {
    if (!out.empty()) out += ',';
    out += info(dimension).name;
  }
  return out.empty() ? "none" : out;
}

}  // namespace

std::string normalised(const Query& query) {
  std::string out;
  if (query.from) {
    append(out, "from", moment_text(*query.from));
    if (query.to) append(out, "to", moment_text(*query.to));
  } else {
    std::string number;
    text::append_number(number, query.hours > 0 ? query.hours : query.days);
    append(out, query.hours > 0 ? "hours" : "days", number);
    if (query.to) append(out, "to", moment_text(*query.to));
  }
  append(out, "bucket", info(query.bucket).name);
  if (!query.timezone.empty()) append(out, "timezone", query.timezone);
  append(out, "group_by", group_by_text(query));
  for (const Filter& filter : query.filters) append(out, info(filter.dimension).name, filter_text(filter));
  for (const FlagFilter& flag : query.flags) {
    append(out, schema::to_text(flag.flag), flag.value ? "true" : "false");
  }
  append(out, "compare", schema::kCompareWithNames[static_cast<std::size_t>(query.compare)]);
  if (query.hour_of_week)
    append(out, "include", schema::kIncludeNames[static_cast<std::size_t>(schema::Include::hour_of_week)]);
  return out;
}

}  // namespace leadledger::reports
