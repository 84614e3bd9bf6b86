// ORDER BY is said of an output column; there is no other way to say it.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void add(Select& select);

void add(Select& select) {
#ifdef BREAK_THE_PROMISE
  select.order_by(Dialect::sum(Dialect::sample_interval()));
#else
  select.measure("total", Dialect::sum(Dialect::sample_interval()), Order::descending);
#endif
}

}  // namespace leadledger::sql
