#include "core/sql/select.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "leadledger/limits.hpp"

using namespace leadledger;
using schema::Dimension;
using Sql = sql::Dialect;
using sql::Order;
using sql::Select;

namespace {

Select counting() {
  Select select(10, 20);
  select.measure("total", Sql::sum(Sql::sample_interval()));
  return select;
}

/// A condition that takes exactly so many bytes in a statement of counting().
sql::Expr<sql::Boolean> condition_of(std::size_t bytes) {
  // " AND blob3 IN ('x', 'xx...', ...)": each value of 100 takes 104 bytes with quotes and comma.
  sql::Texts texts(sql::Text::of(Dimension::landing_path, "x"));
  std::size_t so_far = std::string(" AND blob3 IN ('x')").size();
  while (bytes - so_far > 208) {
    texts.add(sql::Text::of(Dimension::landing_path, std::string(100, 'y')));
    so_far += 104;
  }
  texts.add(sql::Text::of(Dimension::landing_path, std::string(bytes - so_far - 4, 'z')));
  return Sql::one_of(Sql::column(Dimension::landing_path), texts);
}

}  // namespace

TEST_CASE("Names that an output column may have", "[sql]") {
  using sql::alias_rules::is_fit;
  for (const char* name : {"cell", "d0", "m_n", "m_rows", "blob", "blob1x", "double_1", "a"})
    CHECK(is_fit(name));
  for (const char* name :
       {"",       "blob1", "blob21", "double20", "index1", "timestamp", "dataset", "_sample_interval",
        "select", "count", "null",   "1a",       "A",      "a b",       "a'",      "a\"",
        "a-b",    "ä",     "a;",     "with"}) {
    CHECK_FALSE(is_fit(name));
  }
  CHECK_FALSE(is_fit("a_name_that_is_longer_than_32_bytes"));
  for (const schema::DimensionInfo& info : schema::kDimensions) CHECK_FALSE(is_fit(info.column));
}

TEST_CASE("A statement, clause by clause", "[sql]") {
  Select select(1'790'000'000, 1'790'086'400);
  CHECK(select.render().error().code == ErrorCode::internal);
  select.measure("total", Sql::sum(Sql::sample_interval()));
  CHECK(select.render().value() ==
        "SELECT SUM(_sample_interval) AS total FROM lead_submissions WHERE timestamp >= "
        "toDateTime(1790000000) AND "
        "timestamp < toDateTime(1790086400) FORMAT JSON");
  select.where(Sql::either(Sql::never(), Sql::never()));
  select.group_by("d0", Sql::column(Dimension::country));
  select.group_by("cell", Sql::integer(1), Order::ascending);
  select.measure("read", Sql::count(), Order::descending);
  select.limit(5);
  CHECK(
      select.render().value() ==
      "SELECT SUM(_sample_interval) AS total, blob10 AS d0, 1 AS cell, count() AS read FROM lead_submissions "
      "WHERE timestamp >= toDateTime(1790000000) AND timestamp < toDateTime(1790086400) AND (timestamp < "
      "toDateTime(0) OR timestamp < toDateTime(0)) GROUP BY d0, cell ORDER BY cell, read DESC LIMIT 5 FORMAT "
      "JSON");
}

TEST_CASE("Two columns of one name are an error", "[sql]") {
  Select select = counting();
  REQUIRE(select.render().has_value());
  select.group_by("total", Sql::column(Dimension::city));
  CHECK(select.render().error().code == ErrorCode::internal);
}

TEST_CASE("A statement is as long as Analytics Engine takes, or an error, and never cut", "[sql]") {
  const std::size_t bare = counting().render().value().size();
  for (std::size_t beyond = 0; beyond < 300; ++beyond) {
    Select select = counting();
    select.where(condition_of(schema::kMaxSqlChars - bare + beyond));
    const auto text = select.render();
    REQUIRE(text.has_value() == (beyond == 0));
    if (text) {
      CHECK(text->size() == schema::kMaxSqlChars);
      CHECK(text->substr(text->size() - 12) == " FORMAT JSON");
    } else {
      CHECK(text.error().code == ErrorCode::bad_parameter);
      CHECK(text.error().detail.find(std::to_string(schema::kMaxSqlChars + beyond)) != std::string::npos);
    }
  }
}
