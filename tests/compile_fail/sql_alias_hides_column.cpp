// An alias stands for its expression everywhere, so it may not have the name of a column.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void add(Select& select);

void add(Select& select) {
#ifdef BREAK_THE_PROMISE
  select.group_by("blob2", Dialect::column(schema::Dimension::source));
#else
  select.group_by("source", Dialect::column(schema::Dimension::source));
#endif
}

}  // namespace leadledger::sql
