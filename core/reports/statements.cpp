#include "core/reports/statements.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "core/sql/select.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"
#include "leadledger/datasets.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

using Sql = sql::Dialect;
using Condition = sql::Expr<sql::Boolean>;

constexpr std::array<sql::Alias, 4> kDimensionAliases = {"d0", "d1", "d2", "d3"};

template <std::size_t... At>
consteval auto as_aliases(std::index_sequence<At...>) {
  return std::array<sql::Alias, sizeof...(At)>{sql::Alias(kMeasureColumns[At])...};
}
constexpr auto kMeasureAliases = as_aliases(std::make_index_sequence<kMeasureColumns.size()>());

// A flag is one of the numbers of a point, and measures are said in the order of types, then flags.
constexpr bool flags_are_the_first_numbers() {
  for (std::size_t at = 0; at < schema::kFlagNames.size(); ++at) {
    if (schema::kLeadSubmissionsDoubles[at].name != schema::kFlagNames[at]) return false;
  }
  return true;
}
static_assert(flags_are_the_first_numbers());

constexpr bool measures_are_named_in_order() {
  std::size_t at = 1;
  for (const std::string_view name : schema::kEventTypeNames) {
    if (kMeasureColumns[at++].substr(2) != name) return false;
  }
  for (const std::string_view name : schema::kFlagNames) {
    if (kMeasureColumns[at++].substr(2) != name) return false;
  }
  return kMeasureColumns[at] == "m_rows";
}
static_assert(measures_are_named_in_order());

sql::Expr<sql::Double> number_of(schema::Flag flag) {
  return Sql::column(static_cast<schema::LeadSubmissionsDouble>(flag));
}

/// Whether the flag is set; what holds where it is not is the exact opposite, so the two add up to all.
Condition flag_is(schema::Flag flag, bool value) {
  const auto one = Sql::whole_double(1);
  return value ? Sql::equal(number_of(flag), one) : Sql::not_equal(number_of(flag), one);
}

std::optional<sql::Texts> texts_of(Dimension dimension, const std::vector<std::string>& values) {
  std::optional<sql::Texts> out;
  for (const std::string& value : values) {
    const sql::Text text = sql::Text::of(dimension, value);
    if (out) {
      out->add(text);
    } else {
      out.emplace(text);
    }
  }
  return out;
}

Condition contains_any(const Filter& filter) {
  const auto column = Sql::lower(Sql::column(filter.dimension));
  std::optional<Condition> any;
  for (const std::string& value : filter.values) {
    const Condition one = Sql::contains(column, sql::Text::of(filter.dimension, value));
    any = any ? Sql::either(*any, one) : one;
  }
  return any ? *any : Sql::never();
}

Condition holds(const Filter& filter) {
  if (filter.contains) {
    const Condition any = contains_any(filter);
    return filter.negated ? Sql::negation(any) : any;
  }
  const auto column = Sql::column(filter.dimension);
  const auto texts = texts_of(filter.dimension, filter.values);
  // One of no values is nothing, none of no values is anything; a query has no such filter.
  if (!texts) return filter.negated ? Sql::negation(Sql::never()) : Sql::never();
  return filter.negated ? Sql::none_of(column, *texts) : Sql::one_of(column, *texts);
}

/// Whether the query's own filters leave the project in. A key may see more projects than a statement can
/// name; those that are filtered out anyway need no naming.
bool is_asked_for(const Query& query, const std::string& project) {
  return std::all_of(query.filters.begin(), query.filters.end(), [&project](const Filter& filter) {
    if (filter.dimension != Dimension::project || filter.negated || filter.contains) return true;
    return std::find(filter.values.begin(), filter.values.end(), project) != filter.values.end();
  });
}

