// A condition is no column: nobody knows its type in an answer.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void add(Select& select, const Expr<Boolean>& condition);

void add(Select& select, const Expr<Boolean>& condition) {
#ifdef BREAK_THE_PROMISE
  select.group_by("is_so", condition);
#else
  select.group_by("is_so", Dialect::choose(condition, Dialect::integer(1), Dialect::integer(0)));
#endif
}

}  // namespace leadledger::sql
