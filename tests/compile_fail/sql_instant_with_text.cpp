// Analytics Engine compares a DateTime with a DateTime alone.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<Boolean> condition();

Expr<Boolean> condition() {
#ifdef BREAK_THE_PROMISE
  return Dialect::less(Dialect::timestamp(), Dialect::column(schema::Dimension::country));
#else
  return Dialect::less(Dialect::timestamp(), Dialect::instant(0));
#endif
}

}  // namespace leadledger::sql