Condition within(const Query& query, const std::vector<std::string>& projects) {
  std::vector<std::string> asked;
  std::copy_if(projects.begin(), projects.end(), std::back_inserter(asked),
               [&query](const std::string& project) { return is_asked_for(query, project); });
  const auto texts = texts_of(Dimension::project, asked);
  return texts ? Sql::one_of(Sql::column(Dimension::project), *texts) : Sql::never();
}

sql::Expr<sql::Integer> cell_in(const time::Segment& segment) {
  const auto since = Sql::subtract(Sql::to_unix_timestamp(Sql::timestamp()), Sql::integer(segment.start_s));
  const auto cell = Sql::int_div(since, segment.step_s);
  return segment.first_cell == 0 ? cell : Sql::add(cell, Sql::integer(segment.first_cell));
}

/// if(timestamp < <start of the second>, <first>, if(... <last>)); there is at least one segment.
sql::Expr<sql::Integer> cell_of(const std::vector<time::Segment>& segments) {
  auto cell = cell_in(segments.back());
  for (std::size_t next = segments.size() - 1; next > 0; --next) {
    cell = Sql::choose(Sql::less(Sql::timestamp(), Sql::instant(segments[next].start_s)),
                       cell_in(segments[next - 1]), cell);
  }
  return cell;
}

Condition is_any_of(const sql::Expr<sql::String>& column, std::span<const std::string_view> names) {
  sql::Texts texts(sql::Text::of(Dimension::event_type, names.front()));
  for (const std::string_view name : names.subspan(1)) texts.add(sql::Text::of(Dimension::event_type, name));
  return Sql::one_of(column, texts);
}

/// In the order of kMeasureColumns.
void add_measures(sql::Select& select, sql::Order by_total) {
  const auto weight = Sql::sample_interval();
  std::size_t at = 0;
  select.measure(kMeasureAliases[at++], Sql::sum(weight), by_total);
  const auto event_type = Sql::column(Dimension::event_type);
  for (const std::string_view name : schema::kEventTypeNames) {
    const sql::Texts type(sql::Text::of(Dimension::event_type, name));
    select.measure(kMeasureAliases[at++], Sql::sum_if(weight, Sql::one_of(event_type, type)));
  }
  // Of event types that this version does not know neither the type nor the flags are counted, and m_n tells.
  const auto known = is_any_of(event_type, schema::kEventTypeNames);
  for (std::size_t flag = 0; flag < schema::kFlagNames.size(); ++flag) {
    select.measure(kMeasureAliases[at++],
                   Sql::sum_if(weight, Sql::both(flag_is(static_cast<schema::Flag>(flag), true), known)));
  }
  select.measure(kMeasureAliases[at++], Sql::count());
  select.measure(kMeasureAliases[at++], Sql::max(weight));
  select.measure(kMeasureAliases[at++], Sql::sum(Sql::multiply(weight, weight)));
  select.measure(kMeasureAliases[at++], Sql::max(Sql::to_unix_timestamp(Sql::timestamp())));
}

/// The rows that may be counted, and those alone.
sql::Select rows_of(const Query& query, const Scope& scope, const Range& range) {
  sql::Select select(range.from_s, range.to_s);
  if (!scope.all_projects) select.where(within(query, scope.projects));
  for (const Filter& filter : query.filters) select.where(holds(filter));
  for (const FlagFilter& filter : query.flags) select.where(flag_is(filter.flag, filter.value));
  return select;
}

void leave_out(sql::Select& select, const Range& gap) {
  select.where(Sql::either(Sql::less(Sql::timestamp(), Sql::instant(gap.from_s)),
                           Sql::at_least(Sql::timestamp(), Sql::instant(gap.to_s))));
}

std::size_t bytes_of(const Filter& filter) {
  std::size_t sum = 0;
  for (const std::string& value : filter.values) sum += value.size();
  return sum;
}

std::size_t bytes_of(const Scope& scope) {
  std::size_t bytes = 0;
  if (scope.all_projects) return bytes;
  for (const std::string& project : scope.projects) bytes += project.size() + 4;
  return bytes;
}

