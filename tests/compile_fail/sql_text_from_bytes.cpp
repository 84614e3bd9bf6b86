// Bytes are no literal until they are canonical.
#include "core/sql/dialect.hpp"

namespace leadledger::sql {

Expr<Boolean> condition(const std::string& bytes);

Expr<Boolean> condition(const std::string& bytes) {
#ifdef BREAK_THE_PROMISE
  return Dialect::one_of(Dialect::column(schema::Dimension::city), bytes);
#else
  return Dialect::one_of(Dialect::column(schema::Dimension::city),
                         Texts(Text::of(schema::Dimension::city, bytes)));
#endif
}

}  // namespace leadledger::sql
