// Every column, literal, operator and function that our SQL has: those of Analytics Engine's that reports
// need. What is not here cannot be written.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/sql/expression.hpp"
#include "core/sql/text.hpp"
#include "leadledger/datasets.hpp"
#include "leadledger/reports.hpp"

namespace leadledger::sql {

class Dialect {
 public:
  // --- columns of lead_submissions ---
  [[nodiscard]] static Expr<DateTime> timestamp();
  [[nodiscard]] static Expr<Integer> sample_interval();
  [[nodiscard]] static Expr<String> column(schema::Dimension dimension);
  [[nodiscard]] static Expr<Double> column(schema::LeadSubmissionsDouble slot);

  // --- literals; those of texts are Text and Texts ---
  [[nodiscard]] static Expr<Integer> integer(std::int64_t value);
  /// Small, since Analytics Engine reads a large Double without fraction as an Integer.
  [[nodiscard]] static Expr<Double> whole_double(std::int16_t value);
  /// toDateTime(Unix seconds), from 1970 to 2106: what is beyond is that end, as no timestamp lies there.
  [[nodiscard]] static Expr<DateTime> instant(std::int64_t unix_s);

  // --- operators ---
  template <Ordered Type>
  [[nodiscard]] static Expr<Boolean> equal(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " = ", part(b)), Shape::condition};
  }
  template <Ordered Type>
  [[nodiscard]] static Expr<Boolean> not_equal(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " != ", part(b)), Shape::condition};
  }
  template <Ordered Type>
  [[nodiscard]] static Expr<Boolean> less(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " < ", part(b)), Shape::condition};
  }
  template <Ordered Type>
  [[nodiscard]] static Expr<Boolean> at_least(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " >= ", part(b)), Shape::condition};
  }
  template <Number Type>
  [[nodiscard]] static Expr<Type> add(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " + ", part(b)), Shape::sum};
  }
  template <Number Type>
  [[nodiscard]] static Expr<Type> subtract(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " - ", part(b)), Shape::sum};
  }
  template <Number Type>
  [[nodiscard]] static Expr<Type> multiply(const Expr<Type>& a, const Expr<Type>& b) {
    return {operation(part(a), " * ", part(b)), Shape::sum};
  }
  [[nodiscard]] static Expr<Boolean> both(const Expr<Boolean>& a, const Expr<Boolean>& b);
  [[nodiscard]] static Expr<Boolean> either(const Expr<Boolean>& a, const Expr<Boolean>& b);
  [[nodiscard]] static Expr<Boolean> negation(const Expr<Boolean>& of);
  [[nodiscard]] static Expr<Boolean> one_of(const Expr<String>& value, const Texts& texts);
  [[nodiscard]] static Expr<Boolean> none_of(const Expr<String>& value, const Texts& texts);
  /// Holds for no row: no point is older than 1970. Uses only what every statement uses anyway.
  [[nodiscard]] static Expr<Boolean> never();

  // --- functions of a row ---
  [[nodiscard]] static Expr<Integer> to_unix_timestamp(const Expr<DateTime>& instant);
  /// `divisor` is at least 1; less is taken as 1, since dividing by 0 fails the statement.
  [[nodiscard]] static Expr<Integer> int_div(const Expr<Integer>& value, std::int64_t divisor);
  /// Lower case of ASCII letters.
  [[nodiscard]] static Expr<String> lower(const Expr<String>& value);
  /// Whether the text stands in the value. LIKE is no choice: it has no escape for % and _.
  [[nodiscard]] static Expr<Boolean> contains(const Expr<String>& value, const Text& text);
  /// if(condition, then, otherwise); both of one type.
  template <class Type>
  [[nodiscard]] static Expr<Type> choose(const Expr<Boolean>& condition, const Expr<Type>& then,
                                         const Expr<Type>& otherwise) {
    return {call("if", {condition.text(), then.text(), otherwise.text()}), Shape::whole};
  }

  // --- aggregates ---
  template <Number Type>
  [[nodiscard]] static Aggregate<Type> sum(const Expr<Type>& value) {
    return Aggregate<Type>(call("SUM", {value.text()}));
  }
  template <Number Type>
  [[nodiscard]] static Aggregate<Type> sum_if(const Expr<Type>& value, const Expr<Boolean>& condition) {
    return Aggregate<Type>(call("sumIf", {value.text(), condition.text()}));
  }
  template <Number Type>
  [[nodiscard]] static Aggregate<Type> max(const Expr<Type>& value) {
    return Aggregate<Type>(call("max", {value.text()}));
  }
  /// Rows, unweighted.
  [[nodiscard]] static Aggregate<Integer> count();

 private:
  /// One side of an operator.
  struct Part {
    std::string_view text;
    Shape shape;
  };
  template <class Type>
  static Part part(const Expr<Type>& of) {
    return {of.text(), of.shape_};
  }
  /// Brackets around every side that is not whole.
  static std::string operation(Part a, std::string_view sign, Part b);
  /// AND or OR, of which a chain needs no brackets within itself.
  static Expr<Boolean> joined(const Expr<Boolean>& a, std::string_view word, const Expr<Boolean>& b,
                              Shape shape);
  static std::string call(std::string_view function, std::initializer_list<std::string_view> arguments);
  static Expr<Boolean> listed(const Expr<String>& value, const Texts& texts, std::string_view sign,
                              std::string_view word);
};

}  // namespace leadledger::sql
