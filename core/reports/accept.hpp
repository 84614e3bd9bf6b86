// The Accept header: which of the report formats a client would rather have.
#pragma once

#include <string_view>

#include "leadledger/reports.hpp"

namespace leadledger::reports {

/// The format with the highest quality (RFC 9110, 12.5.1). Of equal ones it is the one that is named more
/// exactly (`text/csv, */*` means CSV), then the first of JSON, CSV, NDJSON. JSON where the header names none
/// of them or is empty: a client that can read nothing of ours still learns more from an answer than from a
/// 406. Malformed parts are passed over.
[[nodiscard]] schema::ReportFormat accepted_format(std::string_view accept);

}  // namespace leadledger::reports
