// Only numbers have a sum.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Aggregate<Integer> total();

Aggregate<Integer> total() {
#ifdef BREAK_THE_PROMISE
  return Dialect::sum(Dialect::column(schema::Dimension::city));
#else
  return Dialect::sum(Dialect::sample_interval());
#endif
}

}  // namespace leadledger::sql
