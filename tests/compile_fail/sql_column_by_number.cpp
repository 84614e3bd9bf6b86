// Columns are known by the names of the schema.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<String> country();

Expr<String> country() {
#ifdef BREAK_THE_PROMISE
  return Dialect::column("blob10");
#else
  return Dialect::column(schema::Dimension::country);
#endif
}

}  // namespace leadledger::sql
