// Who is told of alerts, and that they are over.
#pragma once

#include "core/app/alert_job.hpp"
#include "core/app/alert_watched.hpp"

namespace leadledger::app {

/// Tells the channels of all scopes, no more than kAlertsToldMax times. What was not sent in spite of being
/// kept, send_stranded() sends. False where something could not be done.
[[nodiscard]] Task<bool> tell(AlertPorts ports, Call call, const std::vector<Watched>& watched,
                              Ids& delivery_ids);

}  // namespace leadledger::app
