#include "core/sql/dialect.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <type_traits>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using schema::Dimension;
using sql::Boolean;
using sql::Expr;
using sql::Integer;
using Sql = sql::Dialect;

namespace {

sql::Texts texts(std::string_view one) { return sql::Texts(sql::Text::of(Dimension::source, one)); }

/// Reads an expression as the precedence of SQL says, of whole numbers and conditions over them, and gives
/// its value; _sample_interval is 7. Conditions are 0 or 1.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::int64_t whole() {
    const std::int64_t value = any();
    CHECK(rest_.empty());
    return value;
  }

 private:
  bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  std::int64_t any() {
    std::int64_t value = all();
    while (take(" OR ")) value |= all();
    return value;
  }
  std::int64_t all() {
    std::int64_t value = denied();
    while (take(" AND ")) value &= denied();
    return value;
  }
  std::int64_t denied() { return take("NOT ") ? 1 - denied() : compared(); }
  std::int64_t compared() {
    const std::int64_t value = summed();
    if (take(" = ")) return value == summed() ? 1 : 0;
    if (take(" != ")) return value != summed() ? 1 : 0;
    if (take(" < ")) return value < summed() ? 1 : 0;
    if (take(" > ")) return value > summed() ? 1 : 0;
    if (take(" >= ")) return value >= summed() ? 1 : 0;
    return value;
  }
  std::int64_t summed() {
    std::int64_t value = product();
    for (;;) {
      if (take(" + ")) {
        value += product();
      } else if (take(" - ")) {
        value -= product();
      } else {
        return value;
      }
    }
  }
  std::int64_t product() {
    std::int64_t value = one();
    while (take(" * ")) value *= one();
    return value;
  }
  std::int64_t one() {
    if (take("if(")) {
      const std::int64_t condition = any();
      CHECK(take(", "));
      const std::int64_t then = any();
      CHECK(take(", "));
      const std::int64_t otherwise = any();
      CHECK(take(")"));
      return condition != 0 ? then : otherwise;
    }
    if (take("(")) {
      const std::int64_t value = any();
      CHECK(take(")"));
      return value;
    }
    if (take("_sample_interval")) return 7;
    if (take("-")) return -one();
    REQUIRE_FALSE(rest_.empty());
    REQUIRE((rest_.front() >= '0' && rest_.front() <= '9'));
    std::int64_t value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  std::string_view rest_;
};

template <class Type>
struct Known {
  Expr<Type> expression;
  std::int64_t value;
};

Known<Boolean> random_condition(tests::Random& random, int depth);

Known<Integer> random_number(tests::Random& random, int depth) {
  const std::size_t kind = depth == 0 ? random.below(2) : random.below(6);
  if (kind == 0) return {Sql::sample_interval(), 7};
  if (kind == 1) {
    const auto value = static_cast<std::int64_t>(random.below(9)) - 4;
    return {Sql::integer(value), value};
  }
  const auto a = random_number(random, depth - 1);
  const auto b = random_number(random, depth - 1);
  if (kind == 2) return {Sql::add(a.expression, b.expression), a.value + b.value};
  if (kind == 3) return {Sql::subtract(a.expression, b.expression), a.value - b.value};
  if (kind == 4) return {Sql::multiply(a.expression, b.expression), a.value * b.value};
  const auto condition = random_condition(random, depth - 1);
  return {Sql::choose(condition.expression, a.expression, b.expression),
          condition.value != 0 ? a.value : b.value};
}

Known<Boolean> random_condition(tests::Random& random, int depth) {
  const std::size_t kind = depth == 0 ? random.below(5) : random.below(9);
  if (kind >= 7 || kind == 5) {
    const auto a = random_condition(random, depth - 1);
    const auto b = random_condition(random, depth - 1);
    if (kind == 5) return {Sql::both(a.expression, b.expression), a.value & b.value};
    if (kind == 7) return {Sql::either(a.expression, b.expression), a.value | b.value};
    return {Sql::both(Sql::either(a.expression, b.expression), a.expression), a.value};
  }
  if (kind == 6) {
    const auto a = random_condition(random, depth - 1);
    return {Sql::negation(a.expression), 1 - a.value};
  }
  const auto a = random_number(random, depth == 0 ? 0 : depth - 1);
  const auto b = random_number(random, depth == 0 ? 0 : depth - 1);
  if (kind == 0) return {Sql::equal(a.expression, b.expression), a.value == b.value ? 1 : 0};
  if (kind == 1) return {Sql::not_equal(a.expression, b.expression), a.value != b.value ? 1 : 0};
  if (kind == 2) return {Sql::less(a.expression, b.expression), a.value < b.value ? 1 : 0};
  return {Sql::at_least(a.expression, b.expression), a.value >= b.value ? 1 : 0};
}

}  // namespace