/// Names the parameter that takes the most room: to shorten that one helps.
Error too_long(const Query& query, const Scope& scope) {
  const auto largest =
      std::max_element(query.filters.begin(), query.filters.end(),
                       [](const Filter& a, const Filter& b) { return bytes_of(a) < bytes_of(b); });
  const bool is_scope = largest == query.filters.end() || bytes_of(*largest) < bytes_of(scope);
  std::string reason = is_scope
                           ? "The key may see more projects than Analytics Engine can be asked for at once; "
                             "name fewer of them, in statements of at most "
                           : "The filters take more than Analytics Engine reads; ask for fewer or shorter "
                             "values, so that the statement has at most ";
  text::append_number(reason, schema::kMaxSqlChars);
  reason += " bytes.";
  return bad_parameter(schema::info(is_scope ? Dimension::project : largest->dimension).name,
                       std::move(reason));
}

Result<Statement> finish(const Query& query, const Scope& scope, const sql::Select& select,
                         Statement statement) {
  auto text = select.render();
  if (!text) {
    const bool is_length = text.error().code == ErrorCode::bad_parameter;
    return tl::unexpected<Error>(is_length ? too_long(query, scope) : std::move(text.error()));
  }
  statement.sql = std::move(*text);
  return statement;
}

void group_by(sql::Select& select, const std::vector<Dimension>& dimensions) {
  for (std::size_t at = 0; at < dimensions.size(); ++at) {
    select.group_by(kDimensionAliases[at], Sql::column(dimensions[at]));
  }
}

tl::unexpected<Error> not_countable() {
  return fail(ErrorCode::internal, "The statement has too many dimensions, or buckets and no cells.");
}

}  // namespace

Result<Statement> count_statement(const Query& query, const Scope& scope, const Period& period,
                                  const std::vector<Dimension>& dimensions, std::uint32_t most_rows,
                                  Range gap) {
  const bool has_cell = period.boundaries.count() > 0;
  const std::vector<time::Segment>& segments = period.grid.segments();
  if (dimensions.size() > kDimensionAliases.size() || (has_cell && segments.empty())) return not_countable();

  sql::Select select = rows_of(query, scope, period.range);
  if (gap.from_s < gap.to_s) leave_out(select, gap);
  if (has_cell) select.group_by("cell", cell_of(segments));
  group_by(select, dimensions);
  add_measures(select, sql::Order::none);
  if (has_cell || !dimensions.empty()) {
    constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
    select.limit(most_rows < kMost ? most_rows + 1 : kMost);
  }
  return finish(query, scope, select, {{}, dimensions, has_cell, most_rows});
}

Result<Statement> pieces_statement(const Query& query, const Scope& scope, const Period& period,
                                   std::span<const Range> gaps, const std::vector<Dimension>& dimensions,
                                   std::uint32_t most_rows) {
  const std::vector<time::Segment>& segments = period.grid.segments();
  if (dimensions.size() > kDimensionAliases.size() || segments.empty()) return not_countable();

  sql::Select select = rows_of(query, scope, period.range);
  for (const Range& gap : gaps) leave_out(select, gap);
  select.group_by("cell", cell_of(segments));
  group_by(select, dimensions);
  add_measures(select, sql::Order::descending);
  select.limit(most_rows);
  return finish(query, scope, select, {{}, dimensions, true, most_rows});
}

Result<Statement> top_statement(const Query& query, const Scope& scope, const Range& range,
                                const std::vector<Dimension>& dimensions, std::uint32_t most_rows) {
  if (dimensions.size() > kDimensionAliases.size()) return not_countable();

  sql::Select select = rows_of(query, scope, range);
  group_by(select, dimensions);
  add_measures(select, sql::Order::descending);
  select.limit(most_rows);
  return finish(query, scope, select, {{}, dimensions, false, most_rows});
}

}  // namespace leadledger::reports
