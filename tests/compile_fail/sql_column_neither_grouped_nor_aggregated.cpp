// An output column is grouped by, or computed from all rows of a group.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void add(Select& select);

void add(Select& select) {
#ifdef BREAK_THE_PROMISE
  select.measure("interval_", Dialect::sample_interval());
#else
  select.measure("interval_", Dialect::max(Dialect::sample_interval()));
#endif
}

}  // namespace leadledger::sql
