// A word of SQL is no name of a column.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void add(Select& select);

void add(Select& select) {
#ifdef BREAK_THE_PROMISE
  select.measure("count", Dialect::count());
#else
  select.measure("counted", Dialect::count());
#endif
}

}  // namespace leadledger::sql
