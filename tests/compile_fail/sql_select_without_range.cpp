// Every statement has its range of time.
#include "core/sql/select.hpp"

namespace leadledger::sql {

Select all_points();

Select all_points() {
#ifdef BREAK_THE_PROMISE
  return Select();
#else
  return {0, 1790000000};
#endif
}

}  // namespace leadledger::sql
