// count takes no argument.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Aggregate<Integer> rows();

Aggregate<Integer> rows() {
#ifdef BREAK_THE_PROMISE
  return Dialect::count(Dialect::sample_interval());
#else
  return Dialect::count();
#endif
}

}  // namespace leadledger::sql
