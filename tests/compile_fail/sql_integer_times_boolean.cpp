// Analytics Engine does not count a condition as 0 or 1.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Aggregate<Integer> total(const Expr<Boolean>& condition);

Aggregate<Integer> total(const Expr<Boolean>& condition) {
#ifdef BREAK_THE_PROMISE
  return Dialect::sum(Dialect::multiply(Dialect::sample_interval(), condition));
#else
  return Dialect::sum_if(Dialect::sample_interval(), condition);
#endif
}

}  // namespace leadledger::sql
