#include "core/reports/statements.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/datasets/canonical_text.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/sql/statement_text.hpp"

using namespace leadledger;
using namespace leadledger::reports;

namespace {

constexpr std::int64_t kFrom = 1'790'000'000;
constexpr std::string_view kMeasures =
    "SUM(_sample_interval) AS m_n, sumIf(_sample_interval, blob20 = 'primary') AS m_primary, "
    "sumIf(_sample_interval, blob20 = 'follow_up') AS m_follow_up, sumIf(_sample_interval, blob20 = 'test') "
    "AS "
    "m_test, sumIf(_sample_interval, blob20 = 'blocked') AS m_blocked, sumIf(_sample_interval, blob20 = "
    "'bot') AS "
    "m_bot, "
    "sumIf(_sample_interval, double1 = 1.0 AND blob20 IN ('primary', 'follow_up', 'test', 'blocked', 'bot')) "
    "AS m_vpn, "
    "sumIf(_sample_interval, double2 = 1.0 AND blob20 IN ('primary', 'follow_up', 'test', 'blocked', 'bot')) "
    "AS m_suspicious, "
    "sumIf(_sample_interval, double3 = 1.0 AND blob20 IN ('primary', 'follow_up', 'test', 'blocked', 'bot')) "
    "AS m_hot, count() AS m_rows, max(_sample_interval) "
    "AS "
    "m_most, SUM(_sample_interval * _sample_interval) AS m_squares, max(toUnixTimestamp(timestamp)) AS "
    "m_newest";
constexpr std::string_view kRange =
    "timestamp >= toDateTime(1790000000) AND timestamp < toDateTime(1790086400)";

Period period(const std::vector<std::int64_t>& boundaries, std::size_t most_segments = 8) {
  Period out{{kFrom, kFrom + 86'400}, {boundaries}, {}};
  out.grid = time::CellGrid::over(out.boundaries, most_segments);
  return out;
}

Scope everything() { return {true, {}}; }

std::string count_sql(const Query& query, const Scope& scope = everything()) {
  return count_statement(query, scope, period({}), {}, 100).value().sql;
}

/// The conditions behind the range, or "".
std::string more_conditions(const Query& query, const Scope& scope = everything()) {
  const std::string sql = count_sql(query, scope);
  const std::size_t from = sql.find(kRange) + kRange.size();
  const std::size_t to = sql.find(" FORMAT JSON");
  REQUIRE(from <= to);
  return sql.substr(from, to - from);
}

std::string cell_of(const Period& of) {
  const std::string sql = count_statement({}, everything(), of, {}, 100).value().sql;
  return sql.substr(7, sql.find(" AS cell") - 7);
}

Query asking(Filter filter) {
  Query query;
  query.filters.push_back(std::move(filter));
  return query;
}

}  // namespace

TEST_CASE("A statement without groups", "[statements]") {
  const auto statement = count_statement({}, everything(), period({}), {}, 100).value();
  CHECK(statement.sql == "SELECT " + std::string(kMeasures) + " FROM lead_submissions WHERE " +
                             std::string(kRange) + " FORMAT JSON");
  CHECK_FALSE(statement.has_cell);
  CHECK(statement.dimensions.empty());
  CHECK(statement.most_rows == 100);
}

TEST_CASE("A statement by cell and dimensions", "[statements]") {
  const auto statement = count_statement({}, everything(), period({kFrom, kFrom + 3600}),
                                         {Dimension::country, Dimension::project}, 100)
                             .value();
  CHECK(statement.sql ==
        "SELECT intDiv(toUnixTimestamp(timestamp) - 1790000000, 3600) AS cell, blob10 AS d0, index1 AS d1, " +
            std::string(kMeasures) + " FROM lead_submissions WHERE " + std::string(kRange) +
            " GROUP BY cell, d0, d1 LIMIT 101 FORMAT JSON");
  CHECK(statement.has_cell);
  CHECK(statement.dimensions == std::vector<Dimension>{Dimension::country, Dimension::project});
}

TEST_CASE("The limit of rows does not turn over", "[statements]") {
  constexpr auto kMost = std::numeric_limits<std::uint32_t>::max();
  const auto sql = count_statement({}, everything(), period({}), {Dimension::city}, kMost).value().sql;
  CHECK(sql.find(" LIMIT 4294967295 FORMAT JSON") != std::string::npos);
}

TEST_CASE("A top list is ordered by the weighted total and has no cell", "[statements]") {
  const auto statement =
      top_statement({}, everything(), {kFrom, kFrom + 86'400}, {Dimension::source}, 10).value();
  CHECK(statement.sql == "SELECT blob1 AS d0, " + std::string(kMeasures) + " FROM lead_submissions WHERE " +
                             std::string(kRange) + " GROUP BY d0 ORDER BY m_n DESC LIMIT 10 FORMAT JSON");
  CHECK_FALSE(statement.has_cell);
  CHECK(statement.most_rows == 10);
}

TEST_CASE("Cells of a grid of one or several stretches", "[statements]") {
  CHECK(cell_of(period({100, 200, 300})) == "intDiv(toUnixTimestamp(timestamp) - 100, 100)");
  // Days of 24, 25, 24, 23 and 24 hours, as clock changes make them.
  const Period days = period({0, 86'400, 176'400, 262'800, 345'600, 432'000});
  const auto& parts = days.grid.segments();
  REQUIRE(parts.size() >= 2);
  std::string expected;
  std::string brackets;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (at + 1 < parts.size()) {
      expected += "if(timestamp < toDateTime(" + std::to_string(parts[at + 1].start_s) + "), ";
      brackets += ')';
    }
    expected += "intDiv(toUnixTimestamp(timestamp) - " + std::to_string(parts[at].start_s) + ", " +
                std::to_string(parts[at].step_s) + ")";
    if (at > 0) expected += " + " + std::to_string(parts[at].first_cell);
    if (at + 1 < parts.size()) expected += ", ";
  }
  CHECK(cell_of(days) == expected + brackets);
  CHECK(cell_of(period({0, 86'400, 176'400, 262'800}, 1)) == "intDiv(toUnixTimestamp(timestamp) - 0, 3600)");
  CHECK(cell_of(period({-19'800, 66'600})) == "intDiv(toUnixTimestamp(timestamp) - (-19800), 86400)");
}

TEST_CASE("Buckets without a grid, or too many dimensions, are an error", "[statements]") {
  Period broken = period({0, 100});
  REQUIRE(count_statement({}, everything(), broken, {}, 1).has_value());
  broken.grid = {};
  CHECK(count_statement({}, everything(), broken, {}, 1).error().code == ErrorCode::internal);
  const std::vector<Dimension> five(5, Dimension::city);
  CHECK(count_statement({}, everything(), period({}), five, 1).error().code == ErrorCode::internal);
  CHECK(top_statement({}, everything(), {}, five, 1).error().code == ErrorCode::internal);
}

TEST_CASE("The projects of a key are part of every statement", "[statements]") {
  CHECK(more_conditions({}, {false, {"acme"}}) == " AND index1 = 'acme'");
  CHECK(more_conditions({}, {false, {"acme", "zen"}}) == " AND index1 IN ('acme', 'zen')");
  CHECK(more_conditions({}, {false, {}}) == " AND timestamp < toDateTime(0)");
  CHECK(more_conditions({}, {true, {"acme"}}).empty());
  const auto top = top_statement({}, {false, {"acme"}}, {0, 1}, {Dimension::city}, 9).value().sql;
  CHECK(top.find(" AND index1 = 'acme' GROUP BY") != std::string::npos);
}

TEST_CASE("A filter by project never widens what a key may see", "[statements]") {
  const Scope two = {false, {"acme", "zen"}};
  CHECK(more_conditions(asking({Dimension::project, false, false, {"acme"}}), two) ==
        " AND index1 = 'acme' AND index1 = 'acme'");
  CHECK(more_conditions(asking({Dimension::project, false, false, {"other"}}), two) ==
        " AND timestamp < toDateTime(0) AND index1 = 'other'");
  CHECK(more_conditions(asking({Dimension::project, true, false, {"acme"}}), two) ==
        " AND index1 IN ('acme', 'zen') AND index1 != 'acme'");
  CHECK(more_conditions(asking({Dimension::project, false, true, {"me"}}), two) ==
        " AND index1 IN ('acme', 'zen') AND position('me' IN lower(index1)) > 0");
}

TEST_CASE("Filters", "[statements]") {
  CHECK(more_conditions(asking({Dimension::country, false, false, {"IN"}})) == " AND blob10 = 'IN'");
  CHECK(more_conditions(asking({Dimension::country, true, false, {"IN"}})) == " AND blob10 != 'IN'");
  CHECK(more_conditions(asking({Dimension::country, false, false, {"", "IN"}})) ==
        " AND blob10 IN ('', 'IN')");
  CHECK(more_conditions(asking({Dimension::country, true, false, {"IN", "US"}})) ==
        " AND blob10 NOT IN ('IN', 'US')");
  CHECK(more_conditions(asking({Dimension::cta, false, true, {"demo"}})) ==
        " AND position('demo' IN lower(blob4)) > 0");
  CHECK(more_conditions(asking({Dimension::cta, false, true, {"a", "b"}})) ==
        " AND (position('a' IN lower(blob4)) > 0 OR position('b' IN lower(blob4)) > 0)");
  CHECK(more_conditions(asking({Dimension::cta, true, true, {"a", "b"}})) ==
        " AND NOT (position('a' IN lower(blob4)) > 0 OR position('b' IN lower(blob4)) > 0)");
}

TEST_CASE("Filters of no value hold for nothing, or for anything", "[statements]") {
  CHECK(more_conditions(asking({Dimension::city, false, false, {}})) == " AND timestamp < toDateTime(0)");
  CHECK(more_conditions(asking({Dimension::city, true, false, {}})) ==
        " AND NOT (timestamp < toDateTime(0))");
  CHECK(more_conditions(asking({Dimension::city, false, true, {}})) == " AND timestamp < toDateTime(0)");
  CHECK(more_conditions(asking({Dimension::city, true, true, {}})) == " AND NOT (timestamp < toDateTime(0))");
}

TEST_CASE("Flags: true and false share out all rows", "[statements]") {
  Query query;
  query.flags = {{schema::Flag::vpn, true}, {schema::Flag::hot, false}};
  CHECK(more_conditions(query) == " AND double1 = 1.0 AND double3 != 1.0");
}

TEST_CASE("All of them must hold", "[statements]") {
  Query query = asking({Dimension::country, false, false, {"IN"}});
  query.filters.push_back({Dimension::cta, false, true, {"a", "b"}});
  query.flags = {{schema::Flag::suspicious, true}};
  CHECK(more_conditions(query, {false, {"acme"}}) ==
        " AND index1 = 'acme' AND blob10 = 'IN' AND (position('a' IN lower(blob4)) > 0 OR position('b' IN "
        "lower(blob4)) > 0) AND double2 = 1.0");
}

TEST_CASE("A statement that is too long names the filter that takes the most", "[statements]") {
  Query query = asking({Dimension::country, false, false, {"IN"}});
  Filter large{Dimension::cta, false, false, {}};
  while (large.values.size() < 100) large.values.emplace_back(100, 'x');
  query.filters.push_back(large);
  query.filters.push_back({Dimension::city, false, false, {"Pune"}});
  const auto statement = count_statement(query, everything(), period({}), {}, 100);
  REQUIRE_FALSE(statement.has_value());
  CHECK(statement.error().code == ErrorCode::bad_parameter);
  REQUIRE(statement.error().fields.size() == 1);
  CHECK(statement.error().fields[0].name == "cta");
  CHECK(top_statement(query, everything(), {0, 1}, {}, 100).error().fields.at(0).name == "cta");
}

TEST_CASE("A key of more projects than fit asks for some of them", "[statements]") {
  Scope scope;
  for (int at = 0; at < 1000; ++at) scope.projects.push_back("project-" + std::to_string(at));
  const auto statement = count_statement({}, scope, period({}), {}, 100);
  REQUIRE_FALSE(statement.has_value());
  CHECK(statement.error().fields.at(0).name == "project");
  CHECK(more_conditions(asking({Dimension::project, false, false, {"project-7"}}), scope) ==
        " AND index1 = 'project-7' AND index1 = 'project-7'");
}

TEST_CASE("What values say stays in their literals, whatever it is", "[statements]") {
  tests::Random random(31);
  int rendered = 0;
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    Query hostile;
    Query tame;
    Scope hostile_scope{random.below(4) == 0, {}};
    Scope tame_scope{hostile_scope.all_projects, {}};
    std::vector<std::string> expected;
    const auto text = [&](Dimension dimension, std::vector<std::string>& into,
                          std::vector<std::string>& tame_into) {
      const std::size_t size = random.below(10) == 0 ? 4000 : 60;
      into.push_back(random.below(2) == 0 ? tests::hostile_bytes(random, size)
                                          : tests::hostile_text(random, size / 4));
      tame_into.push_back("x");
      expected.push_back(datasets::canonical_text(into.back(), schema::info(dimension).max_bytes));
    };
    for (std::size_t left = random.below(4); !hostile_scope.all_projects && left > 0; --left) {
      text(Dimension::project, hostile_scope.projects, tame_scope.projects);
    }
    for (std::size_t left = random.below(6); left > 0; --left) {
      // Not of projects: those narrow the scope.
      const auto dimension = static_cast<Dimension>(2 + random.below(schema::kDimensions.size() - 2));
      Filter filter{dimension, random.below(2) == 0, random.below(2) == 0, {}};
      Filter other = filter;
      const std::size_t most_values = random.below(20) == 0 ? 400 : 5;
      for (std::size_t values = 1 + random.below(most_values); values > 0; --values) {
        text(dimension, filter.values, other.values);
      }
      hostile.filters.push_back(filter);
      tame.filters.push_back(other);
    }
    const Period of = random.below(2) == 0 ? period({}) : period({0, 900, 1800, 5400, 6300});
    const auto statement = count_statement(hostile, hostile_scope, of, {Dimension::city}, 10);
    const auto other = count_statement(tame, tame_scope, of, {Dimension::city}, 10);
    if (!statement) {
      CHECK(statement.error().code == ErrorCode::bad_parameter);
      ++refused;
      continue;
    }
    if (!other) continue;  // x may be longer than what is left of a value
    ++rendered;
    REQUIRE(statement->sql.size() <= schema::kMaxSqlChars);
    const auto apart = tests::taken_apart(statement->sql);
    REQUIRE(apart.closed);
    REQUIRE(tests::is_balanced(apart.skeleton));
    REQUIRE(apart.skeleton == tests::taken_apart(other->sql).skeleton);
    // The first twenty are the event types of the measures, each on its own, and all of them with each flag.
    REQUIRE(std::vector<std::string>(apart.literals.begin() + 20, apart.literals.end()) == expected);
  }
  CHECK(rendered > 2000);
  CHECK(refused > 10);
}