TEST_CASE("Columns come from the schema", "[sql]") {
  for (const schema::DimensionInfo& info : schema::kDimensions) {
    const auto dimension = static_cast<Dimension>(&info - schema::kDimensions.data());
    CHECK(Sql::column(dimension).text() == info.column);
  }
  CHECK(Sql::column(schema::LeadSubmissionsDouble::hot).text() == "double3");
  CHECK(Sql::timestamp().text() == "timestamp");
  CHECK(Sql::sample_interval().text() == "_sample_interval");
}

TEST_CASE("Literals have the spelling of their type", "[sql]") {
  CHECK(Sql::integer(-5).text() == "-5");
  CHECK(Sql::integer(1'790'000'000).text() == "1790000000");
  CHECK(Sql::whole_double(1).text() == "1.0");
  CHECK(Sql::instant(1'790'000'000).text() == "toDateTime(1790000000)");
  CHECK(Sql::instant(-1).text() == "toDateTime(0)");
  CHECK(Sql::instant(INT64_MAX).text() == "toDateTime(4294967295)");
}

TEST_CASE("A negative number stands in brackets, so no comment begins", "[sql]") {
  CHECK(Sql::subtract(Sql::sample_interval(), Sql::integer(-5)).text() == "_sample_interval - (-5)");
}

TEST_CASE("Functions", "[sql]") {
  const auto at = Sql::to_unix_timestamp(Sql::timestamp());
  CHECK(at.text() == "toUnixTimestamp(timestamp)");
  CHECK(Sql::int_div(Sql::subtract(at, Sql::integer(10)), 900).text() ==
        "intDiv(toUnixTimestamp(timestamp) - 10, 900)");
  CHECK(Sql::int_div(at, 0).text() == "intDiv(toUnixTimestamp(timestamp), 1)");
  CHECK(Sql::int_div(at, -9).text() == "intDiv(toUnixTimestamp(timestamp), 1)");
  const auto source = Sql::column(Dimension::source);
  CHECK(Sql::contains(Sql::lower(source), sql::Text::of(Dimension::source, "100%_")).text() ==
        "position('100%_' IN lower(blob1)) > 0");
  CHECK(Sql::never().text() == "timestamp < toDateTime(0)");
}

TEST_CASE("Aggregates", "[sql]") {
  const auto weight = Sql::sample_interval();
  CHECK(Sql::sum(weight).text() == "SUM(_sample_interval)");
  CHECK(Sql::sum(Sql::multiply(weight, weight)).text() == "SUM(_sample_interval * _sample_interval)");
  CHECK(Sql::sum_if(weight, Sql::one_of(Sql::column(Dimension::source), texts("x"))).text() ==
        "sumIf(_sample_interval, blob1 = 'x')");
  CHECK(Sql::max(weight).text() == "max(_sample_interval)");
  CHECK(Sql::count().text() == "count()");
}

TEST_CASE("A list of one is a comparison", "[sql]") {
  const auto source = Sql::column(Dimension::source);
  auto list = texts("a");
  CHECK(Sql::one_of(source, list).text() == "blob1 = 'a'");
  CHECK(Sql::none_of(source, list).text() == "blob1 != 'a'");
  list.add(sql::Text::of(Dimension::source, "b"));
  CHECK(Sql::one_of(source, list).text() == "blob1 IN ('a', 'b')");
  CHECK(Sql::none_of(source, list).text() == "blob1 NOT IN ('a', 'b')");
}

TEST_CASE("A chain of one word needs no brackets, two words do", "[sql]") {
  const auto a = Sql::never();
  CHECK(Sql::both(Sql::both(a, a), a).text() ==
        "timestamp < toDateTime(0) AND timestamp < toDateTime(0) AND timestamp < toDateTime(0)");
  CHECK(Sql::both(Sql::either(a, a), Sql::negation(a)).text() ==
        "(timestamp < toDateTime(0) OR timestamp < toDateTime(0)) AND NOT (timestamp < toDateTime(0))");
}

TEST_CASE("What is written is read as it was meant", "[sql]") {
  tests::Random random(23);
  int trues = 0;
  constexpr int kRounds = 3000;
  for (int round = 0; round < kRounds; ++round) {
    const auto condition = random_condition(random, 4);
    INFO(condition.expression.text());
    const std::int64_t read = Reader(condition.expression.text()).whole();
    REQUIRE(read == condition.value);
    trues += condition.value != 0 ? 1 : 0;
  }
  CHECK(trues > kRounds / 4);
  CHECK(trues < kRounds * 3 / 4);
}
