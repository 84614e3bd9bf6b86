// IN () is refused, so a list begins with its first text.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<Boolean> condition(const Text& text);

Expr<Boolean> condition(const Text& text) {
#ifdef BREAK_THE_PROMISE
  return Dialect::one_of(Dialect::column(schema::Dimension::project), Texts());
#else
  return Dialect::one_of(Dialect::column(schema::Dimension::project), Texts(text));
#endif
}

}  // namespace leadledger::sql
