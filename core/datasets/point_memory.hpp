// What a rejected submission remembers of its point, so that a correction can tell reports which one it was.
#pragma once

#include "core/datasets/lead_point.hpp"

namespace leadledger::datasets {

/// Writes {"dimensions": {"country": "IN", ...}, "flags": ["vpn"], "reason": "honeypot_filled"}: the texts
/// that the point has in the dimensions of reports, by their names, without the empty ones; project,
/// event_type and reason are no part of "dimensions".
void write_point_memory(json::Writer& writer, const LeadPoint& point);

}  // namespace leadledger::datasets
