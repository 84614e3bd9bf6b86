// Expressions of Analytics Engine's SQL with its own types, which are C++ types here: what it would refuse
// for a type does not compile. Only class Dialect (core/sql/dialect.hpp) makes them.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace leadledger::sql {

// Types, by the names that Analytics Engine's messages give them.
struct Integer;
struct Double;
struct String;
struct DateTime;
struct Boolean;

template <class Type>
inline constexpr bool kIsNumber = false;
template <>
inline constexpr bool kIsNumber<Integer> = true;
template <>
inline constexpr bool kIsNumber<Double> = true;

template <class Type>
concept Number = kIsNumber<Type>;

template <class Type>
inline constexpr bool kIsOrdered = kIsNumber<Type>;
template <>
inline constexpr bool kIsOrdered<DateTime> = true;

/// Texts are compared by lists of literals alone.
template <class Type>
concept Ordered = kIsOrdered<Type>;

/// What stands at the top of an expression; decides where it needs brackets.
enum class Shape : unsigned char {
  whole,      ///< a column, a literal or a call: needs none anywhere
  condition,  ///< a comparison, IN, NOT (...): needs none beside AND and OR
  all,        ///< a AND b
  any,        ///< a OR b
  sum,        ///< a + b, a - b, a * b, -1
};

/// A value of one row.
template <class Type>
class Expr {
 public:
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  friend class Dialect;
  Expr(std::string text, Shape shape) : text_(std::move(text)), shape_(shape) {}

  std::string text_;
  Shape shape_;
};

/// A value of a group of rows. It fits nowhere but among the columns of a SELECT, so there is no aggregate in
/// a condition or inside another one.
template <class Type>
class Aggregate {
 public:
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  friend class Dialect;
  explicit Aggregate(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace leadledger::sql
