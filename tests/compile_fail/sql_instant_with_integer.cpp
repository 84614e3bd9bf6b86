// Unix seconds are no DateTime until they are made one.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<Boolean> condition();

Expr<Boolean> condition() {
#ifdef BREAK_THE_PROMISE
  return Dialect::at_least(Dialect::timestamp(), Dialect::integer(1790000000));
#else
  return Dialect::at_least(Dialect::timestamp(), Dialect::instant(1790000000));
#endif
}

}  // namespace leadledger::sql
