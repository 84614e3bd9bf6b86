// WHERE looks at one row.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void narrow(Select& select);

void narrow(Select& select) {
#ifdef BREAK_THE_PROMISE
  select.where(Dialect::sum(Dialect::sample_interval()));
#else
  select.where(Dialect::at_least(Dialect::sample_interval(), Dialect::integer(1)));
#endif
}

}  // namespace leadledger::sql
