// Only the dialect makes expressions.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<Boolean> condition(const std::string& bytes);

Expr<Boolean> condition(const std::string& bytes) {
#ifdef BREAK_THE_PROMISE
  return Expr<Boolean>(bytes, Shape::whole);
#else
  return Dialect::one_of(Dialect::column(schema::Dimension::city),
                         Texts(Text::of(schema::Dimension::city, bytes)));
#endif
}

}  // namespace leadledger::sql
