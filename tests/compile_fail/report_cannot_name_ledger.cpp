// What a report's handler includes does not even know the word.
#include "core/app/report_handlers.hpp"
#include "core/app/report_material.hpp"

namespace leadledger::app {

#ifdef BREAK_THE_PROMISE
using Forbidden = LedgerPort;
#else
using Allowed = AnalyticsPort;
#endif

}  // namespace leadledger::app
