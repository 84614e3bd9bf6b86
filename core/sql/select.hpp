// A SELECT from lead_submissions, and the only renderer of one. Its range of time is part of it from the
// start; a column is either grouped by or an aggregate, so no statement mixes the two wrongly; GROUP BY and
// ORDER BY name output columns, for they are said where the column is.
//
//   sql::Select select(from_s, to_s);
//   select.where(Dialect::one_of(Dialect::column(Dimension::project), projects));
//   select.group_by("d0", Dialect::column(Dimension::country));
//   select.measure("m_n", Dialect::sum(Dialect::sample_interval()), sql::Order::descending);
//   auto text = select.render();
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/alias.hpp"
#include "core/sql/dialect.hpp"
#include "core/support/result.hpp"

namespace leadledger::sql {

enum class Order : std::uint8_t { none, ascending, descending };

class Select {
 public:
  /// Points with from_s <= timestamp < to_s, in Unix seconds.
  Select(std::int64_t from_s, std::int64_t to_s);

  /// Narrows the rows further.
  void where(const Expr<Boolean>& condition);

  /// An output column that is grouped by.
  void group_by(Alias alias, const Expr<Integer>& value, Order order = Order::none);
  void group_by(Alias alias, const Expr<String>& value, Order order = Order::none);

  /// An output column that is computed from all rows of a group.
  template <Number Type>
  void measure(Alias alias, const Aggregate<Type>& value, Order order = Order::none) {
    add(alias, value.text(), order);
  }

  /// At most so many rows, the first ones by the columns that have an order.
  void limit(std::uint32_t rows) { limit_ = rows; }

  /// In FORMAT JSON, whole or not at all. Errors: bad_parameter where it is longer than Analytics Engine
  /// takes, counted in bytes, which are never fewer than its characters; internal where it has no column or
  /// two of one name.
  [[nodiscard]] Result<std::string> render() const;

 private:
  void add(Alias alias, std::string_view value, Order order);

  std::vector<std::string_view> names_;
  std::string columns_;
  Expr<Boolean> where_;
  std::string groups_;
  std::string orders_;
  std::optional<std::uint32_t> limit_;
};

}  // namespace leadledger::sql
