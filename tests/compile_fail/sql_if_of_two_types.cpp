// Both branches of if have one type: 0 is no Double.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<Double> chosen(const Expr<Boolean>& condition);

Expr<Double> chosen(const Expr<Boolean>& condition) {
#ifdef BREAK_THE_PROMISE
  return Dialect::choose(condition, Dialect::whole_double(1), Dialect::integer(0));
#else
  return Dialect::choose(condition, Dialect::whole_double(1), Dialect::whole_double(0));
#endif
}

}  // namespace leadledger::sql
