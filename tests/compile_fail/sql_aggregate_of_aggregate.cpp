// An aggregate fits into no other one.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Aggregate<Integer> largest();

Aggregate<Integer> largest() {
#ifdef BREAK_THE_PROMISE
  return Dialect::max(Dialect::sum(Dialect::sample_interval()));
#else
  return Dialect::max(Dialect::sample_interval());
#endif
}

}  // namespace leadledger::sql
