// Names of output columns are constants of ours.
#include "core/sql/select.hpp"

namespace leadledger::sql {

void add(Select& select, std::string_view name);

void add(Select& select, std::string_view name) {
#ifdef BREAK_THE_PROMISE
  select.measure(Alias(name), Dialect::count());
#else
  constexpr Alias kName = "of_ours";
  select.measure(name.empty() ? kName : "other", Dialect::count());
#endif
}

}  // namespace leadledger::sql
