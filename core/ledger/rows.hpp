// Rows of the ledger as the operational API shows them.
#pragma once

#include <string_view>

#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::ledger {

/// Columns that write_lead reads, of `leads l`.
inline constexpr std::string_view kLeadColumns =
    "l.id, l.lead_id, l.project, l.first_submission_id, l.first_seen_at, l.last_seen_at, l.name, l.email, "
    "l.phone, "
    "l.company, l.lead_score, (SELECT count(*) FROM submissions s WHERE s.lead_id = l.lead_id) AS "
    "submissions";

/// Columns that write_submission reads, of `submissions`.
inline constexpr std::string_view kSubmissionColumns =
    "id, submission_id, project, lead_id, event_type, vpn, suspicious, hot, lead_score, bot_score, "
    "person_reason, "
    "reasons, ruleset, status, received_at, ip, user_agent, name, email, phone, company, message, consent, "
    "context, "
    "custom, erased_at";

/// Takes from a submission all that tells who it was; ?2 is now. The row stays, since every submission is
/// counted, and so do the codes of its reasons. A condition follows.
inline constexpr std::string_view kEraseSubmission =
    "UPDATE submissions SET ip = NULL, user_agent = NULL, name = NULL, email = NULL, phone = NULL, company = "
    "NULL, "
    "message = NULL, consent = NULL, context = '{}', custom = NULL, content_digest = NULL, point = NULL, "
    "reasons = "
    "(SELECT json_group_array(json_object('code', value ->> 'code', 'detail', '')) FROM json_each(reasons)), "
    "erased_at = ?2 WHERE ";

/// Writes a time of Unix milliseconds, or null where the column is none.
void write_instant(json::Writer& writer, std::string_view name, const json::Value& ms);

/// Writes the members of a lead, without braces, so that more can follow.
void write_lead_members(json::Writer& writer, const json::Value& row);

/// Writes a submission as an object.
void write_submission(json::Writer& writer, const json::Value& row);
/// Its members alone, without braces, so that more can follow.
void write_submission_members(json::Writer& writer, const json::Value& row);

}  // namespace leadledger::ledger
